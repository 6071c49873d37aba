//! What a sweep runs, and in which order.

use super::{Over, SweepChoice};
use crate::demo::{Demo, Setup};
use crate::engine::{EngineId, Options};
use crate::plan::parameter::{PROCESSES, THREADS};
use crate::plan::{Plan, Values};
use crate::random::SplitMix64;

/// Any will do: a sweep has the same order whenever it is made.
const SEED: u64 = 1_990;
/// How many cores are supposed where a browser does not say.
const SUPPOSED_CORES: u32 = 2;

/// A sweep that is to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepJob {
    /// What is run.
    pub demo: &'static Demo,
    /// How it is swept.
    pub choice: SweepChoice,
    /// With which values, besides what is changed.
    pub values: Values,
    /// How many cores this machine has; 0 where that is not known.
    pub cores: u32,
    /// The smallest step of this browser's clock, ms.
    pub resolution_ms: f64,
}

impl SweepJob {
    /// What is changed, from the least: numbers of workers from 1 to twice the cores, so that their limit is seen; or numbers of tasks into
    /// which the work is cut, doubling from one.
    pub fn settings(&self) -> Vec<u32> {
        match (self.choice.over, self.demo.cut()) {
            (Over::Chunks, Some(cut)) => {
                let most = cut.max.min(self.demo.elements(&self.values));
                let doubling = (0..32).map(|power| 1 << power).take_while(|pieces| *pieces < most);
                doubling.chain([most]).collect()
            }
            _ => {
                let is_process = self.choice.engine == EngineId::Processes;
                let most = if is_process { PROCESSES.max } else { THREADS.max };
                let cores = if self.cores == 0 { SUPPOSED_CORES } else { self.cores };
                (1..=cores.saturating_mul(2).min(most)).collect()
            }
        }
    }

    /// The setting of each run. The first is one to warm up: a browser compiles for speed what has run for a while. Then every setting
    /// once, from the least, so that whatever is cut short has something to compare with; and again and again, each time in another order,
    /// so that a machine that grows slow meanwhile does so for all.
    pub fn runs(&self) -> Vec<u32> {
        let settings = self.settings();
        let round = |repeat: u32| {
            let (mut round, mut random) = (settings.clone(), SplitMix64::of(&[SEED, repeat.into()]));
            for end in (1..round.len()).rev().filter(|_| repeat > 0) {
                round.swap(end, (random.next() % (end as u64 + 1)) as usize);
            }
            round
        };
        settings.first().copied().into_iter().chain((0..self.choice.repeats).flat_map(round)).collect()
    }

    /// The plan for a setting.
    pub fn plan(&self, setting: u32) -> Plan {
        let values = match (self.choice.over, self.demo.cut()) {
            (Over::Chunks, Some(cut)) => self.values.with(cut, setting),
            _ => self.values.clone(),
        };
        (self.demo.workload.plan)(&values)
    }

    /// What the engine is told for a setting.
    pub fn options(&self, setting: u32) -> Options {
        let engine = self.choice.engine;
        let options = Setup { engines: vec![engine], values: self.values.clone(), sweep: None }.options(engine);
        match self.choice.over {
            Over::Workers => Options { workers: setting, ..options },
            Over::Chunks => options,
        }
    }

    /// Whether another work would be swept, or on other workers, with these values.
    pub fn differs_with(&self, values: &Values) -> bool {
        let what = |job: &Self| {
            let Options { workers, switch_interval_ms, .. } = job.options(1);
            (job.plan(1), workers, (job.choice.engine == EngineId::GilThreads).then_some(switch_interval_ms))
        };
        what(self) != what(&Self { values: values.clone(), ..self.clone() })
    }

    /// How many workers there are at once for a setting, so that what they take can be foretold.
    pub(super) fn at_once(&self, setting: u32) -> u32 {
        let workers = self.options(setting).workers.min(self.cores.max(1));
        if self.choice.over == Over::Chunks { workers.min(setting) } else { workers }
    }

    /// The number under which a setting is shown: workers as they are, of chunks how many elements one has.
    pub(super) fn shown(&self, setting: u32) -> u32 {
        match self.choice.over {
            Over::Workers => setting,
            Over::Chunks => self.demo.elements(&self.values).div_ceil(setting),
        }
    }
}

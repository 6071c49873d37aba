//! A sweep over numbers of workers or sizes of chunks while a learner makes one: what is run next, how far it is, what it has come to
//! until now. It changes by [`SweepAction`]s alone, and takes no notice of those that come when it is over.

mod choice;
mod continued;
mod job;
mod words;

pub use choice::{Over, SweepChoice, SweepProblem};
pub use continued::continuation;
pub use job::SweepJob;

use crate::timeline::curve::SimulatedPoint;
use crate::trace::sweep::{Repeats, Sizes, SpeedUp, SweepError};

/// A run of fewer steps of the clock is not measured, but guessed.
const FEWEST_STEPS: f64 = 20.0;

/// What happens to a sweep.
#[derive(Clone, Debug)]
pub enum SweepAction {
    /// The run that went on came to its end.
    Ran {
        /// Its makespan, ms.
        makespan_ms: f64,
        /// How long the sweep has been going on, ms.
        elapsed_ms: f64,
        /// Whether the page was in the background meanwhile.
        hidden: bool,
    },
    /// The run that went on did not; why, in words.
    Failed(String),
    /// What lies beyond has been simulated; or why not, in words.
    Continued(Result<Vec<SimulatedPoint>, String>),
    /// Cancel was pressed.
    Cancel,
}

/// Where a sweep stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// It runs.
    Measuring,
    /// Everything is measured, and what lies beyond is being simulated.
    Simulating,
    /// It has come to its end.
    Done,
    /// It was cancelled.
    Cancelled,
    /// A run failed; why, in words.
    Failed(String),
}

impl Phase {
    /// Name in attributes.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Measuring => "measuring",
            Self::Simulating => "simulating",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Failed(_) => "failed",
        }
    }
}

/// What a sweep has come to.
#[derive(Clone, Debug, PartialEq)]
pub enum Swept {
    /// The speed-up over numbers of workers.
    Workers(SpeedUp),
    /// The makespan over sizes of chunks.
    Chunks(Sizes),
}

/// A sweep that has begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    job: SweepJob,
    /// The setting of each run.
    runs: Vec<u32>,
    /// What the first of them took, ms; that of the run to warm up among them.
    makespans_ms: Vec<f64>,
    elapsed_ms: f64,
    was_hidden: bool,
    simulated: Result<Vec<SimulatedPoint>, String>,
    phase: Phase,
}

impl Sweep {
    /// A sweep that begins.
    pub fn new(job: SweepJob) -> Self {
        let (runs, simulated) = (job.runs(), Ok(Vec::new()));
        Self {
            job,
            runs,
            makespans_ms: Vec::new(),
            elapsed_ms: 0.0,
            was_hidden: false,
            simulated,
            phase: Phase::Measuring,
        }
    }

    /// The sweep after `action`.
    #[must_use]
    pub fn after(&self, action: SweepAction) -> Self {
        let mut next = self.clone();
        match (action, &self.phase) {
            (SweepAction::Cancel, Phase::Measuring | Phase::Simulating) => next.phase = Phase::Cancelled,
            (SweepAction::Failed(why), Phase::Measuring) => next.phase = Phase::Failed(why),
            (SweepAction::Ran { makespan_ms, .. }, Phase::Measuring)
                if makespan_ms <= self.job.resolution_ms * FEWEST_STEPS =>
            {
                next.phase = Phase::Failed(words::too_short(makespan_ms, self.job.resolution_ms));
            }
            (SweepAction::Ran { makespan_ms, elapsed_ms, hidden }, Phase::Measuring) => {
                next.makespans_ms.push(makespan_ms);
                (next.elapsed_ms, next.was_hidden) = (elapsed_ms, self.was_hidden || hidden);
                if next.next_run().is_none() {
                    let goes_on = self.job.choice.over == Over::Workers;
                    next.phase = if goes_on { Phase::Simulating } else { Phase::Done };
                }
            }
            (SweepAction::Continued(simulated), Phase::Simulating) => {
                (next.simulated, next.phase) = (simulated, Phase::Done);
            }
            _ => {}
        }
        next
    }

    /// What is swept.
    pub fn job(&self) -> &SweepJob {
        &self.job
    }

    /// Where it stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Measuring | Phase::Simulating)
    }

    /// The setting of the run that is due; `None` when all are made.
    pub fn next_run(&self) -> Option<u32> {
        self.runs.get(self.makespans_ms.len()).copied()
    }

    /// How many runs are made and how many there are in all, without the one to warm up.
    pub fn progress(&self) -> (usize, usize) {
        (self.makespans_ms.len().saturating_sub(1), self.runs.len() - 1)
    }

    /// How long it still takes, ms, about; `None` while nothing is known.
    pub fn left_ms(&self) -> Option<f64> {
        let (made, due) = (self.makespans_ms.len(), &self.runs[self.makespans_ms.len()..]);
        // Between two runs workers come up, and the page draws.
        let between_ms = (self.elapsed_ms - self.makespans_ms.iter().sum::<f64>()).max(0.0) / made as f64;
        let known = |wanted: u32| self.runs[..made].iter().rposition(|setting| *setting == wanted);
        let expected_ms = |setting: &u32| match known(*setting) {
            Some(run) => self.makespans_ms[run],
            // As if the work of the first were shared out evenly.
            None => {
                self.makespans_ms[0] / f64::from(self.job.at_once(*setting)) * f64::from(self.job.at_once(self.runs[0]))
            }
        };
        (made > 0).then(|| due.iter().map(|setting| expected_ms(setting) + between_ms).sum())
    }

    /// What was simulated beyond it.
    pub fn simulated(&self) -> &[SimulatedPoint] {
        self.simulated.as_deref().unwrap_or_default()
    }

    /// What was measured until now: of each setting, as it is shown, each makespan in the order of the runs.
    pub fn repeats(&self) -> Vec<Repeats> {
        let measured: Vec<_> = self.runs.iter().copied().zip(self.makespans_ms.iter().copied()).skip(1).collect();
        let of = |setting: u32| measured.iter().filter(move |(of, _)| *of == setting).map(|(_, ms)| *ms).collect();
        let repeats = self.job.settings().into_iter();
        let repeats = repeats.map(|setting| Repeats { setting: self.job.shown(setting), makespans_ms: of(setting) });
        repeats.filter(|repeats| !repeats.makespans_ms.is_empty()).collect()
    }

    /// What it has come to until now.
    ///
    /// # Errors
    /// Why the runs say nothing yet.
    pub fn result(&self) -> Result<Swept, SweepError> {
        let repeats = self.repeats();
        match self.job.choice.over {
            Over::Workers => SpeedUp::new(&repeats, self.job.cores).map(Swept::Workers),
            Over::Chunks => Sizes::new(&repeats).map(Swept::Chunks),
        }
    }
}

#[cfg(test)]
mod tests;

//! The demos, by id: a workload with the engines and the grouping it opens with, how one is written in a link, and the
//! state of one while a learner works with it; and the state of the page that opens traces from files.
//!
//! Nothing here knows a page, a clock or a worker: the app feeds a [`Session`] with what happens and draws what it says.

mod base64;
pub mod escape;
mod field;
mod history;
mod link;
mod opening;
mod recording;
mod registry;
mod run;
mod session;
mod snippets;
mod sweep;
mod words;

pub use escape::encode;
pub use field::Field;
pub use history::History;
pub use link::{LinkProblem, Linked, Setup, playground};
pub use opening::{FileAction, Opening, Problem, Reading};
pub use recording::{MOST_LINK, Recording, RecordingProblem};
pub use registry::*;
pub use run::{Finished, Run, RunState, Status};
pub use session::{Action, Session};
pub use snippets::{Insertion, SNIPPETS, Snippet, place_of_line};
pub use sweep::{Over, Phase, Sweep, SweepAction, SweepChoice, SweepJob, SweepProblem, Swept, continuation};
pub use words::{
    difference_words, freeze_ms, gain_words, instead_words, makespan_words, recording_words, shares_words, summary,
};

use crate::engine::EngineId;
use crate::plan::parameter::{
    CORES, INTERVAL, LIMIT, MACHINE, PROCESSES, SCHEDULER, THREADS, TIME_SLICE, WITH_GIL, WORKERS,
};
use crate::plan::{Parameter, Plan, Values, Workload};
use crate::timeline::Grouping;

/// What may be turned about engines, in the order the screen shows it.
static OF_ENGINES: [&Parameter; 10] =
    [&THREADS, &PROCESSES, &LIMIT, &INTERVAL, &CORES, &WORKERS, &SCHEDULER, &TIME_SLICE, &WITH_GIL, &MACHINE];

/// What a demo is about: the headings under which demos are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Requests, and what becomes of their answers.
    Waiting,
    /// Work for processors.
    Computing,
    /// Starting, copying, taking turns.
    Costs,
    /// Counters, locks, permits.
    Sharing,
    /// Messages and meetings.
    Together,
}

impl Group {
    /// All of them, in the order the page lists them.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Computing, Self::Costs, Self::Sharing, Self::Together];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Computing => "Computing",
            Self::Costs => "What workers cost",
            Self::Sharing => "Sharing",
            Self::Together => "Working together",
        }
    }

    /// Its demos, in their order.
    pub fn demos(self) -> impl Iterator<Item = &'static Demo> {
        DEMOS.iter().copied().filter(move |demo| demo.group == self)
    }
}

/// Something a learner can run, under one id.
pub struct Demo {
    /// Its name in links.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub sentence: &'static str,
    /// What it is about.
    pub group: Group,
    /// What is run.
    pub workload: &'static Workload,
    /// The engines that are chosen at the start, in the order they run.
    pub engines: &'static [EngineId],
    /// How its charts are grouped at the start.
    pub grouping: Grouping,
}

impl Demo {
    /// What may be turned where `values` are chosen: the workload's parameters, and what concerns `engines`.
    pub fn parameters(
        &self,
        engines: &[EngineId],
        values: &Values,
    ) -> impl Iterator<Item = &'static Parameter> + use<> {
        let interacts = self.plan(values).interacts();
        let concerns = |parameter: &&'static Parameter| {
            engines.iter().any(|engine| engine.parameters(interacts).contains(parameter))
        };
        let of_engines: Vec<_> = OF_ENGINES.into_iter().filter(concerns).collect();
        self.workload.parameters.iter().copied().chain(of_engines)
    }

    /// Whatever may be turned about it, with any engine.
    fn all_parameters(&self) -> impl Iterator<Item = &'static Parameter> + use<> {
        self.workload.parameters.iter().copied().chain(OF_ENGINES)
    }

    /// The engines that can carry it out, in the order the screen lists them; all, while the learner's own plan cannot be read.
    pub fn offered(&self, values: &Values) -> Vec<EngineId> {
        self.choices(values).into_iter().filter(|(_, refusal)| refusal.is_none()).map(|(engine, _)| engine).collect()
    }

    /// The engines among which one chooses. Of the learner's own plan, which changes, these are all, each with why it cannot carry out
    /// that plan.
    pub fn choices(&self, values: &Values) -> Vec<(EngineId, Option<&'static str>)> {
        if self.workload.takes_plan && values.plan().is_err() {
            return EngineId::ALL.map(|engine| (engine, None)).to_vec();
        }
        let plan = self.plan(values);
        let choices = EngineId::ALL.into_iter().map(|engine| (engine, engine.refusal(&plan)));
        choices.filter(|(_, refusal)| self.workload.takes_plan || refusal.is_none()).collect()
    }

    /// Its plan with these values.
    pub fn plan(&self, values: &Values) -> Plan {
        (self.workload.plan)(values)
    }
}

impl PartialEq for Demo {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl std::fmt::Debug for Demo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Demo({})", self.id)
    }
}

#[cfg(test)]
mod testing {
    use crate::plan::Parameter;
    use crate::plan::parameter::ALL;

    /// The parameter with this key.
    pub fn parameter(key: &str) -> &'static Parameter {
        ALL.iter().find(|parameter| parameter.key == key).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::EngineId::{Executor, FreshProcesses, Gather, GilThreads, Limited, Processes, Simulated, ThreadPool};
    use super::*;

    fn keys(demo: &Demo, engines: &[EngineId]) -> Vec<&'static str> {
        demo.parameters(engines, &Values::default()).map(|parameter| parameter.key).collect()
    }

    #[test]
    fn what_concerns_an_engine_is_asked_for_with_that_engine_only() {
        for (engines, more) in [
            (&[Gather][..], &[][..]),
            (&[ThreadPool], &["threads"]),
            (&[FreshProcesses, Processes], &["processes"]),
            (&[Executor], &["processes", "limit"]),
            (&[Limited, GilThreads, Processes], &["threads", "processes", "limit", "interval"]),
            (&[Simulated], &["interval", "cores", "workers", "scheduler", "slice", "gil", "machine"]),
        ] {
            assert_eq!(keys(&PRIMES, engines), [&["bound", "tasks"], more].concat());
        }
    }

    #[test]
    fn a_plan_whose_tasks_wait_for_one_another_has_as_many_workers_as_it_needs() {
        assert_eq!(keys(&PIPELINE, &[GilThreads, ThreadPool, Processes]), ["stages", "items", "capacity", "interval"]);
        assert!(!keys(&PIPELINE, &[Simulated]).contains(&"workers"));
        let setup = Setup::parse(&PIPELINE, "stages=5").0;
        assert_eq!(setup.options(ThreadPool).workers_for(&(PIPELINE.workload.plan)(&setup.values)), 5);
    }

    #[test]
    fn an_engine_is_told_what_concerns_it() {
        let setup = Setup::parse(&PRIMES, "threads=7&processes=3&limit=4&interval=9").0;
        let options = |engine| {
            let options = setup.options(engine);
            (options.workers, options.limit, options.switch_interval_ms)
        };
        assert_eq!([GilThreads, Processes, Executor].map(options), [(7, 4, 9), (3, 4, 9), (3, 4, 9)]);
    }
}

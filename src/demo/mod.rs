//! The demos, by id: a workload with the engines and the grouping it opens with, how one is written in a link, and the
//! state of one while a learner works with it.
//!
//! Nothing here knows a page, a clock or a worker: the app feeds a [`Session`] with what happens and draws what it says.

mod field;
mod link;
mod run;
mod session;
mod words;

pub use field::Field;
pub use link::{LinkProblem, Setup};
pub use run::{Finished, Run, RunState, Status};
pub use session::{Action, Session};
pub use words::{freeze_ms, makespan_words, ratio_words, summary};

use crate::engine::EngineId;
use crate::plan::parameter::THREADS;
use crate::plan::{Parameter, Workload, catalogue};
use crate::timeline::Grouping;

/// Something a learner can run, under one id.
pub struct Demo {
    /// Its name in links.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub sentence: &'static str,
    /// What is run.
    pub workload: &'static Workload,
    /// The engines that are chosen at the start, in the order they run.
    pub engines: &'static [EngineId],
    /// How its charts are grouped at the start.
    pub grouping: Grouping,
}

impl Demo {
    /// What may be turned: the workload's parameters, and the number of threads if a pool is among `engines`.
    pub fn parameters(&self, engines: &[EngineId]) -> impl Iterator<Item = &'static Parameter> {
        let threads = engines.contains(&EngineId::ThreadPool).then_some(&THREADS);
        self.workload.parameters.iter().copied().chain(threads)
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

/// Requests that wait: one after another, and all at once.
pub static NINE_REQUESTS: Demo = Demo {
    id: "nine-requests",
    title: "Nine requests",
    sentence: "Nine requests, each answered after the same delay. Waiting can overlap, even on a single thread.",
    workload: &catalogue::REQUESTS_WORKLOAD,
    engines: &[EngineId::MainThread, EngineId::AwaitEach, EngineId::Gather],
    grouping: Grouping::ByTask,
};

/// Computation that only more processors make faster.
pub static PRIMES: Demo = Demo {
    id: "primes",
    title: "Count the primes",
    sentence: "Sixteen tasks that compute. Taking turns does not make them faster; a second processor does.",
    workload: &catalogue::PRIMES_WORKLOAD,
    engines: &[EngineId::MainThread, EngineId::Gather, EngineId::ThreadPool],
    grouping: Grouping::ByWorker,
};

/// A task that panics; made for the tests.
#[cfg(feature = "faults")]
pub static PANIC: Demo = Demo {
    id: "panic",
    title: "A task that panics",
    sentence: "One task among others panics in mid-run. Made for the tests.",
    workload: &catalogue::PANIC_WORKLOAD,
    engines: &[EngineId::ThreadPool],
    grouping: Grouping::ByWorker,
};

/// Tasks that never end; made for the tests.
#[cfg(feature = "faults")]
pub static ENDLESS: Demo = Demo {
    id: "endless",
    title: "Tasks without an end",
    sentence: "Tasks that compute until they are cancelled. Made for the tests.",
    workload: &catalogue::ENDLESS_WORKLOAD,
    engines: &[EngineId::ThreadPool],
    grouping: Grouping::ByWorker,
};

/// All demos, in the order the list shows them.
pub static DEMOS: &[&Demo] = &[
    &NINE_REQUESTS,
    &PRIMES,
    #[cfg(feature = "faults")]
    &PANIC,
    #[cfg(feature = "faults")]
    &ENDLESS,
];

/// The demo with this id.
pub fn find(id: &str) -> Option<&'static Demo> {
    DEMOS.iter().copied().find(|demo| demo.id == id)
}

#[cfg(test)]
mod testing {
    use super::*;

    /// The parameter with this key.
    pub fn parameter(key: &str) -> &'static Parameter {
        let all = DEMOS.iter().flat_map(|demo| demo.workload.parameters.iter().copied()).chain([&THREADS]);
        all.into_iter().find(|parameter| parameter.key == key).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_found() {
        for demo in DEMOS {
            assert_eq!(DEMOS.iter().filter(|other| other.id == demo.id).count(), 1, "{}", demo.id);
            assert_eq!(find(demo.id), Some(*demo));
        }
        assert_eq!(find("no-such-demo"), None);
    }

    #[test]
    fn the_number_of_threads_is_asked_for_with_a_pool_only() {
        let keys = |engines: &[EngineId]| PRIMES.parameters(engines).map(|p| p.key).collect::<Vec<_>>();
        assert_eq!(keys(&[EngineId::Gather]), ["bound", "tasks"]);
        assert_eq!(keys(&[EngineId::ThreadPool]), ["bound", "tasks", "threads"]);
    }
}

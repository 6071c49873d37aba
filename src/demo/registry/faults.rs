//! Demos of what goes wrong, made for the tests and never deployed.

use crate::demo::{Demo, Group};
use crate::engine::EngineId::ThreadPool;
use crate::plan::catalogue;
use crate::timeline::Grouping;

/// A task that panics.
pub static PANIC: Demo = Demo {
    id: "panic",
    title: "A task that panics",
    sentence: "One task among others panics in mid-run. Made for the tests.",
    group: Group::Costs,
    workload: &catalogue::PANIC_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByWorker,
};

/// Tasks that never end.
pub static ENDLESS: Demo = Demo {
    id: "endless",
    title: "Tasks without an end",
    sentence: "Tasks that compute until they are cancelled. Made for the tests.",
    group: Group::Costs,
    workload: &catalogue::ENDLESS_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByWorker,
};

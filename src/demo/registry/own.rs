//! The demo that a learner writes. It stands in no list: the playground is its place.

use crate::demo::{Demo, Group};
use crate::engine::EngineId::{GilThreads, Simulated, ThreadPool};
use crate::plan::catalogue;
use crate::timeline::Grouping;

/// A plan of the learner's own.
pub static OWN_PLAN: Demo = Demo {
    id: "own-plan",
    title: "Your own plan",
    sentence: "Tasks, steps and locks that you write, on every engine that can carry them out.",
    group: Group::Together,
    workload: &catalogue::OWN_WORKLOAD,
    engines: &[GilThreads, ThreadPool, Simulated],
    grouping: Grouping::ByTask,
};

//! Demos of what engines cost: starting, copying, and turns that are long in coming.

use crate::demo::{Demo, Group};
use crate::engine::EngineId::{FreshProcesses, Gather, GilThreads, Processes, ThreadPool};
use crate::plan::catalogue;
use crate::timeline::Grouping;

/// Start-up and nothing else.
pub static HELLO: Demo = Demo {
    id: "hello",
    title: "Three greetings",
    sentence: "Tasks that only say hello, so that all the time you see is spent on starting.",
    group: Group::Costs,
    workload: &catalogue::HELLO_WORKLOAD,
    engines: &[Gather, ThreadPool, FreshProcesses, Processes],
    grouping: Grouping::ByWorker,
};

/// Arguments and results that are copied, or not.
pub static COPIES: Demo = Demo {
    id: "copies",
    title: "When copying costs more than computing",
    sentence: "Tasks with little to compute and much to copy: threads share it, processes copy it there and back.",
    group: Group::Costs,
    workload: &catalogue::COPIES_WORKLOAD,
    engines: &[ThreadPool, Processes],
    grouping: Grouping::ByWorker,
};

/// I/O-bound tasks behind a task that computes.
pub static CONVOY: Demo = Demo {
    id: "convoy",
    title: "The convoy",
    sentence: "One task computes while others make short requests, and each answer waits until the GIL is let go.",
    group: Group::Costs,
    workload: &catalogue::CONVOY_WORKLOAD,
    engines: &[GilThreads, ThreadPool],
    grouping: Grouping::ByTask,
};

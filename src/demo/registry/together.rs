//! Demos of tasks that work together: they pass messages, or wait for one another.

use crate::demo::{Demo, Group};
use crate::engine::EngineId::{Processes, ThreadPool};
use crate::plan::catalogue;
use crate::timeline::Grouping;

/// A bounded buffer.
pub static PRODUCER_CONSUMER: Demo = Demo {
    id: "producer-consumer",
    title: "Producers and consumers",
    sentence: "Items go through a queue with little room; whoever is faster waits for the slower.",
    group: Group::Together,
    workload: &catalogue::PRODUCER_CONSUMER_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByTask,
};

/// Stages that hand on.
pub static PIPELINE: Demo = Demo {
    id: "pipeline",
    title: "A pipeline",
    sentence: "Every item passes through all stages, and the slowest stage sets the pace.",
    group: Group::Together,
    workload: &catalogue::PIPELINE_WORKLOAD,
    engines: &[ThreadPool, Processes],
    grouping: Grouping::ByTask,
};

/// One tells many.
pub static PUBLISH: Demo = Demo {
    id: "publish",
    title: "Publish and subscribe",
    sentence: "A publisher puts every message into a queue for each subscriber, and soon waits for the slowest.",
    group: Group::Together,
    workload: &catalogue::PUBLISH_WORKLOAD,
    engines: &[ThreadPool, Processes],
    grouping: Grouping::ByTask,
};

/// All wait for the slowest.
pub static BARRIER: Demo = Demo {
    id: "barrier",
    title: "A barrier",
    sentence: "Tasks compute unequally long in each phase, and all wait for the slowest before the next.",
    group: Group::Together,
    workload: &catalogue::BARRIER_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByTask,
};

/// One starts many.
pub static EVENT: Demo = Demo {
    id: "event",
    title: "A starting gun",
    sentence: "Several tasks wait for one event, and all go on when it happens.",
    group: Group::Together,
    workload: &catalogue::EVENT_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByTask,
};

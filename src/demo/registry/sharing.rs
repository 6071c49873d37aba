//! Demos of tasks that share something: a counter, a lock, forks, permits.

use crate::demo::{Demo, Group};
use crate::engine::EngineId::ThreadPool;
use crate::plan::catalogue;
use crate::timeline::Grouping;

/// Updates that are lost.
pub static RACE: Demo = Demo {
    id: "race",
    title: "A race",
    sentence: "Threads add 1 to a shared counter, all at once. Without a lock, updates are lost for real.",
    group: Group::Sharing,
    workload: &catalogue::RACE_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByWorker,
};

/// A lock that its holder may take again.
pub static REENTRANT: Demo = Demo {
    id: "reentrant",
    title: "A lock taken twice",
    sentence: "Each task takes a lock again while it holds it, which a reentrant lock allows.",
    group: Group::Sharing,
    workload: &catalogue::REENTRANT_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByTask,
};

/// So many at a time.
pub static SEMAPHORE: Demo = Demo {
    id: "semaphore",
    title: "Six tasks, two permits",
    sentence: "A semaphore lets in as many tasks as it has permits; the others wait.",
    group: Group::Sharing,
    workload: &catalogue::SEMAPHORE_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByTask,
};

/// Two locks in two orders.
pub static DEADLOCK: Demo = Demo {
    id: "deadlock",
    title: "Deadlock",
    sentence: "Two tasks take two locks in two orders, and wait for each other for ever. With one order they do not.",
    group: Group::Sharing,
    workload: &catalogue::DEADLOCK_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByTask,
};

/// The same around a table.
pub static PHILOSOPHERS: Demo = Demo {
    id: "philosophers",
    title: "The dining philosophers",
    sentence: "Each philosopher needs two forks. If all take the left one first, nobody ever eats.",
    group: Group::Sharing,
    workload: &catalogue::PHILOSOPHERS_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByTask,
};

//! Demos that wait: requests, and what becomes of their answers.

use crate::demo::{Demo, Group};
use crate::engine::EngineId::{AwaitEach, Gather, Limited, MainThread, ThreadPool};
use crate::plan::catalogue;
use crate::timeline::Grouping;

/// Requests that wait: one after another, and all at once.
pub static NINE_REQUESTS: Demo = Demo {
    id: "nine-requests",
    title: "Nine requests",
    sentence: "Nine requests, each answered after the same delay. Waiting can overlap, even on a single thread.",
    group: Group::Waiting,
    workload: &catalogue::REQUESTS_WORKLOAD,
    engines: &[MainThread, AwaitEach, Gather],
    grouping: Grouping::ByTask,
};

/// Requests that fail, and are tried again.
pub static UNRELIABLE: Demo = Demo {
    id: "unreliable",
    title: "Requests that fail",
    sentence: "Every third request is answered by an error at first; turn up the retries and each of them succeeds.",
    group: Group::Waiting,
    workload: &catalogue::UNRELIABLE_WORKLOAD,
    engines: &[AwaitEach, Gather],
    grouping: Grouping::ByTask,
};

/// Requests to addresses of the learner's own.
pub static URLS: Demo = Demo {
    id: "urls",
    title: "Your own addresses",
    sentence: "Real requests to addresses that you give, one after another, a few at a time and all at once.",
    group: Group::Waiting,
    workload: &catalogue::URLS_WORKLOAD,
    engines: &[AwaitEach, Limited, Gather],
    grouping: Grouping::ByTask,
};

/// Pictures: downloaded, then decoded.
pub static PICTURES: Demo = Demo {
    id: "pictures",
    title: "Download and decode",
    sentence: "Pictures that are downloaded and then decoded: first each task waits, then it computes.",
    group: Group::Waiting,
    workload: &catalogue::PICTURES_WORKLOAD,
    engines: &[MainThread, Gather, ThreadPool],
    grouping: Grouping::ByTask,
};

/// Waiting and computing in one task.
pub static MIXED: Demo = Demo {
    id: "mixed",
    title: "Wait, then compute",
    sentence: "Each answer is hashed many times; the event loop overlaps the waiting and cannot overlap the hashing.",
    group: Group::Waiting,
    workload: &catalogue::MIXED_WORKLOAD,
    engines: &[AwaitEach, Gather, ThreadPool],
    grouping: Grouping::ByTask,
};

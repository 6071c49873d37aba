//! Demos that wait: requests, and what becomes of their answers.

use crate::demo::{Demo, Group};
use crate::engine::EngineId::{AwaitEach, Executor, Gather, Limited, MainThread, ThreadPool};
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

/// Pictures: downloaded, decoded, saved.
pub static CAPSTONE: Demo = Demo {
    id: "capstone",
    title: "Download, decode, save",
    sentence: "Each picture is waited for, computed and waited for again: an event loop waits for all of them at once, and processes \
               share out the computing.",
    group: Group::Waiting,
    workload: &catalogue::CAPSTONE_WORKLOAD,
    engines: &[MainThread, Gather, Executor],
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Setup;
    use crate::engine::EngineId;
    use crate::engine::simulated::{Machine, like, simulate};
    use crate::trace::stats::stats;

    /// How long the capstone takes on an ideal machine, ms.
    fn takes_ms(engine: EngineId, query: &str, cores: u32) -> f64 {
        let setup = Setup::parse(&CAPSTONE, query).0;
        let plan = CAPSTONE.plan(&setup.values);
        let (machine, scheduler) = like(engine, &setup.options(engine), &plan, &Machine::ideal(cores).into()).unwrap();
        stats(&simulate(&plan, &machine, &scheduler).unwrap().trace).makespan_ms
    }

    /// What a learner is asked to find: with twelve connections and two processes at most it can be ten times as fast, and only if all
    /// of them are used.
    #[test]
    fn the_capstone_is_ten_times_as_fast_where_waiting_and_computing_are_both_shared_out() {
        let loop_ms = takes_ms(MainThread, "", 2);
        assert!((4_800.0..5_500.0).contains(&loop_ms), "{loop_ms}");
        for (engine, query, expected) in [
            (Executor, "limit=12&processes=2", 10.8),
            (Executor, "limit=12&processes=1", 9.3),
            (Executor, "limit=8&processes=2", 7.6),
            (Executor, "limit=3&processes=2", 3.0),
            (Limited, "limit=12", 9.3),
            (ThreadPool, "threads=2", 2.0),
            (AwaitEach, "", 1.0),
            // More connections than are allowed.
            (Gather, "", 11.9),
        ] {
            for cores in [2, 4] {
                let gain = loop_ms / takes_ms(engine, query, cores);
                assert!((gain - expected).abs() < 0.1, "{} {query} on {cores}: {gain}", engine.key());
            }
        }
    }
}

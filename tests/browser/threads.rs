//! The thread pool: threads that run at the same time, block in requests, and may be more than there are cores.

use interleave::engine::{EngineId, Options};
use interleave::plan::catalogue::{
    HELLO_WORKLOAD, MANDELBROT_WORKLOAD, PRIMES_WORKLOAD, REQUESTS_WORKLOAD, SEARCH_WORKLOAD, SHA256_WORKLOAD,
    WORDS_WORKLOAD,
};
use interleave::plan::{Plan, Request, Step, Target, Task, Work, parameter};
use interleave::trace::stats::stats;
use interleave::trace::{LaneKind, SharedMemory, State, Trace};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{TWO, check, engines, run, total_ms, values};

#[wasm_bindgen_test]
async fn pool_threads_run_at_the_same_time_and_share_the_queue() {
    let engines = engines().await;
    for _ in 0..2 {
        let values = values(&[(&parameter::BOUND, 3_000_000)]);
        let trace = check(&engines, EngineId::ThreadPool, &TWO, &PRIMES_WORKLOAD, &values).await;
        let threads: Vec<_> = trace.lanes().iter().filter(|lane| lane.kind() == LaneKind::Thread).collect();
        assert_eq!(threads.len(), 2);
        assert!(threads.iter().all(|lane| lane.slices().iter().any(|slice| slice.task.is_some())));
        assert_eq!(stats(&trace).peak_running, 2, "slices of two lanes overlap in time");
        assert_eq!(trace.provenance().shared_memory, SharedMemory::Used);
        assert_eq!(trace.provenance().dropped_events, 0);
    }
}

#[wasm_bindgen_test]
async fn only_the_first_run_of_a_pool_starts_it() {
    let engines = engines().await;
    let starts = |trace: &Trace| trace.slices().filter(|(_, slice)| slice.state == State::Starting).count();
    let first = check(&engines, EngineId::ThreadPool, &TWO, &PRIMES_WORKLOAD, &values(&[])).await;
    let second = check(&engines, EngineId::ThreadPool, &TWO, &PRIMES_WORKLOAD, &values(&[])).await;
    let with_gil = check(&engines, EngineId::GilThreads, &TWO, &PRIMES_WORKLOAD, &values(&[])).await;
    assert_eq!((starts(&first), starts(&second), starts(&with_gil)), (2, 0, 0));
}

#[wasm_bindgen_test]
async fn blocking_requests_overlap_as_far_as_there_are_threads() {
    let engines = engines().await;
    for (workers, rounds) in [(1, 9.0), (3, 3.0), (9, 1.0)] {
        for id in [EngineId::ThreadPool, EngineId::GilThreads] {
            let options = Options { workers, ..TWO };
            let trace = check(&engines, id, &options, &REQUESTS_WORKLOAD, &values(&[])).await;
            // A thread that comes late on a busy machine may find that another has done its task.
            let peak = stats(&trace).peak_in_progress;
            assert!((workers / 2 + 1..=workers).contains(&peak), "{peak} of {workers} wait at a time");
            assert!(stats(&trace).makespan_ms >= rounds * 60.0, "nine requests on {workers} threads");
        }
    }
}

#[wasm_bindgen_test]
async fn an_answer_without_bytes_is_not_delivered_in_the_place_of_the_next() {
    let engines = engines().await;
    let answer = |bytes| {
        let target = Target::Slow { delay_ms: 5, bytes, failures: 0 };
        Step::Io(Request { id: bytes, target, timeout_ms: 0, retries: 0 })
    };
    let hash = || Step::Compute(Work::HashAnswer { times: 1 });
    // Three times on each thread: what lay there would be delivered late, and at last behind the room that was made.
    let steps = || [0, 3, 0, 70_000].into_iter().flat_map(|bytes| [answer(bytes), hash()]).collect();
    let plan = Plan::of((0..6).map(|task| Task::new(format!("task {task}"), steps())).collect());
    let here = run(&engines, EngineId::Gather, &TWO, &plan).await.unwrap();
    for id in [EngineId::ThreadPool, EngineId::GilThreads, EngineId::Processes] {
        assert_eq!(run(&engines, id, &TWO, &plan).await.unwrap().results, here.results, "{}", id.key());
    }
}

#[wasm_bindgen_test]
async fn with_more_threads_than_cores_the_systems_switching_is_seen() {
    let engines = engines().await;
    let cores = engines.machine().cores;
    let options = Options { workers: cores * 2, ..TWO };
    let values = values(&[(&parameter::BOUND, 6_000_000)]);
    // Once to come up.
    check(&engines, EngineId::ThreadPool, &options, &PRIMES_WORKLOAD, &values).await;
    let trace = check(&engines, EngineId::ThreadPool, &options, &PRIMES_WORKLOAD, &values).await;
    let lanes = trace.lanes().iter().filter(|lane| lane.kind() == LaneKind::Thread);
    let without_core = lanes.filter(|lane| lane.slices().iter().any(|slice| slice.state == State::Ready)).count();
    assert!(without_core >= cores as usize, "{without_core} of {} threads were without a core", options.workers);
    let used = total_ms(&trace, State::Running) / stats(&trace).makespan_ms;
    assert!(used <= f64::from(cores) * 1.05, "{used:.2} of {cores} cores computed");
}

#[wasm_bindgen_test]
async fn thirty_two_threads_come_up_and_work() {
    let options = Options { workers: 32, ..TWO };
    let values = values(&[(&parameter::TASKS, 64)]);
    check(&engines().await, EngineId::ThreadPool, &options, &PRIMES_WORKLOAD, &values).await;
}

#[wasm_bindgen_test]
async fn every_workload_that_computes_gives_the_same_on_every_engine() {
    let engines = engines().await;
    let small = values(&[
        (&parameter::ELEMENTS, 2_000_000),
        (&parameter::WIDTH, 128),
        (&parameter::HEIGHT, 96),
        (&parameter::ITERATIONS, 200),
        (&parameter::BLOCKS, 300),
        (&parameter::SENTENCES, 20_000),
    ]);
    for id in EngineId::all_real() {
        for workload in [
            &PRIMES_WORKLOAD,
            &SEARCH_WORKLOAD,
            &MANDELBROT_WORKLOAD,
            &SHA256_WORKLOAD,
            &WORDS_WORKLOAD,
            &HELLO_WORKLOAD,
        ] {
            check(&engines, id, &TWO, workload, &small).await;
        }
    }
}

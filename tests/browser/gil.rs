//! Threads with a GIL: one computes at a time, all may wait at once, and who waits is handed the lock every few ms.

use interleave::engine::{EngineId, Options};
use interleave::plan::catalogue::{CONVOY_WORKLOAD, PRIMES_WORKLOAD};
use interleave::plan::parameter;
use interleave::trace::stats::stats;
use interleave::trace::{FlowKind, MarkKind, State};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{TWO, check, engines, slices_of, total_ms, values};

#[wasm_bindgen_test]
async fn computing_threads_take_turns() {
    let engines = engines().await;
    let values = values(&[(&parameter::BOUND, 3_000_000), (&parameter::TASKS, 2)]);
    let trace = check(&engines, EngineId::GilThreads, &TWO, &PRIMES_WORKLOAD, &values).await;
    let (running, waiting) = (total_ms(&trace, State::Running), total_ms(&trace, State::WaitingForLock));
    assert!(waiting > running * 0.5, "while one computes the other waits: {waiting:.1} ms, {running:.1} ms");
    let hand_overs = trace.flows().iter().filter(|flow| flow.kind == FlowKind::LockHandOver).count();
    let asked = trace.lanes().iter().flat_map(|lane| lane.marks());
    let asked = asked.filter(|mark| mark.kind == MarkKind::SwitchRequested).count();
    assert!(hand_overs > 5 && asked > 5, "{hand_overs} hand-overs, asked for {asked} times");
    assert!(trace.holds().len() > 10, "who holds it is in the trace");
}

#[wasm_bindgen_test]
async fn nobody_holds_it_much_longer_than_the_interval_while_another_waits() {
    let engines = engines().await;
    let values = values(&[(&parameter::BOUND, 3_000_000), (&parameter::TASKS, 2)]);
    let stretches = async |interval| {
        let options = Options { switch_interval_ms: interval, ..TWO };
        let trace = check(&engines, EngineId::GilThreads, &options, &PRIMES_WORKLOAD, &values).await;
        trace.holds().len()
    };
    let (often, seldom) = (stretches(2).await, stretches(40).await);
    assert!(often > seldom * 3, "held {often} times at 2 ms, {seldom} times at 40 ms");
}

#[wasm_bindgen_test]
async fn without_the_lock_the_same_threads_run_at_once() {
    let engines = engines().await;
    let values = values(&[(&parameter::BOUND, 3_000_000)]);
    check(&engines, EngineId::GilThreads, &TWO, &PRIMES_WORKLOAD, &values).await;
    let without = check(&engines, EngineId::ThreadPool, &TWO, &PRIMES_WORKLOAD, &values).await;
    assert_eq!((stats(&without).peak_running, total_ms(&without, State::WaitingForLock)), (2, 0.0));
}

#[wasm_bindgen_test]
async fn threads_that_only_wait_for_answers_queue_behind_one_that_computes() {
    let engines = engines().await;
    let values = values(&[
        (&parameter::COMPUTE, 400),
        (&parameter::IO_TASKS, 2),
        (&parameter::EACH, 10),
        (&parameter::SHORT_DELAY, 5),
    ]);
    let options = Options { workers: 3, ..TWO };
    let with = check(&engines, EngineId::GilThreads, &options, &CONVOY_WORKLOAD, &values).await;
    let without = check(&engines, EngineId::ThreadPool, &options, &CONVOY_WORKLOAD, &values).await;
    let queued = |trace, task| {
        let waits = slices_of(trace, task).into_iter().filter(|slice| slice.state == State::WaitingForLock);
        waits.map(|slice| slice.duration_ms()).sum::<f64>()
    };
    for task in 1..3 {
        assert!(queued(&with, task) > 10.0, "task {task} waited {:.1} ms for the lock", queued(&with, task));
        assert_eq!(queued(&without, task), 0.0);
    }
}

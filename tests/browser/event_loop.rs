//! The page's own thread: a plain loop on it, and its event loop.

use interleave::engine::EngineId;
use interleave::plan::catalogue::{MIXED_WORKLOAD, PRIMES_WORKLOAD, REQUESTS_WORKLOAD, UNRELIABLE_WORKLOAD};
use interleave::plan::parameter;
use interleave::trace::stats::{frame_gaps, stats};
use interleave::trace::{MarkKind, RequestsBy, State, Trace};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{TWO, check, engines, run, slices_of, span, values};

#[wasm_bindgen_test]
async fn the_test_page_is_isolated_so_threads_can_be_had() {
    let engines = engines().await;
    assert_eq!(engines.machine().shared_memory, Ok(()));
    assert!(engines.machine().isolated);
    assert!(engines.machine().clock_resolution_ms > 0.0 && engines.machine().clock_resolution_ms <= 1.0);
}

#[wasm_bindgen_test]
async fn on_the_main_thread_tasks_run_to_their_end_and_the_page_draws_nothing() {
    let engines = engines().await;
    let trace = check(&engines, EngineId::MainThread, &TWO, &PRIMES_WORKLOAD, &values(&[])).await;
    for task in 1..16 {
        assert!(span(&trace, task).0 >= span(&trace, task - 1).1, "task {task} starts when the one before has ended");
    }
    let (start_ms, makespan_ms) = (span(&trace, 0).0, stats(&trace).makespan_ms);
    let mut gaps = frame_gaps(&trace).unwrap();
    assert!(gaps.any(|(from, to)| from <= start_ms + 1.0 && to >= makespan_ms), "no frame while it computes");
}

#[wasm_bindgen_test]
async fn requests_on_the_main_thread_block_it() {
    let engines = engines().await;
    let trace = check(&engines, EngineId::MainThread, &TWO, &REQUESTS_WORKLOAD, &values(&[])).await;
    assert!(stats(&trace).makespan_ms >= 9.0 * 60.0);
    assert!(stats(&trace).longest_frame_gap_ms.unwrap() >= 9.0 * 60.0);
    assert!(matches!(&trace.provenance().requests, RequestsBy::Timer(why) if !why.is_empty()));
}

#[wasm_bindgen_test]
async fn awaited_one_by_one_requests_do_not_overlap_but_the_page_draws() {
    let engines = engines().await;
    let trace = check(&engines, EngineId::AwaitEach, &TWO, &REQUESTS_WORKLOAD, &values(&[])).await;
    for task in 1..9 {
        assert!(span(&trace, task).0 >= span(&trace, task - 1).1);
    }
    assert!(stats(&trace).makespan_ms >= 9.0 * 60.0);
    assert!(frame_gaps(&trace).unwrap().count() > 5, "frames are drawn while it waits");
}

#[wasm_bindgen_test]
async fn gathered_requests_all_wait_at_once() {
    let engines = engines().await;
    let trace = check(&engines, EngineId::Gather, &TWO, &REQUESTS_WORKLOAD, &values(&[])).await;
    let last_start = (0..9).map(|task| span(&trace, task).0).fold(0.0, f64::max);
    let first_end = (0..9).map(|task| span(&trace, task).1).fold(f64::INFINITY, f64::min);
    assert!(last_start < first_end, "all have started before any has ended");
    assert_eq!(stats(&trace).peak_in_progress, 9);
    assert!(slices_of(&trace, 0).iter().any(|slice| slice.state == State::WaitingForIo && slice.duration_ms() >= 59.0));
}

#[wasm_bindgen_test]
async fn a_semaphore_lets_so_many_requests_out_at_a_time() {
    let engines = engines().await;
    let three = interleave::engine::Options { limit: 3, ..TWO };
    let trace = check(&engines, EngineId::Limited, &three, &REQUESTS_WORKLOAD, &values(&[])).await;
    assert_eq!(most_at_once(&trace, State::WaitingForIo), 3);
    assert_eq!(most_at_once(&trace, State::WaitingForLock), 6, "the others wait for the semaphore");
    assert!(stats(&trace).makespan_ms >= 3.0 * 60.0);
    assert_eq!(trace.holds().len(), 9);
}

/// Most slices of a state at one instant.
fn most_at_once(trace: &Trace, state: State) -> usize {
    let slices: Vec<_> = trace.slices().filter(|(_, slice)| slice.state == state).map(|(_, slice)| *slice).collect();
    let at = |at_ms: f64| slices.iter().filter(|slice| slice.start_ms <= at_ms && at_ms < slice.end_ms).count();
    slices.iter().map(|slice| at(slice.start_ms)).max().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn gathered_computing_interleaves_on_one_thread() {
    let engines = engines().await;
    let trace =
        check(&engines, EngineId::Gather, &TWO, &PRIMES_WORKLOAD, &values(&[(&parameter::BOUND, 3_000_000)])).await;
    let last_start = (0..16).map(|task| span(&trace, task).0).fold(0.0, f64::max);
    let first_end = (0..16).map(|task| span(&trace, task).1).fold(f64::INFINITY, f64::min);
    assert!(last_start < first_end, "every task has started before any has ended");
    assert_eq!(stats(&trace).peak_running, 1, "one at a time");
}

#[wasm_bindgen_test]
async fn all_computing_on_the_event_loop_is_recorded() {
    let engines = engines().await;
    // Tasks of a single piece: what is computed outside of the slices would be all of it.
    let values = values(&[(&parameter::BOUND, 4_000), (&parameter::TASKS, 1)]);
    let trace = check(&engines, EngineId::Gather, &TWO, &PRIMES_WORKLOAD, &values).await;
    assert!(stats(&trace).running_ms > 0.0);
}

#[wasm_bindgen_test]
async fn awaited_computing_gives_the_same_count() {
    check(&engines().await, EngineId::AwaitEach, &TWO, &PRIMES_WORKLOAD, &values(&[])).await;
}

#[wasm_bindgen_test]
async fn a_request_that_fails_fails_only_itself_and_is_tried_again() {
    let engines = engines().await;
    for id in [
        EngineId::MainThread,
        EngineId::AwaitEach,
        EngineId::Limited,
        EngineId::Gather,
        EngineId::ThreadPool,
        EngineId::Processes,
        EngineId::Executor,
    ] {
        let plan = (UNRELIABLE_WORKLOAD.plan)(&values(&[(&parameter::FAILING, 3), (&parameter::RETRIES, 0)]));
        let outcome = run(&engines, id, &TWO, &plan).await.unwrap();
        let failed: Vec<_> = outcome.results.tasks.iter().map(|task| task.failure.is_some()).collect();
        assert_eq!(failed, [false, false, true].repeat(3), "{}", id.key());
        assert_eq!(marks(&outcome.trace, MarkKind::Failed), 3, "{}", id.key());
        let patient = values(&[(&parameter::FAILING, 3), (&parameter::RETRIES, 1)]);
        let trace = check(&engines, id, &TWO, &UNRELIABLE_WORKLOAD, &patient).await;
        assert_eq!((marks(&trace, MarkKind::RequestFailed), marks(&trace, MarkKind::Failed)), (3, 0), "{}", id.key());
        assert_eq!(marks(&trace, MarkKind::RequestSent), 12, "{}", id.key());
    }
}

fn marks(trace: &Trace, kind: MarkKind) -> usize {
    trace.lanes().iter().flat_map(|lane| lane.marks()).filter(|mark| mark.kind == kind).count()
}

#[wasm_bindgen_test]
async fn a_request_that_takes_too_long_is_given_up() {
    let engines = engines().await;
    let values = values(&[(&parameter::FAILING, 0), (&parameter::SLOW, 3), (&parameter::TIMEOUT, 200)]);
    for id in [EngineId::Gather, EngineId::ThreadPool, EngineId::Processes, EngineId::Executor] {
        let outcome = run(&engines, id, &TWO, &(UNRELIABLE_WORKLOAD.plan)(&values)).await.unwrap();
        let failures: Vec<_> = outcome.results.tasks.iter().filter_map(|task| task.failure.as_deref()).collect();
        assert_eq!(failures, ["no answer within 200 ms"; 3], "{}", id.key());
    }
}

#[wasm_bindgen_test]
async fn what_an_answer_brings_is_computed_on() {
    let engines = engines().await;
    for id in EngineId::all_real() {
        let trace = check(&engines, id, &TWO, &MIXED_WORKLOAD, &values(&[(&parameter::HASHES, 50)])).await;
        let states: Vec<_> = slices_of(&trace, 0).into_iter().map(|slice| slice.state).collect();
        let (io, computing) = (State::WaitingForIo, State::Running);
        let first = states.iter().position(|state| *state == io);
        assert!(first < states.iter().rposition(|state| *state == computing), "{}: {states:?}", id.key());
    }
}

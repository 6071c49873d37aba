//! Engines in a real browser, with a real pool of workers: `cargo xtask test --only chromium,firefox`. What is asserted holds
//! for every run, however slow the machine; times are only compared with one another. There is no service worker on the test
//! page, so requests are answered by the timer that stands in for it, and the trace has to say so.
#![cfg(target_arch = "wasm32")]

use std::rc::Rc;

use interleave::engine::browser::{Engines, Machine};
use interleave::engine::{EngineId, Outcome, Progress, RunError};
use interleave::plan::catalogue::{PRIMES_WORKLOAD, REQUESTS_WORKLOAD};
use interleave::plan::{Plan, Values, Workload, parameter};
use interleave::trace::stats::{frame_gaps, stats};
use interleave::trace::{LaneKind, RequestsBy, SharedMemory, Slice, State, TaskId, Trace};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn engines() -> Engines {
    Engines::new(Machine::probe().await)
}

async fn run(engines: &Engines, id: EngineId, plan: &Plan) -> Result<Outcome, RunError> {
    let live = engines.prepare(id, plan);
    let outcome = engines.run(id, 2, plan, &live).await;
    if outcome.is_ok() {
        let total = plan.tasks.len() as u32;
        assert_eq!(live.progress(), Progress { done: total, total });
    }
    outcome
}

fn slices_of(trace: &Trace, task: u32) -> Vec<Slice> {
    let mut slices: Vec<Slice> =
        trace.slices().map(|(_, slice)| *slice).filter(|slice| slice.task == Some(TaskId(task))).collect();
    slices.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
    slices
}

fn span(trace: &Trace, task: u32) -> (f64, f64) {
    let slices = slices_of(trace, task);
    (slices[0].start_ms, slices.iter().map(|slice| slice.end_ms).fold(0.0, f64::max))
}

fn values() -> Values {
    Values::default().with(&parameter::BOUND, 400_000).with(&parameter::DELAY, 60)
}

async fn check(engines: &Engines, id: EngineId, workload: &Workload) -> Rc<Trace> {
    let values = values();
    let outcome = run(engines, id, &(workload.plan)(&values)).await.unwrap();
    let verdict = (workload.check)(&values, &outcome.results);
    assert!(verdict.correct, "{}: {}", id.key(), verdict.words);
    outcome.trace
}

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
    let trace = check(&engines, EngineId::MainThread, &PRIMES_WORKLOAD).await;
    for task in 1..16 {
        assert!(span(&trace, task).0 >= span(&trace, task - 1).1, "task {task} starts when the one before has ended");
    }
    let makespan_ms = stats(&trace).makespan_ms;
    let (from, to) = interleave::trace::stats::longest_frame_gap(&trace).unwrap();
    assert!(from <= span(&trace, 0).0 + 1.0 && to >= makespan_ms, "no frame from {from} to {to} of {makespan_ms} ms");
}

#[wasm_bindgen_test]
async fn requests_on_the_main_thread_block_it() {
    let engines = engines().await;
    let trace = check(&engines, EngineId::MainThread, &REQUESTS_WORKLOAD).await;
    assert!(stats(&trace).makespan_ms >= 9.0 * 60.0);
    assert!(stats(&trace).longest_frame_gap_ms.unwrap() >= 9.0 * 60.0);
    assert!(matches!(&trace.provenance().requests, RequestsBy::Timer(why) if !why.is_empty()));
}

#[wasm_bindgen_test]
async fn awaited_one_by_one_requests_do_not_overlap_but_the_page_draws() {
    let engines = engines().await;
    let trace = check(&engines, EngineId::AwaitEach, &REQUESTS_WORKLOAD).await;
    for task in 1..9 {
        assert!(span(&trace, task).0 >= span(&trace, task - 1).1);
    }
    assert!(stats(&trace).makespan_ms >= 9.0 * 60.0);
    assert!(frame_gaps(&trace).unwrap().count() > 5, "frames are drawn while it waits");
}

#[wasm_bindgen_test]
async fn gathered_requests_all_wait_at_once() {
    let engines = engines().await;
    let trace = check(&engines, EngineId::Gather, &REQUESTS_WORKLOAD).await;
    let last_start = (0..9).map(|task| span(&trace, task).0).fold(0.0, f64::max);
    let first_end = (0..9).map(|task| span(&trace, task).1).fold(f64::INFINITY, f64::min);
    assert!(last_start < first_end, "all have started before any has ended");
    assert_eq!(stats(&trace).peak_in_progress, 9);
    assert!(slices_of(&trace, 0).iter().any(|slice| slice.state == State::WaitingForIo && slice.duration_ms() >= 59.0));
}

#[wasm_bindgen_test]
async fn gathered_computing_interleaves_on_one_thread() {
    let engines = engines().await;
    let values = values().with(&parameter::BOUND, 3_000_000);
    let outcome = run(&engines, EngineId::Gather, &(PRIMES_WORKLOAD.plan)(&values)).await.unwrap();
    assert!((PRIMES_WORKLOAD.check)(&values, &outcome.results).correct);
    let trace = outcome.trace;
    let last_start = (0..16).map(|task| span(&trace, task).0).fold(0.0, f64::max);
    let first_end = (0..16).map(|task| span(&trace, task).1).fold(f64::INFINITY, f64::min);
    assert!(last_start < first_end, "every task has started before any has ended");
    assert_eq!(stats(&trace).peak_running, 1, "one at a time");
}

#[wasm_bindgen_test]
async fn all_computing_on_the_event_loop_is_recorded() {
    let engines = engines().await;
    // Tasks of a single piece: what is computed outside of the slices would be all of it.
    let values = values().with(&parameter::BOUND, 4_000).with(&parameter::TASKS, 1);
    let trace = run(&engines, EngineId::Gather, &(PRIMES_WORKLOAD.plan)(&values)).await.unwrap().trace;
    assert!(stats(&trace).running_ms > 0.0);
}

#[wasm_bindgen_test]
async fn awaited_computing_gives_the_same_count() {
    check(&engines().await, EngineId::AwaitEach, &PRIMES_WORKLOAD).await;
}

#[wasm_bindgen_test]
async fn pool_threads_run_at_the_same_time_and_share_the_queue() {
    let engines = engines().await;
    let values = values().with(&parameter::BOUND, 3_000_000);
    for _ in 0..2 {
        let outcome = run(&engines, EngineId::ThreadPool, &(PRIMES_WORKLOAD.plan)(&values)).await.unwrap();
        assert!((PRIMES_WORKLOAD.check)(&values, &outcome.results).correct);
        let trace = outcome.trace;
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
    let first = check(&engines, EngineId::ThreadPool, &PRIMES_WORKLOAD).await;
    let second = check(&engines, EngineId::ThreadPool, &PRIMES_WORKLOAD).await;
    assert_eq!((starts(&first), starts(&second)), (2, 0));
}

#[wasm_bindgen_test]
async fn pool_threads_really_block_in_requests() {
    let engines = engines().await;
    let trace = check(&engines, EngineId::ThreadPool, &REQUESTS_WORKLOAD).await;
    assert_eq!(stats(&trace).peak_in_progress, 2, "two threads wait at a time");
    assert!(stats(&trace).makespan_ms >= 5.0 * 60.0, "nine requests on two threads take five rounds");
}

#[wasm_bindgen_test]
async fn a_panic_ends_the_run_with_its_message_and_the_next_run_works() {
    let engines = engines().await;
    let plan = (interleave::plan::catalogue::PANIC_WORKLOAD.plan)(&values());
    let error = run(&engines, EngineId::ThreadPool, &plan).await.unwrap_err();
    assert_eq!(error, RunError::Panicked("this task was written to panic".into()));
    check(&engines, EngineId::ThreadPool, &PRIMES_WORKLOAD).await;
}

#[wasm_bindgen_test]
async fn a_run_can_be_cancelled_from_any_state_and_the_next_one_works() {
    let engines = engines().await;
    let endless = (interleave::plan::catalogue::ENDLESS_WORKLOAD.plan)(&values());
    let waiting = (REQUESTS_WORKLOAD.plan)(&values().with(&parameter::DELAY, 2_000));
    for id in [EngineId::AwaitEach, EngineId::Gather, EngineId::ThreadPool] {
        for plan in [&endless, &waiting] {
            let live = engines.prepare(id, plan);
            let begun = async {
                while live.snapshot(0.0).unwrap().slices().all(|(_, slice)| slice.task.is_none()) {
                    gloo::timers::future::TimeoutFuture::new(1).await;
                }
                live.cancel();
            };
            let (outcome, ()) = futures::future::join(engines.run(id, 2, plan, &live), begun).await;
            assert_eq!(outcome.unwrap_err(), RunError::Cancelled, "{}", id.key());
            assert!(live.progress().done < live.progress().total);
        }
        check(&engines, id, &PRIMES_WORKLOAD).await;
    }
}

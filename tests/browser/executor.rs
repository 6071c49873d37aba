//! The event loop with a process pool: tasks wait on the page, and processes compute for them.

use interleave::engine::{EngineId, Options, RunError};
use interleave::plan::catalogue::{
    COPIES_WORKLOAD, ENDLESS_WORKLOAD, HELLO_WORKLOAD, MIXED_WORKLOAD, PANIC_WORKLOAD, PRIMES_WORKLOAD,
    REQUESTS_WORKLOAD,
};
use interleave::plan::{Plan, Request, Step, Target, Task, Work, parameter};
use interleave::trace::stats::stats;
use interleave::trace::{FlowKind, LaneKind, SharedMemory, Slice, State, Trace};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::laws::clocks_apart_ms;
use crate::{TWO, check, ended, engines, least_overhead_ms, run, slices_of, total_ms, values};

const ALL_AT_ONCE: Options = Options { limit: 100, ..TWO };

/// Slices of tasks on lanes of a kind.
fn slices_on(trace: &Trace, kind: LaneKind) -> impl Iterator<Item = &Slice> {
    let lanes = trace.lanes().iter().filter(move |lane| lane.kind() == kind);
    lanes.flat_map(|lane| lane.slices()).filter(|slice| slice.task.is_some())
}

#[wasm_bindgen_test]
async fn tasks_wait_on_the_page_and_compute_in_processes() {
    let engines = engines().await;
    let values = values(&[(&parameter::HASHES, 2_000)]);
    check(&engines, EngineId::Executor, &ALL_AT_ONCE, &MIXED_WORKLOAD, &values).await;
    let trace = check(&engines, EngineId::Executor, &ALL_AT_ONCE, &MIXED_WORKLOAD, &values).await;
    assert_eq!(total_ms(&trace, State::Starting), 0.0, "processes are kept");
    assert_eq!(trace.provenance().shared_memory, SharedMemory::NotNeeded);
    let waiting = slices_on(&trace, LaneKind::InFlight).filter(|slice| slice.state == State::WaitingForIo);
    assert_eq!(waiting.count(), 9);
    assert!(slices_on(&trace, LaneKind::Process).all(|slice| slice.state != State::WaitingForIo));
    let ran_ms = |kind| -> f64 {
        slices_on(&trace, kind).filter(|slice| slice.state == State::Running).map(Slice::duration_ms).sum()
    };
    let (page_ms, processes_ms) = (ran_ms(LaneKind::EventLoop), ran_ms(LaneKind::Process));
    assert!(page_ms < processes_ms, "{page_ms} ms on the page, {processes_ms} ms in processes");
    let messages = trace.flows().iter().filter(|flow| flow.kind == FlowKind::Message);
    assert_eq!(messages.count(), 18, "one there and one back for each");
}

#[wasm_bindgen_test]
async fn a_task_is_in_one_place_at_a_time_and_ready_while_it_waits_for_a_process() {
    let trace = check(&engines().await, EngineId::Executor, &ALL_AT_ONCE, &PRIMES_WORKLOAD, &values(&[])).await;
    let apart_ms = clocks_apart_ms(&trace);
    for task in 0..16 {
        let slices = slices_of(&trace, task);
        assert_eq!(slices[0].state, State::Ready, "it asks for a process");
        for pair in slices.windows(2) {
            assert!(pair[0].end_ms <= pair[1].start_ms + apart_ms, "{pair:?}");
        }
    }
    assert_eq!(stats(&trace).peak_in_progress, 16);
    assert!(stats(&trace).peak_running <= 2, "two processes");
}

#[wasm_bindgen_test]
async fn no_more_tasks_are_in_progress_than_are_let_in() {
    let trace = check(&engines().await, EngineId::Executor, &TWO, &REQUESTS_WORKLOAD, &values(&[])).await;
    assert_eq!(trace.holds().len(), 9);
    assert!(stats(&trace).makespan_ms >= 5.0 * 60.0, "nine requests, two at a time, take five rounds");
}

#[wasm_bindgen_test]
async fn whoever_computes_says_who_it_is() {
    let plan = (HELLO_WORKLOAD.plan)(&values(&[]));
    let outcome = run(&engines().await, EngineId::Executor, &TWO, &plan).await.unwrap();
    for task in &outcome.results.tasks {
        let said = String::from_utf8(task.output.clone()).unwrap();
        assert!(["hello from process 1", "hello from process 2"].contains(&said.as_str()), "{said}");
    }
}

#[wasm_bindgen_test]
async fn arguments_and_results_are_copied() {
    let engines = engines().await;
    let copying = async |bytes| {
        let values = values(&[(&parameter::ARGUMENT, bytes), (&parameter::RESULT, bytes), (&parameter::COPIES, 4)]);
        let trace = check(&engines, EngineId::Executor, &ALL_AT_ONCE, &COPIES_WORKLOAD, &values).await;
        least_overhead_ms(&trace, 4)
    };
    // Once to come up.
    copying(1_000).await;
    let (little, much) = (copying(1_000).await, copying(16_000_000).await);
    assert!(much > little * 2.0, "{little:.2} ms for 1 kB, {much:.2} ms for 16 MB");
}

#[wasm_bindgen_test]
async fn what_an_answer_brought_can_be_computed_on_twice_and_what_is_of_no_use_fails_its_task_alone() {
    let answer = || {
        let target = Target::Slow { delay_ms: 10, bytes: 3, failures: 0 };
        Step::Io(Request { id: 0, target, timeout_ms: 0, retries: 0 })
    };
    let hash = || Step::Compute(Work::HashAnswer { times: 1 });
    let decode = Step::Compute(Work::DecodePicture { times: 1 });
    let plan = Plan::of(vec![
        Task::new("twice", vec![answer(), hash(), hash()]),
        Task::new("never", vec![answer(), decode, answer()]),
    ]);
    let engines = engines().await;
    let [here, there] = [EngineId::Gather, EngineId::Executor];
    let (here, there) =
        (run(&engines, here, &TWO, &plan).await.unwrap(), run(&engines, there, &TWO, &plan).await.unwrap());
    assert_eq!(there.results, here.results);
    assert_eq!(there.results.tasks[1].failure.as_deref(), Some("this is no PNG"));
}

#[wasm_bindgen_test]
async fn a_panic_in_a_job_ends_the_run_while_others_wait() {
    let engines = engines().await;
    // The job that panics is one of many, and the others’ answers are still to come.
    let mut plan = (PANIC_WORKLOAD.plan)(&values(&[]));
    plan.tasks.extend((REQUESTS_WORKLOAD.plan)(&values(&[(&parameter::DELAY, 2_000)])).tasks);
    let error = run(&engines, EngineId::Executor, &ALL_AT_ONCE, &plan).await.unwrap_err();
    assert_eq!(error, RunError::Panicked("this task was written to panic".into()));
    check(&engines, EngineId::Executor, &ALL_AT_ONCE, &MIXED_WORKLOAD, &values(&[(&parameter::HASHES, 50)])).await;
}

#[wasm_bindgen_test]
async fn a_job_that_computes_is_ended_when_the_run_is_cancelled() {
    let engines = engines().await;
    let plan = (ENDLESS_WORKLOAD.plan)(&values(&[]));
    let live = engines.prepare(EngineId::Executor, &plan);
    let cancel = async {
        let computes =
            || slices_on(&live.snapshot(0.0).unwrap(), LaneKind::Process).any(|it| it.state == State::Running);
        while !computes() {
            gloo::timers::future::TimeoutFuture::new(1).await;
        }
        live.cancel();
    };
    let outcome = ended(engines.run(EngineId::Executor, &TWO, &plan, &live), cancel).await;
    assert_eq!(outcome.unwrap_err(), RunError::Cancelled);
    check(&engines, EngineId::Executor, &TWO, &PRIMES_WORKLOAD, &values(&[])).await;
}

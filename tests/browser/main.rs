//! Engines in a real browser, with real workers: `cargo xtask test --only chromium,firefox`. What is asserted holds for every
//! run, however slow the machine; times are only compared with one another. There is no service worker on the test page, so
//! requests are answered by the timer that stands in for it, and the trace has to say so.
#![cfg(target_arch = "wasm32")]

mod event_loop;
mod executor;
mod faults;
mod gil;
mod laws;
mod memory;
mod messages;
mod processes;
mod sharing;
mod simulated;
mod threads;

use std::convert::Infallible;
use std::pin::pin;
use std::rc::Rc;

use futures::future::{Either, pending, select};
use interleave::engine::browser::{Engines, Machine};
use interleave::engine::simulated::Model;
use interleave::engine::{EngineId, Live, Options, Outcome, Progress, RunError};
use interleave::plan::{Parameter, Plan, Values, Workload, parameter};
use interleave::trace::{Slice, State, TaskId, Trace};
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// Two workers, two tasks at a time, CPython's own switch interval.
const TWO: Options = Options { workers: 2, limit: 2, switch_interval_ms: 5, model: Model::DEFAULT };

async fn engines() -> Engines {
    Engines::new(Machine::probe().await)
}

/// Small work: 400,000 numbers, requests of 60 ms, and what else is given.
fn values(more: &[(&'static Parameter, u32)]) -> Values {
    let values = Values::default().with(&parameter::BOUND, 400_000).with(&parameter::DELAY, 60);
    more.iter().fold(values, |values, (parameter, value)| values.with(parameter, *value))
}

async fn run(engines: &Engines, id: EngineId, options: &Options, plan: &Plan) -> Result<Outcome, RunError> {
    let live = engines.prepare(id, plan);
    let outcome = engines.run(id, options, plan, &live).await;
    if let Ok(Outcome { trace, results, .. }) = &outcome {
        let total = plan.tasks.len() as u32;
        assert_eq!(live.progress(), Progress { done: total, total });
        assert_eq!(results.tasks.len(), if id.is_real() { plan.tasks.len() } else { 0 });
        laws::hold_for(trace, id);
    }
    outcome
}

/// Runs a workload to its right end.
async fn check(engines: &Engines, id: EngineId, options: &Options, workload: &Workload, values: &Values) -> Rc<Trace> {
    let outcome = run(engines, id, options, &(workload.plan)(values)).await.unwrap();
    let verdict = (workload.check)(values, &outcome.results);
    assert!(verdict.correct, "{} on {}: {}", workload.id, id.key(), verdict.words);
    outcome.trace
}

/// How a run ends beside which `cancel` is done; a run that ends by itself before leaves it undone.
async fn ended(
    run: impl Future<Output = Result<Outcome, RunError>>,
    cancel: impl Future<Output = ()>,
) -> Result<Outcome, RunError> {
    let cancel = async {
        cancel.await;
        pending::<Infallible>().await
    };
    match select(pin!(run), pin!(cancel)).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right((never, _)) => match never {},
    }
}

/// Waits until a task has begun.
async fn begun(live: &Live) {
    while live.snapshot(0.0).unwrap().slices().all(|(_, slice)| slice.task.is_none()) {
        gloo::timers::future::TimeoutFuture::new(1).await;
    }
}

fn slices_of(trace: &Trace, task: u32) -> Vec<Slice> {
    let mut slices: Vec<Slice> =
        trace.slices().map(|(_, slice)| *slice).filter(|slice| slice.task == Some(TaskId(task))).collect();
    slices.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
    slices
}

/// From the start of a task's first slice to the end of its last, ms.
fn span(trace: &Trace, task: u32) -> (f64, f64) {
    let slices = slices_of(trace, task);
    (slices[0].start_ms, slices.iter().map(|slice| slice.end_ms).fold(0.0, f64::max))
}

/// What the one of the first `tasks` that had the least of it had of overhead, ms: what disturbs a machine only adds to it.
fn least_overhead_ms(trace: &Trace, tasks: u32) -> f64 {
    let overhead = |slice: &Slice| if slice.state == State::Overhead { slice.duration_ms() } else { 0.0 };
    let of_task = |task| slices_of(trace, task).iter().map(overhead).sum();
    (0..tasks).map(of_task).fold(f64::INFINITY, f64::min)
}

/// Time in a state, added up over all lanes, ms.
fn total_ms(trace: &Trace, state: State) -> f64 {
    trace.slices().filter(|(_, slice)| slice.state == state).map(|(_, slice)| slice.duration_ms()).sum()
}

//! The engine that simulates: what it is told is what it simulates, off the page's thread; and it can be given up.

use gloo::timers::future::TimeoutFuture;
use interleave::engine::simulated::{Costs, Model, simulate};
use interleave::engine::{EngineId, Options, RunError};
use interleave::plan::catalogue::{BLOCKS_PER_MS, PHILOSOPHERS_WORKLOAD, PRIMES_WORKLOAD};
use interleave::plan::{Plan, Step, Task, Work};
use interleave::trace::{LaneKind, MarkKind};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{TWO, ended, engines, run, values};

/// Round robin with the shortest turns that there are.
const MODEL: Model = Model { cores: 4, workers: 8, slice_ms: 1, ..Model::DEFAULT };
const OPTIONS: Options = Options { model: MODEL, ..TWO };

/// A task that ends soon, and so many others that compute for so many seconds each.
fn long(tasks: u32, seconds: u32) -> Plan {
    let task = |ms: u32| Task::new("task", vec![Step::Compute(Work::Sha256 { from: 0, to: ms * BLOCKS_PER_MS })]);
    Plan::of(std::iter::once(task(1)).chain((0..tasks).map(|_| task(seconds * 1_000))).collect())
}

#[wasm_bindgen_test]
async fn a_process_simulates_the_same_as_is_simulated_here() {
    let plan = (PRIMES_WORKLOAD.plan)(&values(&[]));
    let outcome = run(&engines().await, EngineId::Simulated, &OPTIONS, &plan).await.unwrap();
    let here = simulate(&plan, &MODEL.machine(None).unwrap(), &MODEL.scheduler(&plan)).unwrap();
    assert_eq!(*outcome.trace, here.trace);
    let lanes = |kind| outcome.trace.lanes().iter().filter(|lane| lane.kind() == kind).count();
    assert_eq!((lanes(LaneKind::Core), lanes(LaneKind::Thread)), (4, 8));
    assert!(outcome.trace.provenance().is_simulated() && outcome.results.tasks.is_empty());
}

#[wasm_bindgen_test]
async fn a_simulation_can_be_cancelled_and_the_next_run_works() {
    let engines = engines().await;
    // No more than there are cores: turn after turn, of which no slice is made, so that it comes to no limit soon.
    let plan = long(3, 15_000);
    let live = engines.prepare(EngineId::Simulated, &plan);
    let cancel = async {
        while live.progress().done == 0 {
            TimeoutFuture::new(1).await;
        }
        live.cancel();
    };
    let outcome = ended(engines.run(EngineId::Simulated, &OPTIONS, &plan, &live), cancel).await;
    assert_eq!(outcome.unwrap_err(), RunError::Cancelled);
    assert!(live.progress().done < live.progress().total && live.kept_trace().is_none());
    run(&engines, EngineId::Simulated, &OPTIONS, &(PRIMES_WORKLOAD.plan)(&values(&[]))).await.unwrap();
}

#[wasm_bindgen_test]
async fn what_would_take_too_much_memory_is_given_up_in_words() {
    let error = run(&engines().await, EngineId::Simulated, &OPTIONS, &long(7, 1_000)).await.unwrap_err();
    let RunError::NotSimulated(words) = error else { panic!("{error}") };
    assert!(words.contains("more than 2000000 slices"), "{words}");
}

#[wasm_bindgen_test]
async fn a_deadlock_ends_it_with_the_trace_that_shows_it() {
    let plan = (PHILOSOPHERS_WORKLOAD.plan)(&values(&[]));
    let engines = engines().await;
    let live = engines.prepare(EngineId::Simulated, &plan);
    let options = Options { model: Model { cores: 8, costs: Costs::Ideal, ..MODEL }, ..TWO };
    let error = engines.run(EngineId::Simulated, &options, &plan, &live).await.unwrap_err();
    assert!(matches!(&error, RunError::Deadlock(words) if words.contains("waits for")), "{error}");
    let trace = live.kept_trace().unwrap();
    assert!(trace.lanes().iter().flat_map(|lane| lane.marks()).any(|mark| mark.kind == MarkKind::Deadlock));
}

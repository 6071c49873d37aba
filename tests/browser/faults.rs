//! What goes wrong: tasks that panic, runs that are cancelled, from any state, on every engine.

use std::cell::Cell;

use gloo::timers::future::TimeoutFuture;
use interleave::engine::browser::now_ms;
use interleave::engine::{EngineId, RunError};
use interleave::plan::Plan;
use interleave::plan::catalogue::{
    ENDLESS_WORKLOAD, PANIC_WORKLOAD, PIPELINE_WORKLOAD, PRIMES_WORKLOAD, RACE_WORKLOAD, REQUESTS_WORKLOAD,
};
use interleave::plan::parameter;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{TWO, begun, check, ended, engines, run, values};

#[wasm_bindgen_test]
async fn a_panic_ends_the_run_with_its_message_and_the_next_run_works() {
    let engines = engines().await;
    for id in EngineId::all_real().filter(|id| id.has_workers()) {
        let plan = (PANIC_WORKLOAD.plan)(&values(&[]));
        let error = run(&engines, id, &TWO, &plan).await.unwrap_err();
        assert_eq!(error, RunError::Panicked("this task was written to panic".into()), "{}", id.key());
        check(&engines, id, &TWO, &PRIMES_WORKLOAD, &values(&[])).await;
    }
}

/// Plans that never end by themselves in the time of a test: computing, waiting for answers, for locks, for messages.
fn long_plans() -> Vec<Plan> {
    vec![
        (ENDLESS_WORKLOAD.plan)(&values(&[])),
        (REQUESTS_WORKLOAD.plan)(&values(&[(&parameter::DELAY, 2_000)])),
        (RACE_WORKLOAD.plan)(&values(&[(&parameter::HOW, 1), (&parameter::ROUNDS, 50)])),
        (PIPELINE_WORKLOAD.plan)(&values(&[(&parameter::ITEMS, 200), (&parameter::CAPACITY, 1)])),
    ]
}

/// A turn of the page's loop, ms. Turns are counted and not the clock's ms, of which a machine may take any number away from the page.
const TURN_MS: u32 = 5;
/// No machine does that for so long, ms.
const BLOCKED_MS: f64 = 2_000.0;

#[wasm_bindgen_test]
async fn a_run_can_be_cancelled_from_any_state_within_100_ms_and_the_next_one_works() {
    let engines = engines().await;
    for id in EngineId::all_real().filter(|id| *id != EngineId::MainThread) {
        for plan in long_plans().iter().filter(|plan| id.can_run(plan)) {
            let live = engines.prepare(id, plan);
            let (turns, cancelled_ms) = (Cell::new(0), Cell::new(0.0));
            let cancel = async {
                begun(&live).await;
                cancelled_ms.set(now_ms());
                live.cancel();
                loop {
                    TimeoutFuture::new(TURN_MS).await;
                    turns.set(turns.get() + 1);
                }
            };
            let outcome = ended(engines.run(id, &TWO, plan, &live), cancel).await;
            assert_eq!(outcome.unwrap_err(), RunError::Cancelled, "{}", id.key());
            let took_ms = now_ms() - cancelled_ms.get();
            assert!(turns.get() * TURN_MS < 100, "{} took {} turns to stop", id.key(), turns.get());
            assert!(took_ms < BLOCKED_MS, "{} held the page up for {took_ms:.0} ms", id.key());
            assert!(live.progress().done < live.progress().total);
        }
        check(&engines, id, &TWO, &PRIMES_WORKLOAD, &values(&[])).await;
    }
}

#[wasm_bindgen_test]
async fn a_run_that_is_cancelled_while_its_workers_come_up_leaves_nothing_behind() {
    let plan = (ENDLESS_WORKLOAD.plan)(&values(&[]));
    for id in [EngineId::ThreadPool, EngineId::Processes, EngineId::FreshProcesses, EngineId::Executor] {
        let engines = engines().await;
        let live = engines.prepare(id, &plan);
        let cancel = async {
            while live.snapshot(0.0).unwrap().slices().next().is_none() {
                TimeoutFuture::new(1).await;
            }
            live.cancel();
        };
        let outcome = ended(engines.run(id, &TWO, &plan, &live), cancel).await;
        assert_eq!(outcome.unwrap_err(), RunError::Cancelled, "{}", id.key());
        check(&engines, id, &TWO, &PRIMES_WORKLOAD, &values(&[])).await;
    }
}

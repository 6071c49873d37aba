//! What threads share: counters, locks, semaphores, events, barriers, queues; and deadlock.

use interleave::engine::{EngineId, RunError};
use interleave::plan::catalogue::{
    BARRIER_WORKLOAD, DEADLOCK_WORKLOAD, EVENT_WORKLOAD, PHILOSOPHERS_WORKLOAD, PRIMES_WORKLOAD,
    PRODUCER_CONSUMER_WORKLOAD, RACE_WORKLOAD, REENTRANT_WORKLOAD, SEMAPHORE_WORKLOAD,
};
use interleave::plan::parameter;
use interleave::trace::{FlowKind, MarkKind, Slice, State, TaskId, Trace};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::laws::clocks_apart_ms;
use crate::{TWO, check, engines, run, values};

/// Ways to increment, as the parameter counts them.
const NO_LOCK: u32 = 0;
const LOCK: u32 = 1;
const ATOMIC: u32 = 2;
const OWN: u32 = 3;

/// How many of `rounds` lost updates.
async fn rounds_that_lose(how: u32, increments: u32, rounds: u32) -> usize {
    let engines = engines().await;
    let values = values(&[(&parameter::HOW, how), (&parameter::INCREMENTS, increments), (&parameter::ROUNDS, rounds)]);
    let outcome = run(&engines, EngineId::ThreadPool, &TWO, &(RACE_WORKLOAD.plan)(&values)).await.unwrap();
    assert!((RACE_WORKLOAD.check)(&values, &outcome.results).correct);
    let sums = outcome.results.objects.iter().take(rounds as usize);
    sums.filter(|sum| **sum < u64::from(increments) * 2).count()
}

#[wasm_bindgen_test]
async fn without_a_lock_updates_are_lost() {
    // Nothing promises that a round loses any: a thread may come when the other has done.
    assert!(rounds_that_lose(NO_LOCK, 1_000_000, 10).await > 0);
}

#[wasm_bindgen_test]
async fn with_a_lock_or_atomically_none_is_lost() {
    for how in [LOCK, ATOMIC, OWN] {
        for _ in 0..20 {
            assert_eq!(rounds_that_lose(how, 10_000, 50).await, 0);
        }
    }
}

#[wasm_bindgen_test]
async fn each_object_does_its_part_with_and_without_a_gil() {
    let engines = engines().await;
    for id in [EngineId::ThreadPool, EngineId::GilThreads] {
        let trace = check(&engines, id, &TWO, &REENTRANT_WORKLOAD, &values(&[])).await;
        // On a busy machine the other may only come when the first has gone.
        let apart_ms = clocks_apart_ms(&trace);
        let comes_after = |late, early| first_start_ms(&trace, late) + apart_ms >= last_end_ms(&trace, early);
        let is_alone = comes_after(1, 0) || comes_after(0, 1);
        assert!(is_alone || waited_for(&trace, "lock"), "the other waits until it is let go for the last time");
        let trace = check(&engines, id, &TWO, &SEMAPHORE_WORKLOAD, &values(&[])).await;
        assert!(most_holders(&trace) <= 2 && waited_for(&trace, "semaphore"));
        let trace = check(&engines, id, &TWO, &BARRIER_WORKLOAD, &values(&[])).await;
        assert!(waited_for(&trace, "barrier") && flows(&trace, FlowKind::Wake) >= 3 * 3);
        let trace = check(&engines, id, &TWO, &EVENT_WORKLOAD, &values(&[])).await;
        // A thread that comes late, as it may on a busy machine, finds the shot fired and waits for nothing.
        assert_eq!(flows(&trace, FlowKind::Wake), waits_for(&trace, "start").count(), "one shot wakes all who wait");
        let fired_ms = last_end_ms(&trace, 0);
        let runners = 1..trace.tasks().len() as u32;
        assert!(runners.len() > 1 && runners.into_iter().all(|task| last_end_ms(&trace, task) + apart_ms >= fired_ms));
        let trace = check(&engines, id, &TWO, &PRODUCER_CONSUMER_WORKLOAD, &values(&[])).await;
        assert_eq!(flows(&trace, FlowKind::Message), 24);
        let depth = &trace.counters()[0].samples;
        assert!(depth.iter().all(|(_, depth)| (0.0..=4.0).contains(depth)), "never more than its capacity: {depth:?}");
        // Two threads count in what order they come to it, which their clocks may not tell.
        let last_ms = depth.last().unwrap().0 - clocks_apart_ms(&trace);
        assert!(
            depth.iter().any(|(at_ms, depth)| *at_ms >= last_ms && *depth == 0.0),
            "at last it is empty: {depth:?}"
        );
    }
}

fn flows(trace: &Trace, kind: FlowKind) -> usize {
    trace.flows().iter().filter(|flow| flow.kind == kind).count()
}

/// The slices in which somebody waited for an object of this name.
fn waits_for<'a>(trace: &'a Trace, name: &'a str) -> impl Iterator<Item = &'a Slice> {
    let waits = trace.slices().filter(|(_, slice)| slice.state == State::WaitingForLock).map(|(_, slice)| slice);
    waits.filter(move |slice| slice.object().is_some_and(|object| trace.objects()[object.0 as usize].contains(name)))
}

fn waited_for(trace: &Trace, name: &str) -> bool {
    waits_for(trace, name).next().is_some()
}

fn slices_of(trace: &Trace, task: u32) -> impl Iterator<Item = &Slice> {
    trace.slices().map(|(_, slice)| slice).filter(move |slice| slice.task == Some(TaskId(task)))
}

/// When a task began; to wait for the GIL is not to have begun.
fn first_start_ms(trace: &Trace, task: u32) -> f64 {
    let is_gil = |slice: &Slice| slice.object().is_some_and(|object| trace.objects()[object.0 as usize] == "GIL");
    slices_of(trace, task).filter(|slice| !is_gil(slice)).map(|slice| slice.start_ms).fold(f64::NAN, f64::min)
}

fn last_end_ms(trace: &Trace, task: u32) -> f64 {
    slices_of(trace, task).map(|slice| slice.end_ms).fold(f64::NAN, f64::max)
}

fn most_holders(trace: &Trace) -> usize {
    // GIL and semaphore are two objects.
    let semaphore = trace.objects().iter().position(|label| label.contains("semaphore")).unwrap();
    let holds: Vec<_> = trace.holds().iter().filter(|hold| hold.object.0 as usize == semaphore).collect();
    let apart_ms = clocks_apart_ms(trace);
    let at = |at_ms: f64| holds.iter().filter(|hold| hold.start_ms <= at_ms && at_ms + apart_ms < hold.end_ms).count();
    holds.iter().map(|hold| at(hold.start_ms)).max().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn at_a_barrier_nobody_is_a_phase_ahead() {
    let trace = check(&engines().await, EngineId::ThreadPool, &TWO, &BARRIER_WORKLOAD, &values(&[])).await;
    let apart_ms = clocks_apart_ms(&trace);
    let running: Vec<_> = trace.slices().filter(|(_, slice)| slice.state == State::Running).collect();
    for flow in trace.flows().iter().filter(|flow| flow.kind == FlowKind::Wake) {
        let opened_ms = flow.from.1;
        let across = |slice: &Slice| slice.start_ms + apart_ms < opened_ms && slice.end_ms > opened_ms + apart_ms;
        assert!(!running.iter().any(|(_, slice)| across(slice)), "when it opens all have come: {opened_ms} ms");
    }
}

#[wasm_bindgen_test]
async fn two_locks_in_two_orders_end_in_a_deadlock_that_is_named() {
    let engines = engines().await;
    for id in [EngineId::ThreadPool, EngineId::GilThreads] {
        let plan = (DEADLOCK_WORKLOAD.plan)(&values(&[]));
        let live = engines.prepare(id, &plan);
        let error = engines.run(id, &TWO, &plan, &live).await.unwrap_err();
        let RunError::Deadlock(words) = error else { panic!("{error}") };
        for part in ["thread 1 holds", "thread 2 holds", "and waits for"] {
            assert!(words.contains(part), "{words}");
        }
        let trace = live.snapshot(0.0).unwrap();
        let marks = trace.lanes().iter().flat_map(|lane| lane.marks());
        let found: Vec<_> = marks.filter(|mark| mark.kind == MarkKind::Deadlock).map(|mark| mark.at_ms).collect();
        assert_eq!(found.len(), 2);
        let stuck_ms = trace
            .slices()
            .filter(|(_, slice)| slice.state == State::WaitingForLock)
            .map(|(_, slice)| slice.start_ms)
            .fold(0.0, f64::max);
        // Not at the first look: what is on its way when tasks seem to be stuck may free them.
        let after_ms = found[0] - stuck_ms + clocks_apart_ms(&trace);
        assert!(after_ms >= 150.0, "found {after_ms} ms after it came about");
        // The pool is whole again.
        check(&engines, id, &TWO, &PRIMES_WORKLOAD, &values(&[])).await;
        check(&engines, id, &TWO, &DEADLOCK_WORKLOAD, &values(&[(&parameter::ORDER, 1)])).await;
    }
}

#[wasm_bindgen_test]
async fn philosophers_starve_together_unless_they_keep_an_order() {
    let engines = engines().await;
    let error =
        run(&engines, EngineId::ThreadPool, &TWO, &(PHILOSOPHERS_WORKLOAD.plan)(&values(&[]))).await.unwrap_err();
    assert!(matches!(&error, RunError::Deadlock(words) if words.contains("thread 5 holds")), "{error}");
    check(&engines, EngineId::ThreadPool, &TWO, &PHILOSOPHERS_WORKLOAD, &values(&[(&parameter::ORDER, 1)])).await;
}

//! Processes: workers that share nothing, kept or fresh, and what they cost.

use interleave::engine::EngineId;
use interleave::plan::catalogue::{COPIES_WORKLOAD, HELLO_WORKLOAD, PRIMES_WORKLOAD, REQUESTS_WORKLOAD};
use interleave::plan::parameter;
use interleave::trace::stats::stats;
use interleave::trace::{LaneKind, SharedMemory, State, Trace};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{TWO, check, engines, least_overhead_ms, run, slices_of, total_ms, values};

fn starts(trace: &Trace) -> usize {
    trace.slices().filter(|(_, slice)| slice.state == State::Starting).count()
}

#[wasm_bindgen_test]
async fn processes_run_at_the_same_time_and_share_nothing() {
    let engines = engines().await;
    let values = values(&[(&parameter::BOUND, 3_000_000)]);
    let first = check(&engines, EngineId::Processes, &TWO, &PRIMES_WORKLOAD, &values).await;
    let second = check(&engines, EngineId::Processes, &TWO, &PRIMES_WORKLOAD, &values).await;
    assert_eq!((starts(&first), starts(&second)), (2, 0), "they are kept");
    assert_eq!(stats(&second).peak_running, 2);
    assert_eq!(second.provenance().shared_memory, SharedMemory::NotNeeded);
    let lanes = second.lanes().iter().filter(|lane| lane.kind() == LaneKind::Process);
    assert_eq!(lanes.count(), 2);
}

#[wasm_bindgen_test]
async fn a_fresh_process_starts_for_each_task() {
    let engines = engines().await;
    let trace = check(&engines, EngineId::FreshProcesses, &TWO, &HELLO_WORKLOAD, &values(&[])).await;
    assert_eq!(starts(&trace), 3);
    assert!(total_ms(&trace, State::Starting) > total_ms(&trace, State::Running), "hello costs the start");
}

#[wasm_bindgen_test]
async fn each_process_says_who_it_is() {
    let outcome = run(&engines().await, EngineId::Processes, &TWO, &(HELLO_WORKLOAD.plan)(&values(&[]))).await.unwrap();
    for task in &outcome.results.tasks {
        let said = String::from_utf8(task.output.clone()).unwrap();
        assert!(["hello from process 1", "hello from process 2"].contains(&said.as_str()), "{said}");
    }
}

#[wasm_bindgen_test]
async fn copying_there_and_back_are_slices_of_their_own_and_grow_with_the_bytes() {
    let engines = engines().await;
    let copying = async |bytes| {
        let values = values(&[(&parameter::ARGUMENT, bytes), (&parameter::RESULT, bytes), (&parameter::COPIES, 4)]);
        let trace = check(&engines, EngineId::Processes, &TWO, &COPIES_WORKLOAD, &values).await;
        for task in 0..4 {
            let states: Vec<_> = slices_of(&trace, task).into_iter().map(|slice| slice.state).collect();
            assert_eq!((states[0], states.last()), (State::Overhead, Some(&State::Overhead)), "{states:?}");
            assert!(states.contains(&State::Running));
        }
        least_overhead_ms(&trace, 4)
    };
    // Once to come up.
    copying(1_000).await;
    let (little, much) = (copying(1_000).await, copying(16_000_000).await);
    assert!(much > little * 2.0, "{little:.2} ms for 1 kB, {much:.2} ms for 16 MB");
}

#[wasm_bindgen_test]
async fn a_process_waits_for_its_own_requests() {
    let trace = check(&engines().await, EngineId::Processes, &TWO, &REQUESTS_WORKLOAD, &values(&[])).await;
    assert!(stats(&trace).makespan_ms >= 5.0 * 60.0, "nine requests on two processes take five rounds");
    assert!(total_ms(&trace, State::WaitingForIo) >= 9.0 * 59.0);
}

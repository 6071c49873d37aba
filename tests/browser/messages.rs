//! Messages through queues: between threads, and through channels between processes.

use interleave::engine::EngineId;
use interleave::plan::catalogue::{PIPELINE_WORKLOAD, PRODUCER_CONSUMER_WORKLOAD, PUBLISH_WORKLOAD};
use interleave::plan::parameter;
use interleave::trace::{FlowKind, LaneId, State, Trace};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{TWO, check, engines, values};

/// Messages by the lanes they went between.
fn messages(trace: &Trace) -> Vec<(LaneId, LaneId)> {
    let flows = trace.flows().iter().filter(|flow| flow.kind == FlowKind::Message);
    flows.map(|flow| (flow.from.0, flow.to.0)).collect()
}

#[wasm_bindgen_test]
async fn a_pipeline_passes_every_item_through_every_stage_and_holds_back_the_fast() {
    let engines = engines().await;
    let values = values(&[(&parameter::STAGES, 3), (&parameter::ITEMS, 24), (&parameter::CAPACITY, 2)]);
    for id in [EngineId::ThreadPool, EngineId::GilThreads, EngineId::Processes] {
        let trace = check(&engines, id, &TWO, &PIPELINE_WORKLOAD, &values).await;
        assert_eq!(messages(&trace).len(), 2 * 24, "{}", id.key());
        for counter in trace.counters() {
            let deepest = counter.samples.iter().map(|(_, depth)| *depth).fold(0.0, f64::max);
            assert!((1.0..=2.0).contains(&deepest), "{}: a queue of 2 held {deepest}", id.key());
        }
        let waits = trace.slices().filter(|(_, slice)| slice.state == State::WaitingForLock);
        assert!(waits.count() > 0, "{}: somebody waits for a place or a message", id.key());
    }
}

#[wasm_bindgen_test]
async fn what_is_published_reaches_every_subscriber() {
    let engines = engines().await;
    let values = values(&[(&parameter::SUBSCRIBERS, 3), (&parameter::MESSAGES, 10)]);
    for id in [EngineId::ThreadPool, EngineId::Processes] {
        let trace = check(&engines, id, &TWO, &PUBLISH_WORKLOAD, &values).await;
        let messages = messages(&trace);
        let mut subscribers: Vec<_> = messages.iter().map(|(_, to)| *to).collect();
        subscribers.sort();
        subscribers.dedup();
        assert_eq!((messages.len(), subscribers.len()), (30, 3), "{}", id.key());
    }
}

#[wasm_bindgen_test]
async fn a_queue_with_many_ends_needs_a_shared_memory() {
    let engines = engines().await;
    let plan = (PRODUCER_CONSUMER_WORKLOAD.plan)(&values(&[]));
    assert!(EngineId::ThreadPool.can_run(&plan) && !EngineId::Processes.can_run(&plan));
    let live = engines.prepare(EngineId::Processes, &plan);
    let error = engines.run(EngineId::Processes, &TWO, &plan, &live).await.unwrap_err();
    assert!(error.to_string().contains("Choose another engine."), "{error}");
}

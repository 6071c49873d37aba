//! A hundred runs in a row of every engine: what they leave behind.

use interleave::engine::EngineId;
use interleave::engine::browser::Engines;
use interleave::plan::catalogue::{PRIMES_WORKLOAD, RACE_WORKLOAD, REQUESTS_WORKLOAD};
use interleave::plan::parameter;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

use crate::{TWO, check, engines, values};

/// Bytes of the page's own memory.
fn page_bytes() -> u32 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    js_sys::Reflect::get(&memory.buffer(), &"byteLength".into()).unwrap().as_f64().unwrap() as u32
}

async fn runs(engines: &Engines, id: EngineId, count: u32) {
    let small = values(&[
        (&parameter::BOUND, 20_000),
        (&parameter::DELAY, 1),
        (&parameter::ROUNDS, 1),
        (&parameter::INCREMENTS, 1_000),
    ]);
    let workloads = [&PRIMES_WORKLOAD, &REQUESTS_WORKLOAD, &RACE_WORKLOAD];
    let fitting: Vec<_> = workloads.into_iter().filter(|workload| id.can_run(&(workload.plan)(&small))).collect();
    for run in 0..count {
        check(engines, id, &TWO, fitting[run as usize % fitting.len()], &small).await;
    }
}

#[wasm_bindgen_test]
async fn memory_does_not_grow_after_the_tenth_run() {
    let engines = engines().await;
    for id in EngineId::all_real() {
        runs(&engines, id, 10).await;
        let (page, workers) = (page_bytes(), engines.memory_bytes().await);
        runs(&engines, id, 90).await;
        let (page_after, workers_after) = (page_bytes(), engines.memory_bytes().await);
        console_log!(
            "MEMORY {}: page {page} → {page_after} bytes, pool and largest process {workers:?} → {workers_after:?} bytes",
            id.key()
        );
        assert_eq!((page_after, workers_after), (page, workers), "{}", id.key());
    }
}

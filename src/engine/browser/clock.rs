//! One clock for the page and all its workers: `performance.timeOrigin + performance.now()`, which agrees between them within
//! a step or two. Never to be mixed with the wall clock, from which it drifts while the machine sleeps.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(thread_local_v2, js_namespace = performance, js_name = timeOrigin)]
    static TIME_ORIGIN: JsValue;
}

thread_local! {
    static ORIGIN_MS: f64 = TIME_ORIGIN.with(|origin| origin.as_f64().unwrap_or_default());
}

/// The clock's reading in ms; only differences mean anything.
pub fn now_ms() -> f64 {
    ORIGIN_MS.with(|origin_ms| origin_ms + performance_now())
}

/// The smallest step of the clock seen in a few steps, ms. Takes as long as those steps: up to 8 ms where it ticks in ms.
pub(super) fn resolution_ms() -> f64 {
    const STEPS: usize = 8;
    let mut last = performance_now();
    let steps = std::iter::repeat_with(move || {
        loop {
            let now = performance_now();
            if now > last {
                return now - std::mem::replace(&mut last, now);
            }
        }
    });
    let smallest = steps.take(STEPS).fold(f64::INFINITY, f64::min);
    // Browsers step in whole µs; what is beyond is rounding of the floating-point sum.
    (smallest * 1_000.0).round().max(1.0) / 1_000.0
}

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

/// The smallest step of the clock seen in a few steps, ms. Takes as long as those steps, and where they are coarse as long as two
/// of them: up to 0.2 s in a browser that resists fingerprinting, about 8 ms in others.
pub(super) fn resolution_ms() -> f64 {
    const STEPS: usize = 8;
    const LONG_MS: f64 = 10.0;
    let start = performance_now();
    let (mut last, mut smallest) = (start, f64::INFINITY);
    for step in 0..STEPS {
        let now = std::iter::repeat_with(performance_now).find(|now| *now > last).unwrap_or(last);
        // The first is cut short by where it began.
        if step > 0 {
            smallest = smallest.min(now - last);
        }
        last = now;
        if step > 0 && now - start > LONG_MS {
            break;
        }
    }
    // Browsers step in whole µs; what is beyond is rounding of the floating-point sum.
    (smallest * 1_000.0).round().max(1.0) / 1_000.0
}

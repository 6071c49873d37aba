//! Measurements inside a browser, on the engines that the page uses, in a release build. Prints one line of JSON per
//! measurement, which `cargo xtask bench` compares with `native.rs` and with the goals.
#![cfg(target_arch = "wasm32")]

use std::hint::black_box;

use interleave::engine::EngineId;
use interleave::engine::browser::{Engines, Machine, now_ms};
use interleave::plan::Values;
use interleave::plan::catalogue::PRIMES_WORKLOAD;
use interleave::plan::parameter::TASKS;
use interleave::trace::ring::{CAPACITY, Event, EventKind, Ring};
use interleave::trace::stats::stats;
use interleave::trace::{State, TaskId, Trace};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// How often everything is measured.
const RUNS: usize = 7;

/// The best of so many counts, as natively.
const TRIES: usize = 5;

fn report(name: &str, runs: &[f64]) {
    console_log!("BENCH {{\"name\":\"{name}\",\"runs\":{runs:?}}}");
}

#[wasm_bindgen_test]
async fn primes_alone_and_on_two_threads() {
    let engines = Engines::new(Machine::probe().await);
    let plan = (PRIMES_WORKLOAD.plan)(&Values::default().with(&TASKS, 64));
    let run = async |id| {
        let live = engines.prepare(id, &plan);
        let began_ms = now_ms();
        let outcome = engines.run(id, 2, &plan, &live).await.unwrap();
        assert_eq!(outcome.results.iter().sum::<u64>(), 216_816, "π(3,000,000)");
        (outcome.trace, live.origin_ms() - began_ms)
    };
    let (mut alone_ms, mut speed_up, mut first_slice_ms, mut frame_gap_ms) = (vec![], vec![], vec![], vec![]);
    // The first run warms up: it starts the pool, and the compiler moves the kernel to its fast tier.
    for run_number in 0..=RUNS {
        let (mut alone, mut shared) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..TRIES {
            alone = alone.min(stats(&run(EngineId::MainThread).await.0).makespan_ms);
            let (trace, until_origin_ms) = run(EngineId::ThreadPool).await;
            shared = shared.min(stats(&trace).makespan_ms);
            if run_number > 0 {
                first_slice_ms.push(until_origin_ms + first_running_ms(&trace));
                frame_gap_ms.extend(stats(&trace).longest_frame_gap_ms);
            }
        }
        if run_number > 0 {
            alone_ms.push(alone);
            speed_up.push(alone / shared);
        }
    }
    report("wasm-primes-ms", &alone_ms);
    report("wasm-speedup-primes", &speed_up);
    report("first-slice-ms", &first_slice_ms);
    report("pool-frame-gap-ms", &frame_gap_ms);
}

fn first_running_ms(trace: &Trace) -> f64 {
    let running = trace.slices().filter(|(_, slice)| slice.state == State::Running);
    running.map(|(_, slice)| slice.start_ms).fold(f64::INFINITY, f64::min)
}

#[wasm_bindgen_test]
fn one_event_without_the_clock() {
    const EVENTS: u32 = 1_000_000;
    let ring = Box::<Ring>::default();
    let runs: Vec<f64> = (0..=RUNS)
        .map(|_| {
            let began_ms = now_ms();
            for at in 0..EVENTS {
                // The reader's part, so that no event is dropped, which would be cheaper.
                if at % CAPACITY == 0 {
                    ring.forget();
                }
                black_box(&ring)
                    .push(Event { at_ms: f64::from(at), kind: EventKind::Begin(TaskId(at), State::Running) });
            }
            (now_ms() - began_ms) * 1e6 / f64::from(EVENTS)
        })
        .collect();
    report("event-ns", &runs[1..]);
}

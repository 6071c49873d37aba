//! Measurements inside a browser, on the engines that the page uses, in a release build. Prints one line of JSON per
//! measurement, which `cargo xtask bench` compares with `native.rs` and with the goals.
#![cfg(target_arch = "wasm32")]

mod bare;
mod cases;
mod workloads;

use std::hint::black_box;

use interleave::engine::browser::{Engines, Frames, Machine, PAUSE_MS, now_ms};
use interleave::engine::simulated::Model;
use interleave::engine::{EngineId, Options};
use interleave::plan::Plan;
use interleave::trace::event::{Event, EventKind};
use interleave::trace::ring::{CAPACITY, Ring};
use interleave::trace::stats::stats;
use interleave::trace::{State, TaskId, Trace};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use workloads::{RUNS, TRIES, alone, kernels};

wasm_bindgen_test_configure!(run_in_browser);

const TWO: Options = Options { workers: 2, limit: 2, switch_interval_ms: 5, model: Model::DEFAULT };

fn report(name: &str, runs: &[f64]) {
    console_log!("BENCH {{\"name\":\"{name}\",\"runs\":{runs:?}}}");
}

/// Runs `plan`; the trace, and how long it took from the call to the start of its clock, ms.
async fn run(engines: &Engines, id: EngineId, plan: &Plan, sum: u64) -> (std::rc::Rc<Trace>, f64) {
    let live = engines.prepare(id, plan);
    let began_ms = now_ms();
    let outcome = engines.run(id, &TWO, plan, &live).await.unwrap();
    let values = outcome.results.tasks.iter().map(|task| task.value);
    assert_eq!(values.fold(0, u64::wrapping_add), sum, "{}", id.key());
    (outcome.trace, live.origin_ms() - began_ms)
}

#[wasm_bindgen_test]
async fn kernels_alone_on_two_threads_and_on_two_processes() {
    let engines = Engines::new(Machine::probe().await);
    let (mut first_slice_ms, mut frame_gap_ms) = (vec![], vec![]);
    for kernel in kernels() {
        let (mut alone_ms, mut threads, mut processes) = (vec![], vec![], vec![]);
        // The first run warms up: it starts the workers, and the compiler moves the kernel to its fast tier.
        for run_number in 0..=RUNS {
            let [mut alone_best, mut threads_best, mut processes_best] = [f64::INFINITY; 3];
            for _ in 0..TRIES {
                let began_ms = now_ms();
                assert_eq!(alone(&kernel.plan), kernel.sum);
                alone_best = alone_best.min(now_ms() - began_ms);
                // What the page could not do meanwhile takes no time from the next.
                gloo::timers::future::TimeoutFuture::new(100).await;
                if kernel.is_shared {
                    let (trace, until_origin_ms) = run(&engines, EngineId::ThreadPool, &kernel.plan, kernel.sum).await;
                    threads_best = threads_best.min(stats(&trace).makespan_ms);
                    if run_number > 0 {
                        first_slice_ms.push(until_origin_ms + first_running_ms(&trace));
                        frame_gap_ms.extend(stats(&trace).longest_frame_gap_ms);
                    }
                    let (trace, _) = run(&engines, EngineId::Processes, &kernel.plan, kernel.sum).await;
                    processes_best = processes_best.min(stats(&trace).makespan_ms);
                }
            }
            if run_number > 0 {
                alone_ms.push(alone_best);
                threads.push(alone_best / threads_best);
                processes.push(alone_best / processes_best);
            }
        }
        report(&format!("wasm-{}-ms", kernel.name), &alone_ms);
        if kernel.is_shared {
            report(&format!("wasm-speedup-{}", kernel.name), &threads);
            report(&format!("wasm-processes-{}", kernel.name), &processes);
        }
    }
    report("first-slice-ms", &first_slice_ms);
    report("pool-frame-gap-ms", &frame_gap_ms);
}

#[wasm_bindgen_test]
async fn two_workers_without_this_crate() {
    let counters = bare::Counters::start();
    // Beside a page that draws as often as it does beside the pool.
    let _frames = Frames::start(PAUSE_MS, |_| ());
    let mut speedups = Vec::new();
    for run_number in 0..=RUNS {
        let [mut one_ms, mut two_ms] = [f64::INFINITY; 2];
        for _ in 0..TRIES {
            one_ms = one_ms.min(counters.count_ms(1).await);
            two_ms = two_ms.min(counters.count_ms(2).await);
        }
        if run_number > 0 {
            speedups.push(one_ms / two_ms);
        }
    }
    report("worker-bare-speedup", &speedups);
}

fn first_running_ms(trace: &Trace) -> f64 {
    let running = trace.slices().filter(|(_, slice)| slice.state == State::Running);
    running.map(|(_, slice)| slice.start_ms).fold(f64::INFINITY, f64::min)
}

#[wasm_bindgen_test]
async fn two_computing_threads_with_a_gil_beside_one() {
    let engines = Engines::new(Machine::probe().await);
    let kernel = kernels().remove(0);
    // All of the kernel as one task, and twice.
    let steps: Vec<_> = kernel.plan.tasks.iter().flat_map(|task| task.steps.clone()).collect();
    let task = interleave::plan::Task::new("all", steps);
    let (one, two) = (Plan::of(vec![task.clone()]), Plan::of(vec![task.clone(), task]));
    let mut ratios = Vec::new();
    for run_number in 0..=RUNS {
        let one_ms = stats(&run(&engines, EngineId::GilThreads, &one, kernel.sum).await.0).makespan_ms;
        let two_ms = stats(&run(&engines, EngineId::GilThreads, &two, kernel.sum * 2).await.0).makespan_ms;
        if run_number > 0 {
            ratios.push(two_ms / one_ms);
        }
    }
    report("wasm-gil-two-threads", &ratios);
}

#[wasm_bindgen_test]
async fn workers_come_up() {
    let machine = Machine::probe().await;
    let (mut process_ms, mut pool_ms, mut bare_ms, mut bare_pool_ms) = (vec![], vec![], vec![], vec![]);
    // In turn, so that a disturbance of the machine meets all.
    for _ in 0..=RUNS * 2 {
        bare_ms.push(bare::ready_ms(0).await);
        process_ms.push(up_ms(&machine, EngineId::Processes, 1).await);
        bare_pool_ms.push(bare::ready_ms(4).await);
        pool_ms.push(up_ms(&machine, EngineId::ThreadPool, 4).await);
    }
    for (name, runs) in [
        ("worker-process-ms", process_ms),
        ("worker-pool-ms", pool_ms),
        ("worker-bare-ms", bare_ms),
        ("worker-bare-pool-ms", bare_pool_ms),
    ] {
        report(name, &runs[1..]);
    }
}

async fn up_ms(machine: &Machine, engine: EngineId, workers: u32) -> f64 {
    let engines = Engines::new(machine.clone());
    let began_ms = now_ms();
    engines.warm_up(engine, workers, &Plan::default()).await;
    let took_ms = now_ms() - began_ms;
    // The next starts when these are gone: ending a worker takes the browser a while.
    drop(engines);
    gloo::timers::future::TimeoutFuture::new(100).await;
    took_ms
}

#[wasm_bindgen_test]
async fn runs_are_simulated() {
    for case in cases::cases() {
        let mut runs = Vec::new();
        for run_number in 0..=RUNS {
            let began_ms = now_ms();
            let (_, slices) = case.simulate();
            if run_number > 0 {
                runs.push(slices as f64 / 1e3 / (now_ms() - began_ms));
            }
            gloo::timers::future::TimeoutFuture::new(1).await;
        }
        report(&format!("wasm-simulated-{}-mslices", case.name), &runs);
    }
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
                let kind = EventKind::Begin(TaskId(at), State::Running, None);
                black_box(&ring).push(Event { at_ms: f64::from(at), kind });
            }
            (now_ms() - began_ms) * 1e6 / f64::from(EVENTS)
        })
        .collect();
    report("event-ns", &runs[1..]);
}

//! The yardstick for the browser: the same kernels and the same way of sharing them among threads, natively. Prints one line of
//! JSON per measurement, which `cargo xtask bench` reads beside what the browser took.
#![expect(clippy::disallowed_types, reason = "this runs natively alone")]

mod workloads;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use interleave::plan::Plan;
use workloads::{Kernel, RUNS, TRIES, alone, kernels, result};

fn main() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
    for kernel in kernels() {
        let (mut alone_ms, mut speed_up) = (Vec::new(), Vec::new());
        // The first run warms up.
        for run in 0..=RUNS {
            let (mut alone_best, mut shared_best) = (f64::INFINITY, f64::INFINITY);
            // In turn, so that a disturbance of the machine meets both.
            for _ in 0..TRIES {
                alone_best = alone_best.min(timed_ms(&kernel, alone));
                if kernel.is_shared {
                    shared_best = shared_best.min(timed_ms(&kernel, |plan| on_pool(&pool, plan)));
                }
            }
            if run > 0 {
                alone_ms.push(alone_best);
                speed_up.push(alone_best / shared_best);
            }
        }
        println!("BENCH {{\"name\":\"native-{}-ms\",\"runs\":{alone_ms:?}}}", kernel.name);
        if kernel.is_shared {
            println!("BENCH {{\"name\":\"native-speedup-{}\",\"runs\":{speed_up:?}}}", kernel.name);
        }
    }
}

fn timed_ms(kernel: &Kernel, carry_out: impl Fn(&Plan) -> u64) -> f64 {
    let began = Instant::now();
    assert_eq!(carry_out(&kernel.plan), kernel.sum, "{}", kernel.name);
    began.elapsed().as_secs_f64() * 1_000.0
}

/// As the browser's pool does it: every thread takes the next task from one queue.
fn on_pool(pool: &rayon::ThreadPool, plan: &Plan) -> u64 {
    let next = AtomicUsize::new(0);
    let taken = || std::iter::from_fn(|| plan.tasks.get(next.fetch_add(1, Ordering::Relaxed)));
    pool.broadcast(|_| taken().map(result).fold(0, u64::wrapping_add)).into_iter().fold(0, u64::wrapping_add)
}

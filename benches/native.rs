//! The yardstick for the browser: the same kernel and the same way of sharing it among threads, natively. Prints one line of
//! JSON per measurement, which `cargo xtask bench` reads beside what the browser took.
#![expect(clippy::disallowed_types, reason = "this runs natively alone")]

use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use interleave::plan::catalogue::PRIMES_WORKLOAD;
use interleave::plan::parameter::TASKS;
use interleave::plan::{Plan, Step, Values};

/// How often everything is measured.
const RUNS: usize = 7;

/// The best of so many counts: machines are shared, and what disturbs a measurement only ever makes it slower.
const TRIES: usize = 5;

fn main() {
    // More tasks than the page's 16, and so smaller ones: the pool is measured, not how 16 happen to fall on two threads.
    let plan = (PRIMES_WORKLOAD.plan)(&Values::default().with(&TASKS, 64));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
    let (mut alone_ms, mut speed_up) = (Vec::new(), Vec::new());
    // The first run warms up.
    for run in 0..=RUNS {
        let (mut alone, mut shared) = (f64::INFINITY, f64::INFINITY);
        // In turn, so that a disturbance of the machine meets both.
        for _ in 0..TRIES {
            alone = alone.min(timed_ms(|| plan.tasks.iter().map(result).sum()));
            shared = shared.min(timed_ms(|| on_pool(&pool, &plan)));
        }
        if run > 0 {
            alone_ms.push(alone);
            speed_up.push(alone / shared);
        }
    }
    println!("BENCH {{\"name\":\"native-primes-ms\",\"runs\":{alone_ms:?}}}");
    println!("BENCH {{\"name\":\"native-speedup-primes\",\"runs\":{speed_up:?}}}");
}

fn timed_ms(work: impl Fn() -> u64) -> f64 {
    let began = Instant::now();
    assert_eq!(black_box(work()), 216_816, "π(3,000,000)");
    began.elapsed().as_secs_f64() * 1_000.0
}

fn result(task: &interleave::plan::Task) -> u64 {
    let steps = task.steps.iter().map(|step| match step {
        Step::Compute(work) => work.pieces().sum::<u64>(),
        _ => unreachable!("primes only compute"),
    });
    steps.sum()
}

/// As the browser's pool does it: every thread takes the next task from one queue.
fn on_pool(pool: &rayon::ThreadPool, plan: &Plan) -> u64 {
    let next = AtomicUsize::new(0);
    let taken = || std::iter::from_fn(|| plan.tasks.get(next.fetch_add(1, Ordering::Relaxed)));
    pool.broadcast(|_| taken().map(result).sum::<u64>()).into_iter().sum()
}

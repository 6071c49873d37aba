//! Whether this machine has its cores to spare at the moment. Threads are compared with one alone by what they take on the clock; while
//! somebody else has a core, as the kernel and other guests of a shared machine do for seconds, there is nothing to compare.

use std::hint::black_box;
use std::time::{Duration, Instant};

use super::demo::cores;

/// How long each look takes.
const LOOK: Duration = Duration::from_millis(40);
/// What all cores together have to do of what they could.
const ENOUGH: f64 = 0.9;
/// How long it is waited for at most; then what happens, happens on a busy machine.
const WITHIN: Duration = Duration::from_secs(60);

/// Waits until as many threads as there are cores do as much at once as one does alone, each.
pub async fn cores_to_spare() {
    let began = Instant::now();
    while began.elapsed() < WITHIN {
        let alone = work();
        let together: u64 = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..cores()).map(|_| scope.spawn(work)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or_default()).sum()
        });
        if together as f64 >= ENOUGH * f64::from(cores()) * alone as f64 {
            return;
        }
        // Between two looks, not instead of one.
        tokio::time::sleep(LOOK).await;
    }
}

/// How often something small is done within a look.
fn work() -> u64 {
    let began = Instant::now();
    let (mut done, mut value) = (0, 1_u64);
    while began.elapsed() < LOOK {
        for _ in 0..1_000 {
            value = black_box(value.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
        }
        done += 1;
    }
    done
}

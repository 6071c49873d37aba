//! How a sweep over workers would go on with more cores than there are: the same plan on simulated machines, each with a core for each
//! worker.

use super::SweepJob;
use crate::engine::Options;
use crate::engine::simulated::{Machine, Scheduler, like};
use crate::plan::Plan;
use crate::timeline::curve::SimulatedPoint;

/// As many workers as are simulated, and cores: two to the power of this.
const FARTHEST: u32 = 10;

/// What 2, 4, 8 … 1,024 workers would bring on machines like `machine`, whose cores are made as fast as one worker was, which took
/// `one_ms`. `makespan_ms` simulates a plan and says how long it took.
///
/// # Errors
/// Those of `makespan_ms`.
pub async fn continuation<E>(
    job: &SweepJob,
    machine: &Machine,
    one_ms: f64,
    makespan_ms: impl AsyncFn(&Plan, &Machine, &Scheduler) -> Result<f64, E>,
) -> Result<Vec<SimulatedPoint>, E> {
    let (plan, engine, options) = (job.plan(1), job.choice.engine, job.options(1));
    let took_ms = async |workers: u32, factor: f64| {
        let options = Options { workers, ..options };
        let machine = Machine { cores: workers, speed: machine.speed.slowed(factor), ..machine.clone() };
        match like(engine, &options, &plan, &machine.into()) {
            Some((machine, scheduler)) => makespan_ms(&plan, &machine, &scheduler).await.map(Some),
            None => Ok(None),
        }
    };
    // One worker does one thing after another, so what is not computing takes as long however fast the cores are.
    let (Some(waits_ms), Some(all_ms)) = (took_ms(1, 0.0).await?, took_ms(1, 1.0).await?) else {
        return Ok(Vec::new());
    };
    let computes = all_ms > waits_ms && one_ms > waits_ms;
    let factor = if computes { (one_ms - waits_ms) / (all_ms - waits_ms) } else { 1.0 };
    let one_ms = waits_ms + factor * (all_ms - waits_ms);
    let mut points: Vec<SimulatedPoint> = Vec::new();
    for workers in (1..=FARTHEST).map(|power| 1 << power) {
        let before = points.last().copied().filter(|before| before.workers as usize >= plan.tasks.len());
        let speed_up = match before {
            // Each task has a worker already: further ones do nothing, and need not be simulated.
            Some(before) => before.speed_up,
            None => one_ms / took_ms(workers, factor).await?.unwrap_or(one_ms),
        };
        points.push(SimulatedPoint { workers, speed_up });
    }
    Ok(points)
}

//! What of a plan makes no sense, or is more than a page should be asked for. Steps are straight lines, so who holds what at each
//! of them is known.

use std::collections::BTreeSet;

use super::read::at;
use super::{MOST_WORKERS, Problem, quoted};
use crate::plan::catalogue::BLOCKS_PER_MS;
use crate::plan::{Amount, How, Plan, Step, Target, Task, Unit, Work};

/// The longest that all tasks together compute, about, and that they wait for answers, minutes.
const MOST_MINUTES: f64 = 10.0;
/// Most bytes that all tasks together produce and put into queues: a pool's memory has 256 MiB.
const MOST_BYTES: u64 = 100_000_000;

/// What is wrong with `plan`; `lines` are those of each task's steps.
pub(super) fn check(plan: &Plan, lines: &[Vec<usize>], problems: &mut Vec<Problem>) {
    if plan.interacts() && plan.tasks.len() > MOST_WORKERS {
        let what = format!(
            "these {} tasks wait for one another, so each has a worker of its own; {MOST_WORKERS} is the most",
            plan.tasks.len()
        );
        problems.push(at(1, what));
    }
    let targets = plan.steps().filter_map(|step| match step {
        Step::Io(request) => Some(matches!(request.target, Target::Url(_))),
        _ => None,
    });
    let targets: Vec<bool> = targets.collect();
    if targets.contains(&true) && targets.contains(&false) {
        problems
            .push(at(1, "requests go to addresses of yours, or to this page’s service worker, but not to both".into()));
    }
    let acquired: BTreeSet<u32> =
        plan.steps().filter(|step| matches!(step, Step::Acquire(_))).filter_map(Step::object).collect();
    for (task, lines) in plan.tasks.iter().zip(lines) {
        // Of tasks that are the same, one tells it.
        problems.extend(check_task(plan, task, lines, &acquired).err().filter(|problem| !problems.contains(problem)));
    }
    let (compute_ms, wait_ms) = (plan.steps().map(compute_ms).sum::<f64>(), plan.steps().map(wait_ms).sum::<f64>());
    for (ms, what) in [(compute_ms, "compute"), (wait_ms, "wait for answers")] {
        let minutes = ms / 60_000.0;
        if minutes > MOST_MINUTES {
            let what = format!("the tasks {what} for about {minutes:.0} minutes in all; {MOST_MINUTES} is the most");
            problems.push(at(1, what));
        }
    }
    let bytes: u64 = plan.steps().map(bytes).sum();
    if bytes > MOST_BYTES {
        problems.push(at(1, format!("the tasks produce {bytes} bytes in all; {MOST_BYTES} is the most")));
    }
}

/// Whether the task lets go of what it holds, and of nothing else, and waits for a condition with its lock alone.
fn check_task(plan: &Plan, task: &Task, lines: &[usize], acquired: &BTreeSet<u32>) -> Result<(), Problem> {
    let label = |object: u32| quoted(&plan.objects[object as usize].label);
    let mut held: Vec<(u32, usize)> = Vec::new();
    for (step, line) in task.steps.iter().zip(lines) {
        match *step {
            Step::Acquire(object) => held.push((object, *line)),
            Step::Release(object) => match held.iter().rposition(|(held, _)| *held == object) {
                Some(place) => drop(held.remove(place)),
                None => return Err(at(*line, format!("the task does not hold {} here", label(object)))),
            },
            Step::Wait { lock, .. } if !held.iter().any(|(held, _)| *held == lock) => {
                let what =
                    format!("who waits for a condition holds its lock; write before it: acquire {}", label(lock));
                return Err(at(*line, what));
            }
            // With a GIL who waits for it would keep that; and the lock is taken for each single increment.
            Step::Increment { how: How::Locked(lock), .. } if acquired.contains(&lock) => {
                let what = format!("{} is acquired by steps, too; a lock of increments is for them alone", label(lock));
                return Err(at(*line, what));
            }
            _ => {}
        }
    }
    match held.last() {
        Some((object, line)) => {
            Err(at(*line, format!("the task ends with {0} in its hands; write: release {0}", label(*object))))
        }
        None => Ok(()),
    }
}

/// How long a step computes on an ordinary core, roughly, ms. To know better of a picture would take a moment for each step, and there
/// may be thousands.
fn compute_ms(step: &Step) -> f64 {
    let amount = match step {
        Step::Compute(Work::Mandelbrot { scene, tile }) => {
            let count = tile.pixels() as f64 * f64::from(scene.iterations);
            Some(Amount { unit: Unit::Iteration, count })
        }
        Step::Compute(work) => work.amount(1_000_000),
        Step::Increment { times, .. } => return f64::from(*times) * 5e-5,
        _ => None,
    };
    let unit_ms = |unit| match unit {
        Unit::Division | Unit::Iteration => 2.5e-6,
        Unit::Element => 6e-7,
        Unit::Block => 1.0 / f64::from(BLOCKS_PER_MS),
        Unit::Sentence => 2e-4,
        Unit::Pixel => 3e-5,
    };
    amount.map_or(0.0, |amount| amount.count * unit_ms(amount.unit))
}

fn wait_ms(step: &Step) -> f64 {
    match step {
        Step::Io(request) => request.waits_ms().map_or(0.0, f64::from),
        _ => 0.0,
    }
}

/// How many bytes it leaves behind.
fn bytes(step: &Step) -> u64 {
    match step {
        Step::Compute(Work::Mandelbrot { tile, .. }) => tile.pixels() as u64,
        Step::Compute(Work::Sha256 { from, to }) => 32 * u64::from(to - from),
        Step::Compute(Work::DecodePicture { .. }) => {
            3 * crate::plan::PICTURE_SIZE.iter().map(|px| u64::from(*px)).product::<u64>()
        }
        Step::Put { bytes, .. } => u64::from(*bytes),
        _ => 0,
    }
}

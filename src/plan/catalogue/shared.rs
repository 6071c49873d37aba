//! What several workloads need: tasks by number, computing of a given length, and how results that are missing are told.

use super::{Verdict, grouped};
use crate::plan::{Object, ObjectKind, Plan, Request, Results, Step, Target, Task, Work};

/// How many failures a verdict tells one by one.
const TOLD: usize = 3;
/// How many blocks are hashed in about a millisecond, in a browser of 2026 on an ordinary machine.
pub const BLOCKS_PER_MS: u32 = 6;

/// `count` tasks, called after their numbers from 1; `steps` is given the numbers from 0.
pub fn numbered(label: &str, count: u32, steps: &dyn Fn(u32) -> Vec<Step>) -> Vec<Task> {
    (0..count).map(|number| Task::new(format!("{label} {}", number + 1), steps(number))).collect()
}

/// Where part `number` of `parts` begins, when `whole` is cut into parts as equal as can be.
pub fn edge(whole: u32, parts: u32, number: u32) -> u32 {
    (u64::from(whole) * u64::from(number) / u64::from(parts)) as u32
}

/// Something that tasks share.
pub fn object(label: impl Into<String>, kind: ObjectKind) -> Object {
    Object { label: label.into(), kind }
}

/// Computes for about so many milliseconds; its result is [`blocks`] of them.
pub fn compute(ms: u32) -> Step {
    Step::Compute(Work::Sha256 { from: 0, to: blocks(ms) })
}

/// How many blocks [`compute`] hashes.
pub fn blocks(ms: u32) -> u32 {
    ms * BLOCKS_PER_MS
}

/// Waits for `bytes` to come after a delay.
pub fn request(id: u32, delay_ms: u32, bytes: u32) -> Step {
    Step::Io(plain(id, Target::Slow { delay_ms, bytes, failures: 0 }))
}

/// A request with all the time it wants and no second attempt.
pub fn plain(id: u32, target: Target) -> Request {
    Request { id, target, timeout_ms: 0, retries: 0 }
}

/// How many tasks came to their end, and why those that did not, did not: “8 of 9 answered; request 4: …”. `None` if all did.
pub fn failures(plan: &Plan, results: &Results, ended: &str) -> Option<String> {
    let told = plan.tasks.iter().zip(&results.tasks);
    // The sentence goes on behind the reason, so a full stop at its end is left out.
    let why = |failure: &str| failure.trim_end_matches('.').to_owned();
    let told = told.filter_map(|(task, result)| Some(format!("; {}: {}", task.label, why(result.failure.as_ref()?))));
    let told: Vec<_> = told.collect();
    let good = results.tasks.len() - told.len().min(results.tasks.len());
    if good == plan.tasks.len() {
        return None;
    }
    let more = told.len().saturating_sub(TOLD);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    Some(format!("{good} of {} {ended}{}{more}", plan.tasks.len(), told[..told.len().min(TOLD)].concat()))
}

/// The verdict on a plan of computing, requests and messages: every task ended, and all their results add up to what its
/// steps should give, each message being taken once.
pub fn judge(plan: &Plan, results: &Results, words: String) -> Verdict {
    if let Some(words) = failures(plan, results, "tasks came to their end") {
        return Verdict::new(false, words);
    }
    let expected: u64 = plan.steps().map(result).sum();
    let found = sum(results);
    let wrong = format!("the results add up to {}; {} was expected", grouped(found), grouped(expected));
    Verdict::new(found == expected, if found == expected { words } else { wrong })
}

/// The sum of all results.
pub fn sum(results: &Results) -> u64 {
    results.tasks.iter().map(|task| task.value).sum()
}

/// What a step gives; a message counts where it is put, for it is said there.
fn result(step: &Step) -> u64 {
    match step {
        Step::Compute(Work::Sha256 { from, to }) => u64::from(to - from),
        Step::Io(Request { target: Target::Slow { bytes, .. }, .. }) => u64::from(*bytes),
        Step::Put { value, .. } => u64::from(*value),
        _ => 0,
    }
}

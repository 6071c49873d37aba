//! Workloads that show what an engine costs: start-up, copying, and who waits for whom when one task computes without end
//! and others only want a moment now and then.

use super::shared::{blocks, compute, failures, judge, numbered, request};
use super::{Verdict, Workload, grouped};
use crate::plan::parameter::{ARGUMENT, COMPUTE, COMPUTE_EACH, COPIES, EACH, GREETERS, IO_TASKS, RESULT, SHORT_DELAY};
use crate::plan::{Plan, Step, Task, Work};

/// How many greetings a verdict repeats.
const REPEATED: usize = 4;

/// Tasks that say hello and nothing else, so that whatever time it takes is the engine's own.
pub static HELLO_WORKLOAD: Workload = Workload::new(
    "hello",
    &[&GREETERS],
    |values| Plan::of(numbered("greeting", values.get(&GREETERS), &|_| vec![Step::Compute(Work::Hello)])),
    |values, results| {
        if let Some(failed) = failures(&(HELLO_WORKLOAD.plan)(values), results, "said hello") {
            return Verdict::new(false, failed);
        }
        let greetings: Vec<_> = results.tasks.iter().map(|task| String::from_utf8_lossy(&task.output)).collect();
        let polite = greetings.iter().all(|greeting| greeting.starts_with("hello from "));
        let more = greetings.len().saturating_sub(REPEATED);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        Verdict::new(polite, greetings[..greetings.len().min(REPEATED)].join(", ") + &more)
    },
);

/// Tasks that compute little, and are given and give back much.
pub static COPIES_WORKLOAD: Workload = Workload::new(
    "copies",
    &[&COPIES, &COMPUTE_EACH, &ARGUMENT, &RESULT],
    |values| {
        let (argument_bytes, result_bytes) = (values.get(&ARGUMENT), values.get(&RESULT));
        let tasks = numbered("task", values.get(&COPIES), &|_| vec![compute(values.get(&COMPUTE_EACH))]);
        Plan::of(tasks.into_iter().map(|task| Task { argument_bytes, result_bytes, ..task }).collect())
    },
    |values, results| {
        let bytes = u64::from(values.get(&COPIES)) * u64::from(values.get(&ARGUMENT) + values.get(&RESULT));
        let words = format!(
            "{} tasks, {} blocks hashed in each; {} bytes of arguments and results",
            results.tasks.len(),
            blocks(values.get(&COMPUTE_EACH)),
            grouped(bytes)
        );
        judge(&(COPIES_WORKLOAD.plan)(values), results, words)
    },
);

/// One task that computes, and others that make short requests and compute for a moment after each.
pub static CONVOY_WORKLOAD: Workload = Workload::new(
    "convoy",
    &[&COMPUTE, &IO_TASKS, &EACH, &SHORT_DELAY],
    |values| {
        let (each, delay_ms) = (values.get(&EACH), values.get(&SHORT_DELAY));
        // A single block: to take in an answer one needs the processor, be it for a moment.
        let handle = Step::Compute(Work::Sha256 { from: 0, to: 1 });
        let talk = |task| {
            let exchange = |number| [request(task * each + number, delay_ms, 0), handle.clone()];
            (0..each).flat_map(exchange).collect()
        };
        let mut tasks = vec![Task::new("computing", vec![compute(values.get(&COMPUTE))])];
        tasks.extend(numbered("requests", values.get(&IO_TASKS), &talk));
        Plan::of(tasks)
    },
    |values, results| {
        let requests = values.get(&IO_TASKS) * values.get(&EACH);
        let words = format!("{requests} requests answered beside {} blocks hashed", blocks(values.get(&COMPUTE)));
        judge(&(CONVOY_WORKLOAD.plan)(values), results, words)
    },
);

//! Workloads that go wrong on purpose, made for the tests and never deployed.

use super::{PRIMES_WORKLOAD, Verdict, Workload};
use crate::plan::parameter::{BOUND, TASKS};
use crate::plan::{Plan, Step, Work};

/// One task among others panics.
pub static PANIC_WORKLOAD: Workload = Workload::new(
    "panic",
    &[&BOUND, &TASKS],
    |values| {
        let mut plan = (PRIMES_WORKLOAD.plan)(values);
        let middle = plan.tasks.len() / 2;
        plan.tasks[middle].steps = vec![Step::Compute(Work::Panic)];
        plan
    },
    |_, _| Verdict::new(false, "the panic did not happen".into()),
);

/// Tasks that never end.
pub static ENDLESS_WORKLOAD: Workload = Workload::new(
    "endless",
    &[&TASKS],
    |values| Plan::of(super::shared::numbered("task", values.get(&TASKS), &|_| vec![Step::Compute(Work::Endless)])),
    |_, _| Verdict::new(false, "a task without an end has ended".into()),
);

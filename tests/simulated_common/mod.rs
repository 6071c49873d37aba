//! What the tests of the simulated engine share.
#![allow(dead_code, reason = "each of them uses some of it")]

pub mod random;

use interleave::engine::simulated::{Machine, Policy, Scheduler, Simulated, Workers, simulate};
use interleave::plan::{Object, ObjectKind, Plan, Request, Step, Target, Task, Work};

/// A textbook's machine, whose cores take a millisecond for a block.
pub fn machine(cores: u32) -> Machine {
    let mut machine = Machine::ideal(cores);
    machine.speed.block_ms = 1.0;
    machine
}

/// Computes for so many ms on such a machine.
pub fn compute(ms: u32) -> Step {
    Step::Compute(Work::Sha256 { from: 0, to: ms })
}

/// Waits for so many ms.
pub fn io(ms: u32) -> Step {
    let target = Target::Slow { delay_ms: ms, bytes: 0, failures: 0 };
    Step::Io(Request { id: 0, target, timeout_ms: 0, retries: 0 })
}

/// Tasks named A, B, C …
pub fn tasks(steps: Vec<Vec<Step>>) -> Vec<Task> {
    let named = |(number, steps): (usize, Vec<Step>)| Task::new(format!("P{}", number + 1), steps);
    steps.into_iter().enumerate().map(named).collect()
}

/// Tasks that share objects.
pub fn sharing(objects: &[(&str, ObjectKind)], steps: Vec<Vec<Step>>) -> Plan {
    let objects = objects.iter().map(|(label, kind)| Object { label: (*label).into(), kind: *kind });
    Plan { tasks: tasks(steps), objects: objects.collect() }
}

/// Tasks that only compute.
pub fn bursts(ms: &[u32]) -> Plan {
    Plan::of(tasks(ms.iter().map(|ms| vec![compute(*ms)]).collect()))
}

/// The same tasks, each of which arrives then.
pub fn arriving(plan: Plan, ms: &[u32]) -> Plan {
    let tasks = plan.tasks.into_iter().zip(ms).map(|(task, ms)| Task { arrival_ms: *ms, ..task });
    Plan { tasks: tasks.collect(), ..plan }
}

/// `plan` on a thread for each task.
pub fn run(plan: &Plan, cores: u32, policy: Policy) -> Simulated {
    simulate(plan, &machine(cores), &Scheduler::new(policy, Workers::ThreadEach)).expect("this can be simulated")
}

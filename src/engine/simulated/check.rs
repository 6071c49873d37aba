//! What of a plan makes no sense in any order of events, found before anything is simulated: steps are straight lines, so who holds
//! what at each of them is known.

use std::collections::BTreeMap;

use super::{Scheduler, SimulationError};
use crate::plan::{How, ObjectKind, Plan, Step};

/// Most tasks: each may have a lane of its own, and a trace has 65,536.
const MOST_TASKS: usize = 60_000;

/// Whether every step uses an object of the right kind, lets go of what its task holds, and names a task that is there.
pub(super) fn check_steps(plan: &Plan, scheduler: &Scheduler) -> Result<(), SimulationError> {
    if plan.tasks.len() > MOST_TASKS {
        let why = format!("the plan has {} tasks; {MOST_TASKS} can be simulated at most", plan.tasks.len());
        return Err(SimulationError::Plan(why));
    }
    if scheduler.has_processes() && plan.shares_memory() {
        let why = "its tasks use objects in one memory, which processes do not share; choose threads or an event loop";
        return Err(SimulationError::Plan(why.into()));
    }
    for task in &plan.tasks {
        let mut held = BTreeMap::new();
        for (index, step) in task.steps.iter().enumerate() {
            check_step(plan, step, &mut held).map_err(|why| SimulationError::Step {
                task: task.label.clone(),
                step: index + 1,
                why,
            })?;
        }
    }
    for (object, number) in plan.objects.iter().zip(0_u32..) {
        let needs = match object.kind {
            ObjectKind::Barrier { parties: 0 } => "needs at least 1 party",
            ObjectKind::Queue { capacity: 0 } => "needs room for at least 1 message",
            _ => continue,
        };
        return Err(SimulationError::Plan(format!("{} (object {number}) {needs}", object.label)));
    }
    check_spawns(plan)
}

/// By object: how often the task holds it.
type Held = BTreeMap<u32, u32>;

fn check_step(plan: &Plan, step: &Step, held: &mut Held) -> Result<(), String> {
    let object = |number: u32| {
        plan.objects.get(number as usize).ok_or_else(|| format!("there is no object {number} in the plan"))
    };
    let expect = |number: u32, wanted: &str, is_it: fn(ObjectKind) -> bool| {
        let object = object(number)?;
        if is_it(object.kind) { Ok(()) } else { Err(format!("{} is no {wanted}", object.label)) }
    };
    let task = |number: u32| {
        if (number as usize) < plan.tasks.len() {
            Ok(())
        } else {
            Err(format!("there is no task {number} in the plan"))
        }
    };
    let label = |number: u32| plan.objects.get(number as usize).map_or("", |object| object.label.as_str());
    match *step {
        Step::Compute(_) | Step::Io(_) | Step::Yield => Ok(()),
        Step::Acquire(number) => {
            expect(number, "lock or semaphore", can_be_held)?;
            *held.entry(number).or_default() += 1;
            Ok(())
        }
        Step::Release(number) => {
            expect(number, "lock or semaphore", can_be_held)?;
            match held.get_mut(&number).filter(|times| **times > 0) {
                Some(times) => *times -= 1,
                None => return Err(format!("it lets go of {}, which it does not hold", label(number))),
            }
            Ok(())
        }
        Step::Increment { counter, how, .. } => {
            expect(counter, "counter", |kind| kind == ObjectKind::Counter)?;
            if let How::Locked(lock) = how { expect(lock, "lock", is_lock) } else { Ok(()) }
        }
        Step::Set(number) | Step::Await(number) => expect(number, "event", |kind| kind == ObjectKind::Event),
        Step::Arrive(number) => expect(number, "barrier", |kind| matches!(kind, ObjectKind::Barrier { .. })),
        Step::Put { queue: number, .. } | Step::Take(number) => {
            expect(number, "queue", |kind| matches!(kind, ObjectKind::Queue { .. }))
        }
        Step::Wait { condition, lock } => {
            expect(condition, "condition", |kind| kind == ObjectKind::Condition)?;
            expect(lock, "lock", is_lock)?;
            let holds_it = held.get(&lock).is_some_and(|times| *times > 0);
            let why = || format!("it waits for {} without {}, which it does not hold", label(condition), label(lock));
            if holds_it { Ok(()) } else { Err(why()) }
        }
        Step::Notify { condition, .. } => expect(condition, "condition", |kind| kind == ObjectKind::Condition),
        Step::Spawn(number) | Step::Join(number) => task(number),
    }
}

fn is_lock(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Lock | ObjectKind::ReentrantLock)
}

fn can_be_held(kind: ObjectKind) -> bool {
    is_lock(kind) || matches!(kind, ObjectKind::Semaphore { .. })
}

/// Whether each task is started once at most, and can be started at all.
fn check_spawns(plan: &Plan) -> Result<(), SimulationError> {
    let mut parents = vec![None; plan.tasks.len()];
    for (parent, task) in plan.tasks.iter().enumerate() {
        for step in &task.steps {
            let Step::Spawn(child) = *step else { continue };
            if parents[child as usize].replace(parent).is_some() {
                let why = format!("{} is started by more than one step", plan.tasks[child as usize].label);
                return Err(SimulationError::Plan(why));
            }
        }
    }
    let mut children = vec![Vec::new(); plan.tasks.len()];
    let mut begin: Vec<usize> = Vec::new();
    for (task, parent) in parents.iter().enumerate() {
        parent.map_or(&mut begin, |parent: usize| &mut children[parent]).push(task);
    }
    let mut begins = vec![false; plan.tasks.len()];
    while let Some(task) = begin.pop() {
        begins[task] = true;
        begin.append(&mut children[task]);
    }
    match begins.iter().position(|begins| !begins) {
        None => Ok(()),
        Some(task) => {
            let why = format!("{} is started only by tasks that it would have to start itself", plan.tasks[task].label);
            Err(SimulationError::Plan(why))
        }
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;

//! What is refused before anything is simulated, and in which words.

use super::*;
use crate::engine::simulated::{Policy, Workers};
use crate::plan::{Object, Task};

const LOCK: u32 = 0;
const CONDITION: u32 = 1;
const COUNTER: u32 = 2;

fn plan(tasks: Vec<Vec<Step>>) -> Plan {
    let object = |label: &str, kind| Object { label: label.into(), kind };
    let objects = vec![
        object("lock A", ObjectKind::Lock),
        object("not empty", ObjectKind::Condition),
        object("counter", ObjectKind::Counter),
    ];
    let tasks = tasks.into_iter().zip(1..).map(|(steps, number)| Task::new(format!("task {number}"), steps));
    Plan { tasks: tasks.collect(), objects }
}

fn says(tasks: Vec<Vec<Step>>, workers: Workers) -> String {
    let scheduler = Scheduler::new(Policy::FirstComeFirstServed, workers);
    check_steps(&plan(tasks), &scheduler).map_or_else(|error| error.to_string(), |()| "nothing".into())
}

#[test]
fn a_step_that_makes_no_sense_is_named() {
    for (steps, why) in [
        (vec![Step::Release(LOCK)], "step 1 of task 1: it lets go of lock A, which it does not hold"),
        (
            vec![Step::Acquire(LOCK), Step::Release(LOCK), Step::Release(LOCK)],
            "step 3 of task 1: it lets go of lock A, which",
        ),
        (vec![Step::Acquire(COUNTER)], "step 1 of task 1: counter is no lock or semaphore"),
        (vec![Step::Take(9)], "step 1 of task 1: there is no object 9 in the plan"),
        (vec![Step::Join(1)], "step 1 of task 1: there is no task 1 in the plan"),
        (
            vec![Step::Wait { condition: CONDITION, lock: LOCK }],
            "step 1 of task 1: it waits for not empty without lock A",
        ),
        (
            vec![Step::Increment { counter: COUNTER, times: 1, how: How::Locked(CONDITION) }],
            "step 1 of task 1: not empty is no lock",
        ),
        (vec![Step::Acquire(LOCK), Step::Wait { condition: CONDITION, lock: LOCK }, Step::Release(LOCK)], "nothing"),
    ] {
        let said = says(vec![steps], Workers::ThreadEach);
        assert!(said.starts_with(why), "{said}");
    }
}

#[test]
fn a_task_is_started_once_and_by_somebody_who_runs() {
    let spawn = |task| vec![Step::Spawn(task)];
    let twice = says(vec![vec![Step::Spawn(1), Step::Spawn(1)], vec![]], Workers::ThreadEach);
    assert_eq!(twice, "task 2 is started by more than one step");
    let circle = says(vec![spawn(1), spawn(0)], Workers::ThreadEach);
    assert_eq!(circle, "task 1 is started only by tasks that it would have to start itself");
    assert_eq!(says(vec![spawn(0)], Workers::ThreadEach), circle);
    assert_eq!(says(vec![spawn(1), spawn(2), vec![]], Workers::ThreadEach), "nothing");
}

#[test]
fn processes_share_no_memory() {
    let tasks = || vec![vec![Step::Acquire(LOCK), Step::Release(LOCK)]];
    assert!(says(tasks(), Workers::ProcessEach).contains("which processes do not share"));
    assert_eq!(says(tasks(), Workers::Threads(1)), "nothing");
}

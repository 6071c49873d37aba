//! Workloads in which tasks hold something that others want: a lock that is taken twice, permits, and locks that are taken
//! in such an order that all wait for ever.

use super::Workload;
use super::shared::{compute, judge, numbered, object, request};
use crate::plan::parameter::{DELAY, DEPTH, GUESTS, MEALS, ORDER, PERMITS, PHILOSOPHERS};
use crate::plan::{ObjectKind, Plan, Step, Task};

/// How long a task computes before and after it takes a lock, about, ms.
const MOMENT_MS: u32 = 5;
/// How long a task computes each time that it has taken a re-entrant lock, about, ms: so long that the other comes meanwhile.
const INSIDE_MS: u32 = 20;

/// Two tasks that take one lock again while they hold it.
pub static REENTRANT_WORKLOAD: Workload = Workload::new(
    "reentrant",
    &[&DEPTH],
    |values| {
        let depth = values.get(&DEPTH);
        let inwards = (0..depth).flat_map(|_| [Step::Acquire(0), compute(INSIDE_MS)]);
        let steps: Vec<_> = inwards.chain((0..depth).map(|_| Step::Release(0))).collect();
        Plan {
            tasks: numbered("task", 2, &|_| steps.clone()),
            objects: vec![object("lock", ObjectKind::ReentrantLock)],
        }
    },
    |values, results| {
        let words = format!("2 tasks took the lock {} times each, one inside the other", values.get(&DEPTH));
        judge(&(REENTRANT_WORKLOAD.plan)(values), results, words)
    },
);

/// Tasks that compute a little and wait long while they hold a permit.
pub static SEMAPHORE_WORKLOAD: Workload = Workload::new(
    "semaphore",
    &[&GUESTS, &PERMITS, &DELAY],
    |values| {
        let hold =
            |guest| vec![Step::Acquire(0), compute(MOMENT_MS), request(guest, values.get(&DELAY), 0), Step::Release(0)];
        Plan {
            tasks: numbered("task", values.get(&GUESTS), &hold),
            objects: vec![object("semaphore", ObjectKind::Semaphore { permits: values.get(&PERMITS) })],
        }
    },
    |values, results| {
        let words = format!("{} tasks, each with one of {} permits", results.tasks.len(), values.get(&PERMITS));
        judge(&(SEMAPHORE_WORKLOAD.plan)(values), results, words)
    },
);

/// Two tasks that need two locks. In two orders, each takes its first and then waits for the other's: they meet in between,
/// so that this happens every time and not once in a thousand.
pub static DEADLOCK_WORKLOAD: Workload = Workload::new(
    "deadlock",
    &[&ORDER],
    |values| {
        let (a, b) = (0, 1);
        let second = if in_two_orders(values.get(&ORDER)) { [b, a] } else { [a, b] };
        let steps = |locks: [u32; 2]| with_both(locks, in_two_orders(values.get(&ORDER)).then_some(2));
        let locks = ["lock A", "lock B"].map(|label| object(label, ObjectKind::Lock));
        let meeting = object("both hold one", ObjectKind::Barrier { parties: 2 });
        Plan {
            tasks: vec![Task::new("task 1", steps([a, b])), Task::new("task 2", steps(second))],
            objects: locks.into_iter().chain([meeting]).collect(),
        }
    },
    |values, results| {
        judge(&(DEADLOCK_WORKLOAD.plan)(values), results, "both tasks had both locks, one after the other".into())
    },
);

/// Philosophers around a table, with a fork between any two. In two orders, each takes the left fork first; all meet with it
/// in their hand at the first meal, so that the deadlock is certain.
pub static PHILOSOPHERS_WORKLOAD: Workload = Workload::new(
    "philosophers",
    &[&PHILOSOPHERS, &MEALS, &ORDER],
    |values| {
        let (count, meals) = (values.get(&PHILOSOPHERS), values.get(&MEALS));
        let two_orders = in_two_orders(values.get(&ORDER));
        let dine = |seat: u32| {
            let (left, right) = (seat, (seat + 1) % count);
            let forks = if two_orders { [left, right] } else { [left.min(right), left.max(right)] };
            let meal = |number| with_both(forks, (two_orders && number == 0).then_some(count));
            (0..meals).flat_map(meal).collect()
        };
        let forks = (1..=count).map(|fork| object(format!("fork {fork}"), ObjectKind::Lock));
        let meeting = object("all hold one", ObjectKind::Barrier { parties: count });
        Plan { tasks: numbered("philosopher", count, &dine), objects: forks.chain([meeting]).collect() }
    },
    |values, results| {
        let words = format!("{} philosophers ate {} times each", results.tasks.len(), values.get(&MEALS));
        judge(&(PHILOSOPHERS_WORKLOAD.plan)(values), results, words)
    },
);

/// Whether this value of [`ORDER`] means two.
fn in_two_orders(order: u32) -> bool {
    order == 0
}

/// Takes two locks, one after the other, with a meeting at a barrier in between if one is given; computes with both.
fn with_both([first, second]: [u32; 2], meeting: Option<u32>) -> Vec<Step> {
    let begin = [compute(MOMENT_MS), Step::Acquire(first), compute(MOMENT_MS)];
    let end = [Step::Acquire(second), compute(MOMENT_MS), Step::Release(second), Step::Release(first)];
    begin.into_iter().chain(meeting.map(Step::Arrive)).chain(end).collect()
}

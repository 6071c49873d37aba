//! What went wrong in a simulated run, in words: what keeps tasks from ever coming to their end, and what they came to their end in
//! spite of.

use super::{LostWakeUp, Simulated, Starved};
use crate::engine::RunError;
use crate::plan::catalogue::grouped;
use crate::trace::TaskId;

/// So many are told one by one.
const TOLD: usize = 3;

/// What went wrong, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Who holds what and waits for what, where nothing could happen any more.
    pub deadlock: Option<String>,
    /// Which notifications came too early.
    pub lost_wake_up: Option<String>,
    /// Who was ready for too long without a core; such a run comes to its end all the same.
    pub starvation: Option<String>,
}

impl Told {
    /// Why the run did not come to its end, if it did not.
    pub fn failure(&self) -> Option<RunError> {
        let lost = self.lost_wake_up.clone().map(RunError::LostWakeUp);
        lost.or_else(|| self.deadlock.clone().map(RunError::Deadlock))
    }
}

impl Simulated {
    /// What went wrong.
    pub fn told(&self) -> Told {
        let task = |id: TaskId| self.trace.tasks()[id.0 as usize].as_str();
        let starved = |Starved { task: id, from_ms, to_ms }: &Starved| {
            format!("{} was ready for {} without a core", task(*id), whole_ms(to_ms - from_ms))
        };
        let lost = |lost: &LostWakeUp| {
            let condition = &self.trace.objects()[lost.condition as usize];
            let (notifier, waiter) = (task(lost.notifier), task(lost.waiter));
            let (at, from) = (whole_ms(lost.at_ms), whole_ms(lost.waits_from_ms));
            format!("{notifier} notified {condition} at {at}, and {waiter} has waited for it only since {from}")
        };
        let findings = &self.findings;
        Told {
            deadlock: self.standstill(),
            lost_wake_up: listed(findings.lost_wake_ups.iter().map(lost)),
            starvation: listed(findings.starved.iter().map(starved)),
        }
    }
}

/// All in one sentence; `None` if there are none.
fn listed(told: impl ExactSizeIterator<Item = String>) -> Option<String> {
    let more = told.len().saturating_sub(TOLD);
    let mut told: Vec<_> = told.take(TOLD).collect();
    if more > 0 {
        told.push(format!("and so on, {} times more", grouped(more as u64)));
    }
    (!told.is_empty()).then(|| told.join("; "))
}

fn whole_ms(ms: f64) -> String {
    format!("{} ms", grouped(ms.round().max(0.0) as u64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::simulated::{Machine, Policy, Scheduler, Workers, simulate};
    use crate::plan::catalogue::{BLOCKS_PER_MS, DEADLOCK_WORKLOAD};
    use crate::plan::{Object, ObjectKind, Plan, Step, Task, Values, Work};

    fn compute(ms: u32) -> Step {
        Step::Compute(Work::Sha256 { from: 0, to: ms * BLOCKS_PER_MS })
    }

    fn told(plan: &Plan, cores: u32) -> Told {
        let scheduler = Scheduler::new(Policy::FirstComeFirstServed, Workers::ThreadEach);
        simulate(plan, &Machine::ideal(cores), &scheduler).unwrap().told()
    }

    #[test]
    fn a_deadlock_is_told_as_a_real_one_is() {
        let told = told(&(DEADLOCK_WORKLOAD.plan)(&Values::default()), 2);
        let Some(RunError::Deadlock(words)) = told.failure() else { panic!("{told:?}") };
        assert!(words.contains("holds") && words.contains("waits for"), "{words}");
        assert_eq!(told.starvation, None);
    }

    #[test]
    fn a_wake_up_that_is_lost_says_who_was_too_early_and_who_too_late() {
        let early = Task::new("producer", vec![Step::Notify { condition: 1, all: false }]);
        let wait = Step::Wait { condition: 1, lock: 0 };
        let late = Task::new("consumer", vec![compute(5), Step::Acquire(0), wait, Step::Release(0)]);
        let object = |label: &str, kind| Object { label: label.into(), kind };
        let objects = vec![object("lock", ObjectKind::Lock), object("not empty", ObjectKind::Condition)];
        let told = told(&Plan { tasks: vec![early, late], objects }, 2);
        let words = told.failure().unwrap().to_string();
        let expected = "producer notified not empty at 0 ms, and consumer has waited for it only since 5 ms";
        assert!(words.starts_with("Lost wake-up: ") && words.contains(expected), "{words}");
    }

    #[test]
    fn who_starves_is_told_and_the_run_has_come_to_its_end() {
        let tasks = (1..=6).map(|number| Task::new(format!("task {number}"), vec![compute(1_100)])).collect();
        let told = told(&Plan::of(tasks), 1);
        assert_eq!(told.failure(), None);
        let expected = "task 2 was ready for 1,100 ms without a core; task 3 was ready for 2,200 ms without a core; \
                        task 4 was ready for 3,300 ms without a core; and so on, 2 times more";
        assert_eq!(told.starvation.as_deref(), Some(expected));
    }
}

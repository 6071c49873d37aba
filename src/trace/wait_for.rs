//! The wait-for graph: which tasks wait for what, who could let them go on, and who never will. It sees what a recorder has
//! recorded until now, and nothing else.

use std::collections::BTreeSet;

use super::recorder::Recorder;
use super::shared::Held;
use super::{LaneId, ObjectId, State, TaskId};

/// A task that waits for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Where it waits.
    pub lane: LaneId,
    /// Who waits.
    pub task: TaskId,
    /// What it holds meanwhile.
    pub holds: Vec<ObjectId>,
    /// What it waits for.
    pub waits_for: ObjectId,
}

impl Recorder {
    /// The tasks that wait and that no other task can ever let go on, as far as is recorded: each waits for something that only
    /// others of them hold, or that nobody is left to bring about. Empty if there are none.
    ///
    /// What several threads recorded is not of one instant: whoever draws a conclusion looks twice.
    pub fn stuck(&self) -> Vec<Waiter> {
        let waiters = self.waiters();
        let waits = |task| waiters.iter().any(|waiter| waiter.task == task);
        // Whoever has not ended and does not wait can go on, also one that has not begun.
        let mut free: BTreeSet<TaskId> = (0..self.ended().len() as u32).map(TaskId).collect();
        free.retain(|task| !self.ended()[task.0 as usize] && !waits(*task));
        loop {
            let before = free.len();
            for waiter in &waiters {
                let mut holders = self.held().iter().filter(|held| held.object == waiter.waits_for).peekable();
                let can_go_on = if holders.peek().is_some() {
                    holders.any(|held| free.contains(&held.task))
                } else {
                    // Nobody holds it: a lock can be had, and anything else may be brought about by whoever can go on.
                    self.can_be_held(waiter.waits_for) || !free.is_empty()
                };
                if can_go_on {
                    free.insert(waiter.task);
                }
            }
            if free.len() == before {
                break;
            }
        }
        waiters.into_iter().filter(|waiter| !free.contains(&waiter.task)).collect()
    }

    /// What a task holds.
    pub fn held_by(&self, task: TaskId) -> Vec<ObjectId> {
        self.held().iter().filter(|held| held.task == task).map(|held| held.object).collect()
    }

    /// Which tasks have taken their last step.
    fn ended(&self) -> &[bool] {
        &self.ended
    }

    fn held(&self) -> &[Held] {
        &self.shared.held
    }

    /// Whether somebody has ever held `object`, so that it is a lock or a semaphore.
    fn can_be_held(&self, object: ObjectId) -> bool {
        self.shared.holds.iter().any(|hold| hold.object == object)
    }

    /// Task, state and object of each open slice.
    fn open_slices(&self) -> impl Iterator<Item = (LaneId, (Option<TaskId>, State, Option<ObjectId>))> {
        let open = self.open.iter().enumerate();
        open.filter_map(|(lane, open)| open.map(|open| (LaneId(lane as u16), (open.task, open.state, open.object))))
    }

    fn waiters(&self) -> Vec<Waiter> {
        let waiter = |(lane, open): (LaneId, (Option<TaskId>, State, Option<ObjectId>))| match open {
            (Some(task), State::WaitingForLock, Some(waits_for)) => {
                Some(Waiter { lane, task, holds: self.held_by(task), waits_for })
            }
            _ => None,
        };
        self.open_slices().filter_map(waiter).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::LaneKind;

    const A: ObjectId = ObjectId(0);
    const B: ObjectId = ObjectId(1);

    /// Two tasks on two lanes that share two objects, and one more task that has not begun.
    fn recorder() -> Recorder {
        let mut recorder = Recorder::new(["1", "2", "3"]);
        for label in ["A", "B"] {
            recorder.add_object(label);
            recorder.add_lane(LaneKind::Thread, label).unwrap();
        }
        recorder.task_ended(TaskId(2)).unwrap();
        recorder
    }

    fn holds(recorder: &mut Recorder, task: u32, object: ObjectId) {
        recorder.hold(LaneId(task as u16), TaskId(task), object, 0.0).unwrap();
    }

    fn waits(recorder: &mut Recorder, task: u32, object: ObjectId) {
        let (lane, task) = (LaneId(task as u16), Some(TaskId(task)));
        recorder.begin_on(lane, task, State::WaitingForLock, Some(object), 1.0).unwrap();
    }

    #[test]
    fn two_locks_taken_in_two_orders_are_a_cycle() {
        let mut recorder = recorder();
        holds(&mut recorder, 0, A);
        holds(&mut recorder, 1, B);
        waits(&mut recorder, 0, B);
        assert_eq!(recorder.stuck(), [], "the second still goes on");
        waits(&mut recorder, 1, A);
        let waiter = |at: u16, holds, waits_for| Waiter {
            lane: LaneId(at),
            task: TaskId(at.into()),
            holds: vec![holds],
            waits_for,
        };
        assert_eq!(recorder.stuck(), [waiter(0, A, B), waiter(1, B, A)]);
    }

    #[test]
    fn who_waits_for_itself_is_stuck_alone() {
        let mut recorder = recorder();
        holds(&mut recorder, 0, A);
        waits(&mut recorder, 0, A);
        assert_eq!(recorder.stuck().len(), 1);
    }

    #[test]
    fn a_free_lock_keeps_nobody() {
        let mut recorder = recorder();
        holds(&mut recorder, 0, A);
        recorder.let_go(TaskId(0), A, 0.5).unwrap();
        waits(&mut recorder, 0, A);
        waits(&mut recorder, 1, A);
        assert_eq!(recorder.stuck(), []);
    }

    #[test]
    fn an_event_that_nobody_is_left_to_set_keeps_all_who_wait_for_it() {
        let mut recorder = recorder();
        waits(&mut recorder, 0, A);
        assert_eq!(recorder.stuck(), [], "the second may set it");
        recorder.task_ended(TaskId(1)).unwrap();
        assert_eq!(recorder.stuck().len(), 1);
    }

    #[test]
    fn who_waits_for_a_lock_of_one_who_is_stuck_is_stuck_too() {
        let mut recorder = recorder();
        holds(&mut recorder, 1, A);
        waits(&mut recorder, 0, A);
        assert_eq!(recorder.stuck(), []);
        waits(&mut recorder, 1, B);
        assert_eq!(recorder.stuck().len(), 2);
    }
}

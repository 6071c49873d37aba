//! Deadlock while a run goes on: the wait-for graph is looked at again and again, and what stays stuck is told in words.

use super::patience::Patience;
use crate::trace::{ObjectId, Recorder, Trace, Waiter};

/// How long tasks must have been stuck, unchanged, ms: what several threads recorded is not of one instant, and a lock that was
/// let go just now is taken soon.
const STUCK_FOR_MS: f64 = 150.0;
/// The same for those who wait for no lock but for a signal, which may be on its way for longer where cores are scarce.
const UNHEARD_FOR_MS: f64 = 700.0;

/// Watches a run.
#[derive(Debug, Default)]
pub struct Watch(Patience<Vec<Waiter>>);

impl Watch {
    /// Looks at what is recorded until `now_ms`; who is in deadlock, if that is certain.
    pub fn look(&mut self, recorder: &Recorder, now_ms: f64) -> Option<&[Waiter]> {
        let for_ms = self.0.look(recorder.stuck(), now_ms);
        let stuck = self.0.seen();
        let all_hold = stuck.iter().all(|waiter| !waiter.holds.is_empty());
        let long_ms = if all_hold { STUCK_FOR_MS } else { UNHEARD_FOR_MS };
        (!stuck.is_empty() && for_ms >= long_ms).then_some(stuck)
    }
}

/// A deadlock in words, from the trace that shows it: “thread 1 holds lock A and waits for lock B; thread 2 …”.
pub fn words(trace: &Trace, stuck: &[Waiter]) -> String {
    let object = |id: ObjectId| trace.objects()[id.0 as usize].as_str();
    let one = |waiter: &Waiter| {
        let lane = trace.lanes()[usize::from(waiter.lane.0)].label();
        let holds: Vec<&str> = waiter.holds.iter().map(|id| object(*id)).collect();
        let holds = if holds.is_empty() { String::new() } else { format!("holds {} and ", holds.join(", ")) };
        format!("{lane} {holds}waits for {}", object(waiter.waits_for))
    };
    stuck.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::live::testing::provenance;
    use crate::trace::{LaneId, LaneKind, State, TaskId};

    #[test]
    fn it_is_certain_when_nothing_has_changed_for_a_while() {
        let mut recorder = Recorder::new(["a", "b"]);
        for (k, lock) in (0..2).zip(["lock A", "lock B"]) {
            recorder.add_object(lock);
            recorder.add_lane(LaneKind::Thread, format!("thread {}", k + 1)).unwrap();
        }
        for k in 0..2 {
            let (lane, task) = (LaneId(k), TaskId(k.into()));
            recorder.hold(lane, task, ObjectId(k.into()), 1.0).unwrap();
            let other = Some(ObjectId(u32::from(1 - k)));
            recorder.begin_on(lane, Some(task), State::WaitingForLock, other, 2.0).unwrap();
        }
        let mut watch = Watch::default();
        for at_ms in [10.0, 50.0] {
            assert_eq!(watch.look(&recorder, at_ms), None);
        }
        // Who slept has not looked.
        assert_eq!(watch.look(&recorder, 700.0), None);
        let stuck = watch.look(&recorder, 740.0).unwrap().to_vec();
        let trace = recorder.snapshot(740.0, provenance()).unwrap();
        assert_eq!(
            words(&trace, &stuck),
            "thread 1 holds lock A and waits for lock B; thread 2 holds lock B and waits for lock A"
        );
    }
}

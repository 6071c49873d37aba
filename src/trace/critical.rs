//! The critical path: the chain of slices, back from the one that ended last, of which each could only begin when the one before
//! it was done. Whoever wants a run to end sooner has to shorten something on it. Derived from slices and arrows alone.

use super::{Flow, SliceId, State, Trace};

/// The critical path of `trace`, in order of time. Empty for a trace without slices.
pub fn critical_path(trace: &Trace) -> Vec<SliceId> {
    let ends = trace.slice_ids().map(|(id, slice)| (slice.end_ms, id));
    // Of several that end last, the first: the slice itself and not one within it.
    let last = ends.reduce(|last, other| if other.0 > last.0 { other } else { last });
    let before = Before::new(trace);
    let links = std::iter::successors(last.map(|(_, id)| id), |id| before.what_let_begin(*id));
    // Slices of no length at one instant could follow one another for ever.
    let mut path: Vec<_> = links.take(trace.lanes().iter().map(|lane| lane.slices().len()).sum()).collect();
    path.reverse();
    path
}

/// What is looked up at each link.
struct Before<'a> {
    trace: &'a Trace,
    /// By task: its slices, sorted by end (ms).
    of_task: Vec<Vec<(f64, SliceId)>>,
    /// Sorted by where and when they arrive.
    arriving: Vec<&'a Flow>,
}

/// What may have let a slice begin, the most telling first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// Something else of the same lane, which did not work.
    Lane,
    /// The task itself, which waited.
    Waited,
    /// The lane was occupied.
    Occupied,
    /// The task itself did something else before.
    Task,
    /// An arrow.
    Arrow,
}

impl<'a> Before<'a> {
    fn new(trace: &'a Trace) -> Self {
        let mut of_task = vec![Vec::new(); trace.tasks().len()];
        for (id, slice) in trace.slice_ids() {
            if let Some(of_task) = slice.task.and_then(|task| of_task.get_mut(task.0 as usize)) {
                of_task.push((slice.end_ms, id));
            }
        }
        of_task.iter_mut().for_each(|slices| slices.sort_by(|a, b| a.0.total_cmp(&b.0)));
        let mut arriving: Vec<_> = trace.flows().iter().collect();
        arriving.sort_by(|a, b| a.to.0.cmp(&b.to.0).then(a.to.1.total_cmp(&b.to.1)));
        Self { trace, of_task, arriving }
    }

    /// The slice whose end, or whose arrow, let this one begin.
    fn what_let_begin(&self, id: SliceId) -> Option<SliceId> {
        let (trace, slice) = (self.trace, self.trace.slice(id)?);
        // What differs by no more than the clock's step is one moment.
        let same_ms = trace.provenance().clock_resolution_ms.max(0.0) * 1.5;
        let start_ms = slice.start_ms;
        let working = |id: SliceId| {
            let state = trace.slice(id).map(|slice| slice.state);
            !matches!(state, Some(State::Ready | State::WaitingForLock) | None)
        };
        let lane = id.index.checked_sub(1).map(|index| SliceId { index, ..id });
        let lane = lane.map(|id| (if working(id) { Why::Occupied } else { Why::Lane }, id));
        let task = slice.task.and_then(|task| self.of_task.get(task.0 as usize)).and_then(|slices| {
            let end = slices.partition_point(|(end_ms, _)| *end_ms <= start_ms);
            slices[..end].iter().rev().map(|(_, id)| *id).find(|other| *other != id)
        });
        let task = task.map(|id| (if working(id) { Why::Task } else { Why::Waited }, id));
        let ended = |(why, id): (Why, SliceId)| Some((trace.slice(id)?.end_ms, why, id));
        let candidates = [lane.and_then(ended), task.and_then(ended), self.arrow(id, start_ms, same_ms)];
        let no_later = |other: SliceId| trace.slice(other).is_some_and(|other| other.start_ms <= start_ms);
        let candidates = candidates.into_iter().flatten().filter(|(.., other)| *other != id && no_later(*other));
        let latest_ms = candidates.clone().map(|(at_ms, ..)| at_ms).fold(f64::NEG_INFINITY, f64::max);
        let binding = candidates.filter(|(at_ms, ..)| *at_ms >= latest_ms - same_ms);
        binding.max_by_key(|(_, why, _)| *why).map(|(.., id)| id)
    }

    /// The slice from which the last arrow came that arrived as a slice began.
    fn arrow(&self, id: SliceId, start_ms: f64, same_ms: f64) -> Option<(f64, Why, SliceId)> {
        let until = (id.lane, start_ms + same_ms);
        let end =
            self.arriving.partition_point(|flow| flow.to.0 < until.0 || flow.to.0 == until.0 && flow.to.1 <= until.1);
        let arrow =
            self.arriving[..end].last().filter(|flow| flow.to.0 == id.lane && flow.to.1 >= start_ms - same_ms)?;
        Some((arrow.to.1, Why::Arrow, self.trace.slice_at(arrow.from.0, arrow.from.1, true)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::test_provenance::provenance;
    use crate::trace::{FlowKind, LaneId, LaneKind, Recorder, Slice, TaskId};

    /// A trace of slices (lane, task, state, start, end) and arrows (from lane, at, to lane, at).
    fn trace(lanes: u16, slices: &[(u16, u32, State, f64, f64)], flows: &[(u16, f64, u16, f64)]) -> Trace {
        let mut recorder = Recorder::new((0..9).map(|task| format!("task {task}")));
        for lane in 0..lanes {
            recorder.add_lane(LaneKind::Thread, format!("thread {lane}")).unwrap();
        }
        for (lane, task, state, start_ms, end_ms) in slices {
            recorder.slice(LaneId(*lane), Slice::new(Some(TaskId(*task)), *state, *start_ms, *end_ms)).unwrap();
        }
        for (from, left_ms, to, arrived_ms) in flows {
            let (from, to) = ((LaneId(*from), *left_ms), (LaneId(*to), *arrived_ms));
            recorder.flow(Flow { kind: FlowKind::LockHandOver, from, to }).unwrap();
        }
        recorder.finish(provenance()).unwrap()
    }

    /// The path as “task: start…end”.
    fn told(trace: &Trace) -> Vec<String> {
        let link = |id: SliceId| {
            let slice = trace.slice(id).unwrap();
            format!("{}: {}…{}", slice.task.unwrap().0, slice.start_ms, slice.end_ms)
        };
        critical_path(trace).into_iter().map(link).collect()
    }

    use State::{Ready, Running, WaitingForIo, WaitingForLock};

    #[test]
    fn one_after_another_all_are_on_the_path() {
        let slices = [(0, 0, Running, 0.0, 10.0), (0, 1, Running, 10.0, 20.0), (0, 2, Running, 20.0, 30.0)];
        assert_eq!(told(&trace(1, &slices, &[])), ["0: 0…10", "1: 10…20", "2: 20…30"]);
    }

    #[test]
    fn side_by_side_only_the_longest_is() {
        let slices = [(0, 0, Running, 0.0, 10.0), (1, 1, Running, 0.0, 30.0), (2, 2, Running, 0.0, 20.0)];
        assert_eq!(told(&trace(3, &slices, &[])), ["1: 0…30"]);
    }

    #[test]
    fn a_lock_leads_to_who_held_it_and_not_to_the_wait() {
        let slices = [
            (0, 0, Running, 0.0, 40.0),
            (0, 0, Running, 40.0, 50.0),
            (1, 1, Running, 0.0, 5.0),
            (1, 1, WaitingForLock, 5.0, 40.0),
            (1, 1, Running, 40.0, 90.0),
        ];
        assert_eq!(told(&trace(2, &slices, &[(0, 40.0, 1, 40.0)])), ["0: 0…40", "1: 40…90"]);
        assert_eq!(told(&trace(2, &slices, &[])), ["1: 0…5", "1: 5…40", "1: 40…90"], "without the arrow, the wait");
    }

    #[test]
    fn who_was_ready_waited_for_who_ran() {
        let slices = [(0, 0, Running, 0.0, 10.0), (0, 1, Running, 10.0, 20.0), (1, 1, Ready, 0.0, 10.0)];
        assert_eq!(told(&trace(2, &slices, &[])), ["0: 0…10", "1: 10…20"]);
    }

    #[test]
    fn a_wait_for_io_is_itself_on_the_path() {
        let slices = [(0, 0, Running, 0.0, 2.0), (0, 0, Running, 50.0, 60.0), (1, 0, WaitingForIo, 2.0, 50.0)];
        assert_eq!(told(&trace(2, &slices, &[])), ["0: 0…2", "0: 2…50", "0: 50…60"]);
    }

    #[test]
    fn slices_of_no_length_do_not_go_round_in_circles() {
        let slices = [(0, 0, Running, 5.0, 5.0), (0, 1, Running, 5.0, 5.0), (1, 0, Running, 5.0, 5.0)];
        assert!(told(&trace(2, &slices, &[(0, 5.0, 1, 5.0), (1, 5.0, 0, 5.0)])).len() <= 3);
        assert_eq!(told(&trace(2, &[], &[])), [""; 0]);
    }
}

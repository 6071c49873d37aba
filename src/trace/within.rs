//! What a stretch of a run came to: the statistics of a range that somebody selected.

use super::{LaneKind, State, Trace};

/// What happened between two times.
#[derive(Clone, Debug, PartialEq)]
pub struct Within {
    /// Its start, ms.
    pub from_ms: f64,
    /// Its end, ms.
    pub to_ms: f64,
    /// Time in each state, in the order of [`State::ALL`], added up over all lanes, ms; only what lies in the range counts.
    pub in_state_ms: [f64; State::ALL.len()],
    /// Tasks of which any slice lies in it.
    pub tasks: usize,
    /// Slices of which any part lies in it.
    pub slices: usize,
    /// Workers of which any slice lies in it.
    pub workers: usize,
}

impl Within {
    /// Time in a state, added up over all lanes, ms.
    pub fn in_state(&self, state: State) -> f64 {
        State::ALL.iter().zip(self.in_state_ms).find(|(known, _)| **known == state).map_or(0.0, |(_, ms)| ms)
    }

    /// How long it is, ms.
    pub fn duration_ms(&self) -> f64 {
        self.to_ms - self.from_ms
    }
}

/// What happened in `trace` between the two times (ms, in either order). What lies within a worker's slice, on a lane below its
/// own, is part of that slice and counts once.
pub fn within(trace: &Trace, a_ms: f64, b_ms: f64) -> Within {
    let (from_ms, to_ms) = (a_ms.min(b_ms), a_ms.max(b_ms));
    let mut seen = vec![false; trace.tasks().len()];
    let mut sum = Within { from_ms, to_ms, in_state_ms: [0.0; State::ALL.len()], tasks: 0, slices: 0, workers: 0 };
    let counts = |kind: LaneKind| kind != LaneKind::Heartbeat && !kind.repeats_others();
    for lane in trace.lanes().iter().filter(|lane| counts(lane.kind()) && lane.below().is_none()) {
        let slices = lane.slices();
        let first = slices.partition_point(|slice| slice.end_ms <= from_ms);
        let inside = slices[first..].iter().take_while(|slice| slice.start_ms < to_ms);
        let before = sum.slices;
        for slice in inside {
            sum.slices += 1;
            let ms = (slice.end_ms.min(to_ms) - slice.start_ms.max(from_ms)).max(0.0);
            let states = State::ALL.iter().zip(&mut sum.in_state_ms);
            states.filter(|(state, _)| **state == slice.state).for_each(|(_, sum)| *sum += ms);
            if let Some(seen) = slice.task.and_then(|task| seen.get_mut(task.0 as usize)) {
                *seen = true;
            }
        }
        sum.workers += usize::from(lane.kind().is_worker() && sum.slices > before);
    }
    sum.tasks = seen.into_iter().filter(|seen| *seen).count();
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::test_provenance::provenance;
    use crate::trace::{LaneId, Recorder, Slice, TaskId};

    #[test]
    fn only_what_lies_in_the_range_counts() {
        let mut recorder = Recorder::new(["a", "b", "c"]);
        for lane in ["1", "2"] {
            recorder.add_lane(LaneKind::Thread, lane).unwrap();
        }
        let slices = [
            (0, 0, State::Running, 0.0, 10.0),
            (0, 1, State::Running, 10.0, 20.0),
            (1, 1, State::WaitingForIo, 0.0, 8.0),
            (1, 2, State::Running, 18.0, 30.0),
        ];
        for (lane, task, state, start_ms, end_ms) in slices {
            recorder.slice(LaneId(lane), Slice::new(Some(TaskId(task)), state, start_ms, end_ms)).unwrap();
        }
        let trace = recorder.finish(provenance()).unwrap();
        let part = within(&trace, 18.0, 5.0);
        assert_eq!((part.from_ms, part.to_ms, part.tasks, part.slices, part.workers), (5.0, 18.0, 2, 3, 2));
        assert_eq!((part.in_state(State::Running), part.in_state(State::WaitingForIo)), (13.0, 3.0));
        let all = within(&trace, 0.0, 30.0);
        assert_eq!((all.tasks, all.slices, all.in_state(State::Running)), (3, 4, 32.0));
        assert_eq!(within(&trace, 40.0, 50.0).slices, 0);
    }
}

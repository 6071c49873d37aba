//! A run while it runs, heard from a worker that may lose events.

use super::*;
use crate::plan::Task;
use crate::trace::{LaneKind, State, TaskId};

fn live() -> Live {
    Live::new(&Plan::of(vec![Task::default(), Task::default()]), testing::provenance())
}

fn events() -> [Event; 4] {
    let begin = |at_ms, task| Event { at_ms, kind: EventKind::Begin(TaskId(task), State::Running, None) };
    let end = |at_ms| Event { at_ms, kind: EventKind::End };
    // The end of task 0 is missing.
    [begin(0.0, 0), begin(2.0, 1), end(3.0), end(4.0)]
}

fn recorded(events_were_lost: bool) -> Result<Trace, TraceError> {
    let live = live();
    let lane = live.record(|recorder| recorder.add_lane(LaneKind::Thread, "thread 1"))?;
    events().into_iter().try_for_each(|event| live.record_event(lane, event, events_were_lost))?;
    live.snapshot(4.0)
}

#[test]
fn where_events_were_lost_the_rest_still_makes_a_trace() {
    let trace = recorded(true).unwrap();
    let slices: Vec<_> = trace.slices().map(|(_, slice)| (slice.task, slice.start_ms, slice.end_ms)).collect();
    assert_eq!(slices, [(Some(TaskId(0)), 0.0, 2.0), (Some(TaskId(1)), 2.0, 3.0)]);
}

#[test]
fn a_run_that_has_ended_stands() {
    let live = live();
    live.start_at(1_000.0);
    assert_eq!([live.since_start(900.0), live.since_start(1_030.0)], [0.0, 30.0]);
    assert_eq!(live.end_at(1_050.0), 50.0);
    assert_eq!([live.since_start(1_030.0), live.since_start(9_000.0)], [30.0, 50.0]);
}

#[test]
fn where_none_was_lost_a_missing_end_is_a_defect() {
    assert!(matches!(recorded(false), Err(TraceError::Overlap { .. })));
}

#[test]
fn a_time_before_what_the_lane_has_is_moved_to_its_end() {
    let live = live();
    let lane = live.record(|recorder| recorder.add_lane(LaneKind::Thread, "thread 1")).unwrap();
    let [begin, _, end, _] = events();
    live.record_event(lane, begin, false).unwrap();
    live.record_event(lane, end, false).unwrap();
    live.record_event(lane, Event { at_ms: 2.99, ..begin }, false).unwrap();
    assert_eq!(live.lane_end_ms(lane), 3.0);
}

//! Each error of a recorder, by the case that brings it and the words it says.
#![cfg(not(target_arch = "wasm32"))]

mod trace_common;

use expect_test::{Expect, expect};
use interleave::trace::{
    Flow, FlowKind, LaneId, LaneKind, Mark, MarkKind, ObjectId, Reading, Recorder, Slice, State, TaskId, TraceError,
};
use trace_common::provenance;

const LANE: LaneId = LaneId(0);
const OBJECT: ObjectId = ObjectId(0);
const TASK: Option<TaskId> = Some(TaskId(0));

/// What a recorder with one lane, one object and one task, busy from 2 to 4 ms, says to `call`.
#[track_caller]
fn check<T: std::fmt::Debug>(call: impl FnOnce(&mut Recorder) -> Result<T, TraceError>, words: Expect) {
    let mut recorder = Recorder::new(["only task"]);
    recorder.add_lane(LaneKind::Thread, "only lane").expect("the first lane");
    recorder.add_object("queue");
    recorder.slice(LANE, running(2.0, 4.0)).expect("a first slice");
    words.assert_eq(&call(&mut recorder).expect_err("this must be refused").to_string());
}

fn running(start_ms: f64, end_ms: f64) -> Slice {
    Slice::new(TASK, State::Running, start_ms, end_ms)
}

fn mark(at_ms: f64) -> Mark {
    Mark { at_ms, task: None, kind: MarkKind::Response }
}

#[test]
fn slices_of_a_lane_do_not_overlap() {
    check(
        |r| r.slice(LANE, running(3.0, 5.0)),
        expect!["a slice on lane 0 starts at 3 ms, while another lasts until 4 ms"],
    );
    check(
        |r| r.slice(LANE, running(0.0, 1.0)),
        expect!["a slice on lane 0 starts at 0 ms, while another lasts until 4 ms"],
    );
    let two_open = |r: &mut Recorder| {
        r.begin(LANE, TASK, State::Running, 5.0)?;
        r.begin(LANE, TASK, State::Running, 6.0)
    };
    check(two_open, expect!["a slice on lane 0 starts at 6 ms, while another lasts until inf ms"]);
}

#[test]
fn slices_that_touch_do_not_overlap() {
    let mut recorder = Recorder::new(["only task"]);
    recorder.add_lane(LaneKind::Thread, "only lane").expect("the first lane");
    assert_eq!(recorder.slice(LANE, running(0.0, 0.1)), Ok(()));
    assert_eq!(recorder.slice(LANE, running(0.1, 0.1)), Ok(()));
    assert_eq!(recorder.slice(LANE, running(0.1, 0.3)), Ok(()));
}

#[test]
fn a_slice_does_not_end_before_it_starts() {
    check(|r| r.slice(LANE, running(6.0, 5.0)), expect!["a slice on lane 0 ends at 5 ms, before its start at 6 ms"]);
    let late = |r: &mut Recorder| {
        r.begin(LANE, TASK, State::Running, 6.0)?;
        r.end(LANE, 5.0)
    };
    check(late, expect!["a slice on lane 0 ends at 5 ms, before its start at 6 ms"]);
}

#[test]
fn lanes_and_tasks_exist() {
    check(|r| r.begin(LaneId(7), TASK, State::Ready, 5.0), expect!["lane 7 does not exist"]);
    check(|r| r.end(LaneId(7), 5.0), expect!["lane 7 does not exist"]);
    check(|r| r.slice(LaneId(7), running(5.0, 6.0)), expect!["lane 7 does not exist"]);
    check(|r| r.mark(LaneId(7), mark(5.0)), expect!["lane 7 does not exist"]);
    let flow = Flow { kind: FlowKind::Spawn, from: (LANE, 1.0), to: (LaneId(7), 2.0) };
    check(|r| r.flow(flow), expect!["lane 7 does not exist"]);
    check(|r| r.begin(LANE, Some(TaskId(7)), State::Ready, 5.0), expect!["task 7 does not exist"]);
    check(|r| r.mark(LANE, Mark { task: Some(TaskId(7)), ..mark(5.0) }), expect!["task 7 does not exist"]);
}

#[test]
fn times_are_times() {
    check(|r| r.begin(LANE, TASK, State::Ready, f64::NAN), expect!["NaN is not a time within the run"]);
    check(|r| r.slice(LANE, running(f64::NAN, 5.0)), expect!["NaN is not a time within the run"]);
    check(|r| r.slice(LANE, running(5.0, f64::INFINITY)), expect!["inf is not a time within the run"]);
    check(|r| r.mark(LANE, mark(-1.0)), expect!["-1 is not a time within the run"]);
    check(|r| r.count(OBJECT, f64::NAN, Reading::Is(1)), expect!["NaN is not a time within the run"]);
    check(|r| r.hold(LANE, TaskId(0), OBJECT, f64::NAN), expect!["NaN is not a time within the run"]);
    check(|r| r.leave(LANE, FlowKind::Wake, (ObjectId(0), 1), -1.0), expect!["-1 is not a time within the run"]);
    check(|r| r.close_all(f64::NEG_INFINITY), expect!["-inf is not a time within the run"]);
    check(|r| r.snapshot(f64::NAN, provenance()), expect!["NaN is not a time within the run"]);
    let flow = Flow { kind: FlowKind::Spawn, from: (LANE, -1.0), to: (LANE, 2.0) };
    check(|r| r.flow(flow), expect!["-1 is not a time within the run"]);
}

#[test]
fn marks_holds_and_the_ends_of_a_flow_come_in_order() {
    let marks = |r: &mut Recorder| r.mark(LANE, mark(3.0)).and_then(|()| r.mark(LANE, mark(2.0)));
    check(marks, expect!["an event at 2 ms follows one at 3 ms"]);
    let flow = Flow { kind: FlowKind::Message, from: (LANE, 3.0), to: (LANE, 2.0) };
    check(|r| r.flow(flow), expect!["an event at 2 ms follows one at 3 ms"]);
    let key = (ObjectId(0), 1);
    let met_late = |r: &mut Recorder| {
        r.arrive(LANE, FlowKind::Message, key, 2.0)?;
        r.leave(LANE, FlowKind::Message, key, 3.0)
    };
    check(met_late, expect!["an event at 2 ms follows one at 3 ms"]);
    let held = |r: &mut Recorder| {
        r.hold(LANE, TaskId(0), OBJECT, 3.0)?;
        r.let_go(TaskId(0), OBJECT, 2.0)
    };
    check(held, expect!["an event at 2 ms follows one at 3 ms"]);
}

#[test]
fn a_step_of_the_clocks_is_no_disorder() {
    let mut recorder = Recorder::new(["only task"]).with_clocks_that_differ_by(0.01);
    recorder.add_lane(LaneKind::Thread, "only lane").expect("the first lane");
    recorder.arrive(LANE, FlowKind::Message, (ObjectId(0), 1), 2.995).expect("its departure may come later");
    recorder.leave(LANE, FlowKind::Message, (ObjectId(0), 1), 3.0).expect("half a step");
    let trace = recorder.snapshot(4.0, provenance()).expect("a time");
    assert_eq!((trace.flows()[0].from.1, trace.flows()[0].to.1), (3.0, 3.0));
}

#[test]
fn objects_exist_and_are_let_go_by_who_holds_them() {
    check(|r| r.count(ObjectId(1), 5.0, Reading::Changed(1)), expect!["object 1 does not exist"]);
    check(|r| r.hold(LANE, TaskId(0), ObjectId(2), 5.0), expect!["object 2 does not exist"]);
    check(
        |r| r.begin_on(LANE, TASK, State::WaitingForLock, Some(ObjectId(2)), 5.0),
        expect!["object 2 does not exist"],
    );
    check(|r| r.let_go(TaskId(0), OBJECT, 5.0), expect!["task 0 lets go of object 0, which it does not hold"]);
}

#[test]
fn readings_of_several_threads_are_sorted() {
    let mut recorder = Recorder::new(["only task"]);
    let queue = recorder.add_object("queue");
    for (at_ms, change) in [(1.0, 1), (3.0, -1), (2.0, 1), (4.0, -1)] {
        recorder.count(queue, at_ms, Reading::Changed(change)).expect("a reading");
    }
    let trace = recorder.snapshot(4.0, provenance()).expect("a time");
    assert_eq!(trace.counters()[0].samples, [(1.0, 1.0), (2.0, 2.0), (3.0, 1.0), (4.0, 0.0)]);
}

#[test]
fn every_end_has_a_beginning_and_every_beginning_an_end() {
    check(|r| r.end(LANE, 5.0), expect!["nothing is open on lane 0"]);
    let unfinished = |r: &mut Recorder| {
        r.begin(LANE, TASK, State::Running, 5.0)?;
        r.clone().finish(provenance())
    };
    check(unfinished, expect!["a slice on lane 0 is still open"]);
}

#[test]
fn lanes_have_numbers_of_sixteen_bits() {
    let too_many = |r: &mut Recorder| (0..65_536).try_for_each(|_| r.add_lane(LaneKind::InFlight, "").map(drop));
    check(too_many, expect!["a trace has at most 65,536 lanes"]);
}

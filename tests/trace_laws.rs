//! The laws of a trace, from outside: whatever a recorder accepts satisfies them, and what it refuses leaves it as it was.
#![cfg(not(target_arch = "wasm32"))]

mod trace_common;

use interleave::trace::{
    Flow, FlowKind, Lane, LaneId, LaneKind, Mark, MarkKind, ObjectId, Reading, Recorder, Slice, State, TaskId, Trace,
    TraceError,
};
use proptest::prelude::*;
use trace_common::provenance;

const TASKS: u32 = 3;
const LANES: u16 = 3;
const OBJECTS: u32 = 2;

/// One call of a recorder. Lanes, tasks and times may be such as do not exist.
#[derive(Clone, Debug)]
enum Call {
    Begin(LaneId, Option<TaskId>, State, f64),
    End(LaneId, f64),
    Slice(LaneId, Slice),
    Mark(LaneId, Mark),
    Flow(Flow),
    Hold(LaneId, TaskId, ObjectId, f64),
    LetGo(TaskId, ObjectId, f64),
    Leave(LaneId, FlowKind, u32, f64),
    Arrive(LaneId, FlowKind, u32, f64),
    Count(ObjectId, f64, Reading),
    CloseAll(f64),
}

fn carry_out(recorder: &mut Recorder, call: &Call) -> Result<(), TraceError> {
    match *call {
        Call::Begin(lane, task, state, at_ms) => recorder.begin(lane, task, state, at_ms),
        Call::End(lane, at_ms) => recorder.end(lane, at_ms),
        Call::Slice(lane, slice) => recorder.slice(lane, slice),
        Call::Mark(lane, mark) => recorder.mark(lane, mark),
        Call::Flow(flow) => recorder.flow(flow),
        Call::Hold(lane, task, object, at_ms) => recorder.hold(lane, task, object, at_ms),
        Call::LetGo(task, object, at_ms) => recorder.let_go(task, object, at_ms),
        Call::Leave(lane, kind, number, at_ms) => recorder.leave(lane, kind, (ObjectId(0), number), at_ms),
        Call::Arrive(lane, kind, number, at_ms) => recorder.arrive(lane, kind, (ObjectId(0), number), at_ms),
        Call::Count(object, at_ms, reading) => recorder.count(object, at_ms, reading),
        Call::CloseAll(at_ms) => recorder.close_all(at_ms),
    }
}

/// Mostly times of a run, in steps that often coincide; now and then none at all.
fn times() -> impl Strategy<Value = f64> {
    let steps = (0..40_u32).prop_map(|step| f64::from(step) * 0.5);
    prop_oneof![12 => steps, 1 => Just(f64::NAN), 1 => Just(f64::INFINITY), 1 => Just(-0.5)]
}

fn lanes() -> impl Strategy<Value = LaneId> {
    (0..=LANES).prop_map(LaneId)
}

fn tasks() -> impl Strategy<Value = Option<TaskId>> {
    prop::option::of((0..=TASKS).prop_map(TaskId))
}

fn objects() -> impl Strategy<Value = ObjectId> {
    (0..=OBJECTS).prop_map(ObjectId)
}

fn states() -> impl Strategy<Value = State> {
    prop::sample::select(&State::ALL[..])
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let slice = (tasks(), states(), times(), times())
        .prop_map(|(task, state, start_ms, end_ms)| Slice::new(task, state, start_ms, end_ms));
    let task = || (0..=TASKS).prop_map(TaskId);
    let kinds = || prop::sample::select(&[FlowKind::Wake, FlowKind::Message][..]);
    let readings = prop_oneof![(0..9_u32).prop_map(Reading::Is), (-3..3).prop_map(Reading::Changed)];
    let mark = (times(), tasks()).prop_map(|(at_ms, task)| Mark { at_ms, task, kind: MarkKind::Yield });
    let call = prop_oneof![
        4 => (lanes(), tasks(), states(), times()).prop_map(|(lane, task, state, at)| Call::Begin(lane, task, state, at)),
        4 => (lanes(), times()).prop_map(|(lane, at)| Call::End(lane, at)),
        4 => (lanes(), slice).prop_map(|(lane, slice)| Call::Slice(lane, slice)),
        2 => (lanes(), mark).prop_map(|(lane, mark)| Call::Mark(lane, mark)),
        1 => ((lanes(), times()), (lanes(), times()))
            .prop_map(|(from, to)| Call::Flow(Flow { kind: FlowKind::Wake, from, to })),
        2 => (lanes(), task(), objects(), times()).prop_map(|(lane, task, object, at)| Call::Hold(lane, task, object, at)),
        2 => (task(), objects(), times()).prop_map(|(task, object, at)| Call::LetGo(task, object, at)),
        1 => (lanes(), kinds(), 0..3_u32, times()).prop_map(|(lane, kind, key, at)| Call::Leave(lane, kind, key, at)),
        1 => (lanes(), kinds(), 0..3_u32, times()).prop_map(|(lane, kind, key, at)| Call::Arrive(lane, kind, key, at)),
        1 => (objects(), times(), readings).prop_map(|(object, at, reading)| Call::Count(object, at, reading)),
        1 => times().prop_map(Call::CloseAll),
    ];
    prop::collection::vec(call, 0..30)
}

fn recorder() -> Recorder {
    let mut recorder = Recorder::new((0..TASKS).map(|task| format!("task {task}")));
    for lane in 0..LANES {
        recorder.add_lane(LaneKind::Thread, format!("thread {lane}")).expect("far from 65,536 lanes");
    }
    for object in 0..OBJECTS {
        recorder.add_object(format!("object {object}"));
    }
    recorder
}

fn is_time(at_ms: f64) -> bool {
    at_ms.is_finite() && at_ms >= 0.0
}

/// Whether `lane` of `trace` obeys every law that `trace/mod.rs` states.
fn lane_obeys(trace: &Trace, lane: &Lane) -> bool {
    let task_exists = |task: Option<TaskId>| task.is_none_or(|TaskId(task)| (task as usize) < trace.tasks().len());
    let slice_obeys = |slice: &Slice| {
        let times = is_time(slice.start_ms) && is_time(slice.end_ms) && slice.start_ms <= slice.end_ms;
        times && slice.end_ms <= trace.end_ms() && task_exists(slice.task)
    };
    let mark_obeys = |mark: &Mark| is_time(mark.at_ms) && mark.at_ms <= trace.end_ms() && task_exists(mark.task);
    lane.slices().iter().all(slice_obeys)
        && lane.slices().windows(2).all(|pair| pair[0].end_ms <= pair[1].start_ms)
        && lane.marks().iter().all(mark_obeys)
        && lane.marks().windows(2).all(|pair| pair[0].at_ms <= pair[1].at_ms)
}

fn flow_obeys(trace: &Trace, flow: &Flow) -> bool {
    let end_obeys = |(LaneId(lane), at_ms): (LaneId, f64)| usize::from(lane) < trace.lanes().len() && is_time(at_ms);
    end_obeys(flow.from) && end_obeys(flow.to) && flow.from.1 <= flow.to.1 && flow.to.1 <= trace.end_ms()
}

proptest! {
    #[test]
    fn whatever_is_accepted_obeys_the_laws(calls in calls(), now_ms in 0.0..30.0) {
        let mut recorder = recorder();
        for call in &calls {
            let _ = carry_out(&mut recorder, call);
        }
        let trace = recorder.snapshot(now_ms, provenance()).expect("a time");
        prop_assert!(is_time(trace.end_ms()) && trace.end_ms() >= now_ms);
        prop_assert!(trace.lanes().iter().all(|lane| lane_obeys(&trace, lane)), "{trace:#?}");
        prop_assert!(trace.flows().iter().all(|flow| flow_obeys(&trace, flow)), "{trace:#?}");
        for hold in trace.holds() {
            prop_assert!(is_time(hold.start_ms) && hold.start_ms <= hold.end_ms && hold.end_ms <= trace.end_ms());
        }
        for counter in trace.counters() {
            prop_assert!(counter.samples.iter().all(|(at_ms, _)| is_time(*at_ms)));
            prop_assert!(counter.samples.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        }
    }

    #[test]
    fn a_refused_call_leaves_the_recorder_as_it_was(calls in calls()) {
        let mut recorder = recorder();
        for call in &calls {
            let before = recorder.clone();
            if carry_out(&mut recorder, call).is_err() {
                // Two recorders are alike if what they hold prints alike: open slices too, which no trace shows.
                prop_assert_eq!(format!("{recorder:?}"), format!("{before:?}"), "refused {:?}", call);
            }
        }
    }

    #[test]
    fn a_snapshot_at_the_end_is_the_finished_trace(calls in calls(), now_ms in 0.0..30.0) {
        let mut recorder = recorder();
        for call in &calls {
            let _ = carry_out(&mut recorder, call);
        }
        let snapshot = recorder.snapshot(now_ms, provenance());
        recorder.close_all(now_ms).expect("a time");
        prop_assert_eq!(snapshot, recorder.finish(provenance()));
    }

    #[test]
    fn a_snapshot_shows_a_run_before_it_ends_without_changing_it(calls in calls(), now_ms in 0.0..30.0) {
        let mut recorder = recorder();
        for call in &calls {
            let _ = carry_out(&mut recorder, call);
        }
        let before = format!("{recorder:?}");
        recorder.snapshot(now_ms, provenance()).expect("a time");
        prop_assert_eq!(format!("{recorder:?}"), before);
    }
}

//! An exported file, as it stands.

use super::super::super::{FlowKind, LaneKind, Mark, Reading, Recorder, State};
use super::super::example::provenance;
use super::*;
use expect_test::expect;

fn trace() -> Trace {
    let mut recorder = Recorder::new(["say \"hi\"\n", "b"]);
    let lock = recorder.add_object("lock A");
    let (one, two) = (LaneId(0), LaneId(1));
    for label in ["thread 1", "thread 2"] {
        recorder.add_lane(LaneKind::Thread, label).unwrap();
    }
    let running = |task, start_ms, end_ms| Slice::new(Some(TaskId(task)), State::Running, start_ms, end_ms);
    recorder.slice(one, Slice::new(None, State::Starting, 0.0, 0.3)).unwrap();
    recorder.slice(one, running(0, 0.3, 2.0)).unwrap();
    let waiting = Slice::new(Some(TaskId(1)), State::WaitingForLock, 1.0, 2.0).waiting_for(Some(lock));
    recorder.slice(two, waiting).unwrap();
    // What is left when one time is taken from another.
    recorder.slice(two, running(1, 2.0, 2.000_000_000_1)).unwrap();
    recorder.hold(one, TaskId(0), lock, 0.5).unwrap();
    recorder.let_go(TaskId(0), lock, 2.0).unwrap();
    recorder.mark(two, Mark { at_ms: 1.5, task: Some(TaskId(1)), kind: MarkKind::Yield }).unwrap();
    recorder.count(lock, 1.25, Reading::Is(3)).unwrap();
    recorder.flow(Flow { kind: FlowKind::LockHandOver, from: (one, 2.0), to: (two, 2.0) }).unwrap();
    recorder.finish(provenance()).unwrap()
}

#[test]
fn an_exported_file_is_json_with_an_event_a_line() {
    let mut json = Vec::new();
    write_chrome(&trace(), &mut json).unwrap();
    serde_json::from_slice::<serde_json::Value>(&json).unwrap();
    expect![[r#"
        {"displayTimeUnit":"ms",
        "otherData":{"interleave":1,"source":"simulated","engine":"Thread pool","cores":2,"clock_resolution_ms":0.005,"isolated":true,"hidden":true,"shared_memory":"used","requests":"timer","why_timer":"there is no \"network\"","dropped_events":7,"date":"2026-01-01T00:00:00Z","end_ms":2.0000000001},
        "traceEvents":[
        {"ph":"M","name":"process_name","pid":1,"args":{"name":"Interleave: Thread pool"}},
        {"ph":"M","name":"thread_name","pid":1,"tid":2,"args":{"name":"thread 1","kind":"thread"}},
        {"ph":"M","name":"thread_sort_index","pid":1,"tid":2,"args":{"sort_index":0}},
        {"ph":"M","name":"thread_name","pid":1,"tid":3,"args":{"name":"thread 2","kind":"thread"}},
        {"ph":"M","name":"thread_sort_index","pid":1,"tid":3,"args":{"sort_index":1}},
        {"ph":"M","name":"task","pid":1,"args":{"name":"say \"hi\"\n"}},
        {"ph":"M","name":"task","pid":1,"args":{"name":"b"}},
        {"ph":"M","name":"object","pid":1,"args":{"name":"lock A"}},
        {"ph":"X","name":"starting","cat":"starting","pid":1,"tid":2,"ts":0,"dur":299.999,"end_ms":0.3},
        {"ph":"X","name":"say \"hi\"\n","cat":"running","pid":1,"tid":2,"ts":300,"dur":1700,"args":{"task":0}},
        {"ph":"X","name":"b","cat":"waiting for others","pid":1,"tid":3,"ts":1000,"dur":999.999,"end_ms":2,"args":{"waits for":"lock A","object":0,"task":1}},
        {"ph":"X","name":"b","cat":"running","pid":1,"tid":3,"ts":2000,"dur":0,"end_ms":2.0000000001,"args":{"task":1}},
        {"ph":"i","s":"t","name":"yield","pid":1,"tid":3,"ts":1500,"args":{"mark":"yield","task":1}},
        {"ph":"b","cat":"hold","id2":{"local":"0"},"name":"lock A","pid":1,"tid":2,"ts":500,"args":{"object":0,"task":0}},
        {"ph":"e","cat":"hold","id2":{"local":"0"},"name":"lock A","pid":1,"tid":2,"ts":2000,"args":{"object":0,"task":0}},
        {"ph":"C","name":"lock A","pid":1,"object":0,"ts":1250,"args":{"value":3}},
        {"ph":"s","cat":"flow","name":"lock handed over","id":0,"pid":1,"tid":2,"ts":1999.998,"ms":2},
        {"ph":"f","cat":"flow","name":"lock handed over","id":0,"pid":1,"tid":3,"ts":2000,"bp":"e"}
        ]}
    "#]].assert_eq(&String::from_utf8(json).unwrap());
}

//! Small files, and what is read from them, drawn as text: a lane a line, then marks, arrows and counters, then the notes.

use std::fmt::Write as _;

use super::*;
use expect_test::{Expect, expect};

pub fn import(json: &[u8]) -> Result<Imported, ImportError> {
    let mut importer = Importer::new("a.json");
    importer.feed(json)?;
    importer.finish()
}

fn draw(imported: &Imported) -> String {
    let Imported { trace, notes, .. } = imported;
    let mut out = String::new();
    let lane = |index: usize| trace.lanes()[index].label();
    for lane in trace.lanes() {
        let _ = write!(out, "{}:", lane.label());
        for slice in lane.slices() {
            let task = slice.task.map_or("—", |task| &trace.tasks()[task.0 as usize]);
            let _ = write!(out, " {task} {}–{}", slice.start_ms, slice.end_ms);
            if slice.state != crate::trace::State::Running {
                let _ = write!(out, " ({})", slice.state.words());
            }
        }
        for mark in lane.marks() {
            let _ = write!(out, " !{} {}", trace.tasks()[mark.task.unwrap().0 as usize], mark.at_ms);
        }
        out.push('\n');
    }
    for flow in trace.flows() {
        let (from, to) = (lane(flow.from.0.0.into()), lane(flow.to.0.0.into()));
        let _ = writeln!(out, "{:?}: {from} {} → {to} {}", flow.kind, flow.from.1, flow.to.1);
    }
    for counter in trace.counters() {
        let _ = writeln!(out, "{} = {:?}", trace.objects()[counter.object.0 as usize], counter.samples);
    }
    for note in notes {
        let _ = writeln!(out, "* {note}");
    }
    out
}

/// Compares what is read with a drawing, whether the file comes as a whole or byte by byte.
pub fn check(json: &str, drawing: Expect) {
    let whole = import(json.as_bytes());
    let mut importer = Importer::new("a.json");
    let fed = json.as_bytes().chunks(1).try_for_each(|byte| importer.feed(byte));
    assert_eq!(fed.and_then(|()| importer.finish()), whole);
    drawing.assert_eq(&whole.map_or_else(|error| error.to_string(), |imported| draw(&imported)));
}

#[test]
fn slices_are_read_from_array_and_object() {
    let event = r#"{"name": "a", "ph": "X", "ts": 1000, "dur": 500, "pid": 1, "tid": 2}"#;
    check(&format!("[{event}]"), expect![["thread 2: a 0–0.5\n"]]);
    let other = r#""displayTimeUnit": "ns", "metadata": {"x": [1, {"y": "]}"}]}, "n": -1e5, "t": true"#;
    check(&format!("\u{feff}{{{other}, \"traceEvents\": [{event}], {other}}}\n"), expect![["thread 2: a 0–0.5\n"]]);
}

#[test]
fn arrays_need_not_end() {
    let event = r#"{"name":"a","ph":"X","ts":1,"dur":5,"pid":1,"tid":2}"#;
    let drawing = || expect![["thread 2: a 0–0.005\n"]];
    check(&format!("[\n{event},\n"), drawing());
    check(&format!("[{event}"), drawing());
    check(&format!("{{\"traceEvents\":[{event},"), drawing());
    check(&format!("[{event},]"), drawing());
    check(
        &format!("[{event},{{\"name\":\"b"),
        expect![[r#"
        thread 2: a 0–0.005
        * the file breaks off in the middle of an event, which was skipped
    "#]],
    );
    check(
        &format!("[{event}] [{event}]"),
        expect![[r#"
        thread 2: a 0–0.005
        * the file goes on after the end of the trace; that was not read
    "#]],
    );
}

#[test]
fn beginnings_and_ends_are_paired() {
    check(
        r#"[{"ph":"B","name":"a","ts":0,"pid":1,"tid":1},{"ph":"B","name":"b","ts":1000,"pid":1,"tid":1},
            {"ph":"E","ts":2000,"pid":1,"tid":1},{"ph":"E","name":"a","ts":3000,"pid":1,"tid":1},
            {"ph":"E","name":"a","ts":4000,"pid":1,"tid":1},{"ph":"B","name":"c","ts":5000,"pid":1,"tid":1},
            {"ph":"B","name":"d","ts":6000,"pid":1,"tid":1},{"ph":"E","name":"c","ts":7000,"pid":1,"tid":1},
            {"ph":"B","name":"e","ts":8000,"pid":1,"tid":1},{"ph":"X","name":"f","ts":9000,"dur":1000,"pid":1,"tid":2}]"#,
        expect![[r#"
            thread 1: a 0–3 c 5–7 e 8–10
            thread 1 · depth 2: b 1–2 d 6–7
            thread 2: f 9–10
            * 1 slice did not end, and was drawn to the end of the trace
            * 1 end of a slice that did not begin was skipped
        "#]],
    );
}

#[test]
fn events_may_come_in_any_order() {
    check(
        r#"[{"ph":"E","ts":4000,"pid":1,"tid":1},{"ph":"X","name":"b","ts":2000,"dur":1000,"pid":1,"tid":1},
            {"ph":"B","name":"a","ts":1000,"pid":1,"tid":1},{"ph":"X","name":"c","ts":-1000,"dur":2000,"pid":1,"tid":1}]"#,
        expect![[r#"
            thread 1: c 0–2 a 2–5
            thread 1 · depth 2: b 3–4
        "#]],
    );
}

#[test]
fn slices_that_touch_do_not_nest() {
    // 0.1 + 0.2 is more than 0.3 in binary fractions; so is what JavaScript makes of 100.1 + 0.2.
    check(
        r#"[{"ph":"X","name":"a","ts":0.1,"dur":0.2,"pid":1,"tid":1},{"ph":"X","name":"b","ts":0.3,"dur":0.1,"pid":1,"tid":1},
            {"ph":"X","name":"c","ts":100.1,"dur":0.20000000000000284,"pid":1,"tid":1},
            {"ph":"X","name":"d","ts":100.3,"dur":0,"pid":1,"tid":1},
            {"ph":"X","name":"e","ts":"1e2","dur":"1E-1","pid":1,"tid":1}]"#,
        expect![[r#"
            thread 1: a 0–0.0002 b 0.0002–0.0003 e 0.0999–0.1 c 0.1–0.1002 d 0.1002–0.1002
        "#]],
    );
}

#[test]
fn threads_have_names_and_an_order() {
    check(
        r#"[{"ph":"X","name":"a","ts":0,"dur":1,"pid":"ui","tid":"main"},{"ph":"X","name":"b","ts":0,"dur":1,"pid":7,"tid":1},
            {"ph":"X","name":"c","ts":0,"dur":1,"pid":7,"tid":2},{"ph":"X","name":"d","ts":0,"dur":1},
            {"ph":"M","name":"process_name","pid":7,"args":{"name":"Browser"}},
            {"ph":"M","name":"thread_name","pid":7,"tid":2,"args":{"name":"<b>IO</b> مرحبا"}},
            {"ph":"M","name":"thread_sort_index","pid":7,"tid":2,"args":{"sort_index":-1}},
            {"ph":"M","name":"process_sort_index","pid":7,"args":{"sort_index":"-5"}},
            {"ph":"M","name":"thread_name","pid":9,"tid":9,"args":{"name":"nothing happens here"}}]"#,
        expect![[r#"
            Browser · <b>IO</b> مرحبا: c 0–0.001
            Browser · thread 1: b 0–0.001
            process ui · thread main: a 0–0.001
            process 0 · thread 0: d 0–0.001
        "#]],
    );
}

#[test]
fn asynchronous_slices_have_lanes_of_their_own() {
    check(
        r#"[{"ph":"b","cat":"net","name":"get","id":1,"ts":0,"pid":1,"tid":1},{"ph":"b","cat":"net","name":"get","id":"0x2","ts":1000,"pid":1,"tid":1},
            {"ph":"n","cat":"net","name":"first byte","id":1,"ts":1500,"pid":1,"tid":1},
            {"ph":"e","cat":"net","name":"get","id":1,"ts":2000,"pid":1,"tid":2},{"ph":"e","cat":"net","name":"get","id":"0x2","ts":3000,"pid":1,"tid":1},
            {"ph":"b","name":"x","id2":{"local":"1"},"ts":0,"pid":1},{"ph":"e","name":"x","id2":{"local":"1"},"ts":0,"pid":2},
            {"ph":"S","cat":"old","name":"y","id":5,"ts":0,"pid":1},{"ph":"F","cat":"old","name":"y","id":5,"ts":1000,"pid":1}]"#,
        expect![[r#"
            process 1 · net: get 0–2 !first byte 1.5
            process 1 · net · 2: get 1–3
            process 1 · asynchronous: x 0–3
            process 2 · asynchronous:
            process 1 · old: y 0–1
            * 1 slice did not end, and was drawn to the end of the trace
            * 1 end of a slice that did not begin was skipped
            * 1 slice overlapped another of the same thread, and was moved to a lane below
        "#]],
    );
}

#[test]
fn arrows_bind_to_slices() {
    check(
        r#"[{"ph":"X","name":"a","ts":0,"dur":9000,"pid":1,"tid":1},{"ph":"X","name":"b","ts":1000,"dur":1000,"pid":1,"tid":1},
            {"ph":"X","name":"c","ts":5000,"dur":2000,"pid":1,"tid":2},
            {"ph":"s","cat":"x","name":"go","id":1,"ts":1500,"pid":1,"tid":1},{"ph":"f","cat":"x","name":"go","id":1,"ts":4000,"pid":1,"tid":2},
            {"ph":"f","bp":"e","cat":"x","name":"wake","id":2,"ts":6000,"pid":1,"tid":2},{"ph":"s","cat":"x","name":"wake","id":2,"ts":500,"pid":1,"tid":1},
            {"ph":"t","cat":"x","name":"wake","id":2,"ts":1500,"pid":1,"tid":1},
            {"ph":"s","cat":"x","name":"lost","id":3,"ts":500,"pid":1,"tid":1},{"ph":"f","cat":"x","name":"found","id":3,"ts":600,"pid":1,"tid":1},
            {"ph":"s","cat":"x","name":"late","id":4,"ts":5000,"pid":1,"tid":2},{"ph":"f","bp":"e","cat":"x","name":"late","id":4,"ts":4000,"pid":1,"tid":1}]"#,
        expect![[r#"
            thread 1: a 0–9
            thread 1 · depth 2: b 1–2
            thread 2: c 5–7
            Follows: thread 1 · depth 2 1.5 → thread 2 5
            Wake: thread 1 0.5 → thread 1 · depth 2 1.5
            Wake: thread 1 · depth 2 1.5 → thread 2 6
            * 4 ends of an arrow were skipped, since the other end is missing
        "#]],
    );
}

#[test]
fn counters_and_instants_are_read() {
    check(
        r#"[{"ph":"C","name":"memory","ts":2000,"pid":1,"args":{"used":1.5,"free":"-3"}},
            {"ph":"C","name":"memory","ts":1000,"pid":1,"args":{"used":1e2,"free":null}},
            {"ph":"C","name":"queue","ts":0,"pid":1,"args":{"value":4}},{"ph":"C","name":"queue","id":"b","ts":0,"pid":1,"args":{"queue":NaN}},
            {"ph":"i","name":"tick","ts":1000,"pid":1,"tid":1,"s":"t"},{"ph":"I","name":"tock","ts":500,"pid":1,"tid":1}]"#,
        expect![[r#"
            thread 1: !tock 0.5 !tick 1
            memory · used = [(1.0, 100.0), (2.0, 1.5)]
            memory · free = [(2.0, -3.0)]
            queue = [(0.0, 4.0)]
            * 2 values of a counter were no number, and were skipped
        "#]],
    );
}

#[test]
fn what_is_odd_is_said() {
    check(
        r#"[{"ph":"P","name":"s","ts":1},{"ph":"P","ts":1},{"name":"?"},{"ph":"XY","ts":3},{"ph":"X","name":"a","dur":1},
            {"ph":"X","name":"b","ts":NaN,"dur":1},{"ph":"X","name":"c","ts":1e300,"dur":1},{"ph":"X","name":"d","ts":5,"dur":-1},
            {"ph":"X","name":"e","ts":6},{"ph":"X","ts":"-7.5","dur":1e15,"args":{"deep":[[{"a":"\"]"}]]}}]"#,
        expect![[r#"
            thread 0: (no name) 0–1000000000000
            thread 0 · depth 2: d 0.0125–0.0125 e 0.013500000000000002–0.013500000000000002
            * 2 events without a phase were skipped
            * 2 events of phase P were skipped
            * 3 events without a time were skipped
            * 1 slice without a duration was drawn without length
            * 1 slice of negative duration was drawn without length
        "#]],
    );
}

#[test]
fn states_are_read_from_category_and_colour() {
    let event = |category: &str, colour: &str, ts: u32| {
        format!(r#"{{"ph":"X","name":"a","cat":"{category}","cname":"{colour}","ts":{ts},"dur":1000,"tid":1}},"#)
    };
    let events = event("overhead", "", 0) + &event("x", "thread_state_runnable", 1000);
    check(
        &format!("[{events}{}", event("x,y", "thread_state_iowait", 2000)),
        expect![["thread 1: a 0–1 (overhead) a 1–2 (ready) a 2–3 (waiting for I/O)\n"]],
    );
}

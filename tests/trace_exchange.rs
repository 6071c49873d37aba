//! What a trace is after it has left the page and come back: the same.
#![cfg(not(target_arch = "wasm32"))]

use interleave::trace::exchange::{Imported, Importer, binary, write_chrome, write_csv};
use interleave::trace::{
    Flow, FlowKind, LaneId, LaneKind, Mark, MarkKind, ObjectId, Provenance, Reading, Recorder, RequestsBy,
    SharedMemory, Slice, Source, State, TaskId, Trace,
};
use proptest::prelude::*;

mod trace_common;

use trace_common::provenance;

const LANES: u16 = 3;

/// What happens on a lane, at times that come one after another.
#[derive(Clone, Debug)]
enum Step {
    Slice(Option<u32>, State, Option<u32>, f64),
    Mark(Option<u32>, MarkKind),
    Hold(u32, u32, f64),
    Flow(FlowKind, u16, f64),
    Count(u32, u32),
    Wait,
}

/// Times as clocks give them, as subtraction leaves them, and such as nobody measures; 0 too.
fn durations() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0..40_u32).prop_map(|step| f64::from(step) * 0.1),
        (0..40_u32).prop_map(|step| 1234.6 - f64::from(step) * 0.3 - 1222.0),
        0.0..1.0,
        Just(1e-12),
        Just(1e15),
        Just(0.0),
    ]
    .prop_map(|ms: f64| ms.abs())
}

fn labels() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{0,5}",
        ".{0,9}",
        Just("\u{0}\"\\\n\u{7f}\u{2028}😀 مرحبا <b>".to_owned()),
        Just("yield".to_owned())
    ]
}

fn steps() -> impl Strategy<Value = (u16, f64, Step)> {
    let task = || prop::option::of(0..3_u32);
    let step = prop_oneof![
        8 => (task(), prop::sample::select(&State::ALL[..]), prop::option::of(0..2_u32), durations())
            .prop_map(|(task, state, object, ms)| Step::Slice(task, state, object, ms)),
        2 => (task(), prop::sample::select(&MarkKind::ALL[..])).prop_map(|(task, kind)| Step::Mark(task, kind)),
        1 => (0..3_u32, 0..2_u32, durations()).prop_map(|(task, object, ms)| Step::Hold(task, object, ms)),
        2 => (prop::sample::select(&FlowKind::ALL[..]), 0..LANES, durations())
            .prop_map(|(kind, to, ms)| Step::Flow(kind, to, ms)),
        1 => (0..2_u32, any::<u32>()).prop_map(|(object, value)| Step::Count(object, value)),
        1 => Just(Step::Wait),
    ];
    (0..LANES, durations(), step)
}

fn provenances() -> impl Strategy<Value = Provenance> {
    let source = prop_oneof![Just(Source::Recorded), Just(Source::Simulated), labels().prop_map(Source::Imported),];
    let requests = prop_oneof![
        Just(RequestsBy::Nobody),
        Just(RequestsBy::ServiceWorker),
        Just(RequestsBy::Servers),
        Just(RequestsBy::Simulation),
        labels().prop_map(RequestsBy::Timer)
    ];
    let memory = prop_oneof![Just(SharedMemory::Used), Just(SharedMemory::NotNeeded)];
    (source, requests, memory, labels(), labels(), any::<(u32, u64, bool, bool)>(), 0.0..1.0).prop_map(
        |(
            source,
            requests,
            shared_memory,
            engine,
            date,
            (cores, dropped_events, isolated, hidden),
            clock_resolution_ms,
        )| {
            Provenance {
                source,
                engine,
                cores,
                clock_resolution_ms,
                isolated,
                shared_memory,
                requests,
                dropped_events,
                hidden,
                date,
            }
        },
    )
}

fn record(labels: &[String], steps: &[(u16, f64, Step)], provenance: Provenance) -> Trace {
    let mut recorder = Recorder::new(&labels[..3]);
    for label in &labels[3..5] {
        recorder.add_object(label);
    }
    for (label, kind) in labels[5..].iter().zip(LaneKind::ALL) {
        recorder.add_lane(kind, label).unwrap();
    }
    let mut now_ms = [0.0; LANES as usize];
    for (lane, pause_ms, step) in steps {
        let (id, now_ms) = (LaneId(*lane), &mut now_ms[usize::from(*lane)]);
        *now_ms += pause_ms;
        match *step {
            Step::Slice(task, state, object, ms) => {
                let slice = Slice::new(task.map(TaskId), state, *now_ms, *now_ms + ms);
                recorder.slice(id, slice.waiting_for(object.map(ObjectId))).unwrap();
                *now_ms += ms;
            }
            Step::Mark(task, kind) => {
                recorder.mark(id, Mark { at_ms: *now_ms, task: task.map(TaskId), kind }).unwrap();
            }
            Step::Hold(task, object, ms) => {
                recorder.hold(id, TaskId(task), ObjectId(object), *now_ms).unwrap();
                recorder.let_go(TaskId(task), ObjectId(object), *now_ms + ms).unwrap();
            }
            Step::Flow(kind, to, ms) => {
                let flow = Flow { kind, from: (id, *now_ms), to: (LaneId(to), *now_ms + ms) };
                recorder.flow(flow).unwrap();
            }
            Step::Count(object, value) => recorder.count(ObjectId(object), *now_ms, Reading::Is(value)).unwrap(),
            Step::Wait => {}
        }
    }
    recorder.finish(provenance).unwrap()
}

fn traces() -> impl Strategy<Value = Trace> {
    let labels = prop::collection::vec(labels(), 5 + usize::from(LANES));
    (labels, prop::collection::vec(steps(), 0..40), provenances())
        .prop_map(|(labels, steps, provenance)| record(&labels, &steps, provenance))
}

fn exported(trace: &Trace) -> Vec<u8> {
    let mut json = Vec::new();
    write_chrome(trace, &mut json).unwrap();
    json
}

fn imported(json: &[u8], chunk: usize) -> Imported {
    let mut importer = Importer::new("a.json");
    json.chunks(chunk).for_each(|bytes| importer.feed(bytes).unwrap());
    importer.finish().unwrap()
}

proptest! {
    #[test]
    fn what_is_exported_as_json_comes_back_the_same(trace in traces(), chunk in 1..500_usize) {
        let json = exported(&trace);
        serde_json::from_slice::<serde_json::Value>(&json).expect("JSON");
        let imported = imported(&json, chunk);
        prop_assert_eq!(imported.trace, trace);
        prop_assert_eq!(imported.notes, [""; 0]);
    }

    #[test]
    fn viewers_that_reckon_in_binary_nest_and_drop_nothing(
        stretches in prop::collection::vec((prop_oneof![Just(0.0), 0.0..3.0], 0.0..9.0_f64), 1..60), start_ms in 0.0..1e5
    ) {
        let mut recorder = Recorder::new(["a"]);
        let lane = recorder.add_lane(LaneKind::Thread, "thread 1").unwrap();
        let mut at_ms = start_ms;
        for (pause_ms, ms) in stretches {
            let from_ms = at_ms + pause_ms;
            at_ms = from_ms + ms;
            recorder.slice(lane, Slice::new(Some(TaskId(0)), State::Running, from_ms, at_ms)).unwrap();
        }
        let json: serde_json::Value = serde_json::from_slice(&exported(&recorder.finish(provenance()).unwrap())).unwrap();
        let number = |event: &serde_json::Value, key: &str| event[key].as_f64().unwrap();
        let slices: Vec<_> = json["traceEvents"].as_array().unwrap().iter().filter(|event| event["ph"] == "X").collect();
        for pair in slices.windows(2) {
            let (ts, dur, next) = (number(pair[0], "ts"), number(pair[0], "dur"), number(pair[1], "ts"));
            // As speedscope reckons, in µs, and as Perfetto does, which cuts off what is no whole ns.
            let ns = |us: f64| (us * 1e3) as i64;
            prop_assert!(ts + dur <= next || dur == 0.0, "{ts} + {dur} > {next}");
            prop_assert!(ns(ts) + ns(dur) <= ns(next) || dur == 0.0, "{ts} + {dur} > {next}");
        }
    }

    #[test]
    fn what_is_exported_twice_is_the_same_bytes(trace in traces()) {
        let json = exported(&trace);
        prop_assert_eq!(exported(&imported(&json, 1 << 20).trace), json);
    }

    #[test]
    fn what_is_written_as_bytes_comes_back_the_same(trace in traces()) {
        let bytes = binary::encode(&trace);
        prop_assert_eq!(bytes.len() as u64, binary::encoded_len(&trace));
        prop_assert_eq!(binary::decode(&bytes), Ok(trace));
    }

    #[test]
    fn bytes_that_were_changed_give_an_error_or_a_lawful_trace(
        trace in traces(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..5),
        cut in any::<prop::sample::Index>(),
    ) {
        let whole = binary::encode(&trace);
        let cut = cut.index(whole.len());
        prop_assert!(binary::decode(&whole[..cut]).is_err(), "cut off after {}", cut);
        let mut bytes = whole;
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        // Whatever comes of that, it does not panic.
        let _ = binary::decode(&bytes[..cut]);
        if let Ok(trace) = binary::decode(&bytes) {
            prop_assert_eq!(binary::decode(&binary::encode(&trace)), Ok(trace));
        }
    }

    #[test]
    fn a_table_has_a_row_a_slice(trace in traces()) {
        let mut csv = Vec::new();
        write_csv(&trace, &mut csv).unwrap();
        let (mut rows, mut quoted) = (0, false);
        for byte in &csv {
            quoted ^= *byte == b'"';
            rows += usize::from(*byte == b'\n' && !quoted);
        }
        prop_assert_eq!(rows, trace.slices().count() + 1);
    }
}

#[test]
fn what_was_measured_just_now_is_a_record_when_it_comes_back() {
    let mut recorder = Recorder::new(["a"]);
    recorder.add_lane(LaneKind::Thread, "thread 1").unwrap();
    let provenance = Provenance {
        source: Source::Measured,
        engine: "Thread pool".into(),
        cores: 2,
        clock_resolution_ms: 0.1,
        isolated: true,
        shared_memory: SharedMemory::Used,
        requests: RequestsBy::Nobody,
        dropped_events: 0,
        hidden: false,
        date: "2026-01-01T00:00:00Z".into(),
    };
    let trace = recorder.finish(provenance).unwrap();
    assert_eq!(imported(&exported(&trace), 64).trace.provenance().source, Source::Recorded);
}

//! Traces that nobody would wish to draw: none of them may break a chart.

use std::rc::Rc;

use super::view::keys::KEYS;
use super::view::{Input, Scene, View};
use super::{Chart, Emphasis, Grouping, LayoutOptions, Metrics, Picture, Rect, facts, layout, overview, svg, words};
use crate::trace::{
    Flow, FlowKind, LaneId, LaneKind, Provenance, Reading, Recorder, RequestsBy, SharedMemory, Slice, SliceId, Source,
    State, TaskId, Trace, critical_path, within,
};

const WIDTH_PX: f64 = 900.0;

fn provenance() -> Provenance {
    Provenance {
        source: Source::Simulated,
        engine: "hostile".into(),
        cores: 0,
        clock_resolution_ms: 0.0,
        isolated: false,
        shared_memory: SharedMemory::NotNeeded,
        requests: RequestsBy::Nobody,
        dropped_events: 0,
        hidden: false,
        date: String::new(),
    }
}

/// A trace of running slices: lane, task, start, end.
fn trace(tasks: Vec<String>, lanes: &[String], slices: &[(u16, u32, f64, f64)]) -> Trace {
    let mut recorder = Recorder::new(tasks);
    for label in lanes {
        recorder.add_lane(LaneKind::Thread, label.clone()).unwrap();
    }
    for (lane, task, start_ms, end_ms) in slices {
        recorder.slice(LaneId(*lane), Slice::new(Some(TaskId(*task)), State::Running, *start_ms, *end_ms)).unwrap();
    }
    recorder.finish(provenance()).unwrap()
}

fn is_sound(rect: &Rect) -> bool {
    let all = [rect.x_px, rect.y_px, rect.width_px, rect.height_px];
    all.iter().all(|px| px.is_finite() && px.abs() < 1e5) && rect.width_px >= 0.0 && rect.height_px >= 0.0
}

/// Draws a trace in every way at several zooms, and handles it with every key.
fn survive(trace: Trace) -> Vec<Picture> {
    let (trace, path) = (Rc::new(trace.clone()), critical_path(&trace));
    let metrics = Metrics::for_width(WIDTH_PX);
    let mut pictures = Vec::new();
    for grouping in [Grouping::ByTask, Grouping::ByWorker] {
        let chart = Chart::new(Rc::clone(&trace), grouping);
        for (start_ms, end_ms, until_ms) in [
            (0.0, trace.end_ms(), f64::INFINITY),
            (0.0, trace.end_ms() / 1e6, f64::INFINITY),
            (trace.end_ms() / 2.0, trace.end_ms() / 2.0 + 1e-3, f64::INFINITY),
            (0.0, trace.end_ms(), trace.end_ms() / 3.0),
        ] {
            let emphasis = Emphasis {
                selected: path.last().copied(),
                all_arrows: true,
                critical: &path,
                range_ms: Some((0.0, end_ms)),
                ..Emphasis::default()
            };
            let scale = metrics.scale(start_ms, end_ms, WIDTH_PX);
            let picture = layout(&chart, &LayoutOptions { until_ms, emphasis, ..LayoutOptions::new(scale, metrics) });
            assert!(picture.bars.iter().all(|bar| is_sound(&bar.rect)), "{:?}", picture.bars);
            assert!(picture.idle.iter().all(is_sound) && picture.emphasis.critical.iter().all(is_sound));
            assert!(picture.counters.iter().flat_map(|counter| &counter.areas).all(is_sound));
            assert!(picture.height_px < 1_000.0, "{} px high", picture.height_px);
            let text = svg(&picture, "title", &words::summary(&trace));
            for nonsense in ["NaN", "inf"] {
                let at =
                    text.find(nonsense).map(|at| text[at.saturating_sub(60)..].chars().take(90).collect::<String>());
                assert_eq!(at, None);
            }
            pictures.push(picture);
        }
        let scene =
            Scene { chart: &chart, metrics, width_px: WIDTH_PX, end_ms: trace.end_ms(), until_ms: f64::INFINITY };
        let mut view = View::new(grouping, &scene.limits());
        for (_, command) in KEYS.iter().flat_map(|help| help.keys) {
            view = view.on(Input::Command(*command), &scene).view;
            view.grouping = grouping;
        }
    }
    overview::Overview::new(&trace, trace.end_ms());
    within(&trace, 0.0, trace.end_ms());
    pictures
}

fn names(number: usize) -> Vec<String> {
    (0..number).map(|number| format!("name {number}")).collect()
}

#[test]
fn slices_of_no_length_are_drawn_and_nothing_else_breaks() {
    let slices: Vec<_> = (0..1_000).map(|at| (0, at % 3, f64::from(at / 100), f64::from(at / 100))).collect();
    let pictures = survive(trace(names(3), &names(1), &slices));
    assert!(pictures[0].strips.iter().any(|strip| strip.areas(0.0).next().is_some()));
    survive(trace(names(1), &names(1), &[(0, 0, 0.0, 0.0)]));
    survive(trace(names(0), &names(0), &[]));
}

#[test]
fn a_gap_of_a_billion_seconds_hides_nothing() {
    let far_ms = 1e12;
    let near = [(0, 0, 0.0, 1.0), (0, 1, 1.0, 2.0), (0, 0, far_ms, far_ms + 1.0), (0, 1, far_ms + 1.0, far_ms + 2.0)];
    survive(trace(names(2), &names(1), &near));
    let chart = Chart::new(Rc::new(trace(names(2), &names(1), &near)), Grouping::ByWorker);
    let metrics = Metrics::for_width(WIDTH_PX);
    let bars = |start_ms: f64, end_ms: f64| {
        let scale = metrics.scale(start_ms, end_ms, WIDTH_PX);
        layout(&chart, &LayoutOptions::new(scale, metrics))
            .bars
            .iter()
            .map(|bar| bar.rect.width_px.round())
            .collect::<Vec<_>>()
    };
    assert_eq!(bars(0.0, 2.0), [390.0, 390.0]);
    assert_eq!(bars(far_ms, far_ms + 2.0), [390.0, 390.0]);
}

#[test]
fn times_beyond_all_reason_are_borne() {
    survive(trace(names(2), &names(1), &[(0, 0, 0.0, 1e-9), (0, 1, 1e300, 1.5e300)]));
    survive(trace(names(1), &names(1), &[(0, 0, 0.0, f64::MAX)]));
}

#[test]
fn ten_thousand_lanes_scroll() {
    const LANES: u16 = 10_000;
    let slices: Vec<_> =
        (0..LANES).map(|lane| (lane, u32::from(lane), f64::from(lane), f64::from(lane) + 50.0)).collect();
    let trace = trace(names(usize::from(LANES)), &names(usize::from(LANES)), &slices);
    let pictures = survive(trace.clone());
    assert!(pictures.iter().all(|picture| picture.row_labels.len() < 200 && picture.bars.len() < 200));
    let chart = Chart::new(Rc::new(trace), Grouping::ByWorker);
    let metrics = Metrics::for_width(WIDTH_PX);
    let scale = metrics.scale(9_000.0, 10_050.0, WIDTH_PX);
    let last = layout(&chart, &LayoutOptions { offset_px: 1e9, ..LayoutOptions::new(scale, metrics) });
    assert_eq!(last.bars.last().map(|bar| bar.slice.lane), Some(LaneId(LANES - 1)), "as far as it goes");
}

#[test]
fn names_may_hold_anything() {
    let hostile = [
        "<script>alert('\"&')</script>".to_owned(),
        "\u{202e}\u{05d0}\u{05d1}\u{05d2} right to left \u{0000}\u{0007}\u{ffff}".to_owned(),
        "x".repeat(10_000),
        "👩‍👩‍👧 ".repeat(3_000),
        String::new(),
    ];
    let slices: Vec<_> = (0..5).map(|n| (n, u32::from(n), 0.0, 50.0)).collect();
    let mut recorder = Recorder::new(hostile.clone());
    for label in &hostile {
        recorder.add_object(label.clone());
        recorder.add_lane(LaneKind::Thread, label.clone()).unwrap();
    }
    for (lane, task, start_ms, end_ms) in slices {
        recorder.slice(LaneId(lane), Slice::new(Some(TaskId(task)), State::Running, start_ms, end_ms)).unwrap();
        recorder.count(crate::trace::ObjectId(task), 10.0, Reading::Is(u32::MAX)).unwrap();
    }
    recorder.flow(Flow { kind: FlowKind::Wake, from: (LaneId(0), 0.0), to: (LaneId(1), 50.0) }).unwrap();
    let trace = recorder.finish(provenance()).unwrap();
    for picture in survive(trace.clone()) {
        let text = svg(&picture, &hostile[0], &hostile[1]);
        assert!(
            !text.contains("<script")
                && !text.contains('\u{0}')
                && !text.contains('\u{7}')
                && !text.contains('\u{ffff}')
        );
        assert!(picture.row_labels.iter().all(|label| label.text.chars().count() < 20));
        assert!(text.len() < 100_000, "{} bytes", text.len());
    }
    for lane in 0..5 {
        let id = SliceId { lane: LaneId(lane), index: 0 };
        assert!(facts::sentence(&trace, id).unwrap().chars().count() < 300);
        assert!(!facts::facts(&trace, id).is_empty());
    }
}

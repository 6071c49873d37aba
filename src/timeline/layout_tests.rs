//! What is laid out where.

use std::rc::Rc;

use super::*;
use crate::timeline::example;
use crate::trace::Trace;
use expect_test::expect;

fn laid_out(trace: &Trace, grouping: Grouping, until_ms: f64, width_px: f64) -> Picture {
    let metrics = Metrics::for_width(width_px);
    let scale = metrics.scale(0.0, trace.end_ms(), width_px);
    let chart = Chart::new(Rc::new(trace.clone()), grouping);
    layout(&chart, &LayoutOptions { until_ms, ..LayoutOptions::new(scale, metrics) })
}

/// The first bars of a picture, a line each: place, state, label; `…` where a bar goes on.
fn told(picture: &Picture, bars: usize) -> String {
    let line = |bar: &Bar| {
        let Rect { x_px, y_px, width_px, height_px } = bar.rect;
        let cut = |goes_on| if goes_on { "…" } else { "" };
        let (left, right) = (cut(bar.goes_on.0), cut(bar.goes_on.1));
        let label = bar.label.as_deref().unwrap_or("-");
        format!("{x_px:.1} {y_px:.1} {width_px:.1}×{height_px:.1} {left}{}{right} {label}\n", bar.state.words())
    };
    picture.bars.iter().take(bars).map(line).collect()
}

#[test]
fn a_staircase_has_a_step_per_row() {
    let picture = laid_out(&example::staircase(3, 300.0), Grouping::ByTask, f64::INFINITY, 600.0);
    expect![[r#"
        96.0 24.0 160.0×26.0 waiting for I/O 300 ms
        256.0 54.0 160.0×26.0 waiting for I/O 300 ms
        416.0 84.0 160.0×26.0 waiting for I/O 300 ms
    "#]]
    .assert_eq(&told(&picture, 9));
    assert_eq!(picture.row_labels.len(), 4);
    assert_eq!(picture.end.map(|end| (end.x_px, end.label)), Some((576.0, "900 ms".to_owned())));
}

#[test]
fn a_replay_draws_what_has_happened_and_keeps_its_rows() {
    let whole = laid_out(&example::staircase(3, 300.0), Grouping::ByTask, f64::INFINITY, 600.0);
    let picture = laid_out(&example::staircase(3, 300.0), Grouping::ByTask, 450.0, 600.0);
    expect![[r#"
        96.0 24.0 160.0×26.0 waiting for I/O 300 ms
        256.0 54.0 80.0×26.0 waiting for I/O… -
    "#]]
    .assert_eq(&told(&picture, 9));
    assert_eq!((picture.height_px, picture.row_labels, picture.end), (whole.height_px, whole.row_labels, None));
}

#[test]
fn a_worker_names_its_tasks_as_far_as_there_is_room() {
    let picture = laid_out(&example::pool(6, 2), Grouping::ByWorker, f64::INFINITY, 360.0);
    expect![[r#"
        88.0 24.0 18.8×26.0 starting -
        106.8 24.0 74.3×26.0 running range 1
        181.1 24.0 76.8×26.0 running range 3
        257.9 24.0 74.3×26.0 running range 5
        88.0 54.0 18.8×26.0 starting -
        106.8 54.0 75.6×26.0 running range 2
        182.3 54.0 78.1×26.0 running range 4
        260.4 54.0 75.6×26.0 running range 6
    "#]]
    .assert_eq(&told(&picture, 9));
}

/// What is written on the bars, one after another.
fn labels(picture: &Picture) -> String {
    picture.bars.iter().map(|bar| bar.label.as_deref().unwrap_or("-")).collect::<Vec<_>>().join(" ")
}

#[test]
fn names_are_shortened_and_durations_left_out_on_all_bars_alike() {
    let by_worker = |width_px| labels(&laid_out(&example::frozen(10), Grouping::ByWorker, f64::INFINITY, width_px));
    expect!["range 1 range 2 range 3 range 4 range 5 range 6 range 7 range 8 range 9 range 10"]
        .assert_eq(&by_worker(900.0));
    expect!["1 2 3 4 5 6 7 8 9 10"].assert_eq(&by_worker(600.0));
    expect!["- - - - - - - - - -"].assert_eq(&by_worker(240.0));
    let by_task = |width_px| labels(&laid_out(&example::frozen(10), Grouping::ByTask, f64::INFINITY, width_px));
    expect!["110 ms 111 ms 112 ms 113 ms 114 ms 115 ms 116 ms 117 ms 118 ms 119 ms"].assert_eq(&by_task(900.0));
    expect!["- - - - - - - - - -"].assert_eq(&by_task(620.0));
}

#[test]
fn a_frozen_page_is_told_in_its_row() {
    let told = |until_ms, width_px| {
        let picture = laid_out(&example::frozen(4), Grouping::ByTask, until_ms, width_px);
        picture.heartbeat.map_or(Vec::new(), |beat| beat.freezes.into_iter().map(|freeze| freeze.label).collect())
    };
    assert_eq!(told(f64::INFINITY, 600.0), [Some("frozen 446 ms".to_owned())]);
    assert_eq!(told(200.0, 600.0), [Some("frozen 200 ms".to_owned())]);
    assert_eq!(told(f64::INFINITY, 180.0), [Some("446 ms".to_owned())]);
    assert_eq!(told(f64::INFINITY, 130.0), [None]);
    assert_eq!(told(40.0, 600.0), []);
}

#[test]
fn many_rows_become_lower_and_their_labels_fewer() {
    let sizes = |tasks| {
        let picture = laid_out(&example::pool(tasks, 4), Grouping::ByTask, f64::INFINITY, 800.0);
        (picture.row_px, picture.row_labels.len() - 1, picture.height_px)
    };
    assert_eq!(sizes(2), (26.0, 2, 126.0));
    assert_eq!(sizes(9), (18.0, 9, 264.0));
    assert_eq!(sizes(16), (18.0, 16, 418.0));
    assert_eq!(sizes(32), (10.0, 16, 448.0));
    assert_eq!(sizes(100), (6.0, 50, 763.0));
}

#[test]
fn a_hundred_thousand_slices_cost_their_pixels() {
    let picture = laid_out(&example::interleaved(16, 6_250), Grouping::ByTask, f64::INFINITY, 800.0);
    let pixels = picture.scale.width_px as usize * 16;
    assert!(picture.bars.len() <= 2 * pixels, "{} bars on {pixels} px", picture.bars.len());
}

#[test]
fn what_has_not_begun_has_rows_and_no_end() {
    let picture = laid_out(&example::empty(9), Grouping::ByTask, 0.0, 800.0);
    assert_eq!((picture.row_labels.len(), picture.bars.len(), picture.end, picture.heartbeat), (9, 0, None, None));
}

#[test]
fn a_failure_has_a_cross_in_its_row_from_when_it_happened() {
    let signs = |grouping, until_ms| {
        let signs = laid_out(&example::troubles(), grouping, until_ms, 600.0).signs;
        signs.into_iter().map(|Sign { x_px, y_px, .. }| (x_px, y_px)).collect::<Vec<_>>()
    };
    for grouping in [Grouping::ByTask, Grouping::ByWorker] {
        assert_eq!(signs(grouping, f64::INFINITY), [(336.0, 37.0), (576.0, 67.0)]);
        assert_eq!(signs(grouping, 29.0), []);
    }
}

#[test]
fn crowded_rows_are_rougher_in_motion_and_finest_at_rest() {
    let chart = Chart::new(Rc::new(example::interleaved(400, 40)), Grouping::ByTask);
    let metrics = Metrics { max_view_px: 4_000.0, ..Metrics::for_width(1_200.0) };
    let scale = metrics.scale(0.0, chart.trace().end_ms(), 1_200.0);
    let drawn = |most_columns| layout(&chart, &LayoutOptions { most_columns, ..LayoutOptions::new(scale, metrics) });
    let (rest, motion) = (drawn(f64::INFINITY), drawn(COLUMNS_IN_MOTION));
    let columns = |picture: &Picture| picture.strips.iter().map(|strip| strip.looks().len() as f64).sum::<f64>();
    assert!(!rest.is_rough && motion.is_rough);
    assert!(columns(&rest) > COLUMNS_IN_MOTION, "it is crowded");
    // A last column may stand out at the right.
    let spare = motion.strips.len() as f64;
    assert!(columns(&motion) <= COLUMNS_IN_MOTION + spare);
    let places = |picture: &Picture| picture.bars.iter().map(|bar| bar.rect).collect::<Vec<_>>();
    assert_eq!(places(&rest), places(&motion), "what is wide stays where it is");
}

#[test]
fn whoever_stands_for_itself_is_named_before_what_continues_it() {
    let event = |thread: u32, depth: u32| {
        format!(r#"{{"ph":"X","name":"f","pid":1,"tid":{thread},"ts":{depth},"dur":{}}}"#, 100 - 2 * depth)
    };
    let events: Vec<_> = (1..=16).flat_map(|thread| (0..7).map(move |depth| event(thread, depth))).collect();
    let mut importer = crate::trace::exchange::Importer::new("nested.json");
    importer.feed(format!("[{}]", events.join(",")).as_bytes()).unwrap();
    let picture = laid_out(&importer.finish().unwrap().trace, Grouping::ByWorker, f64::INFINITY, 900.0);
    assert!(picture.row_px < picture.font_px, "there is no room for every name");
    let named = |text: &str| picture.row_labels.iter().filter(|label| label.text.starts_with(text)).count();
    assert_eq!(named("thread"), 16, "{:?}", picture.row_labels.iter().map(|label| &*label.text).collect::<Vec<_>>());
    assert!(named("depth") >= 16);
}

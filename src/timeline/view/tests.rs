//! What a user does to a chart, and what they see and hear of it.

use std::rc::Rc;

use expect_test::expect;
use proptest::prelude::*;

use super::keys::{KEYS, command};
use super::*;
use crate::timeline::{example, layout};
use crate::trace::Trace;

const WIDTH_PX: f64 = 800.0;

fn scene(chart: &Chart) -> Scene<'_> {
    let metrics = Metrics::for_width(WIDTH_PX);
    Scene { chart, metrics, width_px: WIDTH_PX, end_ms: chart.makespan_ms(), until_ms: f64::INFINITY }
}

fn chart(trace: Trace, grouping: Grouping) -> Chart {
    Chart::new(Rc::new(trace), grouping)
}

/// What is said when these keys are pressed one after another.
fn said(chart: &Chart, keys: &str) -> String {
    let scene = scene(chart);
    let mut view = View::new(chart.grouping(), &scene.limits());
    let mut said = Vec::new();
    for key in keys.split_whitespace() {
        let (key, shift) = key.strip_prefix("Shift+").map_or((key, false), |key| (key, true));
        let Reply { view: next, say } = view.on(Input::Command(command(key, shift).unwrap()), &scene);
        view = next;
        said.push(format!("{key}: {}\n", say.unwrap_or_default()));
    }
    said.concat()
}

#[test]
fn arrows_walk_slices_and_rows_and_each_is_said_in_one_sentence() {
    expect![[r#"
        Enter: range 3: running on thread 1, from 149 ms, for 123 ms.
        ArrowRight: range 5: running on thread 1, from 272 ms, for 119 ms.
        ArrowRight: This is the last slice of its row.
        ArrowDown: range 4: running on thread 2, from 151 ms, for 125 ms.
        ArrowDown: This is the last row.
        Home: starting on thread 2, from 0 ms, for 30.0 ms.
        ArrowLeft: This is the first slice of its row.
        ArrowUp: starting on thread 1, from 0 ms, for 30.0 ms.
        Escape: Nothing is selected.
        .: Select a slice first.
    "#]]
    .assert_eq(&said(
        &chart(example::pool(5, 2), Grouping::ByWorker),
        "Enter ArrowRight ArrowRight ArrowDown ArrowDown Home ArrowLeft ArrowUp Escape .",
    ));
}

#[test]
fn a_task_is_followed_wherever_it_goes() {
    let keys = "Enter , , . . . . .";
    let by_worker = said(&chart(example::interleaved(2, 3), Grouping::ByWorker), keys);
    expect![[r#"
        Enter: range 2: running on event loop, from 24.0 ms, for 8.0 ms.
        ,: range 2: ready, from 16.0 ms, for 8.0 ms.
        ,: range 2: running on event loop, from 8.0 ms, for 8.0 ms.
        .: range 2: ready, from 16.0 ms, for 8.0 ms.
        .: range 2: running on event loop, from 24.0 ms, for 8.0 ms.
        .: range 2: ready, from 32.0 ms, for 8.0 ms.
        .: range 2: running on event loop, from 40.0 ms, for 8.0 ms.
        .: The task has no later slice.
    "#]]
    .assert_eq(&by_worker);
}

#[test]
fn a_range_is_extended_slice_by_slice_and_told() {
    let keys = "Enter Home Shift+ArrowRight Shift+ArrowRight Shift+ArrowLeft f 0";
    expect![[r#"
        Enter: range 3: running on thread 1, from 149 ms, for 123 ms.
        Home: starting on thread 1, from 0 ms, for 30.0 ms.
        ArrowRight: From 0 ms to 149 ms, 149 ms: 2 tasks in 4 slices. Running 238 ms in all, starting 60.0 ms.
        ArrowRight: From 0 ms to 272 ms, 272 ms: 4 tasks in 6 slices. Running 483 ms in all, starting 60.0 ms.
        ArrowLeft: From 0 ms to 149 ms, 149 ms: 2 tasks in 4 slices. Running 238 ms in all, starting 60.0 ms.
        f: From 0 ms to 179 ms.
        0: From 0 ms to 390 ms.
    "#]]
    .assert_eq(&said(&chart(example::pool(5, 2), Grouping::ByWorker), keys));
}

#[test]
fn what_is_drawn_under_the_pointer_is_what_is_met() {
    let chart = chart(example::pool(5, 2), Grouping::ByWorker);
    let scene = scene(&chart);
    let view = View::new(Grouping::ByWorker, &scene.limits());
    let picture = layout(&chart, &view.options(&scene, &[]));
    for bar in &picture.bars {
        let (x, y) = (bar.rect.x_px + bar.rect.width_px / 2.0, bar.rect.y_px + bar.rect.height_px / 2.0);
        assert_eq!(view.on(Input::Tap(x, y), &scene).view.selected, Some(bar.slice));
        assert_eq!(view.on(Input::Hover(Some((x, y))), &scene).view.hovered, Some(bar.slice));
    }
    let left = view.on(Input::Tap(picture.bars[0].rect.x_px + 1.0, picture.bars[0].rect.y_px + 1.0), &scene).view;
    assert_eq!(left.on(Input::Tap(2.0, 2.0), &scene).view.selected, None, "beside the plot");
}

#[test]
fn a_selected_slice_is_emphasised_and_brought_into_view() {
    let chart = chart(example::pool(300, 2), Grouping::ByTask);
    let scene = scene(&chart);
    let close = View::new(Grouping::ByTask, &scene.limits()).on(Input::Zoom { x_px: 100.0, factor: 40.0 }, &scene).view;
    let found = close.on(Input::Found(crate::trace::TaskId(290)), &scene).view;
    let picture = layout(&chart, &found.options(&scene, &[]));
    let rect = picture.emphasis.selected.expect("it is in view");
    assert!(rect.y_px >= picture.top_px && rect.y_px + rect.height_px <= picture.bottom_px);
    assert!(picture.scrolled.offset_px > 0.0 && picture.height_px < 900.0);
}

proptest! {
    #[test]
    fn whatever_is_done_something_stays_in_view(inputs in prop::collection::vec(inputs(), 0..60), by_task in any::<bool>()) {
        let grouping = if by_task { Grouping::ByTask } else { Grouping::ByWorker };
        let charts = [Grouping::ByTask, Grouping::ByWorker].map(|grouping| chart(example::pool(200, 3), grouping));
        let mut view = View::new(grouping, &scene(&charts[0]).limits());
        for input in inputs {
            let chart = charts.iter().find(|chart| chart.grouping() == view.grouping).unwrap();
            let scene = scene(chart);
            view = view.on(input, &scene).view;
            let (start, end) = (view.window.start_ms, view.window.end_ms);
            prop_assert!(start >= 0.0 && end > start && end <= scene.end_ms * (1.0 + 1e-9));
            prop_assert!(view.offset_px >= 0.0 && view.offset_px.is_finite());
        }
        let chart = charts.iter().find(|chart| chart.grouping() == view.grouping).unwrap();
        let picture = layout(chart, &view.options(&scene(chart), &[]));
        prop_assert!(!picture.row_labels.is_empty());
    }
}

fn inputs() -> impl Strategy<Value = Input> {
    let keys: Vec<Command> = KEYS.iter().flat_map(|help| help.keys).map(|(_, command)| *command).collect();
    let px = || prop_oneof![-2e3..2e3, Just(f64::INFINITY), Just(f64::NAN)];
    prop_oneof![
        8 => prop::sample::select(keys).prop_map(Input::Command),
        2 => (px(), -1.0..20.0).prop_map(|(x_px, factor)| Input::Zoom { x_px, factor }),
        2 => (px(), px()).prop_map(|(dx_px, dy_px)| Input::Pan { dx_px, dy_px }),
        2 => (px(), px()).prop_map(|(x, y)| Input::Tap(x, y)),
        1 => (px(), px()).prop_map(|(x, y)| Input::Hover(Some((x, y)))),
        1 => (px(), px()).prop_map(|(a, b)| Input::Range(a, b)),
        1 => (0..250_u32).prop_map(|task| Input::Found(crate::trace::TaskId(task))),
        1 => (px(), prop::sample::select(&[Grip::Start, Grip::End, Grip::Whole][..])).prop_map(|(by, grip)| Input::Overview(grip, by)),
    ]
}

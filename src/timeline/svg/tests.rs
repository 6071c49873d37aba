//! Golden pictures of the textbook cases, in `tests/golden/timeline/`. After a change that is meant, write them anew with
//! `GOLDEN=write cargo test --lib golden`, and look at every one.

use std::rc::Rc;

use crate::timeline::{
    Chart, Emphasis, Grouping, LayoutOptions, Metrics, PredictedBar, RowId, example, layout, svg, words,
};
use crate::trace::{SliceId, TaskId, Trace, critical_path};

/// What is shown of a case.
#[derive(Default)]
struct Shown {
    by_worker: bool,
    arrows: bool,
    critical: bool,
    predicted: Vec<PredictedBar>,
    predicted_end_ms: Option<f64>,
}

fn check(name: &str, title: &str, trace: Trace, shown: &Shown) {
    const WIDTH_PX: f64 = 720.0;
    let grouping = if shown.by_worker { Grouping::ByWorker } else { Grouping::ByTask };
    let path: Vec<SliceId> = if shown.critical { critical_path(&trace) } else { Vec::new() };
    let chart = Chart::new(Rc::new(trace), grouping);
    let metrics = Metrics::for_width(WIDTH_PX);
    let reach_ms = shown.predicted.iter().map(|bar| bar.end_ms).chain(shown.predicted_end_ms).fold(0.0, f64::max);
    let scale = metrics.scale(0.0, chart.makespan_ms().max(reach_ms), WIDTH_PX);
    let emphasis = Emphasis {
        all_arrows: shown.arrows,
        critical: &path,
        predicted: &shown.predicted,
        predicted_end_ms: shown.predicted_end_ms,
        ..Emphasis::default()
    };
    let picture = layout(&chart, &LayoutOptions { emphasis, ..LayoutOptions::new(scale, metrics) });
    let svg = svg(&picture, title, &words::summary(chart.trace()));
    let file = format!("{}/tests/golden/timeline/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("GOLDEN").is_some_and(|wanted| wanted == "write") {
        std::fs::write(&file, &svg).unwrap();
    }
    let golden = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(golden == svg, "{file} differs: run with GOLDEN=write, and look at it");
}

#[test]
fn golden_sequential() {
    check("sequential", "One after another", example::staircase(9, 300.0), &Shown::default());
}

#[test]
fn golden_interleaved() {
    check("interleaved", "Interleaved on one core", example::interleaved(3, 4), &Shown::default());
    let by_worker = Shown { by_worker: true, ..Shown::default() };
    check("interleaved-by-worker", "Interleaved on one core, by worker", example::interleaved(3, 4), &by_worker);
}

#[test]
fn golden_parallel() {
    let by_worker = Shown { by_worker: true, ..Shown::default() };
    check("parallel", "Parallel on three threads", example::pool(8, 3), &by_worker);
}

#[test]
fn golden_overlapped() {
    check("overlapped", "I/O overlapped", example::side_by_side(9, 300.0), &Shown::default());
}

#[test]
fn golden_hand_over() {
    let shown = Shown { arrows: true, critical: true, ..Shown::default() };
    check("hand-over", "A lock goes from hand to hand", example::hand_over(), &shown);
    let by_worker = Shown { by_worker: true, ..shown };
    check("hand-over-by-worker", "A lock goes from hand to hand, by worker", example::hand_over(), &by_worker);
}

#[test]
fn golden_starvation() {
    check("starvation", "One task starves", example::starvation(), &Shown::default());
}

#[test]
fn golden_troubles() {
    check("troubles", "A failure, a deadlock and a counter", example::troubles(), &Shown::default());
    check("frozen", "A frozen page", example::frozen(5), &Shown::default());
    check("every-state", "Every state", example::every_state(), &Shown::default());
    let by_worker = Shown { by_worker: true, ..Shown::default() };
    check("crowded", "More slices than pixels", example::interleaved(4, 500), &Shown::default());
    check("crowded-by-worker", "More slices than pixels, by worker", example::interleaved(4, 500), &by_worker);
}

#[test]
fn golden_predicted() {
    let bar = |task: u32| {
        let start_ms = f64::from(task / 2) * 300.0;
        PredictedBar { row: RowId::Task(TaskId(task)), start_ms, end_ms: start_ms + 300.0 }
    };
    let bars = Shown { predicted: (0..9).map(bar).collect(), ..Shown::default() };
    check("predicted-bars", "Two at a time, by a prediction", example::side_by_side(9, 300.0), &bars);
    let end = Shown { predicted_end_ms: Some(900.0), ..Shown::default() };
    check("predicted-end", "As long as three, by a prediction", example::side_by_side(9, 300.0), &end);
}

//! From a trace and a scale to a [`Picture`]: which rows, how high, what of each slice can be seen and what is written on it.
//! A pure function, called anew for each frame in which something changed. It knows no canvas and no colour values.

use crate::trace::{Slice, Trace, stats};

use super::rows::{HEARTBEAT_LABEL, Row, has_heartbeat, rows};
use super::{
    Bar, EndLine, Grouping, Metrics, Picture, Rect, RowLabel, Scale, Sign, colour, detail, heartbeat, labels, ticks,
    words,
};

/// How a trace is to be laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayoutOptions {
    /// What a row stands for.
    pub grouping: Grouping,
    /// Time ↔ x; the same for all charts that share an axis. See [`Metrics::scale`].
    pub scale: Scale,
    /// Nothing after this time (ms) is drawn: where a replay stands, or now. `f64::INFINITY` for all of it. The line of the
    /// end is drawn when this has reached it, so that in a run that still goes on it moves with the time.
    pub until_ms: f64,
    /// Sizes.
    pub metrics: Metrics,
}

/// Lays out `trace`.
pub fn layout(trace: &Trace, options: &LayoutOptions) -> Picture {
    let LayoutOptions { grouping, scale, metrics, .. } = *options;
    let resolution_ms = trace.provenance().clock_resolution_ms;
    let rows = rows(trace, grouping);
    let spacing = Spacing::of(rows.len(), &metrics);
    let top_px = metrics.head_px;
    let rows_end_px = top_px + spacing.above_px + spacing.pitch_px * rows.len() as f64;

    let mut row_labels = Vec::new();
    let (mut bars, mut signs) = (Vec::new(), Vec::new());
    for (index, row) in rows.iter().enumerate() {
        let y_px = top_px + spacing.above_px + spacing.pitch_px * index as f64;
        if index % spacing.label_every == 0 {
            row_labels.extend(row_label(row.label, y_px + spacing.row_px / 2.0, options));
        }
        lay_out_row(row, y_px, spacing.row_px, options, &mut bars);
        signs.extend(lay_out_signs(row, y_px, spacing.row_px, options));
    }

    labels::label_bars(&mut bars, trace, options);

    let mut bottom_px = rows_end_px;
    let mut beat = None;
    if has_heartbeat(trace) {
        let y_px = rows_end_px + metrics.gap_px;
        bottom_px = y_px + metrics.heartbeat_px + metrics.gap_px;
        row_labels.extend(row_label(HEARTBEAT_LABEL, y_px + metrics.heartbeat_px / 2.0, options));
        beat = heartbeat::heartbeat(trace, y_px, options);
    }
    Picture {
        width_px: scale.right_px() + metrics.margin_px,
        height_px: bottom_px + metrics.axis_px,
        scale,
        top_px,
        bottom_px,
        row_labels,
        row_px: spacing.row_px,
        font_px: metrics.font_px,
        ticks: ticks(&scale, resolution_ms),
        bars,
        signs,
        heartbeat: beat,
        end: end_line(stats::stats(trace).makespan_ms, resolution_ms, options),
    }
}

/// How the rows share the height.
struct Spacing {
    row_px: f64,
    /// From one row's upper edge to the next one's.
    pitch_px: f64,
    /// Above the first row.
    above_px: f64,
    /// One row of so many has its label.
    label_every: usize,
}

impl Spacing {
    fn of(rows: usize, metrics: &Metrics) -> Self {
        let full_px = if rows <= 4 { metrics.tall_row_px } else { metrics.row_px } + metrics.gap_px;
        let pitch_px = (metrics.max_plot_px / rows.max(1) as f64).floor().clamp(metrics.min_row_px + 1.0, full_px);
        let gap_px = (metrics.gap_px * pitch_px / full_px).round().clamp(1.0, pitch_px - metrics.min_row_px);
        let label_every = ((metrics.font_px + 1.0) / pitch_px).ceil().max(1.0) as usize;
        Self { row_px: pitch_px - gap_px, pitch_px, above_px: gap_px, label_every }
    }
}

fn row_label(text: &str, y_px: f64, options: &LayoutOptions) -> Option<RowLabel> {
    let text = options.metrics.fitted(text, options.scale.left_px - LABEL_GAP_PX)?;
    Some(RowLabel { y_px, text })
}

/// Between a row's label and the plot.
pub(super) const LABEL_GAP_PX: f64 = 10.0;

fn lay_out_row(row: &Row, y_px: f64, height_px: f64, options: &LayoutOptions, into: &mut Vec<Bar>) {
    let LayoutOptions { scale, until_ms, .. } = options;
    let starts_before = |slice: &Slice| slice.start_ms < scale.start_ms;
    let ends_after = |slice: &Slice| slice.end_ms > until_ms.min(scale.end_ms() + scale.duration_of(1e-3));
    detail::visible(&row.slices, scale, *until_ms, |slice, left_px, right_px| {
        let rect = Rect { x_px: left_px, y_px, width_px: right_px - left_px, height_px };
        let goes_on = (starts_before(slice), ends_after(slice));
        into.push(Bar {
            rect,
            state: slice.state,
            task: slice.task,
            colour: slice.task.map(colour::task_colour),
            label: None,
            goes_on,
        });
    });
}

/// The crosses of a row: no wider than it is high, and whole at the plot's edges.
fn lay_out_signs(row: &Row, y_px: f64, height_px: f64, options: &LayoutOptions) -> impl Iterator<Item = Sign> {
    let LayoutOptions { scale, until_ms, metrics, .. } = *options;
    let size_px = height_px.min(metrics.font_px);
    let seen = row.failures_ms.iter().filter(move |at_ms| **at_ms >= scale.start_ms && **at_ms <= until_ms);
    let in_plot = move |x_px: &f64| *x_px <= scale.right_px() + 0.5;
    let at_px = seen.map(move |at_ms| scale.x_from_time(*at_ms)).filter(in_plot);
    at_px.map(move |x_px| Sign { x_px, y_px: y_px + height_px / 2.0, size_px })
}

fn end_line(makespan_ms: f64, resolution_ms: f64, options: &LayoutOptions) -> Option<EndLine> {
    let LayoutOptions { scale, until_ms, metrics, .. } = options;
    let x_px = scale.x_from_time(makespan_ms);
    let in_plot = x_px >= scale.left_px && x_px <= scale.right_px() + 0.5;
    if makespan_ms <= 0.0 || makespan_ms > *until_ms || !in_plot {
        return None;
    }
    let label = words::duration(makespan_ms, resolution_ms);
    let label_left = x_px + metrics.text_width(&label) + LABEL_GAP_PX > scale.right_px() + metrics.margin_px;
    Some(EndLine { x_px, label, label_left })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;
    use expect_test::expect;

    fn laid_out(trace: &Trace, grouping: Grouping, until_ms: f64, width_px: f64) -> Picture {
        let metrics = Metrics::for_width(width_px);
        let scale = metrics.scale(0.0, trace.end_ms(), width_px);
        layout(trace, &LayoutOptions { grouping, scale, until_ms, metrics })
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
            picture.heartbeat.map_or(Vec::new(), |beat| beat.holds.into_iter().map(|hold| hold.label).collect())
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
}

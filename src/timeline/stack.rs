//! What stands above what in a chart, and how high each is: rows of slices, counters, instants, the page's frames. Heights are
//! counted from the top of all of it, as if nothing were scrolled.

use super::{Chart, Metrics};

/// How a chart's parts share its height, CSS px.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stack {
    pub rows: usize,
    pub row_px: f64,
    /// From one row's upper edge to the next one's.
    pitch_px: f64,
    /// Above the first row.
    above_px: f64,
    /// One row of so many has its label.
    pub label_every: usize,
    gap_px: f64,
    counters: usize,
    pub counter_px: f64,
    marks_px: Option<f64>,
    heartbeat_px: Option<f64>,
}

impl Stack {
    pub fn of(chart: &Chart, metrics: &Metrics) -> Self {
        let rows = chart.rows.len();
        let full_px = if rows <= 4 { metrics.tall_row_px } else { metrics.row_px } + metrics.gap_px;
        let pitch_px = (metrics.max_plot_px / rows.max(1) as f64).floor().clamp(metrics.min_row_px + 1.0, full_px);
        let above_px = (metrics.gap_px * pitch_px / full_px).round().clamp(1.0, pitch_px - metrics.min_row_px);
        Self {
            rows,
            row_px: pitch_px - above_px,
            pitch_px,
            above_px,
            label_every: ((metrics.font_px + 1.0) / pitch_px).ceil().max(1.0) as usize,
            gap_px: metrics.gap_px,
            counters: chart.counters.len(),
            counter_px: metrics.counter_px,
            marks_px: (!chart.instants.is_empty()).then_some(metrics.marks_px),
            heartbeat_px: chart.has_heartbeat.then_some(metrics.heartbeat_px),
        }
    }

    /// Upper edge of a row.
    pub fn row_y(&self, row: usize) -> f64 {
        self.above_px + self.pitch_px * row as f64
    }

    fn rows_end(&self) -> f64 {
        self.row_y(self.rows)
    }

    /// Upper edge of a counter.
    pub fn counter_y(&self, counter: usize) -> f64 {
        self.rows_end() + self.gap_px + (self.counter_px + 2.0 * self.gap_px) * counter as f64
    }

    /// Upper edge and height of the row of instants, if there are any.
    pub fn marks(&self) -> Option<(f64, f64)> {
        let above = if self.counters > 0 { self.counter_y(self.counters) } else { self.rows_end() + self.gap_px };
        self.marks_px.map(|height_px| (above, height_px))
    }

    /// Upper edge of the row of frames, if they were watched.
    pub fn heartbeat_y(&self) -> Option<f64> {
        self.heartbeat_px?;
        Some(match self.marks() {
            Some((y_px, height_px)) => y_px + height_px + self.gap_px,
            None => self.counter_y(self.counters),
        })
    }

    /// How high all of it is.
    pub fn content_px(&self) -> f64 {
        match (self.heartbeat_y(), self.marks()) {
            (Some(y_px), _) => y_px + self.heartbeat_px.unwrap_or_default() + self.gap_px,
            (None, Some((y_px, height_px))) => y_px + height_px + self.gap_px,
            (None, None) if self.counters > 0 => self.counter_y(self.counters),
            (None, None) => self.rows_end(),
        }
    }

    /// The rows of which something lies between `from_px` and `to_px`.
    pub fn rows_between(&self, from_px: f64, to_px: f64) -> std::ops::Range<usize> {
        let row = |y_px: f64| ((y_px - self.above_px) / self.pitch_px).max(0.0);
        // Where a row ends, a gap begins, so a row that only touches is left out.
        let first = row(from_px + self.above_px) as usize;
        first.min(self.rows)..(row(to_px).ceil() as usize).min(self.rows)
    }

    /// The row at a height; `None` between or below the rows.
    pub fn row_at(&self, y_px: f64) -> Option<usize> {
        let row = ((y_px - self.above_px) / self.pitch_px).floor();
        (row >= 0.0 && row < self.rows as f64 && y_px - self.row_y(row as usize) <= self.row_px).then_some(row as usize)
    }
}

//! What stands around every curve: the legend above the plot, the titles of the axes and their rules.

use super::axis::Axis;
use super::{AxisTick, Curve, CurveLine, CurveMark, Label, LegendSign, SIGN_PX, SignKind};
use crate::timeline::{Anchor, Metrics, Rect};

/// Height of a row of the legend, and of a title, CSS px.
const ROW_PX: f64 = 20.0;
/// Between two entries of the legend, CSS px.
const BETWEEN_PX: f64 = 20.0;
/// Free at the plot's left and right, so that no mark stands on its edge, CSS px.
const INSET_PX: f64 = 20.0;
/// Left of the legend, CSS px.
const MARGIN_PX: f64 = 8.0;
/// Nothing is laid out narrower than this: its signs would stand beside it.
const LEAST_WIDTH_PX: f64 = 280.0;

/// A canvas with its legend, and how high its plot is.
pub(super) struct Frame {
    pub metrics: Metrics,
    width_px: f64,
    legend: Vec<LegendSign>,
    top_px: f64,
    bottom_px: f64,
}

impl Frame {
    /// For a canvas of this width (CSS px), with a legend of these entries.
    pub fn new(width_px: f64, entries: &[(SignKind, String)]) -> Self {
        let width_px = if width_px.is_finite() { width_px.max(LEAST_WIDTH_PX) } else { LEAST_WIDTH_PX };
        let metrics = Metrics::for_width(width_px);
        let (mut legend, mut x_px, mut y_px) = (Vec::new(), MARGIN_PX, ROW_PX / 2.0 + 2.0);
        for (kind, text) in entries {
            let end_px = x_px + SIGN_PX + 8.0 + metrics.text_width(text);
            if end_px > width_px - MARGIN_PX && x_px > MARGIN_PX {
                (x_px, y_px) = (MARGIN_PX, y_px + ROW_PX);
            }
            let room_px = width_px - MARGIN_PX - (x_px + SIGN_PX + 8.0);
            let text = metrics.fitted(text, room_px).unwrap_or_default();
            let width = SIGN_PX + 8.0 + metrics.text_width(&text);
            let label = Label { at: (x_px + SIGN_PX + 8.0, y_px), anchor: Anchor::Start, text };
            legend.push(LegendSign { kind: *kind, at: (x_px + SIGN_PX / 2.0, y_px), label });
            x_px += width + BETWEEN_PX;
        }
        // A row for the title of the vertical axis stands between.
        let top_px = y_px + ROW_PX / 2.0 + 8.0 + ROW_PX;
        let bottom_px = top_px + (width_px * 0.5).clamp(220.0, 340.0);
        Self { metrics, width_px, legend, top_px, bottom_px }
    }

    /// Bottom and top of the vertical axis, CSS px.
    pub fn y_px(&self) -> (f64, f64) {
        (self.bottom_px, self.top_px)
    }

    /// The plot, right of these labels of the vertical axis.
    pub fn plot(&self, y_ticks: &[AxisTick]) -> Rect {
        let widest_px = y_ticks.iter().map(|tick| self.metrics.text_width(&tick.label)).fold(0.0, f64::max);
        let x_px = (MARGIN_PX + widest_px + 8.0).round();
        let (y_px, height_px) = (self.top_px, self.bottom_px - self.top_px);
        Rect { x_px, y_px, width_px: self.width_px - self.metrics.margin_px - x_px, height_px }
    }

    /// The horizontal axis from one value to another, in a plot.
    pub fn x_axis(plot: Rect, (from, to): (f64, f64), is_log: bool) -> Axis {
        Axis { from, to, px: (plot.x_px + INSET_PX, plot.x_px + plot.width_px - INSET_PX), is_log }
    }

    /// The whole curve; the titles are those of the horizontal and of the vertical axis.
    pub fn curve(
        self,
        plot: Rect,
        [x_ticks, y_ticks]: [Vec<AxisTick>; 2],
        [x_title, y_title]: [&str; 2],
        lines: Vec<CurveLine>,
        marks: Vec<CurveMark>,
    ) -> Curve {
        let below_px = plot.y_px + plot.height_px + self.metrics.axis_px;
        let title = |at, anchor, text: &str| Label { at, anchor, text: text.to_owned() };
        let titles = [
            title((plot.x_px + plot.width_px, below_px + ROW_PX / 2.0), Anchor::End, x_title),
            title((MARGIN_PX, plot.y_px - ROW_PX / 2.0 - 4.0), Anchor::Start, y_title),
        ];
        Curve {
            width_px: self.width_px,
            height_px: below_px + ROW_PX + 4.0,
            font_px: self.metrics.font_px,
            plot,
            x_ticks,
            y_ticks,
            titles,
            band: Vec::new(),
            lines,
            rules: Vec::new(),
            marks,
            legend: self.legend,
        }
    }
}

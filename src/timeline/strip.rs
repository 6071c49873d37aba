//! The narrow part of a row as a picture holds it: one byte per column, to be painted in stretches of one look.

use crate::trace::State;

use super::{Look, Rect, extent};

/// The narrow part of a row: one look per column of pixels, from the plot's left edge on.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Upper edge of the row.
    pub y_px: f64,
    /// Height of the row.
    pub height_px: f64,
    /// Width of a column.
    pub column_px: f64,
    /// What is seen in each column.
    pub looks: Vec<Look>,
}

impl Strip {
    /// The areas to be painted, from the canvas' left edge on, given the plot's. What is ready is striped, as its wider slices
    /// are hatched.
    pub fn areas(&self, plot_px: f64) -> impl Iterator<Item = (State, Option<usize>, bool, Rect)> {
        let row = move |left_px: f64, right_px: f64| Rect {
            x_px: plot_px + left_px,
            y_px: self.y_px,
            width_px: right_px - left_px,
            height_px: self.height_px,
        };
        let areas = self.runs().filter_map(move |(left_px, right_px, look)| {
            let state = look.state()?;
            let stripes =
                if state == State::Ready { ((right_px - left_px) / self.column_px).round() as usize } else { 1 };
            let (step_px, end_px) =
                if stripes > 1 { (2.0 * self.column_px, self.column_px) } else { (0.0, right_px - left_px) };
            let stripe = move |index: usize| {
                let from_px = left_px + index as f64 * step_px;
                extent::areas(row(from_px, (from_px + end_px).min(right_px)), state)
            };
            let areas = (0..stripes.div_ceil(2)).flat_map(stripe).flatten();
            Some(areas.map(move |area| (state, look.colour(), look.is_edge(), area)))
        });
        areas.flatten()
    }

    /// Stretches of one look: left and right edge, counted from the plot's left edge.
    fn runs(&self) -> impl Iterator<Item = (f64, f64, Look)> {
        let mut end = 0;
        let runs = self.looks.chunk_by(|a, b| a == b).map(move |run| {
            let from = end;
            end += run.len();
            (from as f64 * self.column_px, end as f64 * self.column_px, run[0])
        });
        runs.filter(|(.., look)| *look != Look::NONE)
    }
}

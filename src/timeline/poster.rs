//! A whole trace as one picture, for a file: all of its time, every row as far as there is room, and nothing emphasised. Pure, as
//! all layout is; who saves it decides whether it becomes an SVG or pixels.

use std::rc::Rc;

use crate::trace::Trace;

use super::layout::Place;
use super::{Chart, Grouping, LayoutOptions, Metrics, Picture, layout};

/// How wide such a picture is, CSS px.
pub const POSTER_WIDTH_PX: f64 = 1_200.0;

/// Rows shrink only where they would be higher together: on a sheet there is more room than on a page.
const ROOMY_PX: f64 = 1_600.0;

/// With more columns than this, crowded rows make an SVG that is slow to open.
const MOST_COLUMNS: f64 = 40_000.0;

/// A picture of a whole trace.
#[derive(Clone, Debug)]
pub struct Poster {
    /// The picture.
    pub picture: Picture,
    /// How many rows of slices it shows, from the first.
    pub rows_shown: usize,
    /// How many there are.
    pub rows: usize,
}

impl Poster {
    /// `trace` with a row per task or per worker, its plot no higher than `most_px` (CSS px).
    pub fn new(trace: &Rc<Trace>, grouping: Grouping, most_px: f64) -> Self {
        Self::of_width(trace, grouping, POSTER_WIDTH_PX, most_px)
    }

    /// The same, so many CSS px wide.
    pub fn of_width(trace: &Rc<Trace>, grouping: Grouping, width_px: f64, most_px: f64) -> Self {
        Self::on_axis(trace, grouping, width_px, most_px, 0.0)
    }

    /// The same, on an axis that goes on to `reach_ms` at least, so that several can be compared.
    pub fn on_axis(trace: &Rc<Trace>, grouping: Grouping, width_px: f64, most_px: f64, reach_ms: f64) -> Self {
        let chart = Chart::new(Rc::clone(trace), grouping);
        let metrics =
            Metrics { max_view_px: most_px, max_plot_px: ROOMY_PX.min(most_px), ..Metrics::for_width(width_px) };
        let end_ms = if chart.makespan_ms() > 0.0 { chart.makespan_ms() } else { trace.end_ms() };
        let scale = metrics.scale(0.0, end_ms.max(reach_ms), width_px);
        let options = LayoutOptions { most_columns: MOST_COLUMNS, ..LayoutOptions::new(scale, metrics) };
        let rows_shown = Place::new(&chart, &options).rows().len();
        Self { picture: layout(&chart, &options), rows_shown, rows: chart.row_count() }
    }

    /// What is to be said of rows that found no room; `None` if all did.
    pub fn left_out(&self) -> Option<String> {
        let Self { rows_shown, rows, .. } = self;
        (rows_shown < rows).then(|| format!("It shows the first {rows_shown} of {rows} rows; more would be too high."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{example, svg};

    #[test]
    fn a_poster_shows_all_of_the_time_and_every_row() {
        let trace = Rc::new(example::pool(60, 3));
        let poster = Poster::new(&trace, Grouping::ByTask, 20_000.0);
        assert_eq!((poster.picture.width_px, poster.rows_shown, poster.rows), (POSTER_WIDTH_PX, 60, 60));
        assert_eq!(poster.picture.bars.len(), 60, "as many as there are tasks");
        assert_eq!(poster.picture.row_labels.len(), 61, "the page's frames have a label, too");
        assert!(poster.picture.end.is_some(), "it says how long all of it took");
        assert_eq!(poster.left_out(), None);
        let svg = svg(&poster.picture, "Pool <60>", "Said in words");
        assert!(svg.contains("<title id=\"title\">Pool &lt;60&gt;</title>") && svg.contains("Said in words"));
    }

    #[test]
    fn what_finds_no_room_is_said() {
        let trace = Rc::new(example::interleaved(300, 2));
        let poster = Poster::new(&trace, Grouping::ByTask, 700.0);
        assert!(poster.picture.height_px < 760.0);
        assert_eq!(poster.left_out().as_deref(), Some("It shows the first 100 of 300 rows; more would be too high."));
    }

    #[test]
    fn a_trace_without_length_has_a_poster_too() {
        let poster = Poster::new(&Rc::new(example::pool(0, 0)), Grouping::ByWorker, 700.0);
        assert!(poster.picture.height_px.is_finite());
    }
}

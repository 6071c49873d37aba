//! A number over a setting: the speed-up over numbers of workers, the makespan over sizes of chunks. Laid out as a [`Curve`], in words and
//! as a table; pure, as all layout is. It takes sweeps that somebody measured and knows neither who nor how.
//!
//! ```text
//!  trace::sweep::SpeedUp ─ speed_up ─┐
//!  trace::sweep::Sizes ─── sizes ────┴▶ Curve ─▶ svg::curve_svg, a painter
//!            └─ words, table: the same for whoever reads or listens
//! ```

mod axis;
mod frame;
mod place;
mod sizes;
mod speed_up;
mod table;
mod words;

pub use sizes::sizes;
pub use speed_up::{Reach, SimulatedPoint, speed_up};
pub use table::{Table, sizes_table, speed_up_table};
pub use words::{beyond_words, sizes_words, speed_up_words};

use super::{Anchor, Point, Rect};

/// A pointer that is further away than this from every mark means none, CSS px.
const REACH_PX: f64 = 24.0;

/// A chart of points and lines over two axes. All lengths in CSS px.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Width of the canvas.
    pub width_px: f64,
    /// Height of the canvas.
    pub height_px: f64,
    /// Height of the labels' font.
    pub font_px: f64,
    /// Where points and lines are.
    pub plot: Rect,
    /// Rules of the horizontal axis, from the left.
    pub x_ticks: Vec<AxisTick>,
    /// Rules of the vertical axis, from the bottom.
    pub y_ticks: Vec<AxisTick>,
    /// What the axes show.
    pub titles: [Label; 2],
    /// Where the line could as well be, as a polygon; empty where that is not known.
    pub band: Vec<Point>,
    /// The lines, those that lie below others first.
    pub lines: Vec<CurveLine>,
    /// Lines across the plot that mark a value.
    pub rules: Vec<CurveRule>,
    /// The points, in order of their settings; what is measured before what is simulated.
    pub marks: Vec<CurveMark>,
    /// What the signs mean, above the plot.
    pub legend: Vec<LegendSign>,
}

/// A rule of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisTick {
    /// Its x on the horizontal axis, its y on the vertical one.
    pub at_px: f64,
    /// “4”, “200 ms”; empty where there is no room for one.
    pub label: String,
}

/// A text.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Where its middle line stands.
    pub at: Point,
    /// What of it stands there.
    pub anchor: Anchor,
    /// What it says.
    pub text: String,
}

/// What a line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// n workers, n times as fast: thin and grey.
    Ideal,
    /// The law fitted to what was measured, as far as that was measured: solid.
    Fit,
    /// The law beyond that: lighter and dashed.
    Continued,
    /// From one median to the next: solid.
    Medians,
}

/// A line through these points.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveLine {
    /// What it shows.
    pub kind: LineKind,
    /// From the left.
    pub points: Vec<Point>,
}

/// What a rule marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// How many cores there are: upright.
    Cores,
    /// What no number of workers exceeds: across.
    Limit,
}

/// A line across the plot.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveRule {
    /// What it marks.
    pub kind: RuleKind,
    /// Its two ends.
    pub ends: [Point; 2],
    /// The value in words, where there is room.
    pub label: Option<Label>,
}

/// What a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkShape {
    /// Measured: a disc.
    Measured,
    /// Measured with more workers than cores: a ring.
    Crowded,
    /// Simulated: a diamond.
    Simulated,
    /// The best of those measured: a disc in a ring.
    Best,
}

/// A point.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveMark {
    /// Where it is.
    pub at: Point,
    /// Upper and lower end of its spread; `None` for what has none.
    pub whisker_px: Option<(f64, f64)>,
    /// What it is.
    pub shape: MarkShape,
    /// The number of workers, or the size of the chunks.
    pub setting: u32,
    /// Its value, where there is room.
    pub label: Option<Label>,
    /// All that is known of it, for whoever points at it or listens.
    pub words: String,
}

/// What a sign of the legend stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignKind {
    /// A point, with a whisker if it is measured.
    Mark(MarkShape),
    /// A line.
    Line(LineKind),
    /// The area around a line.
    Band,
}

/// A sign and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendSign {
    /// What is shown.
    pub kind: SignKind,
    /// The middle of the sign, which is [`SIGN_PX`] wide.
    pub at: Point,
    /// What it means.
    pub label: Label,
}

/// Width of a sign in the legend, CSS px.
pub const SIGN_PX: f64 = 24.0;

impl Curve {
    /// The mark nearest to a point of the canvas, an index; `None` if there is none near it.
    pub fn nearest(&self, (x_px, y_px): Point) -> Option<usize> {
        let away = |mark: &CurveMark| (mark.at.0 - x_px).hypot(mark.at.1 - y_px);
        let near = self.marks.iter().map(away).enumerate().filter(|(_, away_px)| *away_px <= REACH_PX);
        near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
    }
}

#[cfg(test)]
mod tests;

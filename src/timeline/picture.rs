//! What is to be put on a canvas: rectangles, lines and labels with the meaning they have in the chart. Plain data that
//! knows no canvas and no colour values, so that a test, a painter or an SVG can read it. All lengths in CSS px.

use crate::trace::{FlowKind, MarkKind, SliceId, State, TaskId};

use super::{Scale, Strip, Tick};

/// A chart laid out at some scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width of the canvas, CSS px.
    pub width_px: f64,
    /// Height of the canvas, CSS px.
    pub height_px: f64,
    /// Time ↔ x of this canvas.
    pub scale: Scale,
    /// Upper edge of the plot, below the strip of the end's label.
    pub top_px: f64,
    /// Lower edge of the plot, above the axis' labels.
    pub bottom_px: f64,
    /// Labels of the rows that have room for one, from the top.
    pub row_labels: Vec<RowLabel>,
    /// Rows of slices have this height, CSS px.
    pub row_px: f64,
    /// Height of the labels' font, CSS px.
    pub font_px: f64,
    /// Where the vertical rules stand.
    pub ticks: Vec<Tick>,
    /// How high everything would be that scrolls behind the plot, and how far it is scrolled, CSS px.
    pub scrolled: Scrolled,
    /// Idle time of the workers.
    pub idle: Vec<Rect>,
    /// What is too narrow for bars, a strip for each row that has such.
    pub strips: Vec<Strip>,
    /// The slices that are wide enough to be seen singly, row by row and in order of time.
    pub bars: Vec<Bar>,
    /// Stretches in which a task held a lock: bands along the rows' lower edges, in the lock's colour.
    pub holds: Vec<Band>,
    /// Where tasks came to grief.
    pub signs: Vec<Sign>,
    /// What is counted, in rows of its own.
    pub counters: Vec<CounterRow>,
    /// What else happened at an instant, in a row of its own.
    pub marks: Vec<MarkSign>,
    /// The arrows that are asked for.
    pub arrows: Vec<Arrow>,
    /// What is emphasised.
    pub emphasis: Emphasised,
    /// Whether columns take several pixels, since there would be too many else.
    pub is_rough: bool,
    /// The frames that the page drew, if that was watched.
    pub heartbeat: Option<Heartbeat>,
    /// Where the run ended; `None` if that lies after what is drawn.
    pub end: Option<EndLine>,
}

/// A rectangle, CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x_px: f64,
    /// Upper edge.
    pub y_px: f64,
    /// Width.
    pub width_px: f64,
    /// Height.
    pub height_px: f64,
}

/// The name of a row, to be written right-aligned in the gutter.
#[derive(Clone, Debug, PartialEq)]
pub struct RowLabel {
    /// The row's middle, CSS px.
    pub y_px: f64,
    /// Its name, shortened to the gutter's width.
    pub text: String,
}

/// Where the plot stands in what scrolls behind it, CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scrolled {
    /// How high all of it is.
    pub content_px: f64,
    /// How much of it lies above the plot.
    pub offset_px: f64,
}

/// A slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Its name in the trace.
    pub slice: SliceId,
    /// Where it lies; at least 3 px wide.
    pub rect: Rect,
    /// Decides the fill: see the visual vocabulary in [`super::painter`].
    pub state: State,
    /// Whose it is; `None` for what belongs to the lane itself.
    pub task: Option<TaskId>,
    /// Colour of the task, or of the lock that it waits for, an index into [`super::colour::PALETTE`]; `None` without either.
    pub colour: Option<usize>,
    /// What to write on it, if that fits.
    pub label: Option<String>,
    /// Whether it goes on beyond the left or the right of the rectangle: cut by the plot's edge or by the time until which
    /// is drawn. No edge is drawn there.
    pub goes_on: (bool, bool),
}

/// A cross where a task failed, or was found to wait for ever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sign {
    /// Its middle, CSS px.
    pub x_px: f64,
    /// Its middle, CSS px.
    pub y_px: f64,
    /// Its width and height, CSS px.
    pub size_px: f64,
}

/// The row that shows when the page drew.
#[derive(Clone, Debug, PartialEq)]
pub struct Heartbeat {
    /// Upper edge of the row, CSS px.
    pub y_px: f64,
    /// Height of the row, CSS px.
    pub height_px: f64,
    /// x of each frame drawn, at most one per pixel.
    pub frames_px: Vec<f64>,
    /// The stretches in which the page was frozen.
    pub freezes: Vec<Freeze>,
}

/// A stretch in which the page drew no frame for longer than a person overlooks.
#[derive(Clone, Debug, PartialEq)]
pub struct Freeze {
    /// Where it lies.
    pub rect: Rect,
    /// “frozen 1.9 s”, if that fits.
    pub label: Option<String>,
}

/// The line where the last slice ended.
#[derive(Clone, Debug, PartialEq)]
pub struct EndLine {
    /// Where, CSS px.
    pub x_px: f64,
    /// How long the run took: “2.81 s”.
    pub label: String,
    /// Whether the label stands left of the line, because there is no room on its right.
    pub label_left: bool,
}

/// An area in the colour of an object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Where it lies.
    pub rect: Rect,
    /// An index into [`super::colour::PALETTE`].
    pub colour: usize,
}

/// A counter over time.
#[derive(Clone, Debug, PartialEq)]
pub struct CounterRow {
    /// Where its chart lies, across the whole plot.
    pub rect: Rect,
    /// Areas below the steps, from left to right; where values change within a pixel, up to the greatest of them.
    pub areas: Vec<Rect>,
    /// Its greatest value, to be written at the upper left edge.
    pub most: String,
}

/// A sign in the row of instants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarkSign {
    /// Its middle, CSS px.
    pub x_px: f64,
    /// Its middle, CSS px.
    pub y_px: f64,
    /// Decides its shape.
    pub kind: MarkKind,
    /// Whether it stands for more than one, which would overlap.
    pub is_many: bool,
}

/// A point, (x, y) in CSS px.
pub type Point = (f64, f64);

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A curved arrow: a cubic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// Why the second end follows from the first.
    pub kind: FlowKind,
    /// Start, two control points, end.
    pub curve: [Point; 4],
}

impl Arrow {
    /// The corners of its head, which points the way that the curve arrives.
    pub fn head(&self) -> [Point; 3] {
        let [.., from, (x, y)] = self.curve;
        let (dx, dy) = (x - from.0, y - from.1);
        let share = 7.0 / dx.hypot(dy).max(1e-6);
        let (dx, dy) = (dx * share, dy * share);
        [(x, y), (x - dx - dy * 0.5, y - dy + dx * 0.5), (x - dx + dy * 0.5, y - dy - dx * 0.5)]
    }
}

/// What is emphasised in a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Emphasised {
    /// The selected slice.
    pub selected: Option<Rect>,
    /// The slice under the pointer.
    pub hovered: Option<Rect>,
    /// The selected stretch of time: left and right edge.
    pub range_px: Option<(f64, f64)>,
    /// The slices of the critical path.
    pub critical: Vec<Rect>,
    /// From the end of one of them to the start of the next.
    pub critical_links: Vec<(Point, Point)>,
    /// What a learner predicted, to be drawn as outlines over what was measured.
    pub predicted: Vec<Rect>,
    /// Where the learner predicted the end.
    pub predicted_end_px: Option<f64>,
}

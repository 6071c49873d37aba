//! What is to be put on a canvas: rectangles, lines and labels with the meaning they have in the chart. Plain data that
//! knows no canvas and no colour values, so that a test, a painter or an SVG can read it. All lengths in CSS px.

use crate::trace::{State, TaskId};

use super::{Scale, Tick};

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
    /// The slices, row by row and in order of time.
    pub bars: Vec<Bar>,
    /// Where tasks came to grief.
    pub signs: Vec<Sign>,
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

/// A slice, or the longest of several that share a pixel.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Where it lies; at least 1 px wide.
    pub rect: Rect,
    /// Decides the fill: see the visual vocabulary in [`super::painter`].
    pub state: State,
    /// Whose it is; `None` for what belongs to the lane itself.
    pub task: Option<TaskId>,
    /// Colour of the task, an index into [`super::colour::PALETTE`]; `None` without a task.
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
    pub holds: Vec<Hold>,
}

/// A stretch in which the page drew no frame for longer than a person overlooks.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
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

//! How a trace is drawn: a pure layout turns a trace and a scale into a [`Picture`], and a thin painter puts that on a
//! canvas. It also says a trace in words, as a table and as text, and keeps the position of a replay. It may not know an
//! engine, a demo or a page, and only `painter/` may know a browser.
//!
//! ```text
//!  trace ─▶ Chart (rows by task or by worker, a tree per row: made once) ─▶ layout(options) ─▶ Picture ─┬▶ painter ─▶ canvas
//!                 ▲                                                            ▲                          └▶ svg
//!                 └──────────────── View (window, selection, switches) ────────┘
//!                                     ▲ Input: keys, pointer, fingers   ─▶ Reply: the next View, a sentence to announce
//! ```
//!
//! A frame of a page with several charts on one axis:
//!
//! ```ignore
//! let chart = Chart::new(trace, view.grouping);                              // once for a finished trace
//! let metrics = Metrics::for_width(canvas_width_px);
//! let scene = Scene { chart: &chart, metrics, width_px: canvas_width_px, end_ms, until_ms };   // end_ms: all charts' axis
//! let picture = layout(&chart, &view.options(&scene, &critical_path));       // pure; make it anew when anything changes
//! // canvas: style height = picture.height_px, backing store = size × device pixel ratio
//! painter::paint(&context, &picture, &theme, device_pixel_ratio, Some(playback.position_ms));
//! let Reply { view, say } = view.on(Input::Zoom { x_px, factor }, &scene);    // x of the canvas, gutter included
//! ```

mod ascii;
mod between;
mod chart;
pub mod colour;
pub mod compare;
pub mod curve;
mod emphasis;
pub mod extent;
pub mod facts;
mod flows;
mod grouping;
mod growing;
pub mod hatch;
mod heartbeat;
mod instants;
mod labels;
mod layout;
mod legend;
mod look;
mod metrics;
pub mod overview;
#[cfg(target_arch = "wasm32")]
pub mod painter;
mod picture;
mod playback;
mod poster;
mod rows;
mod search;
mod stack;
mod standing;
mod steps;
mod strip;
mod svg;
mod table;
mod ticks;
pub mod tiles;
pub mod view;
mod window;
pub mod words;

pub use ascii::ascii;
pub use between::between;
pub use chart::Chart;
pub use emphasis::{Emphasis, PredictedBar};
pub use grouping::Grouping;
pub use growing::roomy_end;
pub use interleave_tree::Scale;
pub use layout::{COLUMNS_IN_MOTION, LayoutOptions, layout};
pub use legend::{LegendEntry, LegendKey, legend};
pub use look::Look;
pub use metrics::{Metrics, number_of};
pub use picture::{
    Anchor, Arrow, Band, Bar, CounterRow, Emphasised, EndLine, Freeze, Heartbeat, MarkSign, Picture, Point, Rect,
    RowLabel, Scrolled, Sign,
};
pub use playback::{Playback, SPEEDS, next_event, previous_event};
pub use poster::{POSTER_WIDTH_PX, Poster};
pub use rows::RowId;
pub use search::search;
pub use standing::{Standing, standing, standing_words};
pub use strip::Strip;
pub use svg::{CurveInks, curve_svg, svg};
pub use table::{Column, TableRow, first_rows};
pub use ticks::{Tick, ticks};
pub use window::{Limits, Window};

#[cfg(test)]
mod example;
#[cfg(test)]
mod hostile_tests;

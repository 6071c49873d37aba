//! What can be seen of a row of many stretches of time at a scale: what has to be done for every slice of a trace once, or for
//! every pixel in each frame. It knows numbers and bytes only; which trace they come from and what a look means is the
//! timeline's business.
//!
//! Nothing here is generic: what is generic is compiled where it is used, which is for size.

#![warn(missing_docs)]

mod detail;
mod look_at;
mod merge;
mod pixels;
mod scale;
mod tree;

pub use detail::{Detail, EDGE, Lens, NOTHING, detail};
pub use merge::Merge;
pub use pixels::{Ink, Lines, RowPainter};
pub use scale::Scale;
pub use tree::{Builder, Span, Tree};

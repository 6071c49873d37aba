//! Puts a [`Picture`] on a canvas, crisp at any density of pixels. Everything that can be decided without a browser was
//! decided in the layout; here lines meet pixels, and states get their looks. It reads no trace, and keeps nothing between
//! frames but the room for an image.
//!
//! | state | look |
//! |---|---|
//! | running | solid in the task's colour, with an outline |
//! | ready | rising hatch in the task's outline colour; striped where it is narrow |
//! | waiting for I/O | a thin line on a faint tint, an open circle at each end that is known |
//! | waiting for others | cross-hatch with an outline, in the lock's colour if it is one; two bands where it is narrow |
//! | starting | pale grey with an outline |
//! | overhead | solid grey |
//! | failed | a cross at the instant |
//! | idle | a faint shade |
//! | holding a lock | a band along the lower edge, in the lock's colour |

mod bars;
mod emphasis;
mod frame;
mod lanes;
mod overview;
mod pen;
mod strips;
mod theme;

use web_sys::CanvasRenderingContext2d;

use super::{Picture, Rect};
pub use overview::overview;
use pen::Pen;
pub use theme::Theme;

/// Paints `picture` over the whole canvas, whose backing store must measure the picture's size × `device_pixel_ratio`. The
/// playhead stands at `playhead_ms`, if any is given and it lies within the plot. The canvas' own ground is left
/// transparent.
pub fn paint(
    context: &CanvasRenderingContext2d,
    picture: &Picture,
    theme: &Theme,
    device_pixel_ratio: f64,
    playhead_ms: Option<f64>,
) {
    let pen = Pen::new(context, theme, device_pixel_ratio, picture.font_px);
    pen.clear(picture.width_px, picture.height_px);
    frame::rules(&pen, picture);
    // What is scrolled is cut at the plot's edges; crosses and arrows may stand out at its sides.
    let plot = Rect {
        x_px: 0.0,
        y_px: picture.top_px,
        width_px: picture.width_px,
        height_px: picture.bottom_px - picture.top_px,
    };
    pen.within(plot, || {
        lanes::idle(&pen, picture);
        strips::strips(&pen, picture);
        bars::bars(&pen, picture);
        lanes::holds(&pen, picture);
        lanes::counters(&pen, picture);
        lanes::marks(&pen, picture);
        frame::heartbeat(&pen, picture);
        emphasis::emphasis(&pen, picture);
        frame::signs(&pen, picture);
    });
    frame::row_labels(&pen, picture);
    frame::end(&pen, picture);
    if let Some(at_ms) = playhead_ms {
        frame::playhead(&pen, picture, at_ms);
    }
}

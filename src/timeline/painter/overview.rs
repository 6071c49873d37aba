//! The overview of a run in a strip, with what lies outside of the charts' window in the shade.

use web_sys::CanvasRenderingContext2d;

use super::Theme;
use super::pen::{PALE, Pen};
use crate::timeline::{Rect, overview::Strip};

/// Width of a window's edge, CSS px: a handle that can be seen.
const HANDLE_PX: f64 = 3.0;

/// Paints `strip`, which was laid out in `area`, over the whole canvas, whose backing store has `device_pixel_ratio` pixels for each CSS
/// px.
pub fn overview(context: &CanvasRenderingContext2d, strip: &Strip, area: Rect, theme: &Theme, device_pixel_ratio: f64) {
    let pen = Pen::new(context, theme, device_pixel_ratio, 12.0);
    let right_px = area.x_px + area.width_px;
    pen.clear(right_px + area.x_px, area.height_px);
    pen.fill_areas(&[area], &theme.idle, 1.0);
    pen.fill_areas(&strip.active, &theme.ink, PALE);
    pen.fill_areas(&strip.running, &theme.hatch, 1.0);
    let Rect { x_px: left_px, width_px, .. } = strip.window;
    let end_px = left_px + width_px;
    let outside = [
        Rect { width_px: (left_px - area.x_px).max(0.0), ..area },
        Rect { x_px: end_px, width_px: (right_px - end_px).max(0.0), ..area },
    ];
    pen.begin();
    outside.iter().for_each(|rect| pen.area(*rect));
    pen.fill_veil(&theme.paper);
    pen.begin();
    pen.outline(pen.aligned(strip.window), false, false);
    for x_px in [left_px + HANDLE_PX / 2.0, end_px - HANDLE_PX / 2.0] {
        pen.vertical(x_px, area.y_px, area.y_px + area.height_px, HANDLE_PX);
    }
    pen.fill(&theme.select);
}

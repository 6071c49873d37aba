//! A canvas' context with the few strokes a chart is made of, each aligned to the device's pixels. It knows no slice.

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::Theme;
use crate::timeline::hatch::Line;
use crate::timeline::{Point, Rect};

/// Where a text stands relative to its point.
#[derive(Clone, Copy)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// The opacity of a tint.
pub(super) const PALE: f64 = 0.16;

/// Draws on one context with one theme. Lengths in CSS px.
pub(super) struct Pen<'a> {
    context: &'a CanvasRenderingContext2d,
    pub theme: &'a Theme,
    ratio: f64,
}

impl<'a> Pen<'a> {
    pub fn new(context: &'a CanvasRenderingContext2d, theme: &'a Theme, ratio: f64, font_px: f64) -> Self {
        // A ratio of 0 would come from a page that is not shown.
        let ratio = if ratio > 0.0 { ratio } else { 1.0 };
        // Ignored: it fails only for numbers that are not finite.
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        context.set_font(&format!("500 {font_px}px {}", theme.font));
        context.set_text_baseline("middle");
        Self { context, theme, ratio }
    }

    pub fn clear(&self, width_px: f64, height_px: f64) {
        // One more pixel: the backing store may be rounded up.
        self.context.clear_rect(0.0, 0.0, width_px + 1.0, height_px + 1.0);
    }

    /// Device pixels per CSS px.
    pub fn ratio(&self) -> f64 {
        self.ratio
    }

    /// Stretches lines of an image over the canvas: all of them over the same `width` from `left` on, in device pixels, of which the
    /// image has so many of its own, not all of the last perhaps. What `lines` calls takes the number of a line, the upper
    /// edge and the height that it is stretched to, in device pixels. Pixels keep their colours.
    pub fn stretching(
        &self,
        image: &HtmlCanvasElement,
        (left, width, own): (f64, f64, f64),
        lines: impl FnOnce(&dyn Fn(f64, f64, f64)),
    ) {
        self.context.save();
        let _ = self.context.reset_transform();
        self.context.set_image_smoothing_enabled(false);
        lines(&|line, top, height| {
            let _ = self.context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                image, 0.0, line, own, 1.0, left, top, width, height,
            );
        });
        self.context.restore();
    }

    /// The nearest boundary between two device pixels.
    pub fn edge(&self, at_px: f64) -> f64 {
        // `round` would be a call in wasm, and there are thousands of these in a frame.
        (at_px * self.ratio + 0.5).floor() / self.ratio
    }

    /// `width_px` as whole device pixels, at least one.
    pub fn thickness(&self, width_px: f64) -> f64 {
        (width_px * self.ratio).round().max(1.0) / self.ratio
    }

    /// `rect` with its edges between device pixels.
    pub fn aligned(&self, rect: Rect) -> Rect {
        let (x_px, y_px) = (self.edge(rect.x_px), self.edge(rect.y_px));
        let width_px = (self.edge(rect.x_px + rect.width_px) - x_px).max(self.thickness(1.0));
        Rect { x_px, y_px, width_px, height_px: self.edge(rect.y_px + rect.height_px) - y_px }
    }

    /// Begins a path of areas or lines that share one colour.
    pub fn begin(&self) {
        self.context.begin_path();
    }

    /// Adds an area to the path.
    pub fn area(&self, rect: Rect) {
        self.context.rect(rect.x_px, rect.y_px, rect.width_px, rect.height_px);
    }

    /// Adds a line to the path, as it is.
    pub fn line(&self, [(x1, y1), (x2, y2)]: Line) {
        self.context.move_to(x1, y1);
        self.context.line_to(x2, y2);
    }

    /// Adds a circle to the path.
    pub fn circle(&self, x_px: f64, y_px: f64, radius_px: f64) {
        self.context.move_to(x_px + radius_px, y_px);
        // Ignored: it fails only for a negative radius.
        let _ = self.context.arc(x_px, y_px, radius_px, 0.0, std::f64::consts::TAU);
    }

    /// Adds a closed polygon to the path.
    pub fn polygon(&self, corners: &[Point]) {
        for (index, (x_px, y_px)) in corners.iter().enumerate() {
            if index == 0 { self.context.move_to(*x_px, *y_px) } else { self.context.line_to(*x_px, *y_px) }
        }
        self.context.close_path();
    }

    /// Adds a cubic Bézier curve to the path.
    pub fn curve(&self, [from, a, b, to]: [Point; 4]) {
        self.context.move_to(from.0, from.1);
        self.context.bezier_curve_to(a.0, a.1, b.0, b.1, to.0, to.1);
    }

    /// Draws the path's lines dashed.
    pub fn stroke_dashed(&self, colour: &str, width_px: f64) {
        let dash = js_sys::Array::of2(&5.0.into(), &3.0.into());
        // Ignored: it fails only for what is no list of numbers.
        let _ = self.context.set_line_dash(&dash);
        self.stroke(colour, width_px);
        let _ = self.context.set_line_dash(&js_sys::Array::new());
    }

    /// Lets `draw` draw only within `area`.
    pub fn within(&self, area: Rect, draw: impl FnOnce()) {
        self.context.save();
        self.begin();
        self.area(area);
        self.context.clip();
        draw();
        self.context.restore();
    }

    /// Adds a triangle that points down at (`x_px`, `y_px`).
    pub fn arrow_down(&self, x_px: f64, y_px: f64, size_px: f64) {
        self.context.move_to(x_px, y_px);
        self.context.line_to(x_px - size_px / 2.0, y_px - size_px);
        self.context.line_to(x_px + size_px / 2.0, y_px - size_px);
        self.context.close_path();
    }

    /// Fills the path.
    pub fn fill(&self, colour: &str) {
        self.context.set_fill_style_str(colour);
        self.context.fill();
    }

    /// Fills the path with a tint of a colour.
    pub fn fill_pale(&self, colour: &str) {
        self.context.set_global_alpha(PALE);
        self.fill(colour);
        self.context.set_global_alpha(1.0);
    }

    /// Fills areas one by one, which do not overlap: a path of hundreds of different heights takes a browser without a graphics
    /// processor longer than a frame.
    pub fn fill_areas(&self, rects: &[Rect], colour: &str, opacity: f64) {
        self.context.set_global_alpha(opacity);
        self.context.set_fill_style_str(colour);
        for Rect { x_px, y_px, width_px, height_px } in rects {
            // Neighbours share an edge, and none has a pixel twice.
            let (left, top) = (self.edge(*x_px), self.edge(*y_px));
            self.context.fill_rect(left, top, self.edge(x_px + width_px) - left, self.edge(y_px + height_px) - top);
        }
        self.context.set_global_alpha(1.0);
    }

    /// Fills the path so that what is below shines through a little.
    pub fn fill_veil(&self, colour: &str) {
        self.context.set_global_alpha(0.7);
        self.fill(colour);
        self.context.set_global_alpha(1.0);
    }

    /// Draws the path's lines.
    pub fn stroke(&self, colour: &str, width_px: f64) {
        self.context.set_stroke_style_str(colour);
        self.context.set_line_width(width_px);
        self.context.stroke();
    }

    /// Adds the outline of an aligned `rect` to a path that is filled: areas along its inner edge, left and right ones only
    /// where asked for, so that it is exactly as wide as the device's pixels.
    pub fn outline(&self, rect: Rect, left: bool, right: bool) {
        let thick = self.thickness(1.0);
        let Rect { x_px, y_px, width_px, height_px } = rect;
        self.area(Rect { height_px: thick, ..rect });
        self.area(Rect { y_px: y_px + height_px - thick, height_px: thick, ..rect });
        let sides = [left.then_some(x_px), right.then_some(x_px + width_px - thick)];
        for x_px in sides.into_iter().flatten() {
            self.area(Rect { x_px, y_px: y_px + thick, width_px: thick, height_px: height_px - 2.0 * thick });
        }
    }

    /// Adds what is within such an outline, if anything is.
    pub fn inside(&self, rect: Rect, left: bool, right: bool) {
        let thick = self.thickness(1.0);
        let (on_left, on_right) = (if left { thick } else { 0.0 }, if right { thick } else { 0.0 });
        let (width_px, height_px) = (rect.width_px - on_left - on_right, rect.height_px - 2.0 * thick);
        if width_px > 0.0 && height_px > 0.0 {
            self.area(Rect { x_px: rect.x_px + on_left, y_px: rect.y_px + thick, width_px, height_px });
        }
    }

    /// Adds a vertical line, `width_px` wide, to a path that is filled.
    pub fn vertical(&self, x_px: f64, top_px: f64, bottom_px: f64, width_px: f64) {
        let width_px = self.thickness(width_px);
        let x_px = self.edge(x_px - width_px / 2.0);
        self.area(Rect {
            x_px,
            y_px: self.edge(top_px),
            width_px,
            height_px: self.edge(bottom_px) - self.edge(top_px),
        });
    }

    /// Adds a horizontal line, `width_px` thick, to a path that is filled.
    pub fn horizontal(&self, y_px: f64, left_px: f64, right_px: f64, width_px: f64) {
        let height_px = self.thickness(width_px);
        let y_px = self.edge(y_px - height_px / 2.0);
        self.area(Rect { x_px: left_px, y_px, width_px: (right_px - left_px).max(0.0), height_px });
    }

    /// Writes a text whose middle line is at `y_px`.
    pub fn text(&self, text: &str, x_px: f64, y_px: f64, align: Align, colour: &str) {
        self.context.set_text_align(match align {
            Align::Left => "left",
            Align::Centre => "center",
            Align::Right => "right",
        });
        self.context.set_fill_style_str(colour);
        // Half a pixel lower: capitals and digits look centred, not the box of all letters. Ignored: a text that cannot be
        // drawn is no reason to stop.
        let _ = self.context.fill_text(text, x_px, y_px + 0.5);
    }

    /// How wide a text really is.
    pub fn text_width(&self, text: &str) -> f64 {
        self.context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }
}

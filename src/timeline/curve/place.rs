//! Where labels find room: none stands on a mark, on a line or on another label; one that finds no room is left out.

use super::Label;
use crate::timeline::{Anchor, Metrics, Point, Rect};

/// What is taken already.
pub(super) struct Room {
    plot: Rect,
    metrics: Metrics,
    taken: Vec<Rect>,
    lines: Vec<Point>,
}

impl Room {
    pub fn new(plot: Rect, metrics: Metrics) -> Self {
        Self { plot, metrics, taken: Vec::new(), lines: Vec::new() }
    }

    /// Keeps an area free of labels.
    pub fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Keeps labels off a line, which bends only at its points.
    pub fn take_line(&mut self, points: &[Point]) {
        for pair in points.windows(2) {
            let [(x1, y1), (x2, y2)] = [pair[0], pair[1]];
            // Closer together than a letter is wide.
            let steps = ((x2 - x1).hypot(y2 - y1) / 4.0).ceil().max(1.0);
            let along = |k: u32| (x1 + (x2 - x1) * f64::from(k) / steps, y1 + (y2 - y1) * f64::from(k) / steps);
            self.lines.extend((0..=steps as u32).map(along));
        }
    }

    /// The text at the first of these places that has room for it.
    pub fn label(&mut self, text: &str, places: &[(Point, Anchor)]) -> Option<Label> {
        let labels = places.iter().map(|(at, anchor)| Label { at: *at, anchor: *anchor, text: text.to_owned() });
        let (label, rect) = labels.map(|label| (area(&label, &self.metrics), label)).find_map(|(rect, label)| {
            let free = self.taken.iter().all(|taken| !overlap(*taken, rect));
            let off_lines = self.lines.iter().all(|point| !holds(rect, *point));
            (free && off_lines && within(rect, self.plot)).then_some((label, rect))
        })?;
        self.take(rect);
        Some(label)
    }
}

/// Where a label is written, about, CSS px.
pub(super) fn area(label: &Label, metrics: &Metrics) -> Rect {
    let (width_px, (x_px, y_px)) = (metrics.text_width(&label.text), label.at);
    let left = match label.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => 0.5,
        Anchor::End => 1.0,
    };
    let height_px = metrics.font_px;
    Rect { x_px: x_px - left * width_px, y_px: y_px - height_px / 2.0, width_px, height_px }
}

/// Whether two areas have more than an edge in common.
pub(super) fn overlap(a: Rect, b: Rect) -> bool {
    a.x_px < b.x_px + b.width_px
        && b.x_px < a.x_px + a.width_px
        && a.y_px < b.y_px + b.height_px
        && b.y_px < a.y_px + a.height_px
}

/// Whether the first lies in the second.
pub(super) fn within(a: Rect, b: Rect) -> bool {
    holds(b, (a.x_px, a.y_px)) && holds(b, (a.x_px + a.width_px, a.y_px + a.height_px))
}

fn holds(rect: Rect, (x_px, y_px): Point) -> bool {
    (rect.x_px..=rect.x_px + rect.width_px).contains(&x_px) && (rect.y_px..=rect.y_px + rect.height_px).contains(&y_px)
}

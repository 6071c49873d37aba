//! The few elements that a chart is made of, as text. Areas and lines of one colour go into one path.

use std::fmt::Write;

use crate::timeline::hatch::Line;
use crate::timeline::{Anchor, Point, Rect};

/// A path under construction.
#[derive(Default)]
pub(super) struct Path(String);

impl Path {
    pub fn area(&mut self, rect: Rect) {
        let Rect { x_px, y_px, width_px, height_px } = rect;
        let _ = write!(self.0, "M{} {}h{}v{}h{}z", n(x_px), n(y_px), n(width_px), n(height_px), n(-width_px));
    }

    pub fn line(&mut self, [(x1, y1), (x2, y2)]: Line) {
        let _ = write!(self.0, "M{} {}L{} {}", n(x1), n(y1), n(x2), n(y2));
    }

    pub fn curve(&mut self, [from, a, b, to]: [Point; 4]) {
        let _ = write!(
            self.0,
            "M{} {}C{} {} {} {} {} {}",
            n(from.0),
            n(from.1),
            n(a.0),
            n(a.1),
            n(b.0),
            n(b.1),
            n(to.0),
            n(to.1)
        );
    }

    pub fn circle(&mut self, x_px: f64, y_px: f64, radius_px: f64) {
        let (r, d) = (n(radius_px), n(radius_px * 2.0));
        let _ = write!(self.0, "M{} {}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z", n(x_px - radius_px), n(y_px));
    }

    pub fn polygon(&mut self, points: &[Point]) {
        self.polyline(points);
        self.0.push('z');
    }

    pub fn polyline(&mut self, points: &[Point]) {
        for (index, (x, y)) in points.iter().enumerate() {
            let _ = write!(self.0, "{}{} {}", if index == 0 { 'M' } else { 'L' }, n(*x), n(*y));
        }
    }
}

/// The document's body under construction.
#[derive(Default)]
pub(super) struct Sheet(String);

impl Sheet {
    /// Fills a path; nothing is written for an empty one.
    pub fn fill(&mut self, path: Path, colour: &str) {
        self.path(path, &format!("fill=\"{colour}\""));
    }

    /// Strokes a path, `width_px` wide.
    pub fn stroke(&mut self, path: Path, colour: &str, width_px: f64) {
        self.path(path, &format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"", n(width_px)));
    }

    /// A path with these attributes.
    pub fn path(&mut self, path: Path, attributes: &str) {
        if !path.0.is_empty() {
            let _ = writeln!(self.0, "<path {attributes} d=\"{}\"/>", path.0);
        }
    }

    /// Writes a text whose middle line is at `y_px`.
    pub fn text(&mut self, text: &str, (x_px, y_px): Point, anchor: Anchor, colour: &str, font_px: f64) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        // Renderers disagree about `dominant-baseline`; a third of the font's height below the middle is where capitals stand.
        let _ = writeln!(
            self.0,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{}</text>",
            n(x_px),
            n(y_px + font_px * 0.35),
            n(font_px),
            escaped(text)
        );
    }

    pub fn open(&mut self, tag: &str) {
        let _ = writeln!(self.0, "<{tag}>");
    }

    pub fn close(&mut self, tag: &str) {
        let _ = writeln!(self.0, "</{tag}>");
    }

    pub fn into_text(self) -> String {
        self.0
    }
}

/// A number with two decimals at most.
fn n(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text that may hold anything, as XML: markup escaped, and without the characters that XML does not allow.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

//! A [`Curve`] as a self-contained SVG. What a point or a line is can be seen from its shape, its fill and its dashes; colour only repeats
//! it.

use super::document;
use super::sheet::{Path, Sheet};
use crate::timeline::colour::{PALETTE, light as ink};
use crate::timeline::curve::{
    Curve, CurveMark, CurveRule, Label, LegendSign, LineKind, MarkShape, RuleKind, SIGN_PX, SignKind,
};
use crate::timeline::{Anchor, Point, Rect};

/// The colours that a curve is drawn in, as attributes have them.
#[derive(Clone, Copy, Debug)]
pub struct CurveInks {
    paper: &'static str,
    /// Values at points; axes and what else is written.
    text: [&'static str; 2],
    /// Rules of the axes, and lines that everything else lies above.
    rules: [&'static str; 2],
    measured: &'static str,
    simulated: &'static str,
    /// Line and area.
    law: [&'static str; 2],
}

impl CurveInks {
    /// For a file: light, whoever opens it.
    pub const LIGHT: Self = Self {
        paper: ink::PAPER,
        text: [ink::INK, ink::INK_2],
        rules: [ink::RULE_FAINT, ink::HATCH],
        measured: PALETTE[0].line,
        simulated: PALETTE[2].line,
        law: [PALETTE[3].line, PALETTE[3].fill],
    };
    /// For a curve within the page: what its stylesheet has for the theme that is on.
    pub const OF_PAGE: Self = Self {
        paper: "var(--paper)",
        text: ["var(--ink)", "var(--ink-2)"],
        rules: ["var(--rule-faint)", "var(--hatch)"],
        measured: "var(--task-line-0)",
        simulated: "var(--task-line-2)",
        law: ["var(--task-line-3)", "var(--task-3)"],
    };
}

/// What is drawn on, and with what.
struct Drawing<'a> {
    sheet: Sheet,
    inks: &'a CurveInks,
    font_px: f64,
}

/// The curve as an SVG document, with its name and its description in words, which may hold anything.
pub fn curve_svg(curve: &Curve, inks: &CurveInks, title: &str, description: &str) -> String {
    let mut drawing = Drawing { sheet: Sheet::default(), inks, font_px: curve.font_px };
    let [values, others] = inks.text;
    drawing.axes(curve);
    drawing.band(&curve.band);
    curve.rules.iter().for_each(|CurveRule { kind, ends, .. }| drawing.rule(*kind, *ends));
    curve.lines.iter().for_each(|line| drawing.line(line.kind, &line.points));
    // What is measured stands over what is simulated, and comes first.
    for CurveMark { at, whisker_px, shape, .. } in curve.marks.iter().rev() {
        drawing.mark(*at, *whisker_px, *shape);
    }
    curve.marks.iter().filter_map(|mark| mark.label.as_ref()).for_each(|text| drawing.label(text, values));
    curve.rules.iter().filter_map(|rule| rule.label.as_ref()).for_each(|text| drawing.label(text, others));
    curve.legend.iter().for_each(|entry| drawing.sign(entry));
    document((curve.width_px, curve.height_px), inks.paper, title, description, "", drawing.sheet)
}

impl Drawing<'_> {
    fn axes(&mut self, curve: &Curve) {
        let Rect { x_px, y_px, width_px, height_px } = curve.plot;
        let (mut rules, mut base) = (Path::default(), Path::default());
        for tick in &curve.x_ticks {
            rules.area(Rect { x_px: tick.at_px.round() - 0.5, y_px, width_px: 1.0, height_px });
            let at = (tick.at_px, y_px + height_px + 12.0);
            self.sheet.text(&tick.label, at, Anchor::Middle, self.inks.text[1], self.font_px);
        }
        for tick in &curve.y_ticks {
            rules.area(Rect { x_px, y_px: tick.at_px.round() - 0.5, width_px, height_px: 1.0 });
            self.sheet.text(&tick.label, (x_px - 8.0, tick.at_px), Anchor::End, self.inks.text[1], self.font_px);
        }
        base.area(Rect { x_px, y_px: y_px + height_px - 0.5, width_px, height_px: 1.0 });
        self.sheet.fill(rules, self.inks.rules[0]);
        self.sheet.fill(base, self.inks.rules[1]);
        curve.titles.iter().for_each(|title| self.label(title, self.inks.text[1]));
    }

    fn label(&mut self, Label { at, anchor, text }: &Label, colour: &str) {
        self.sheet.text(text, *at, *anchor, colour, self.font_px);
    }

    fn band(&mut self, corners: &[Point]) {
        if !corners.is_empty() {
            let mut area = Path::default();
            area.polygon(corners);
            self.sheet.path(area, &format!("fill=\"{}\" fill-opacity=\"0.16\"", self.inks.law[1]));
        }
    }

    fn line(&mut self, kind: LineKind, points: &[Point]) {
        let (colour, width_px, more) = match kind {
            LineKind::Ideal => (self.inks.rules[1], 1, ""),
            LineKind::Fit => (self.inks.law[0], 2, ""),
            LineKind::Continued => (self.inks.law[0], 2, " stroke-dasharray=\"7 5\" stroke-opacity=\"0.65\""),
            LineKind::Medians => (self.inks.measured, 1, " stroke-opacity=\"0.65\""),
        };
        let mut path = Path::default();
        path.polyline(points);
        let round = "stroke-linejoin=\"round\"";
        self.sheet.path(path, &format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width_px}\" {round}{more}"));
    }

    fn rule(&mut self, kind: RuleKind, ends: [Point; 2]) {
        let dashes = match kind {
            RuleKind::Cores => "2 3",
            RuleKind::Limit => "1 4",
        };
        let mut path = Path::default();
        path.line(ends);
        self.sheet.path(
            path,
            &format!(
                "fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" stroke-dasharray=\"{dashes}\"",
                self.inks.text[1]
            ),
        );
    }

    fn mark(&mut self, (x_px, y_px): Point, whisker_px: Option<(f64, f64)>, shape: MarkShape) {
        if let Some((high_px, low_px)) = whisker_px {
            let mut whisker = Path::default();
            whisker.line([(x_px, high_px), (x_px, low_px)]);
            [high_px, low_px].into_iter().for_each(|end_px| whisker.line([(x_px - 4.0, end_px), (x_px + 4.0, end_px)]));
            self.sheet.stroke(whisker, self.inks.measured, 1.5);
        }
        let disc = |radius_px: f64| {
            let mut path = Path::default();
            path.circle(x_px, y_px, radius_px);
            path
        };
        match shape {
            MarkShape::Measured => self.sheet.fill(disc(4.0), self.inks.measured),
            MarkShape::Crowded => self.hollow(disc(3.5), self.inks.measured),
            MarkShape::Best => {
                self.hollow(disc(7.0), self.inks.measured);
                self.sheet.fill(disc(4.0), self.inks.measured);
            }
            MarkShape::Simulated => {
                let mut diamond = Path::default();
                diamond.polygon(&[(x_px, y_px - 5.0), (x_px + 5.0, y_px), (x_px, y_px + 5.0), (x_px - 5.0, y_px)]);
                self.hollow(diamond, self.inks.simulated);
            }
        }
    }

    /// An outline over paper.
    fn hollow(&mut self, path: Path, colour: &str) {
        self.sheet.path(path, &format!("fill=\"{}\" stroke=\"{colour}\" stroke-width=\"1.5\"", self.inks.paper));
    }

    /// A sign of the legend, drawn as in the plot.
    fn sign(&mut self, entry: &LegendSign) {
        let (x_px, y_px) = entry.at;
        let half_px = SIGN_PX / 2.0;
        match entry.kind {
            SignKind::Mark(MarkShape::Simulated) => self.mark(entry.at, None, MarkShape::Simulated),
            SignKind::Mark(shape) => self.mark(entry.at, Some((y_px - 8.0, y_px + 8.0)), shape),
            SignKind::Line(kind) => self.line(kind, &[(x_px - half_px, y_px), (x_px + half_px, y_px)]),
            SignKind::Band => {
                let (left_px, right_px) = (x_px - half_px, x_px + half_px);
                let (top_px, bottom_px) = (y_px - 5.0, y_px + 5.0);
                self.band(&[(left_px, top_px), (right_px, top_px), (right_px, bottom_px), (left_px, bottom_px)]);
            }
        }
        self.label(&entry.label, self.inks.text[1]);
    }
}

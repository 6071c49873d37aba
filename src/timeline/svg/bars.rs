//! The slices, one look per state, and what is emphasised among them.

use std::collections::BTreeMap;

use super::HATCH_PX;
use super::sheet::{Path, Sheet};
use crate::timeline::colour::{COLOURS, PALETTE, light as ink};
use crate::timeline::extent::{self, WAIT_PX};
use crate::timeline::{Anchor, Arrow, Bar, Picture, Rect, hatch};
use crate::trace::State;

/// From this width on a wait has circles at its ends.
const CIRCLED_PX: f64 = 16.0;
const CIRCLE_PX: f64 = 2.5;

/// Area, line and text of a state in a colour.
fn inks(state: State, colour: Option<usize>) -> [&'static str; 3] {
    match (state, colour) {
        (State::Starting, _) => ink::STARTING,
        (State::Overhead, _) | (_, None) => ink::OVERHEAD,
        (_, Some(colour)) => {
            let swatch = &PALETTE[colour % COLOURS];
            [swatch.fill, swatch.line, swatch.ink]
        }
    }
}

pub(super) fn bars(sheet: &mut Sheet, picture: &Picture) {
    let mut idle = Path::default();
    picture.idle.iter().for_each(|area| idle.area(*area));
    sheet.fill(idle, ink::IDLE);
    strips(sheet, picture);
    for state in State::ALL {
        for colour in (0..COLOURS).map(Some).chain([None]) {
            let of = picture.bars.iter().filter(|bar| bar.state == state && bar.colour == colour);
            looks(sheet, state, inks(state, colour), &of.collect::<Vec<_>>());
        }
    }
    for (colour, swatch) in PALETTE.iter().enumerate() {
        let (mut band, mut edge) = (Path::default(), Path::default());
        for hold in picture.holds.iter().filter(|hold| hold.colour == colour) {
            band.area(hold.rect);
            edge.area(Rect { height_px: 1.0, ..hold.rect });
        }
        sheet.fill(band, swatch.line);
        sheet.fill(edge, ink::PAPER);
    }
    for bar in &picture.bars {
        label(sheet, bar, picture.font_px);
    }
}

fn strips(sheet: &mut Sheet, picture: &Picture) {
    let mut paths: BTreeMap<&str, Path> = BTreeMap::new();
    for (state, colour, is_edge, area) in picture.strips.iter().flat_map(|strip| strip.areas(picture.scale.left_px)) {
        let [fill, line, _] = inks(state, colour);
        let is_solid = matches!(state, State::Running | State::Starting | State::Overhead);
        paths.entry(if is_edge || !is_solid { line } else { fill }).or_default().area(area);
    }
    paths
        .into_iter()
        .for_each(|(colour, path)| sheet.path(path, &format!("shape-rendering=\"crispEdges\" fill=\"{colour}\"")));
}

fn looks(sheet: &mut Sheet, state: State, [fill, line, _]: [&str; 3], bars: &[&Bar]) {
    let (mut areas, mut lines, mut edges) = (Path::default(), Path::default(), Path::default());
    match state {
        State::Running | State::Starting | State::Overhead => {
            for bar in bars {
                areas.area(bar.rect);
                outline(&mut edges, bar);
            }
            sheet.fill(areas, fill);
            sheet.fill(edges, line);
        }
        State::Ready => {
            bars.iter()
                .flat_map(|bar| hatch::rising(extent::ready(bar.rect), HATCH_PX))
                .for_each(|cut| lines.line(cut));
            sheet.stroke(lines, line, 1.0);
        }
        State::WaitingForLock => {
            for bar in bars {
                hatch::rising(bar.rect, HATCH_PX)
                    .chain(hatch::falling(bar.rect, HATCH_PX))
                    .for_each(|cut| lines.line(cut));
                outline(&mut edges, bar);
            }
            sheet.stroke(lines, line, 1.0);
            sheet.fill(edges, line);
        }
        State::WaitingForIo => {
            let mut circles = Path::default();
            for bar in bars {
                areas.area(bar.rect);
                wait(&mut lines, &mut circles, bar);
            }
            sheet.path(areas, &format!("fill=\"{fill}\" fill-opacity=\"0.16\""));
            sheet.stroke(lines, line, WAIT_PX);
            sheet.path(circles, &format!("fill=\"{}\" stroke=\"{line}\" stroke-width=\"{WAIT_PX}\"", ink::PAPER));
        }
    }
}

/// The line of a wait, with a gap for its label, and the circles at the ends that are known.
fn wait(lines: &mut Path, circles: &mut Path, bar: &Bar) {
    let Rect { x_px: left_px, width_px, .. } = bar.rect;
    let (y_px, right_px) = (middle_y(bar.rect), left_px + width_px);
    match &bar.label {
        Some(text) => {
            let half_px = (label_px(text) + 8.0) / 2.0;
            let middle_px = left_px + width_px / 2.0;
            lines.line([(left_px, y_px), (middle_px - half_px, y_px)]);
            lines.line([(middle_px + half_px, y_px), (right_px, y_px)]);
        }
        None => lines.line([(left_px, y_px), (right_px, y_px)]),
    }
    if width_px >= CIRCLED_PX {
        let ends = [(bar.goes_on.0, left_px + CIRCLE_PX + 0.75), (bar.goes_on.1, right_px - CIRCLE_PX - 0.75)];
        let known = ends.into_iter().filter(|(goes_on, _)| !goes_on);
        known.for_each(|(_, x_px)| circles.circle(x_px, y_px, CIRCLE_PX));
    }
}

/// How wide a label will be, about, CSS px.
fn label_px(text: &str) -> f64 {
    text.chars().count() as f64 * 6.4
}

fn middle_y(rect: Rect) -> f64 {
    rect.y_px + rect.height_px / 2.0
}

fn outline(path: &mut Path, bar: &Bar) {
    let Rect { x_px, y_px, width_px, height_px } = bar.rect;
    path.area(Rect { height_px: 1.0, ..bar.rect });
    path.area(Rect { y_px: y_px + height_px - 1.0, height_px: 1.0, ..bar.rect });
    let sides = [(bar.goes_on.0, x_px), (bar.goes_on.1, x_px + width_px - 1.0)];
    for (_, x_px) in sides.into_iter().filter(|(goes_on, _)| !goes_on) {
        path.area(Rect { x_px, y_px: y_px + 1.0, width_px: 1.0, height_px: height_px - 2.0 });
    }
}

fn label(sheet: &mut Sheet, bar: &Bar, font_px: f64) {
    let Some(text) = &bar.label else { return };
    let at = (bar.rect.x_px + bar.rect.width_px / 2.0, middle_y(bar.rect));
    let colour = match bar.state {
        State::WaitingForIo | State::Ready | State::WaitingForLock => ink::INK,
        State::Running | State::Starting | State::Overhead => inks(bar.state, bar.colour)[2],
    };
    if bar.state == State::WaitingForLock {
        let mut gap = Path::default();
        let width_px = label_px(text) + 8.0;
        let (y_px, height_px) = (bar.rect.y_px + 1.0, bar.rect.height_px - 2.0);
        gap.area(Rect { x_px: at.0 - width_px / 2.0, y_px, width_px, height_px });
        sheet.fill(gap, ink::PAPER);
    }
    sheet.text(text, at, Anchor::Middle, colour, font_px);
}

/// What is selected, critical or predicted, and the arrows.
pub(super) fn emphasis(sheet: &mut Sheet, picture: &Picture) {
    let emphasis = &picture.emphasis;
    if let Some((left_px, right_px)) = emphasis.range_px {
        let (mut area, mut edges) = (Path::default(), Path::default());
        let (y_px, height_px) = (picture.top_px, picture.bottom_px - picture.top_px);
        area.area(Rect { x_px: left_px, y_px, width_px: right_px - left_px, height_px });
        for x_px in [left_px, right_px] {
            edges.line([(x_px, y_px), (x_px, y_px + height_px)]);
        }
        sheet.path(area, &format!("fill=\"{}\" fill-opacity=\"0.1\"", ink::ACCENT));
        sheet.stroke(edges, ink::ACCENT, 1.0);
    }
    let mut path = Path::default();
    for rect in &emphasis.critical {
        path.area(Rect { y_px: rect.y_px - 1.5, height_px: rect.height_px + 3.0, ..*rect });
    }
    emphasis.critical_links.iter().for_each(|(from, to)| path.line([*from, *to]));
    sheet.stroke(path, ink::INK, 2.5);
    let (mut predicted, mut predicted_end) = (Path::default(), Path::default());
    emphasis.predicted.iter().for_each(|rect| predicted.area(*rect));
    if let Some(x_px) = emphasis.predicted_end_px {
        predicted_end.line([(x_px, picture.top_px), (x_px, picture.bottom_px)]);
    }
    for (path, width_px) in [(predicted, 1.5), (predicted_end, 2.0)] {
        let attributes =
            format!("fill=\"none\" stroke=\"{}\" stroke-width=\"{width_px}\" stroke-dasharray=\"5 3\"", ink::INK_2);
        sheet.path(path, &attributes);
    }
    for (rect, colour, width_px) in [(emphasis.hovered, ink::INK_2, 1.5), (emphasis.selected, ink::ACCENT, 2.5)] {
        let mut path = Path::default();
        rect.iter()
            .for_each(|rect| path.area(Rect { y_px: rect.y_px - 1.0, height_px: rect.height_px + 2.0, ..*rect }));
        sheet.stroke(path, colour, width_px);
    }
    arrows(sheet, &picture.arrows);
}

fn arrows(sheet: &mut Sheet, arrows: &[Arrow]) {
    for (colour, width_px) in [(ink::PAPER, 4.0), (ink::INK, 1.5)] {
        let mut curves = Path::default();
        arrows.iter().for_each(|arrow| curves.curve(arrow.curve));
        sheet.stroke(curves, colour, width_px);
    }
    let (mut heads, mut feet) = (Path::default(), Path::default());
    for arrow in arrows {
        let [(x_px, y_px), ..] = arrow.curve;
        feet.circle(x_px, y_px, 2.5);
        heads.polygon(&arrow.head());
    }
    sheet.fill(heads, ink::INK);
    sheet.path(feet, &format!("fill=\"{}\" stroke=\"{}\" stroke-width=\"1\"", ink::INK, ink::PAPER));
}

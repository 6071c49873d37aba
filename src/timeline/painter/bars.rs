//! The slices: one look per state. Slices of one look and colour go into one path, so that a frame costs a few fills and one
//! call or two per slice, and allocates nothing.

use super::pen::{Align, Pen};
use super::theme::Inks;
use crate::timeline::extent::{self, WAIT_PX};
use crate::timeline::{Bar, Picture, Rect, colour, hatch};
use crate::trace::State;

/// From this width on a wait has circles at its ends.
const CIRCLED_PX: f64 = 16.0;
const CIRCLE_PX: f64 = 2.5;
/// Between two lines of a hatch, along the x axis.
const HATCH_PX: f64 = 7.0;

pub(super) fn bars(pen: &Pen, picture: &Picture) {
    // Sorted once, as each look is painted in several passes.
    let mut of_look: [[Vec<&Bar>; State::ALL.len()]; colour::COLOURS + 1] = Default::default();
    for bar in &picture.bars {
        of_look[bar.colour.map_or(colour::COLOURS, |colour| colour % colour::COLOURS)][bar.state as usize].push(bar);
    }
    for (of_state, colour) in of_look.iter().zip((0..colour::COLOURS).map(Some).chain([None])) {
        let inks = pen.theme.task_inks(colour);
        for (state, bars) in State::ALL.map(|state| (state, &of_state[state as usize])) {
            let some = bars.iter().copied();
            match state {
                _ if bars.is_empty() => {}
                State::Ready => hatched(pen, inks, some),
                State::WaitingForLock => cross_hatched(pen, inks, some),
                State::WaitingForIo => waits(pen, inks, some),
                State::Running => solid(pen, inks, some),
                State::Starting => solid(pen, pen.theme.starting(), some),
                State::Overhead => solid(pen, pen.theme.overhead(), some),
            }
        }
    }
    for bar in &picture.bars {
        if let Some(text) = &bar.label {
            label(pen, bar, text);
        }
    }
}

fn solid<'a>(pen: &Pen, inks: Inks, bars: impl Iterator<Item = &'a Bar> + Clone) {
    // All of each bar in its outline's colour and then its inside: fewer areas than four edges are.
    pen.begin();
    bars.clone().for_each(|bar| pen.area(pen.aligned(bar.rect)));
    pen.fill(inks.line);
    pen.begin();
    bars.for_each(|bar| pen.inside(pen.aligned(bar.rect), !bar.goes_on.0, !bar.goes_on.1));
    pen.fill(inks.fill);
}

fn outline(pen: &Pen, bar: &Bar) {
    let (on_left, on_right) = bar.goes_on;
    pen.outline(pen.aligned(bar.rect), !on_left, !on_right);
}

fn ready_area(pen: &Pen, bar: &Bar) -> Rect {
    pen.aligned(extent::ready(bar.rect))
}

fn hatched<'a>(pen: &Pen, inks: Inks, bars: impl Iterator<Item = &'a Bar> + Clone) {
    pen.begin();
    bars.for_each(|bar| hatch::rising(ready_area(pen, bar), HATCH_PX).for_each(|line| pen.line(line)));
    pen.stroke(inks.line, 1.0);
}

fn cross_hatched<'a>(pen: &Pen, inks: Inks, bars: impl Iterator<Item = &'a Bar> + Clone) {
    pen.begin();
    for area in bars.clone().map(|bar| pen.aligned(bar.rect)) {
        hatch::rising(area, HATCH_PX).chain(hatch::falling(area, HATCH_PX)).for_each(|line| pen.line(line));
    }
    pen.stroke(inks.line, 1.0);
    pen.begin();
    bars.for_each(|bar| outline(pen, bar));
    pen.fill(inks.line);
}

fn waits<'a>(pen: &Pen, inks: Inks, bars: impl Iterator<Item = &'a Bar> + Clone) {
    pen.begin();
    bars.clone().for_each(|bar| pen.area(pen.aligned(bar.rect)));
    pen.fill_pale(inks.fill);
    pen.begin();
    for Bar { rect, label, .. } in bars.clone() {
        let (y_px, left_px, right_px) = (middle_y(*rect), rect.x_px, rect.x_px + rect.width_px);
        // The label stands in a gap of the line, as the measure of a technical drawing does.
        let gap_px = label.as_ref().map_or(0.0, |text| pen.text_width(text) + 10.0);
        let middle_px = f64::midpoint(left_px, right_px);
        pen.horizontal(y_px, left_px, middle_px - gap_px / 2.0, WAIT_PX);
        pen.horizontal(y_px, middle_px + gap_px / 2.0, right_px, WAIT_PX);
    }
    pen.fill(inks.line);
    pen.begin();
    for Bar { rect, goes_on, .. } in bars.filter(|bar| bar.rect.width_px >= CIRCLED_PX) {
        let (left_px, right_px) = (rect.x_px + CIRCLE_PX + 0.5, rect.x_px + rect.width_px - CIRCLE_PX - 0.5);
        let ends = [(!goes_on.0).then_some(left_px), (!goes_on.1).then_some(right_px)];
        ends.into_iter().flatten().for_each(|x_px| pen.circle(x_px, middle_y(*rect), CIRCLE_PX));
    }
    pen.fill(&pen.theme.paper);
    pen.stroke(inks.line, WAIT_PX);
}

fn middle_y(rect: Rect) -> f64 {
    rect.y_px + rect.height_px / 2.0
}

fn label(pen: &Pen, bar: &Bar, text: &str) {
    let (x_px, y_px) = (bar.rect.x_px + bar.rect.width_px / 2.0, middle_y(bar.rect));
    let ink = match bar.state {
        State::Running => pen.theme.task_inks(bar.colour).ink,
        State::Starting => pen.theme.starting().ink,
        State::Overhead => pen.theme.overhead().ink,
        State::WaitingForIo | State::Ready => &pen.theme.ink,
        State::WaitingForLock => {
            let gap_px = pen.text_width(text) + 10.0;
            pen.begin();
            let (top_px, height_px) = (bar.rect.y_px + 1.0, bar.rect.height_px - 2.0);
            pen.area(Rect { x_px: x_px - gap_px / 2.0, y_px: top_px, width_px: gap_px, height_px });
            pen.fill(&pen.theme.paper);
            &pen.theme.ink
        }
    };
    pen.text(text, x_px, y_px, Align::Centre, ink);
}

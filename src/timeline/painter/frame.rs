//! What stands around the slices: rules, labels, the page's heartbeat, the line of the end and the playhead.

use super::pen::{Align, Pen};
use crate::timeline::layout::LABEL_GAP_PX;
use crate::timeline::{EndLine, Freeze, Picture, Rect, Sign, hatch};

const HATCH_PX: f64 = 6.0;

pub(super) fn rules(pen: &Pen, picture: &Picture) {
    let (left_px, right_px) = (picture.scale.left_px, picture.scale.right_px());
    pen.begin();
    picture.ticks.iter().for_each(|tick| pen.vertical(tick.x_px, picture.top_px, picture.bottom_px, 1.0));
    pen.horizontal(picture.bottom_px, left_px, right_px, 1.0);
    pen.fill(&pen.theme.rule);
    pen.begin();
    // A faint line leads the eye from a row's name to what happened on it.
    picture.row_labels.iter().for_each(|label| pen.horizontal(label.y_px, left_px, right_px, 1.0));
    pen.fill(&pen.theme.rule_faint);
    let y_px = picture.bottom_px + (picture.height_px - picture.bottom_px) / 2.0 + 2.0;
    picture.ticks.iter().for_each(|tick| pen.text(&tick.label, tick.x_px, y_px, Align::Centre, &pen.theme.ink_2));
}

pub(super) fn row_labels(pen: &Pen, picture: &Picture) {
    let x_px = picture.scale.left_px - LABEL_GAP_PX;
    for label in &picture.row_labels {
        pen.text(&label.text, x_px, label.y_px, Align::Right, &pen.theme.ink_2);
    }
}

pub(super) fn heartbeat(pen: &Pen, picture: &Picture) {
    let Some(beat) = &picture.heartbeat else { return };
    let (top_px, bottom_px) = (beat.y_px + 3.0, beat.y_px + beat.height_px - 3.0);
    pen.begin();
    beat.frames_px.iter().for_each(|x_px| pen.vertical(*x_px, top_px, bottom_px, 1.0));
    pen.fill(&pen.theme.ink_2);

    let areas = || beat.freezes.iter().map(|freeze| pen.aligned(freeze.rect));
    pen.begin();
    areas().for_each(|area| pen.area(area));
    pen.fill(&pen.theme.paper);
    pen.begin();
    areas().for_each(|area| hatch::falling(area, HATCH_PX).for_each(|line| pen.line(line)));
    pen.stroke(&pen.theme.hatch, 1.0);
    pen.begin();
    areas().for_each(|area| pen.outline(area, true, true));
    pen.fill(&pen.theme.hatch);
    for Freeze { rect, label } in &beat.freezes {
        let Some(text) = label else { continue };
        let (x_px, gap_px) = (rect.x_px + rect.width_px / 2.0, pen.text_width(text) + 12.0);
        pen.begin();
        pen.area(Rect { x_px: x_px - gap_px / 2.0, width_px: gap_px, ..*rect });
        pen.fill(&pen.theme.paper);
        pen.text(text, x_px, rect.y_px + rect.height_px / 2.0, Align::Centre, &pen.theme.ink);
    }
}

/// Crosses with a rim of paper, so that they stand out from the bars they end.
pub(super) fn signs(pen: &Pen, picture: &Picture) {
    for (colour, width_px) in [(&pen.theme.paper, 5.0), (&pen.theme.bad, 2.0)] {
        pen.begin();
        for Sign { x_px, y_px, size_px } in &picture.signs {
            let arm_px = size_px / 2.0 - 1.5;
            let corner = |right: f64, down: f64| (x_px + right * arm_px, y_px + down * arm_px);
            pen.line([corner(-1.0, -1.0), corner(1.0, 1.0)]);
            pen.line([corner(-1.0, 1.0), corner(1.0, -1.0)]);
        }
        pen.stroke(colour, width_px);
    }
}

pub(super) fn end(pen: &Pen, picture: &Picture) {
    let Some(EndLine { x_px, label, label_left }) = &picture.end else { return };
    let rise_px = picture.top_px * 0.7;
    pen.begin();
    pen.vertical(*x_px, picture.top_px - rise_px, picture.bottom_px, 1.0);
    pen.fill(&pen.theme.ink);
    let (x_px, align) = if *label_left { (x_px - 5.0, Align::Right) } else { (x_px + 5.0, Align::Left) };
    pen.text(label, x_px, picture.top_px - rise_px / 2.0 - 1.0, align, &pen.theme.ink);
}

pub(super) fn playhead(pen: &Pen, picture: &Picture, at_ms: f64) {
    let x_px = picture.scale.x_from_time(at_ms);
    if x_px < picture.scale.left_px - 0.5 || x_px > picture.scale.right_px() + 0.5 {
        return;
    }
    pen.begin();
    pen.vertical(x_px, picture.top_px - 2.0, picture.bottom_px, 2.0);
    pen.arrow_down(x_px, picture.top_px, 9.0);
    pen.fill(&pen.theme.accent);
}

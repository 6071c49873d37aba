//! What stands around the slices: rules and labels, counters, instants, the page's frames, crosses and the line of the end.

use super::sheet::{Path, Sheet};
use crate::timeline::colour::light as ink;
use crate::timeline::layout::LABEL_GAP_PX;
use crate::timeline::{Anchor, CounterRow, EndLine, Freeze, MarkSign, Picture, Rect, Sign, extent, hatch};

pub(super) fn rules(sheet: &mut Sheet, picture: &Picture) {
    let (left_px, right_px) = (picture.scale.left_px, picture.scale.right_px());
    let (mut rules, mut faint) = (Path::default(), Path::default());
    let height_px = picture.bottom_px - picture.top_px;
    for tick in &picture.ticks {
        rules.area(Rect { x_px: tick.x_px.round() - 0.5, y_px: picture.top_px, width_px: 1.0, height_px });
    }
    let line = |y_px: f64| Rect { x_px: left_px, y_px, width_px: right_px - left_px, height_px: 1.0 };
    rules.area(line(picture.bottom_px - 0.5));
    // A faint line leads the eye from a row's name to what happened on it.
    picture.row_labels.iter().for_each(|label| faint.area(line(label.y_px - 0.5)));
    sheet.fill(faint, ink::RULE_FAINT);
    sheet.fill(rules, ink::RULE);
}

pub(super) fn labels(sheet: &mut Sheet, picture: &Picture) {
    let font_px = picture.font_px;
    let y_px = picture.bottom_px + (picture.height_px - picture.bottom_px) / 2.0 + 2.0;
    for tick in &picture.ticks {
        sheet.text(&tick.label, (tick.x_px, y_px), Anchor::Middle, ink::INK_2, font_px);
    }
    for label in &picture.row_labels {
        let at = (picture.scale.left_px - LABEL_GAP_PX, label.y_px);
        sheet.text(&label.text, at, Anchor::End, ink::INK_2, font_px);
    }
    let Some(EndLine { x_px, label, label_left }) = &picture.end else { return };
    let rise_px = picture.top_px * 0.7;
    let mut line = Path::default();
    let (y_px, height_px) = (picture.top_px - rise_px, picture.bottom_px - picture.top_px + rise_px);
    line.area(Rect { x_px: x_px - 0.5, y_px, width_px: 1.0, height_px });
    sheet.fill(line, ink::INK);
    let (x_px, anchor) = if *label_left { (x_px - 5.0, Anchor::End) } else { (x_px + 5.0, Anchor::Start) };
    sheet.text(label, (x_px, picture.top_px - rise_px / 2.0 - 1.0), anchor, ink::INK, font_px);
}

pub(super) fn heartbeat(sheet: &mut Sheet, picture: &Picture) {
    let Some(beat) = &picture.heartbeat else { return };
    let (mut frames, mut ground, mut lines, mut edges) = <(Path, Path, Path, Path)>::default();
    for x_px in &beat.frames_px {
        frames.area(Rect { x_px: x_px - 0.5, y_px: beat.y_px + 3.0, width_px: 1.0, height_px: beat.height_px - 6.0 });
    }
    sheet.fill(frames, ink::INK_2);
    for Freeze { rect, .. } in &beat.freezes {
        ground.area(*rect);
        hatch::falling(*rect, 6.0).for_each(|line| lines.line(line));
        edges.area(Rect {
            x_px: rect.x_px + 0.5,
            y_px: rect.y_px + 0.5,
            width_px: rect.width_px - 1.0,
            height_px: rect.height_px - 1.0,
        });
    }
    sheet.fill(ground, ink::PAPER);
    sheet.stroke(lines, ink::HATCH, 1.0);
    sheet.stroke(edges, ink::HATCH, 1.0);
    for Freeze { rect, label } in &beat.freezes {
        let Some(text) = label else { continue };
        let (middle_px, gap_px) = (rect.x_px + rect.width_px / 2.0, text.chars().count() as f64 * 6.4 + 12.0);
        let mut gap = Path::default();
        gap.area(Rect { x_px: middle_px - gap_px / 2.0, width_px: gap_px, ..*rect });
        sheet.fill(gap, ink::PAPER);
        sheet.text(text, (middle_px, rect.y_px + rect.height_px / 2.0), Anchor::Middle, ink::INK, picture.font_px);
    }
}

pub(super) fn counters(sheet: &mut Sheet, picture: &Picture) {
    for CounterRow { rect, areas, most } in &picture.counters {
        let (mut area, mut top, mut base) = <(Path, Path, Path)>::default();
        for step in areas {
            area.area(*step);
            top.area(extent::counter_line(*rect, *step));
        }
        base.area(Rect { y_px: rect.y_px + rect.height_px - 1.0, height_px: 1.0, ..*rect });
        sheet.fill(base, ink::RULE);
        sheet.fill(area, ink::RULE);
        sheet.fill(top, ink::HATCH);
        // Within the plot: where a counter begins it seldom is at its highest.
        let at = (rect.x_px + 4.0, rect.y_px + 6.0);
        let text = format!("max {most}");
        let mut ground = Path::default();
        let width_px = text.chars().count() as f64 * 5.6 + 6.0;
        ground.area(Rect { x_px: rect.x_px + 1.0, y_px: rect.y_px - 1.0, width_px, height_px: 14.0 });
        sheet.path(ground, &format!("fill=\"{}\" fill-opacity=\"0.8\"", ink::PAPER));
        sheet.text(&text, at, Anchor::Start, ink::INK_2, picture.font_px - 2.0);
    }
}

pub(super) fn marks(sheet: &mut Sheet, picture: &Picture) {
    let (mut good, mut bad) = <(Path, Path)>::default();
    for MarkSign { x_px, y_px, kind, .. } in &picture.marks {
        let path = if kind.trouble().is_some() { &mut bad } else { &mut good };
        path.polygon(&extent::mark(*kind).map(|(x, y)| (x_px + x, y_px + y)));
    }
    sheet.fill(good, ink::INK_2);
    sheet.fill(bad, ink::BAD);
}

/// Crosses with a rim of paper, so that they stand out from the bars they end.
pub(super) fn signs(sheet: &mut Sheet, picture: &Picture) {
    for (colour, width_px) in [(ink::PAPER, 5.0), (ink::BAD, 2.0)] {
        let mut crosses = Path::default();
        for Sign { x_px, y_px, size_px } in &picture.signs {
            let arm_px = size_px / 2.0 - 1.5;
            let corner = |right: f64, down: f64| (x_px + right * arm_px, y_px + down * arm_px);
            crosses.line([corner(-1.0, -1.0), corner(1.0, 1.0)]);
            crosses.line([corner(-1.0, 1.0), corner(1.0, -1.0)]);
        }
        sheet.stroke(crosses, colour, width_px);
    }
}

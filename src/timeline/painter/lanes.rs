//! What lies in the rows beside the slices, and the rows of their own below them: idle time, holds, counters, instants.

use super::pen::{Align, Pen};
use crate::timeline::{Band, CounterRow, MarkSign, Picture, Rect, colour, extent};

pub(super) fn idle(pen: &Pen, picture: &Picture) {
    pen.begin();
    picture.idle.iter().for_each(|area| pen.area(pen.aligned(*area)));
    pen.fill(&pen.theme.idle);
}

pub(super) fn holds(pen: &Pen, picture: &Picture) {
    for colour in 0..colour::COLOURS {
        let of = || {
            picture.holds.iter().filter(move |band: &&Band| band.colour == colour).map(|band| pen.aligned(band.rect))
        };
        pen.begin();
        of().for_each(|area| pen.area(area));
        pen.fill(pen.theme.task_inks(Some(colour)).line);
        pen.begin();
        // A line of paper between the band and the slice's own colour.
        of().for_each(|area| pen.area(Rect { height_px: pen.thickness(1.0), ..area }));
        pen.fill(&pen.theme.paper);
    }
}

pub(super) fn counters(pen: &Pen, picture: &Picture) {
    for CounterRow { rect, areas, most } in &picture.counters {
        pen.begin();
        areas.iter().for_each(|area| pen.area(*area));
        pen.horizontal(rect.y_px + rect.height_px - 0.5, rect.x_px, rect.x_px + rect.width_px, 1.0);
        pen.fill(&pen.theme.rule);
        pen.begin();
        areas.iter().for_each(|area| pen.area(extent::counter_line(*rect, *area)));
        pen.fill(&pen.theme.hatch);
        let text = format!("max {most}");
        pen.begin();
        let width_px = pen.text_width(&text) + 6.0;
        pen.area(Rect { x_px: rect.x_px + 1.0, y_px: rect.y_px - 1.0, width_px, height_px: 14.0 });
        pen.fill(&pen.theme.paper);
        pen.text(&text, rect.x_px + 4.0, rect.y_px + 6.0, Align::Left, &pen.theme.ink_2);
    }
}

pub(super) fn marks(pen: &Pen, picture: &Picture) {
    for (troubles, colour) in [(false, &pen.theme.ink_2), (true, &pen.theme.bad)] {
        pen.begin();
        for MarkSign { x_px, y_px, kind, .. } in &picture.marks {
            if kind.trouble().is_some() == troubles {
                pen.polygon(&extent::mark(*kind).map(|(x, y)| (x_px + x, y_px + y)));
            }
        }
        pen.fill(colour);
    }
}

//! What somebody asked to stand out: a range, the critical path, a prediction, the selected slice, arrows.

use super::pen::Pen;
use crate::timeline::{Picture, Rect};

pub(super) fn emphasis(pen: &Pen, picture: &Picture) {
    let wanted = &picture.emphasis;
    let (theme, height_px) = (pen.theme, picture.bottom_px - picture.top_px);
    if let Some((left_px, right_px)) = wanted.range_px {
        pen.begin();
        pen.area(Rect { x_px: left_px, y_px: picture.top_px, width_px: right_px - left_px, height_px });
        pen.fill_pale(&theme.select);
        pen.begin();
        [left_px, right_px].into_iter().for_each(|x_px| pen.vertical(x_px, picture.top_px, picture.bottom_px, 1.0));
        pen.fill(&theme.select);
    }
    pen.begin();
    wanted.critical.iter().for_each(|rect| pen.area(grown(*rect, 1.5)));
    wanted.critical_links.iter().for_each(|(from, to)| pen.line([*from, *to]));
    pen.stroke(&theme.ink, 2.5);
    pen.begin();
    wanted.predicted.iter().for_each(|rect| pen.area(*rect));
    if let Some(x_px) = wanted.predicted_end_px {
        pen.line([(x_px, picture.top_px), (x_px, picture.bottom_px)]);
    }
    pen.stroke_dashed(&theme.ink_2, 1.5);
    for (rect, colour, width_px) in [(wanted.hovered, &theme.ink_2, 1.5), (wanted.selected, &theme.select, 2.5)] {
        pen.begin();
        rect.iter().for_each(|rect| pen.area(grown(*rect, 1.0)));
        pen.stroke(colour, width_px);
    }
    arrows(pen, picture);
}

/// Higher by so much above and below.
fn grown(rect: Rect, by_px: f64) -> Rect {
    Rect { y_px: rect.y_px - by_px, height_px: rect.height_px + 2.0 * by_px, ..rect }
}

fn arrows(pen: &Pen, picture: &Picture) {
    for (colour, width_px) in [(&pen.theme.paper, 4.0), (&pen.theme.ink, 1.5)] {
        pen.begin();
        picture.arrows.iter().for_each(|arrow| pen.curve(arrow.curve));
        pen.stroke(colour, width_px);
    }
    pen.begin();
    picture.arrows.iter().for_each(|arrow| pen.polygon(&arrow.head()));
    pen.fill(&pen.theme.ink);
    pen.begin();
    picture.arrows.iter().for_each(|arrow| pen.circle(arrow.curve[0].0, arrow.curve[0].1, 2.5));
    pen.fill(&pen.theme.ink);
    pen.stroke(&pen.theme.paper, 1.0);
}

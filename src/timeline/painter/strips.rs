//! The narrow parts of the rows, pixel by pixel: stretches of one look are one area, and the areas of one colour one path.

use std::collections::BTreeMap;

use super::pen::Pen;
use crate::timeline::{Picture, Rect};
use crate::trace::State;

pub(super) fn strips(pen: &Pen, picture: &Picture) {
    // A handful of looks; sorted, so that the same picture is painted in the same order.
    let mut of_look: BTreeMap<(u8, Option<usize>, bool), Vec<Rect>> = BTreeMap::new();
    for (state, colour, is_edge, area) in picture.strips.iter().flat_map(|strip| strip.areas(picture.scale.left_px)) {
        of_look.entry((state as u8, colour, is_edge)).or_default().push(area);
    }
    for ((state, colour, is_edge), areas) in of_look {
        let inks = match state {
            state if state == State::Starting as u8 => pen.theme.starting(),
            state if state == State::Overhead as u8 => pen.theme.overhead(),
            _ => pen.theme.task_inks(colour),
        };
        // Only what is solid has an area of another colour than its edges.
        let solid = [State::Running, State::Starting, State::Overhead].iter().any(|solid| *solid as u8 == state);
        pen.begin();
        areas.into_iter().for_each(|area| pen.area(pen.aligned(area)));
        pen.fill(if is_edge || !solid { inks.line } else { inks.fill });
    }
}

//! The narrow part of a row as a picture holds it: one byte per column, to be painted in stretches of one look.

use interleave_tree::{Ink, Lines};

use crate::trace::State;

use super::{Look, Rect, extent};

const STATES: usize = State::ALL.len();

/// The narrow part of a row: one look per column of pixels, from the plot's left edge on.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Upper edge of the row.
    pub y_px: f64,
    /// Height of the row.
    pub height_px: f64,
    /// Width of a column.
    pub column_px: f64,
    /// What is seen in each column: the bytes of [`Look`]s.
    pub(super) looks: Vec<u8>,
}

impl Strip {
    /// The areas to be painted, from the canvas' left edge on, given the plot's. What is ready is striped, as its wider slices
    /// are hatched.
    pub fn areas(&self, plot_px: f64) -> impl Iterator<Item = (State, Option<usize>, bool, Rect)> {
        let row = move |left_px: f64, right_px: f64| Rect {
            x_px: plot_px + left_px,
            y_px: self.y_px,
            width_px: right_px - left_px,
            height_px: self.height_px,
        };
        let areas = self.runs().filter_map(move |(left_px, right_px, look)| {
            let state = look.state()?;
            let stripes =
                if state == State::Ready { ((right_px - left_px) / self.column_px).round() as usize } else { 1 };
            let (step_px, end_px) =
                if stripes > 1 { (2.0 * self.column_px, self.column_px) } else { (0.0, right_px - left_px) };
            let stripe = move |index: usize| {
                let from_px = left_px + index as f64 * step_px;
                extent::areas(row(from_px, (from_px + end_px).min(right_px)), state)
            };
            let areas = (0..stripes.div_ceil(2)).flat_map(stripe).flatten();
            Some(areas.map(move |area| (state, look.colour(), look.is_edge(), area)))
        });
        areas.flatten()
    }

    /// How each look is painted, by its byte, given the colour of a state as a word of an image: `word(state, colour, is_edge)`. Only what
    /// is solid has an area of another colour than its edges.
    pub fn inks(word: impl Fn(State, Option<usize>, bool) -> u32) -> [Ink; 256] {
        std::array::from_fn(|byte| {
            let look = Look::from_byte(byte as u8);
            let Some(state) = look.state() else { return Ink::default() };
            let is_solid = matches!(state, State::Running | State::Starting | State::Overhead);
            let word = word(state, look.colour(), look.is_edge() || !is_solid);
            Ink { word, shape: state as u8, is_striped: state == State::Ready }
        })
    }

    /// Which device pixels of its row each state takes, by the number of the state, with so many of them per CSS px and its upper
    /// edge where [`Self::top_px`] says.
    pub fn shapes(&self, ratio: f64) -> [[Lines; 2]; STATES] {
        let top = self.top_px(ratio);
        let row = Rect { x_px: 0.0, y_px: self.y_px, width_px: 1.0, height_px: self.height_px };
        let line = |y_px: f64| ((y_px * ratio).round() - top).max(0.0) as usize;
        let lines =
            |area: Option<Rect>| area.map_or((0, 0), |area| (line(area.y_px), line(area.y_px + area.height_px)));
        let mut shapes = [[(0, 0); 2]; STATES];
        for state in State::ALL {
            shapes[state as usize] = extent::areas(row, state).map(lines);
        }
        shapes
    }

    /// What is seen in each column, as the tree's painter takes it.
    pub fn looks(&self) -> &[u8] {
        &self.looks
    }

    /// Its upper edge in device pixels.
    pub fn top_px(&self, ratio: f64) -> f64 {
        (self.y_px * ratio).round()
    }

    /// Stretches of one look: left and right edge, counted from the plot's left edge.
    fn runs(&self) -> impl Iterator<Item = (f64, f64, Look)> {
        let mut end = 0;
        let runs = self.looks.chunk_by(|a, b| a == b).map(move |run| {
            let from = end;
            end += run.len();
            (from as f64 * self.column_px, end as f64 * self.column_px, Look::from_byte(run[0]))
        });
        runs.filter(|(.., look)| *look != Look::NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_tree::RowPainter;
    use proptest::prelude::*;

    const COLUMNS: usize = 24;
    const HEIGHT_PX: usize = 40;

    /// A number for each way to paint, as a colour.
    fn word(state: State, colour: Option<usize>, is_edge: bool) -> u32 {
        let is_solid = matches!(state, State::Running | State::Starting | State::Overhead);
        1 + (state as u32 * 16 + colour.map_or(9, |colour| colour as u32)) * 2 + u32::from(is_edge || !is_solid)
    }

    proptest! {
        #[test]
        fn an_image_shows_the_areas_that_a_drawing_has(
            columns in prop::collection::vec((0..8_usize, 0..2_usize, 0..2_u8), COLUMNS), y_px in 0.0..12.0, height_px in 5.0..24.0,
            ratio in prop::sample::select(vec![1.0, 1.25, 2.0])
        ) {
            let look = |(state, colour, edge): &(usize, usize, u8)| match State::ALL.get(*state) {
                Some(state) => Look::new(*state, Some(*colour)).byte() | edge,
                None => Look::NONE.byte(),
            };
            let strip = Strip { y_px, height_px, column_px: 1.0, looks: columns.iter().map(look).collect() };
            let edge = |px: f64| (px * ratio).round() as usize;
            let (width, height) = (edge(COLUMNS as f64), edge(HEIGHT_PX as f64));
            let mut drawn = vec![0; width * height];
            for (state, colour, is_edge, area) in strip.areas(0.0) {
                for y in edge(area.y_px)..edge(area.y_px + area.height_px) {
                    drawn[y * width..][edge(area.x_px)..edge(area.x_px + area.width_px)].fill(word(state, colour, is_edge));
                }
            }
            let starts: Vec<_> = (0..=COLUMNS).map(|column| edge(column as f64)).collect();
            let (mut words, mut bands) = (Vec::new(), Vec::new());
            RowPainter::new(&Strip::inks(word)).paint(&strip.looks, &strip.shapes(ratio), &mut words, &mut bands);
            let mut image = vec![0; width * height];
            for ((from, to), line) in bands.into_iter().zip(words.chunks(COLUMNS)) {
                for y in (from..to).map(|line| line + strip.top_px(ratio) as usize) {
                    for (pixels, word) in starts.windows(2).zip(line) {
                        image[y * width..][pixels[0]..pixels[1]].fill(*word);
                    }
                }
            }
            prop_assert_eq!(image, drawn);
        }
    }
}

//! Pictures that tasks draw, tile by tile: the pixels of a tile as a canvas wants them, and from when on it can be seen.

use crate::plan::{Pixels, Tile};
use crate::trace::Trace;

/// Where the colours of points outside of the Mandelbrot set change direction, as red, green, blue; in between they are mixed.
/// The first is the last too, because the numbers begin again.
const STOPS: [[u8; 3]; 6] =
    [[14, 22, 60], [32, 84, 168], [150, 208, 236], [250, 243, 214], [232, 148, 40], [14, 22, 60]];
/// The colour of the set itself.
const SET: [u8; 3] = [12, 11, 16];

/// A tile's pixels as red, green, blue, opacity, row by row; `None` while its output is not all there.
pub fn rgba(pixels: Pixels, tile: Tile, output: &[u8]) -> Option<Vec<u8>> {
    let opaque = |[r, g, b]: [u8; 3]| [r, g, b, 255];
    match pixels {
        Pixels::Iterations if output.len() == tile.pixels() => {
            let colours: Vec<_> = (0..=u8::MAX).map(colour).collect();
            Some(output.iter().flat_map(|byte| opaque(colours[usize::from(*byte)])).collect())
        }
        Pixels::Rgb if output.len() == tile.pixels() * 3 => {
            Some(output.as_chunks().0.iter().flat_map(|rgb| opaque(*rgb)).collect())
        }
        _ => None,
    }
}

/// The colour of a point by how soon it left; most leave early, so the colours change fastest there.
fn colour(byte: u8) -> [u8; 3] {
    if byte == 0 {
        return SET;
    }
    let place = (f64::from(byte - 1) / 254.0).sqrt() * (STOPS.len() - 1) as f64;
    let stop = (place as usize).min(STOPS.len() - 2);
    let share = place - stop as f64;
    std::array::from_fn(|channel| {
        let [from, to] = [stop, stop + 1].map(|stop| f64::from(STOPS[stop][channel]));
        (from + (to - from) * share).round() as u8
    })
}

/// When each task of `trace` came to its end, ms: from then on its output can be seen.
pub fn ends_ms(trace: &Trace) -> Vec<f64> {
    let mut ends_ms = vec![0.0; trace.tasks().len()];
    for (_, slice) in trace.slices() {
        if let Some(task) = slice.task {
            let end_ms: &mut f64 = &mut ends_ms[task.0 as usize];
            *end_ms = end_ms.max(slice.end_ms);
        }
    }
    ends_ms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;

    const TILE: Tile = Tile { x: 4, y: 8, width: 3, height: 2 };

    #[test]
    fn photos_keep_their_colours() {
        let output: Vec<u8> = (0..18).collect();
        let bytes = rgba(Pixels::Rgb, TILE, &output).unwrap();
        assert_eq!(
            (bytes.len(), &bytes[..8], &bytes[20..]),
            (24, &[0, 1, 2, 255, 3, 4, 5, 255][..], &[15, 16, 17, 255][..])
        );
    }

    #[test]
    fn a_tile_that_is_not_all_there_is_not_drawn() {
        assert_eq!(rgba(Pixels::Rgb, TILE, &[0; 17]), None);
        assert_eq!(rgba(Pixels::Iterations, TILE, &[]), None);
        assert_eq!(rgba(Pixels::Iterations, TILE, &[1; 6]).map(|bytes| bytes.len()), Some(24));
    }

    #[test]
    fn the_set_is_dark_and_the_colours_around_it_are_smooth_and_begin_again() {
        let luminance = |[r, g, b]: [u8; 3]| 0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b);
        assert!((1..=u8::MAX).all(|byte| luminance(colour(byte)) > luminance(SET) + 5.0));
        let apart = |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).map(|(a, b)| a.abs_diff(b)).max().unwrap_or_default();
        // The first steps are large on purpose.
        assert!((10..u8::MAX).all(|byte| apart(colour(byte), colour(byte + 1)) < 24));
        assert_eq!(colour(u8::MAX), colour(1));
    }

    #[test]
    fn a_tile_is_there_when_its_task_has_ended() {
        assert_eq!(ends_ms(&example::staircase(3, 300.0)), [300.0, 600.0, 900.0]);
    }
}

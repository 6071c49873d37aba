//! The Mandelbrot set, tile by tile: points near it need many iterations and points far off need few, so tiles of one size
//! are work of very different length.

use serde::{Deserialize, Serialize};

/// How many iterations make a piece of one or two tenths of a millisecond.
pub const PIECE: u32 = 60_000;
/// The byte of a point that belongs to the set.
pub const INSIDE: u8 = 0;

/// How many numbers wide the part of the plane is that the picture shows; its height follows from the picture's.
const PLANE_WIDTH: f64 = 3.6;
const CENTRE: (f64, f64) = (-0.65, 0.0);

/// A rectangle of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// Its left edge.
    pub x: u32,
    /// Its upper edge.
    pub y: u32,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

impl Tile {
    /// How many pixels it has.
    pub fn pixels(self) -> usize {
        self.width as usize * self.height as usize
    }
}

/// A picture of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scene {
    /// Its width, pixels.
    pub width: u32,
    /// Its height, pixels.
    pub height: u32,
    /// After how many iterations a point counts as one of the set.
    pub iterations: u32,
}

impl Scene {
    /// The byte of a pixel, and how many iterations that took: [`INSIDE`] for a point of the set, else 1 to 255 for how soon
    /// it left, beginning again after 255.
    pub fn pixel(self, x: u32, y: u32) -> (u8, u32) {
        let scale = PLANE_WIDTH / f64::from(self.width);
        let place = |at: u32, of: u32| (f64::from(at) + 0.5 - f64::from(of) / 2.0) * scale;
        let (a, b) = (CENTRE.0 + place(x, self.width), CENTRE.1 + place(y, self.height));
        let (mut re, mut im) = (0.0, 0.0);
        for iteration in 0..self.iterations {
            let (re2, im2) = (re * re, im * im);
            if re2 + im2 > 4.0 {
                return ((iteration % 255 + 1) as u8, iteration);
            }
            im = 2.0 * re * im + b;
            re = re2 - im2 + a;
        }
        (INSIDE, self.iterations)
    }
}

/// Adds the next bytes of `tile`, row by row, to those that `bytes` has already, until a piece is done or the tile is full.
/// Returns how many of them belong to the set.
#[inline(never)]
pub fn piece(scene: Scene, tile: Tile, bytes: &mut Vec<u8>) -> u32 {
    let (mut spent, mut inside) = (0, 0);
    while spent < PIECE && bytes.len() < tile.pixels() {
        let at = bytes.len() as u32;
        let (byte, iterations) = scene.pixel(tile.x + at % tile.width, tile.y + at / tile.width);
        inside += u32::from(byte == INSIDE);
        spent += iterations + 1;
        bytes.push(byte);
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole picture as letters: # for the set.
    fn drawn(scene: Scene, tile: Tile) -> String {
        let mut bytes = Vec::new();
        while bytes.len() < tile.pixels() {
            piece(scene, tile, &mut bytes);
        }
        let row = |row: &[u8]| row.iter().map(|byte| if *byte == INSIDE { '#' } else { '.' }).collect::<String>();
        bytes.chunks(tile.width as usize).map(row).collect::<Vec<_>>().join("\n")
    }

    const SCENE: Scene = Scene { width: 36, height: 19, iterations: 100 };

    #[test]
    fn it_looks_like_itself() {
        let whole = drawn(SCENE, Tile { x: 0, y: 0, width: 36, height: 19 });
        expect_test::expect![[r#"
            ....................................
            ......................##............
            ......................##............
            ...................#.#####..........
            ...................#########........
            ..................##########........
            ..................##########........
            .............###.###########........
            ............################........
            ....#######################.........
            ............################........
            .............###.###########........
            ..................##########........
            ..................##########........
            ...................#########........
            ...................#.#####..........
            ......................##............
            ......................##............
            ...................................."#]]
        .assert_eq(&whole);
    }

    #[test]
    fn a_tile_is_a_part_of_the_whole() {
        let whole = drawn(SCENE, Tile { x: 0, y: 0, width: 36, height: 19 });
        let tile = Tile { x: 14, y: 4, width: 10, height: 7 };
        let part: Vec<_> = whole.lines().skip(4).take(7).map(|line| &line[14..24]).collect();
        assert_eq!(drawn(SCENE, tile), part.join("\n"));
    }
}

//! Workloads that compute, cut into tasks that have nothing to do with one another. Each is checked in another way than it
//! was computed, or by samples.

use super::shared::{edge, failures, numbered, sum};
use super::{PictureLayout, Pixels, Verdict, Workload, grouped};
use crate::plan::kernel::mandelbrot::{INSIDE, Scene, Tile};
use crate::plan::kernel::{hash, mix, primes, search, words};
use crate::plan::parameter::{
    BLOCKS, BOUND, ELEMENTS, HEIGHT, ITERATIONS, SENTENCES, TASKS, TILES, VALUE, WIDTH, WORD,
};
use crate::plan::{Plan, Results, Step, Values, Work};

/// How many pixels of a picture are computed again.
const PIXELS_CHECKED: u32 = 128;
/// How many blocks are hashed again.
const BLOCKS_CHECKED: u32 = 16;

/// Counting the primes below a bound, by trial division over ranges.
pub static PRIMES_WORKLOAD: Workload = Workload::new(
    "primes",
    &[&BOUND, &TASKS],
    |values| {
        let (bound, tasks) = (values.get(&BOUND), values.get(&TASKS));
        // Trial division of n costs about √n, so all below n costs about n^1.5: ranges of equal work, not of equal length.
        let edge = |i: u32| match i == tasks {
            true => bound,
            false => (f64::from(bound) * (f64::from(i) / f64::from(tasks)).powf(2.0 / 3.0)) as u32,
        };
        parts("range", tasks, &|i| Work::CountPrimes { from: edge(i), to: edge(i + 1) })
    },
    |values, results| {
        let (count, expected) = (sum(results), primes::count_by_sieve(values.get(&BOUND)));
        let words = format!("{} primes below {}", grouped(count), grouped(values.get(&BOUND).into()));
        compared(&(PRIMES_WORKLOAD.plan)(values), results, count == expected, words, &|| {
            format!("a sieve finds {}", grouped(expected))
        })
    },
);

/// Searching a long array for a value.
pub static SEARCH_WORKLOAD: Workload = Workload::new(
    "search",
    &[&ELEMENTS, &VALUE, &TASKS],
    |values| {
        let (length, tasks, value) = (values.get(&ELEMENTS), values.get(&TASKS), values.get(&VALUE));
        parts("part", tasks, &|i| Work::Search { from: edge(length, tasks, i), to: edge(length, tasks, i + 1), value })
    },
    |values, results| {
        let (length, value) = (values.get(&ELEMENTS), values.get(&VALUE));
        let (count, expected) = (sum(results), search::count_backwards(length, value));
        let words = format!("{value} occurs {} times among {}", grouped(count), grouped(length.into()));
        compared(&(SEARCH_WORKLOAD.plan)(values), results, count == expected, words, &|| {
            format!("it does {} times", grouped(expected))
        })
    },
);

/// Drawing the Mandelbrot set.
pub static MANDELBROT_WORKLOAD: Workload = Workload {
    picture: Some(|values| {
        let Scene { width, height, .. } = scene(values);
        PictureLayout { width, height, pixels: Pixels::Iterations, tiles: tiles(values) }
    }),
    ..Workload::new(
        "mandelbrot",
        &[&WIDTH, &HEIGHT, &TILES, &ITERATIONS],
        |values| {
            let (scene, tiles) = (scene(values), tiles(values));
            parts("tile", tiles.len() as u32, &|i| Work::Mandelbrot { scene, tile: tiles[i as usize] })
        },
        |values, results| {
            let pixels = u64::from(values.get(&WIDTH)) * u64::from(values.get(&HEIGHT));
            let words = format!("{} points, {} of them in the set", grouped(pixels), grouped(sum(results)));
            compared(&(MANDELBROT_WORKLOAD.plan)(values), results, is_mandelbrot(values, results), words, &|| {
                "points that were computed again came out otherwise".into()
            })
        },
    )
};

/// Hashing many blocks.
pub static SHA256_WORKLOAD: Workload = Workload::new(
    "sha256",
    &[&BLOCKS, &TASKS],
    |values| {
        let (blocks, tasks) = (values.get(&BLOCKS), values.get(&TASKS));
        parts("blocks", tasks, &|i| Work::Sha256 { from: edge(blocks, tasks, i), to: edge(blocks, tasks, i + 1) })
    },
    |values, results| {
        let blocks = values.get(&BLOCKS);
        let digests: Vec<u8> = results.tasks.iter().flat_map(|task| &task.output).copied().collect();
        let is_right = |block: u32| {
            let at = block as usize * hash::DIGEST;
            digests.get(at..at + hash::DIGEST) == Some(&hash::digest_of_block(block))
        };
        let right = digests.len() == blocks as usize * hash::DIGEST
            && (0..BLOCKS_CHECKED).all(|sample| is_right(mix(sample) % blocks));
        let words = format!("{} blocks hashed", grouped(sum(results)));
        compared(&(SHA256_WORKLOAD.plan)(values), results, right, words, &|| {
            "blocks that were hashed again have other digests".into()
        })
    },
);

/// Counting the words of a long text.
pub static WORDS_WORKLOAD: Workload = Workload::new(
    "words",
    &[&SENTENCES, &WORD, &TASKS],
    |values| {
        let (all, tasks, word) = (values.get(&SENTENCES), values.get(&TASKS), values.get(&WORD));
        parts("part", tasks, &|i| Work::CountWords { from: edge(all, tasks, i), to: edge(all, tasks, i + 1), word })
    },
    |values, results| {
        let occurrences = |bytes: &[u8]| bytes.try_into().map_or(0, u64::from_le_bytes);
        let found: u64 = results.tasks.iter().map(|task| occurrences(&task.output)).sum();
        let expected = words::count_as_made(values.get(&SENTENCES), values.get(&WORD));
        let said = |(words, found): (u64, u64)| format!("{} words, {} of them", grouped(words), grouped(found));
        let word = WORD.choice_name(values.get(&WORD)).unwrap_or_default();
        let words = format!("{} “{word}”", said((sum(results), found)));
        compared(&(WORDS_WORKLOAD.plan)(values), results, (sum(results), found) == expected, words, &|| {
            format!("there are {}", said(expected))
        })
    },
);

fn parts(label: &str, count: u32, work: &dyn Fn(u32) -> Work) -> Plan {
    Plan::of(numbered(label, count, &|number| vec![Step::Compute(work(number))]))
}

/// The verdict on a computation: the words alone if it is right, else with what was expected.
fn compared(plan: &Plan, results: &Results, right: bool, words: String, expected: &dyn Fn() -> String) -> Verdict {
    match failures(plan, results, "tasks came to their end") {
        Some(failed) => Verdict::new(false, failed),
        None if right => Verdict::new(true, words),
        None => Verdict::new(false, format!("{words}; {}", expected())),
    }
}

fn scene(values: &Values) -> Scene {
    Scene { width: values.get(&WIDTH), height: values.get(&HEIGHT), iterations: values.get(&ITERATIONS) }
}

/// The tiles, row by row: so many columns that tiles are as square as their number allows.
fn tiles(values: &Values) -> Vec<Tile> {
    let (Scene { width, height, .. }, count) = (scene(values), values.get(&TILES));
    let off_square = |columns: &u32| (width * count).abs_diff(height * columns * columns);
    let columns = (1..=count).filter(|columns| count.is_multiple_of(*columns)).min_by_key(off_square).unwrap_or(1);
    let rows = count / columns;
    let tile = |number: u32| {
        let (column, row) = (number % columns, number / columns);
        let (x, y) = (edge(width, columns, column), edge(height, rows, row));
        Tile { x, y, width: edge(width, columns, column + 1) - x, height: edge(height, rows, row + 1) - y }
    };
    (0..count).map(tile).collect()
}

fn is_mandelbrot(values: &Values, results: &Results) -> bool {
    let (scene, tiles) = (scene(values), tiles(values));
    let whole = |(tile, bytes): (&Tile, &Vec<u8>)| bytes.len() == tile.pixels();
    let outputs = || results.tasks.iter().map(|task| &task.output);
    let inside = outputs().flatten().filter(|byte| **byte == INSIDE).count() as u64;
    let sample = |number: u32| {
        let place = mix(number) as usize % tiles.len();
        let (tile, bytes) = (tiles[place], &results.tasks[place].output);
        let at = mix(number ^ 0xffff) % bytes.len() as u32;
        bytes[at as usize] == scene.pixel(tile.x + at % tile.width, tile.y + at / tile.width).0
    };
    outputs().count() == tiles.len()
        && tiles.iter().zip(outputs()).all(whole)
        && inside == sum(results)
        && (0..PIXELS_CHECKED).all(sample)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_cover_the_picture_once() {
        for (width, height, count) in [(480, 320, 24), (64, 64, 7), (101, 77, 96), (1_920, 64, 1)] {
            let values = Values::default().with(&WIDTH, width).with(&HEIGHT, height).with(&TILES, count);
            let mut covered = vec![0_u8; (width * height) as usize];
            for tile in tiles(&values) {
                for y in tile.y..tile.y + tile.height {
                    (tile.x..tile.x + tile.width).for_each(|x| covered[(y * width + x) as usize] += 1);
                }
            }
            assert!(covered.iter().all(|times| *times == 1), "{count} tiles of {width} × {height}");
        }
        assert_eq!(tiles(&Values::default())[7], Tile { x: 80, y: 80, width: 80, height: 80 });
    }
}

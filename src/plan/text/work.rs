//! What a task computes, as words of a line: in milliseconds, or by the name of a kernel with its bounds.

use super::Problem;
use super::line::Line;
use crate::plan::Work;
use crate::plan::catalogue::BLOCKS_PER_MS;
use crate::plan::kernel::mandelbrot::{Scene, Tile};
use crate::plan::kernel::{search, words};

/// The longest that a single step computes, about, ms.
const MOST_MS: u32 = 60_000;
/// As far as numbers, blocks and sentences go.
const MOST_NUMBERS: u32 = 10_000_000;
/// The largest picture, pixels along an edge, and the most iterations for each.
const MOST_PIXELS: u32 = 2_000;
const MOST_ITERATIONS: u32 = 20_000;
/// The most often that an answer is hashed.
const MOST_HASHES: u32 = 100_000;
/// The most often that a picture is decoded.
const MOST_DECODINGS: u32 = 10_000;

const WANTED: &str =
    "how long it computes, about, in ms; or primes, search, mandelbrot, sha256, words, picture, hash or hello";

/// Reads what stands behind `compute`.
pub(super) fn read(line: &mut Line) -> Result<Work, Problem> {
    if line.is_at_number() {
        let ms = line.number("how long it computes, about, in ms", 0, MOST_MS)?;
        return Ok(Work::Sha256 { from: 0, to: ms * BLOCKS_PER_MS });
    }
    let kind = line.word(WANTED)?;
    Ok(match kind.as_str() {
        "primes" => {
            let (from, to) = bounds(line, MOST_NUMBERS)?;
            Work::CountPrimes { from, to }
        }
        "search" => {
            let (from, to) = bounds(line, search::MOST_ELEMENTS)?;
            let [value] = line.options([("value", search::VALUES - 1, 0)])?;
            Work::Search { from, to, value }
        }
        "sha256" => {
            let (from, to) = bounds(line, MOST_NUMBERS)?;
            Work::Sha256 { from, to }
        }
        "words" => {
            let (from, to) = bounds(line, MOST_NUMBERS)?;
            let [word] = line.options([("word", words::SOUGHT.len() as u32 - 1, 0)])?;
            Work::CountWords { from, to, word }
        }
        "mandelbrot" => mandelbrot(line)?,
        "picture" => {
            let is_counted = line.is_at_number();
            let times =
                if is_counted { line.number("how often the picture is decoded", 1, MOST_DECODINGS)? } else { 1 };
            Work::DecodePicture { times }
        }
        "hash" => Work::HashAnswer { times: line.number("how often the answer is hashed", 0, MOST_HASHES)? },
        "hello" => Work::Hello,
        #[cfg(feature = "faults")]
        "panic" => Work::Panic,
        #[cfg(feature = "faults")]
        "endless" => Work::Endless,
        _ => return Err(line.problem_before(format!("here stands {WANTED}"))),
    })
}

fn bounds(line: &mut Line, most: u32) -> Result<(u32, u32), Problem> {
    let from = line.number("the first", 0, most)?;
    Ok((from, line.number("where it ends", from, most)?))
}

/// A whole picture of so many pixels, or one tile of it.
fn mandelbrot(line: &mut Line) -> Result<Work, Problem> {
    let width = line.number("the picture’s width", 1, MOST_PIXELS)?;
    let height = line.number("its height", 1, MOST_PIXELS)?;
    let tile = if line.takes("tile") {
        let (x, y) =
            (line.number("the tile’s left edge", 0, width - 1)?, line.number("its upper edge", 0, height - 1)?);
        let (width, height) = (line.number("its width", 1, width - x)?, line.number("its height", 1, height - y)?);
        Tile { x, y, width, height }
    } else {
        Tile { x: 0, y: 0, width, height }
    };
    let [iterations] = line.options([("iterations", MOST_ITERATIONS, 1_000)])?;
    Ok(Work::Mandelbrot { scene: Scene { width, height, iterations }, tile })
}

/// Writes what [`read`] reads.
pub(super) fn write(work: &Work) -> String {
    match *work {
        Work::Sha256 { from: 0, to } if to % BLOCKS_PER_MS == 0 && to / BLOCKS_PER_MS <= MOST_MS => {
            (to / BLOCKS_PER_MS).to_string()
        }
        Work::Sha256 { from, to } => format!("sha256 {from} {to}"),
        Work::CountPrimes { from, to } => format!("primes {from} {to}"),
        Work::Search { from, to, value } => format!("search {from} {to} value={value}"),
        Work::CountWords { from, to, word } => format!("words {from} {to} word={word}"),
        Work::Mandelbrot { scene: Scene { width, height, iterations }, tile: Tile { x, y, width: w, height: h } } => {
            format!("mandelbrot {width} {height} tile {x} {y} {w} {h} iterations={iterations}")
        }
        Work::DecodePicture { times: 1 } => "picture".into(),
        Work::DecodePicture { times } => format!("picture {times}"),
        Work::HashAnswer { times } => format!("hash {times}"),
        Work::Hello => "hello".into(),
        #[cfg(feature = "faults")]
        Work::Panic => "panic".into(),
        #[cfg(feature = "faults")]
        Work::Endless => "endless".into(),
    }
}

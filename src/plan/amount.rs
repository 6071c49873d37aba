//! How much a work is, in units that take about the same time each, so that its length can be known before it is computed. How long
//! a unit takes is a machine's business.

use super::kernel::hash::BLOCK;
use super::kernel::mandelbrot::{Scene, Tile};
use super::{PICTURE_SIZE, Work};

/// What a work is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A trial division.
    Division,
    /// An element that is looked at.
    Element,
    /// An iteration for a point of the Mandelbrot set.
    Iteration,
    /// 16 KiB that are hashed.
    Block,
    /// A sentence in which words are counted.
    Sentence,
    /// A pixel of a PNG that is decoded.
    Pixel,
}

/// So many units of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// What is counted.
    pub unit: Unit,
    /// How many; not always a whole number.
    pub count: f64,
}

/// In so many places at most, along each edge of a tile, it is tried how long a point takes.
const PLACES: u32 = 8;
/// Numbers are looked at in so many groups.
const GROUPS: u32 = 64;
/// e to the power of minus Euler's constant: the share of numbers that no prime up to x divides is about this / ln x (Mertens).
const MERTENS: f64 = 0.561_459_483_566_885_2;

impl Work {
    /// Whether it has an amount: it comes to an end, whatever it is given.
    pub fn has_length(&self) -> bool {
        #[cfg(feature = "faults")]
        let is_endless = matches!(self, Self::Panic | Self::Endless);
        #[cfg(not(feature = "faults"))]
        let is_endless = false;
        !is_endless
    }

    /// How much it is, for a task whose last request brought `answer_bytes`. Estimated where only computing it would tell: within a
    /// few per cent for primes and for the Mandelbrot set. `None` for a work without an end, or one that panics.
    pub fn amount(&self, answer_bytes: u32) -> Option<Amount> {
        let range = |from: u32, to: u32| f64::from(to.saturating_sub(from));
        let (unit, count) = match *self {
            Self::CountPrimes { from, to } => (Unit::Division, divisions(from, to)),
            Self::Search { from, to, .. } => (Unit::Element, range(from, to)),
            Self::Mandelbrot { scene, tile } => (Unit::Iteration, iterations(scene, tile)),
            Self::Sha256 { from, to } => (Unit::Block, range(from, to)),
            Self::CountWords { from, to, .. } => (Unit::Sentence, range(from, to)),
            Self::DecodePicture { times } => {
                (Unit::Pixel, f64::from(times) * PICTURE_SIZE.map(f64::from).iter().product::<f64>())
            }
            // Also finishing a digest costs: a block of 64 bytes.
            Self::HashAnswer { times } => {
                (Unit::Block, f64::from(times) * (f64::from(answer_bytes) + 64.0) / BLOCK as f64)
            }
            Self::Hello => (Unit::Block, 0.0),
            #[cfg(feature = "faults")]
            Self::Panic | Self::Endless => return None,
        };
        Some(Amount { unit, count })
    }
}

/// About how many divisions it takes to find the primes p with `from` ≤ p < `to`: √n / 2 for a prime, one number in ln n, and for any
/// other as many as there are odd numbers up to its smallest divisor.
fn divisions(from: u32, to: u32) -> f64 {
    let from = from.max(9);
    if to <= from {
        return 0.0;
    }
    let (first, group) = (f64::from(from), f64::from(to - from) / f64::from(GROUPS));
    let of_one = |n: f64| {
        let root = n.sqrt();
        let of_prime = root / 2.0 / n.ln();
        // Of the primes q up to √n each is the smallest divisor of one number in q ln q / MERTENS, and costs q / 2.
        let of_other = MERTENS / 2.0 * root / root.ln().powi(2);
        of_prime + of_other
    };
    (0..GROUPS).map(|k| group * of_one(first + (f64::from(k) + 0.5) * group)).sum()
}

/// About how many iterations a tile takes, from some points of it.
fn iterations(scene: Scene, tile: Tile) -> f64 {
    let places = |length: u32| {
        let count = length.clamp(1, PLACES);
        (0..count).map(move |k| ((2 * u64::from(k) + 1) * u64::from(length) / (2 * u64::from(count))) as u32)
    };
    let (mut sum, mut tried) = (0.0, 0_u32);
    for y in places(tile.height) {
        for x in places(tile.width) {
            sum += f64::from(scene.pixel(tile.x + x, tile.y + y).1);
            tried += 1;
        }
    }
    sum / f64::from(tried.max(1)) * tile.pixels() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(work: Work) -> f64 {
        work.amount(0).unwrap().count
    }

    /// Divisions that trial division makes, counted one by one.
    fn counted(from: u32, to: u32) -> u32 {
        let of_one = |n: u32| {
            let odd = (3..=n.isqrt()).step_by(2);
            if n < 4 || n.is_multiple_of(2) { 0 } else { odd.scan(false, |done, q| scan(n, q, done)).count() as u32 }
        };
        (from..to).map(of_one).sum()
    }

    fn scan(n: u32, q: u32, done: &mut bool) -> Option<u32> {
        (!std::mem::replace(done, n.is_multiple_of(q))).then_some(q)
    }

    #[test]
    fn primes_take_as_many_divisions_as_is_said() {
        for (from, to) in [(0, 100_000), (500_000, 600_000), (3_000_000, 3_020_000)] {
            let (said, truly) = (count(Work::CountPrimes { from, to }), f64::from(counted(from, to)));
            assert!((said / truly - 1.0).abs() < 0.15, "{from} to {to}: {said:.0} and not {truly}");
        }
        assert_eq!(count(Work::CountPrimes { from: 50, to: 50 }), 0.0);
    }

    #[test]
    fn some_points_say_how_long_a_picture_takes() {
        let scene = Scene { width: 240, height: 180, iterations: 400 };
        let tiles = (0..6).flat_map(|y| (0..8).map(move |x| Tile { x: x * 30, y: y * 30, width: 30, height: 30 }));
        let said: f64 = tiles.map(|tile| count(Work::Mandelbrot { scene, tile })).sum();
        let all = (0..180).flat_map(|y| (0..240).map(move |x| f64::from(scene.pixel(x, y).1)));
        let truly: f64 = all.sum();
        assert!((said / truly - 1.0).abs() < 0.1, "{said:.0} and not {truly:.0}");
    }

    #[test]
    fn what_is_counted_in_plain_sight_is_exact() {
        assert_eq!(Work::Sha256 { from: 3, to: 10 }.amount(0), Some(Amount { unit: Unit::Block, count: 7.0 }));
        assert_eq!(count(Work::Search { from: 9, to: 2, value: 0 }), 0.0);
        assert_eq!(Work::HashAnswer { times: 2 }.amount(16_320).unwrap().count, 2.0);
        assert_eq!(count(Work::Hello), 0.0);
    }
}

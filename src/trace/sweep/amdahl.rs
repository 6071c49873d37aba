//! Amdahl's law (1967, “Validity of the single processor approach to achieving large scale computing capabilities”): of a work of which the
//! share s can be done by one worker alone, n workers make 1 / (s + (1 − s) / n) times as fast a work. Here s is found from what was
//! measured, and how well it is known.

use super::{Spread, quantile};
use crate::random::SplitMix64;

/// How sure an interval is: of a hundred sweeps, in so many it holds the true share.
pub const CONFIDENCE: f64 = 0.95;
/// An interval needs so many runs of each setting: of four, even the least and the greatest have the true median between them only in
/// 7 sweeps of 8; of five, in 15 of 16.
pub const FEWEST_REPEATS: usize = 5;
/// So many times the measurement is made anew from its own runs.
const RESAMPLES: usize = 1_000;
/// Any will do: the same runs give the same interval.
const SEED: u64 = 1967;

/// How many times as fast `workers` (at least 1) make a work whose share `serial` (0…1) only one can do.
pub fn amdahl(serial: f64, workers: f64) -> f64 {
    1.0 / (serial + (1.0 - serial) / workers)
}

/// The serial share that a single speed-up on `workers` speaks for (Karp and Flatt 1990, “Measuring parallel processor performance”). Where
/// it grows with the workers, it is not a share of the work but what more workers cost. Below 0 for a speed-up above the ideal; `None` for
/// one worker.
pub fn karp_flatt(speed_up: f64, workers: u32) -> Option<f64> {
    let part = 1.0 / f64::from(workers);
    (workers > 1 && speed_up > 0.0).then(|| (1.0 / speed_up - part) / (1.0 - part))
}

/// The serial share of a work, as measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The share, 0…1.
    pub serial: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
}

impl Fit {
    /// Fits the law to the makespans (ms) of some numbers of workers, 1 among them and another.
    ///
    /// The share is found by least squares in the medians' makespans over that of one worker, in which the law is a straight line; each
    /// weighs by its own length, since clocks and disturbances err in proportion to it. Its interval is Efron's percentile interval (Efron
    /// and Tibshirani 1993, “An introduction to the bootstrap”, chapter 13): the runs of each number of workers are drawn anew from
    /// themselves, with replacement, and fitted again; what lies in the middle of these fits is the interval.
    pub(super) fn of(runs: &[(u32, &[f64])]) -> Self {
        let medians = |values: &mut dyn FnMut(&[f64]) -> f64| -> Vec<(u32, f64)> {
            runs.iter().map(|(workers, makespans_ms)| (*workers, values(makespans_ms))).collect()
        };
        let serial = serial_share(&medians(&mut |makespans_ms| Spread::of(makespans_ms).median));
        let (mut random, mut drawn) = (SplitMix64::of(&[SEED]), Vec::new());
        let mut again = |makespans_ms: &[f64]| {
            drawn.clear();
            let pick = |_| makespans_ms[(random.next() % makespans_ms.len() as u64) as usize];
            drawn.extend((0..makespans_ms.len()).map(pick));
            drawn.sort_by(f64::total_cmp);
            quantile(&drawn, 0.5)
        };
        let mut fits: Vec<f64> = (0..RESAMPLES).map(|_| serial_share(&medians(&mut again))).collect();
        fits.sort_by(f64::total_cmp);
        let tail = (1.0 - CONFIDENCE) / 2.0;
        // What was measured is one of the samples that could be drawn, so it lies in its own interval.
        let (low, high) = (quantile(&fits, tail).min(serial), quantile(&fits, 1.0 - tail).max(serial));
        Self { serial, low, high }
    }

    /// How many times as fast `workers` are by this fit.
    pub fn speed_up(&self, workers: f64) -> f64 {
        amdahl(self.serial, workers)
    }

    /// What no number of workers exceeds; `None` if there is no such bound.
    pub fn limit(&self) -> Option<f64> {
        Some(1.0 / self.serial).filter(|limit| limit.is_finite())
    }
}

/// The share that fits these medians (ms) best, the first of which is one worker's.
///
/// With y the makespan over one worker's and x = 1 / n, the law is y = x + s (1 − x).
fn serial_share(medians: &[(u32, f64)]) -> f64 {
    let one_ms = medians[0].1;
    let (mut up, mut down) = (0.0, 0.0);
    for (workers, ms) in &medians[1..] {
        let (x, y) = (1.0 / f64::from(*workers), ms / one_ms);
        up += (y - x) * (1.0 - x) / (y * y);
        down += (1.0 - x).powi(2) / (y * y);
    }
    (up / down).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_is_amdahls() {
        // Amdahl's own point: with a tenth that is serial, ten workers are not even six times as fast.
        assert!((amdahl(0.1, 10.0) - 1.0 / 0.19).abs() < 1e-12);
        assert_eq!((amdahl(0.0, 7.0), amdahl(1.0, 7.0), amdahl(0.3, 1.0)), (7.0, 1.0, 1.0));
        assert!(amdahl(0.12, 1e12) < 1.0 / 0.12);
    }

    #[test]
    fn a_single_speed_up_speaks_for_a_share() {
        for workers in [2, 8, 1_024] {
            let share = karp_flatt(amdahl(0.05, f64::from(workers)), workers).unwrap();
            assert!((share - 0.05).abs() < 1e-9, "{workers}: {share}");
        }
        assert_eq!((karp_flatt(1.0, 1), karp_flatt(2.0, 2), karp_flatt(1.0, 2)), (None, Some(0.0), Some(1.0)));
        assert!(karp_flatt(2.2, 2).unwrap() < 0.0);
    }

    #[test]
    fn without_noise_the_share_is_exact() {
        for serial in [0.0, 0.07, 0.5, 1.0] {
            let makespans: Vec<_> = [1, 2, 3, 8].map(|n| (n, [900.0 / amdahl(serial, f64::from(n)); 5])).into();
            let runs: Vec<_> = makespans.iter().map(|(n, ms)| (*n, ms.as_slice())).collect();
            let fit = Fit::of(&runs);
            for found in [fit.serial, fit.low, fit.high] {
                assert!((found - serial).abs() < 1e-12, "{found} and not {serial}");
            }
            assert_eq!(fit.limit().is_some(), fit.serial > 0.0);
        }
    }
}

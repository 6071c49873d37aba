//! The speed-up of sweeps whose truth is known: made by Amdahl's law with noise, or by hand where the law does not hold.
#![cfg(not(target_arch = "wasm32"))]

use interleave::trace::sweep::{Fit, NoFit, Repeats, Sizes, SpeedUp, SweepError, amdahl};
use proptest::prelude::*;

/// Numbers that look random, from a seed: Knuth's multiplier of MMIX.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        let mut random = Self(seed);
        // Small seeds stay small for the first few.
        (0..8).for_each(|_| _ = random.unit());
        random
    }

    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About normal, with deviation 1: the sum of twelve.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

/// A sweep over 1…`most` workers, each run five times, by Amdahl's law with noise of so much.
fn sweep(serial: f64, most: u32, noise: f64, seed: u64) -> Vec<Repeats> {
    let mut random = Random::new(seed);
    let mut run = |workers| 800.0 / amdahl(serial, f64::from(workers)) * (noise * random.normal()).exp();
    (1..=most).map(|n| Repeats { setting: n, makespans_ms: (0..5).map(|_| run(n)).collect() }).collect()
}

#[test]
fn the_interval_holds_the_true_share_in_nine_sweeps_of_ten() {
    for most in [2, 4, 8] {
        let (mut held, mut width) = (0, 0.0);
        let sweeps = 200;
        for seed in 0..sweeps {
            let mut random = Random::new(seed * 7 + u64::from(most));
            // Above that two workers are hardly faster than one, which is told instead.
            let (serial, noise) = (0.8 * random.unit(), 0.005 + 0.015 * random.unit());
            let found = SpeedUp::new(&sweep(serial, most, noise, seed), most).unwrap();
            let Ok(Fit { low, high, .. }) = found.fit else { continue };
            held += u64::from((low..=high).contains(&serial));
            width += high - low;
        }
        assert!(held * 10 >= sweeps * 9, "up to {most} workers: {held} of {sweeps}");
        assert!(width / (sweeps as f64) < 0.1, "up to {most} workers: intervals are too wide to say anything");
    }
}

/// Makespans of each number of workers, by their speed-ups: five alike, nearly.
fn made(speed_ups: &[(u32, f64)]) -> Vec<Repeats> {
    let of = |speed_up: f64| [1.0, 0.99, 1.01, 0.995, 1.005].map(|noise| 1_000.0 / speed_up * noise).to_vec();
    speed_ups.iter().map(|(n, speed_up)| Repeats { setting: *n, makespans_ms: of(*speed_up) }).collect()
}

fn fit(runs: &[Repeats], cores: u32) -> Result<Fit, NoFit> {
    SpeedUp::new(runs, cores).unwrap().fit
}

#[test]
fn workers_without_a_core_of_their_own_do_not_count() {
    let runs = made(&[(1, 1.0), (2, 1.8), (3, 1.8), (4, 1.75)]);
    let found = SpeedUp::new(&runs, 2).unwrap();
    assert_eq!(found.on_cores().len(), 2);
    let Fit { serial, low, high } = found.fit.unwrap();
    assert!((serial - 1.0 / 9.0).abs() < 1e-9 && low < serial && serial < high && high - low < 0.1);
    assert_eq!(fit(&runs, 1), Err(NoFit::OneWorker));
    assert!(matches!(fit(&runs, 0), Err(NoFit::OtherLaw { .. })), "if all of them had a core, it would be no law");
}

#[test]
fn what_the_law_cannot_say_is_not_told() {
    assert_eq!(fit(&made(&[(1, 1.0)]), 8), Err(NoFit::OneWorker));
    assert!(matches!(fit(&made(&[(1, 1.0), (2, 2.3)]), 8), Err(NoFit::AboveIdeal { workers: 2, .. })));
    assert!(matches!(fit(&made(&[(1, 1.0), (2, 1.02), (4, 0.5)]), 8), Err(NoFit::NoGain { lowest }) if lowest < 0.51));
    let growing = fit(&made(&[(1, 1.0), (2, 1.9), (4, 3.0), (8, 2.0)]), 8);
    assert!(matches!(growing, Err(NoFit::OtherLaw { first, last }) if first < 0.06 && last > 0.4), "{growing:?}");
    let mut few = made(&[(1, 1.0), (2, 1.9), (4, 3.0)]);
    few[1].makespans_ms.truncate(3);
    assert_eq!(fit(&few, 8), Err(NoFit::TooFewRuns { fewest: 3 }));
    let noisy = [[1_000.0, 1_400.0, 900.0, 1_900.0, 1_200.0], [600.0, 1_000.0, 800.0, 500.0, 700.0]];
    let noisy: Vec<_> =
        noisy.iter().zip(1..).map(|(ms, n)| Repeats { setting: n, makespans_ms: ms.to_vec() }).collect();
    assert!(matches!(fit(&noisy, 8), Err(NoFit::TooNoisy { .. })));
    assert_eq!(SpeedUp::new(&made(&[(2, 2.0)]), 8), Err(SweepError::NothingToCompareWith));
}

#[test]
fn the_best_size_and_those_as_good_are_found() {
    let runs = made(&[(4_096, 0.5), (1, 0.3), (64, 0.99), (256, 1.0)]);
    let Sizes { sizes, best } = Sizes::new(&runs).unwrap();
    assert_eq!((sizes[best].size, sizes[best].ratio), (256, 1.0));
    let told: Vec<_> = sizes.iter().map(|size| (size.size, size.as_good)).collect();
    assert_eq!(told, [(1, false), (64, true), (256, true), (4_096, false)]);
    assert_eq!(Sizes::new(&[]), Err(SweepError::Nothing));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    // Noise of up to e^±17, so that makespans stay those that a run can have: what is beyond is refused, as it should be.
    #[test]
    fn numbers_are_numbers_and_medians_lie_in_their_spreads(
        serial in 0.0..=1.0, most in 1..12_u32, cores in 0..12_u32, log_noise in -5.0..0.45_f64, seed: u64,
    ) {
        let found = SpeedUp::new(&sweep(serial, most, 10_f64.powf(log_noise), seed), cores).unwrap();
        prop_assert_eq!(found.points.len(), most as usize);
        for point in &found.points {
            for spread in [point.speed_up, point.makespan_ms] {
                prop_assert!(spread.low <= spread.median && spread.median <= spread.high);
                prop_assert!(spread.low > 0.0 && spread.high.is_finite());
            }
            prop_assert_eq!(point.serial.is_some(), point.workers > 1);
            prop_assert_eq!(point.beyond_cores, cores > 0 && point.workers > cores);
        }
        if let Ok(Fit { serial, low, high }) = found.fit {
            prop_assert!(0.0 <= low && low <= serial && serial <= high && high <= 1.0);
        }
        prop_assert_eq!(&found, &SpeedUp::new(&sweep(serial, most, 10_f64.powf(log_noise), seed), cores).unwrap());
    }
}

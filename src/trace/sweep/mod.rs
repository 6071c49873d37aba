//! Several runs of one plan, in which one thing was changed from run to run: how many workers there were ([`SpeedUp`]), or how large the
//! pieces were into which the work was cut ([`Sizes`]). It takes makespans that somebody measured, each a few times, and knows no
//! engine, no clock and no picture.

mod amdahl;
mod sizes;
mod speed_up;

pub use amdahl::{CONFIDENCE, FEWEST_REPEATS, Fit, amdahl, karp_flatt};
pub use sizes::{Size, Sizes};
pub use speed_up::{NoFit, SpeedUp, SpeedUpPoint};

/// What one setting was measured to take, each time that it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeats {
    /// The number that was changed: workers, or elements of a chunk; at least 1.
    pub setting: u32,
    /// The makespan of each run, ms; above 0. In any order.
    pub makespans_ms: Vec<f64>,
}

/// Why measurements make no sweep.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SweepError {
    /// There is nothing to compare with.
    #[error("one worker was not measured, so there is nothing that more of them could be compared with")]
    NothingToCompareWith,
    /// Nothing was measured at all.
    #[error("nothing was measured")]
    Nothing,
    /// A setting stands for no run.
    #[error("0 cannot be measured: a setting is at least 1")]
    Zero,
    /// A setting is given twice.
    #[error("{0} is given twice")]
    Twice(u32),
    /// A setting without a run.
    #[error("{0} was not run")]
    NoRuns(u32),
    /// A makespan that no run can have.
    #[error("a run with {setting} took {ms} ms, which no run does")]
    Makespan {
        /// The setting.
        setting: u32,
        /// What was given, ms.
        ms: f64,
    },
}

/// A median with the middle half of what was measured around it: the quartiles, as Hyndman and Fan's definition 7 has them (1996), which
/// of five runs are the second and the fourth. Not the extremes: what disturbs a run only ever makes it longer, and a single run
/// beside another program would stretch them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The lower quartile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The upper quartile.
    pub high: f64,
}

impl Spread {
    /// Of values, of which there is one at least.
    fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Self { low: quantile(&sorted, 0.25), median: quantile(&sorted, 0.5), high: quantile(&sorted, 0.75) }
    }
}

/// The value below which the share `part` (0…1) of sorted values lies; between two of them in proportion.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = part * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    // The sum of equal parts of equal values may be a rounding beside them.
    (below + (above - below) * place.fract()).clamp(below, above)
}

/// Whether each setting is there once, and was run; sorted by it.
fn checked(runs: &[Repeats]) -> Result<Vec<&Repeats>, SweepError> {
    for Repeats { setting, makespans_ms } in runs {
        if *setting == 0 {
            return Err(SweepError::Zero);
        }
        if makespans_ms.is_empty() {
            return Err(SweepError::NoRuns(*setting));
        }
        // Within bounds that any clock keeps, so that no ratio of two of them can be without end.
        if let Some(ms) = makespans_ms.iter().find(|ms| !(1e-9..=1e12).contains(*ms)) {
            return Err(SweepError::Makespan { setting: *setting, ms: *ms });
        }
    }
    let mut sorted: Vec<_> = runs.iter().collect();
    sorted.sort_by_key(|run| run.setting);
    match sorted.windows(2).find(|pair| pair[0].setting == pair[1].setting) {
        Some(pair) => Err(SweepError::Twice(pair[0].setting)),
        None if sorted.is_empty() => Err(SweepError::Nothing),
        None => Ok(sorted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(runs: &[(u32, &[f64])]) -> String {
        let runs: Vec<_> = runs.iter().map(|(n, ms)| Repeats { setting: *n, makespans_ms: ms.to_vec() }).collect();
        checked(&runs).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_measurement_is_refused() {
        assert_eq!(says(&[]), "nothing was measured");
        assert_eq!(says(&[(1, &[2.0]), (0, &[2.0])]), "0 cannot be measured: a setting is at least 1");
        assert_eq!(says(&[(2, &[2.0]), (1, &[1.0]), (2, &[2.0])]), "2 is given twice");
        assert_eq!(says(&[(4, &[])]), "4 was not run");
        for (ms, said) in [(0.0, "0"), (-1.0, "-1"), (f64::NAN, "NaN"), (f64::INFINITY, "inf")] {
            assert_eq!(says(&[(2, &[1.0, ms])]), format!("a run with 2 took {said} ms, which no run does"));
        }
    }

    #[test]
    fn of_five_runs_the_spread_is_from_the_second_to_the_fourth() {
        let spread = |values: &[f64]| {
            let Spread { low, median, high } = Spread::of(values);
            [low, median, high]
        };
        assert_eq!(spread(&[9.0, 1.0, 3.0, 2.0, 4.0]), [2.0, 3.0, 4.0]);
        assert_eq!(spread(&[1.0, 2.0]), [1.25, 1.5, 1.75]);
        assert_eq!(spread(&[0.1]), [0.1; 3]);
    }
}

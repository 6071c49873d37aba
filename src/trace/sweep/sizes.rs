//! How long a work takes by the size of the pieces it is cut into: small ones cost a hand-over each, large ones leave workers with
//! nothing to do at the end.

use super::{Repeats, Spread, SweepError, checked};

/// Within this factor of the fastest, a size is as good.
const SAME_BELOW: f64 = 1.05;

/// A sweep over sizes of chunks.
#[derive(Clone, Debug, PartialEq)]
pub struct Sizes {
    /// Each size, from the smallest; at least one.
    pub sizes: Vec<Size>,
    /// The fastest of them, an index.
    pub best: usize,
}

/// One size of the chunks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// How many elements a chunk has.
    pub size: u32,
    /// How often that was run.
    pub runs: usize,
    /// What it took, ms.
    pub makespan_ms: Spread,
    /// How many times as long as the fastest: at least 1.
    pub ratio: f64,
    /// Whether it is as good as the fastest.
    pub as_good: bool,
}

impl Sizes {
    /// What `runs` show.
    ///
    /// # Errors
    /// Why the runs make no sweep.
    pub fn new(runs: &[Repeats]) -> Result<Self, SweepError> {
        let runs = checked(runs)?;
        let spreads: Vec<_> = runs.iter().map(|run| Spread::of(&run.makespans_ms)).collect();
        let by_median = |a: &usize, b: &usize| spreads[*a].median.total_cmp(&spreads[*b].median);
        let best = (0..spreads.len()).min_by(by_median).ok_or(SweepError::Nothing)?;
        let size = |(run, makespan_ms): (&&Repeats, &Spread)| {
            let ratio = makespan_ms.median / spreads[best].median;
            let (size, runs) = (run.setting, run.makespans_ms.len());
            Size { size, runs, makespan_ms: *makespan_ms, ratio, as_good: ratio < SAME_BELOW }
        };
        Ok(Self { sizes: runs.iter().zip(&spreads).map(size).collect(), best })
    }
}

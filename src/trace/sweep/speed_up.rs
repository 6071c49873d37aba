//! How many times as fast more workers are than one, and whether Amdahl's law says more of it than was measured. Where it does not, it
//! says why: a number that looks exact and is not would be worse than none.

use super::{FEWEST_REPEATS, Fit, Repeats, Spread, SweepError, checked, karp_flatt};

/// Less than this factor is called 'about the same'.
const SAME_BELOW: f64 = 1.05;
/// An interval of the serial share that is wider than this says nothing.
const WIDEST: f64 = 0.25;
/// A point that lies further from the law than this, and outside its own spread, does not follow it.
const FAR_BELOW: f64 = 1.1;

/// A sweep over numbers of workers.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeedUp {
    /// How many cores the machine has; 0 where that is not known.
    pub cores: u32,
    /// The median makespan of one worker, ms: what all others are compared with.
    pub one_ms: f64,
    /// Each number of workers, in order; the first is 1.
    pub points: Vec<SpeedUpPoint>,
    /// The serial share by Amdahl's law; or why it is not told.
    pub fit: Result<Fit, NoFit>,
}

/// One number of workers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeedUpPoint {
    /// How many workers there were.
    pub workers: u32,
    /// How often that was run.
    pub runs: usize,
    /// What it took, ms.
    pub makespan_ms: Spread,
    /// How many times as fast as the median of one worker that is; of one worker, around 1.
    pub speed_up: Spread,
    /// The serial share that this point alone speaks for; see [`karp_flatt`].
    pub serial: Option<f64>,
    /// Whether there are fewer cores than workers: they take turns, and the law does not speak of them.
    pub beyond_cores: bool,
}

/// Why the law is not told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoFit {
    /// Nothing but one worker was measured on cores of its own.
    OneWorker,
    /// More workers are not faster.
    NoGain {
        /// The lowest speed-up among them.
        lowest: f64,
    },
    /// Workers are faster than they could be by sharing the work.
    AboveIdeal {
        /// How many.
        workers: u32,
        /// How many times as fast.
        speed_up: f64,
    },
    /// Too few runs to say how sure a share is.
    TooFewRuns {
        /// The fewest that a number of workers has.
        fewest: usize,
    },
    /// Runs differ so much that the share could be nearly anything.
    TooNoisy {
        /// Lower end of its interval, 0…1.
        low: f64,
        /// Upper end of its interval, 0…1.
        high: f64,
    },
    /// What was measured does not follow the law.
    OtherLaw {
        /// The serial share that the first point speaks for.
        first: f64,
        /// The serial share that the last point speaks for.
        last: f64,
    },
}

impl SpeedUp {
    /// The speed-up that `runs` show on a machine of so many `cores` (0 where that is not known). Numbers of workers may be left out, but
    /// not 1.
    ///
    /// # Errors
    /// Why the runs make no sweep.
    pub fn new(runs: &[Repeats], cores: u32) -> Result<Self, SweepError> {
        let runs = checked(runs)?;
        let one = runs.first().filter(|one| one.setting == 1).ok_or(SweepError::NothingToCompareWith)?;
        let one_ms = Spread::of(&one.makespans_ms).median;
        let point = |run: &&Repeats| {
            let makespan_ms = Spread::of(&run.makespans_ms);
            let Spread { low, median, high } = makespan_ms;
            let speed_up = Spread { low: one_ms / high, median: one_ms / median, high: one_ms / low };
            SpeedUpPoint {
                workers: run.setting,
                runs: run.makespans_ms.len(),
                makespan_ms,
                speed_up,
                serial: karp_flatt(speed_up.median, run.setting),
                beyond_cores: cores > 0 && run.setting > cores,
            }
        };
        let points: Vec<_> = runs.iter().map(point).collect();
        let on_cores = points.iter().filter(|point| !point.beyond_cores).count();
        let makespans: Vec<_> = runs[..on_cores].iter().map(|run| (run.setting, run.makespans_ms.as_slice())).collect();
        let fit = fit(&points[..on_cores], &makespans);
        Ok(Self { cores, one_ms, points, fit })
    }

    /// The points of which the law speaks: those whose workers have a core each.
    pub fn on_cores(&self) -> &[SpeedUpPoint] {
        let on_cores = self.points.iter().filter(|point| !point.beyond_cores).count();
        &self.points[..on_cores]
    }
}

/// The fit, unless there is a reason not to tell it; `points` are those of `makespans`.
fn fit(points: &[SpeedUpPoint], makespans: &[(u32, &[f64])]) -> Result<Fit, NoFit> {
    let more = points.get(1..).unwrap_or_default();
    let (Some(first), Some(last)) = (more.first(), more.last()) else { return Err(NoFit::OneWorker) };
    let above = |point: &&SpeedUpPoint| point.speed_up.low > f64::from(point.workers) * SAME_BELOW;
    if let Some(point) = more.iter().find(above) {
        return Err(NoFit::AboveIdeal { workers: point.workers, speed_up: point.speed_up.median });
    }
    let medians = || more.iter().map(|point| point.speed_up.median);
    if medians().all(|speed_up| speed_up < SAME_BELOW) {
        return Err(NoFit::NoGain { lowest: medians().fold(f64::INFINITY, f64::min) });
    }
    let fewest = points.iter().map(|point| point.runs).min().unwrap_or(0);
    if fewest < FEWEST_REPEATS {
        return Err(NoFit::TooFewRuns { fewest });
    }
    let fit = Fit::of(makespans);
    let Fit { low, high, .. } = fit;
    if high - low > WIDEST {
        return Err(NoFit::TooNoisy { low, high });
    }
    let follows = |point: &SpeedUpPoint| {
        let (by_law, Spread { low, median, high }) = (fit.speed_up(f64::from(point.workers)), point.speed_up);
        (low..=high).contains(&by_law) || (1.0 / FAR_BELOW..FAR_BELOW).contains(&(median / by_law))
    };
    if more.iter().all(follows) {
        return Ok(fit);
    }
    let share = |point: &SpeedUpPoint| point.serial.unwrap_or(0.0);
    Err(NoFit::OtherLaw { first: share(first), last: share(last) })
}

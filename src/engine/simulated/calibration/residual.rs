//! What is left between a prediction and what was then measured: in percent, over several plans, and with the reasons that the two traces
//! show.

use crate::trace::stats::stats;
use crate::trace::{LaneKind, MarkKind, State, Trace};

/// A plan, as predicted and as measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// What the plan is called.
    pub name: String,
    /// The simulated makespan, ms.
    pub predicted_ms: f64,
    /// The measured makespan, ms: the median of its runs.
    pub measured_ms: f64,
}

/// What is left of a prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Residual {
    /// The prediction.
    pub of: Prediction,
    /// How much longer than the measurement it was, percent of the measurement; below 0 for shorter.
    pub percent: f64,
}

/// What is left of several predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Residuals {
    /// Each of them, the furthest off first.
    pub each: Vec<Residual>,
    /// The median of how far they are off, whichever way, percent.
    pub median_percent: f64,
}

/// A difference of so much of the measured makespan is worth a reason.
const WORTH_A_REASON: f64 = 0.02;

impl Residuals {
    /// Of these predictions; `None` unless there is one, and all of them took some time.
    pub fn new(predictions: &[Prediction]) -> Option<Self> {
        let residual = |of: &Prediction| {
            let is_time = |ms: f64| (1e-6..=1e12).contains(&ms);
            (is_time(of.predicted_ms) && is_time(of.measured_ms))
                .then(|| Residual { of: of.clone(), percent: (of.predicted_ms / of.measured_ms - 1.0) * 100.0 })
        };
        let mut each = predictions.iter().map(residual).collect::<Option<Vec<_>>>()?;
        each.sort_by(|a, b| b.percent.abs().total_cmp(&a.percent.abs()));
        let off = |place: usize| each.get(place).map(|residual| residual.percent.abs());
        let median_percent = (off(each.len() / 2)? + off(each.len().checked_sub(1)? / 2)?) / 2.0;
        Some(Self { each, median_percent })
    }

    /// How good the predictions were, in a sentence or two.
    pub fn words(&self) -> String {
        let Some(worst) = self.each.first() else { return String::new() };
        if let [only] = self.each.as_slice() {
            return only.words();
        }
        let (plans, median) = (self.each.len(), self.median_percent);
        format!(
            "Over {plans} plans, a prediction is off by {median:.0} % in the median. The furthest off: {}",
            worst.words()
        )
    }
}

impl Residual {
    /// “primes was predicted to take 900 ms and took 1000 ms, 10 % less than measured.”
    pub fn words(&self) -> String {
        let Prediction { name, predicted_ms, measured_ms } = &self.of;
        let off = match self.percent {
            percent if percent >= 0.5 => format!("{percent:.0} % too long"),
            percent if percent <= -0.5 => format!("{:.0} % too short", -percent),
            _ => "as predicted".to_owned(),
        };
        format!("{name}, predicted {} and measured {}: {off}.", ms(*predicted_ms), ms(*measured_ms))
    }
}

/// Why a measured run may differ from its simulation: what the two traces themselves show, a sentence each, the weightiest first. None if
/// nothing that is known explains a difference.
pub fn reasons(measured: &Trace, simulated: &Trace) -> Vec<String> {
    let makespan_ms = stats(measured).makespan_ms;
    let more_ms = |state| total_ms(measured, state) - total_ms(simulated, state);
    let (starting_ms, ready_ms) = (longest_ms(measured, State::Starting), more_ms(State::Ready));
    let late_ms = starting_ms - longest_ms(simulated, State::Starting);
    let step_ms = measured.provenance().clock_resolution_ms;
    let frames = measured.lanes().iter().filter(|lane| lane.kind() == LaneKind::Heartbeat);
    let frames = frames.flat_map(|lane| lane.marks()).filter(|mark| mark.kind == MarkKind::Frame).count();
    let cores = measured.provenance().cores as usize;
    let workers = measured.lanes().iter().filter(|lane| lane.kind().is_worker() && lane.below().is_none()).count();
    let mut reasons = vec![
        (
            ready_ms / workers.max(1) as f64,
            format!(
                "Workers stood ready for {} in all without a core, {} more than in the simulation: other programs had it.",
                ms(total_ms(measured, State::Ready)),
                ms(ready_ms)
            ),
        ),
        (
            late_ms.abs(),
            format!(
                "Workers took {} to come up, and {} in the simulation.",
                ms(starting_ms),
                ms(longest_ms(simulated, State::Starting))
            ),
        ),
        (2.0 * step_ms, format!("The clock steps by {}: what is shorter cannot be seen.", ms(step_ms))),
        // What a frame takes was measured nowhere: about a millisecond of a core, if there is none to spare.
        (
            if cores > 0 && workers >= cores { frames as f64 } else { 0.0 },
            format!("The page drew {frames} frames meanwhile, and had to share the cores with the workers."),
        ),
    ];
    reasons.retain(|(weight_ms, _)| *weight_ms > makespan_ms * WORTH_A_REASON);
    reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
    reasons.into_iter().map(|(_, words)| words).collect()
}

fn durations(trace: &Trace, state: State) -> impl Iterator<Item = f64> {
    trace.slices().map(|(_, slice)| slice).filter(move |slice| slice.state == state).map(|slice| slice.duration_ms())
}

fn total_ms(trace: &Trace, state: State) -> f64 {
    durations(trace, state).fold(0.0, |sum, ms| sum + ms)
}

fn longest_ms(trace: &Trace, state: State) -> f64 {
    durations(trace, state).fold(0.0, f64::max)
}

/// A time, in as many digits as a prediction deserves.
fn ms(ms: f64) -> String {
    if ms >= 9.95 { format!("{ms:.0} ms") } else { format!("{ms:.1} ms") }
}

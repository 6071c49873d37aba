//! How a browser becomes a machine that can be simulated: [`PLAN`] says what is to be run for it, and how often; [`Measurement::reading`]
//! takes a number from each run's trace; [`Calibration::new`] makes the machine of them, or says which number cannot be. What is measured
//! later is held against what was predicted by [`Residuals`]. Pure: who runs the
//! plans knows the browser, and is a loop.

mod plan;
mod quantity;
mod residual;

pub use plan::{Measurement, PLAN};
pub use quantity::{Place, Quantity, Workers};
pub use residual::{Prediction, Residual, Residuals, reasons};

use super::{Host, MOST_CORES, Machine, Speed};
use crate::plan::{How, Unit};

/// What a browser says of itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    /// Logical processors that it reports.
    pub cores: u32,
    /// The smallest step of its clock, ms.
    pub clock_resolution_ms: f64,
    /// Whether threads that share a memory can be had on this page.
    pub has_threads: bool,
}

/// This browser as a machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// The machine, called “this browser”, with what the page on it takes.
    pub host: Host,
    /// What its clock cannot tell apart, ms.
    pub clock_resolution_ms: f64,
    /// What could not be measured here, since there are no threads or no pictures to be had: for that the machine has the numbers of an
    /// ordinary one.
    pub assumed: Vec<Quantity>,
    /// What came out so differently from run to run that it may not hold: see [`STEADY`].
    pub unsteady: Vec<Quantity>,
}

/// Of a quantity that is steady, the greatest reading is less than so many times the median.
pub const STEADY: f64 = 1.5;
/// A clock that steps further than this tells nothing of what is to be measured, ms.
const COARSEST_MS: f64 = 20.0;
/// A core is within this factor of an ordinary one, either way: more is a mistake, or a browser that plays with its clock.
const LIKE_ORDINARY: f64 = 100.0;

/// Why measurements make no machine.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    /// Something has too few readings: it was not run, or a trace did not show it.
    #[error("{what} was measured {readings} times; it takes {wanted}")]
    TooFew {
        /// What.
        what: &'static str,
        /// How many readings there are.
        readings: usize,
        /// How many there should be.
        wanted: u32,
    },
    /// A number that no browser has.
    #[error("{what} came out as {measured}; plausible is {plausible}. Close what else is running, and calibrate again")]
    Implausible {
        /// What.
        what: &'static str,
        /// What was measured, with its unit.
        measured: String,
        /// What can be, with its unit.
        plausible: String,
    },
}

impl Calibration {
    /// The machine that has these readings: of each quantity all that were taken, in ms by the quantity's unit, in any order. The median
    /// counts.
    ///
    /// # Errors
    /// What is missing, or cannot be.
    pub fn new(facts: &Facts, readings: &[(Quantity, f64)]) -> Result<Self, CalibrationError> {
        plausible("the number of cores", f64::from(facts.cores), (1.0, f64::from(MOST_CORES)), "")?;
        plausible("the step of the clock", facts.clock_resolution_ms, (1e-6, COARSEST_MS), " ms")?;
        let (mut assumed, mut unsteady) = (Vec::new(), Vec::new());
        let mut host = Host::from(Machine { name: "this browser".into(), ..Machine::ideal(facts.cores) });
        for measurement in PLAN {
            let quantity = measurement.quantity;
            let mut own: Vec<f64> =
                readings.iter().filter(|(of, _)| *of == quantity).map(|(_, reading)| *reading).collect();
            let is_to_be_had = !measurement.needs_threads() || facts.has_threads;
            if own.is_empty() && (!is_to_be_had || measurement.needs_pictures()) {
                assumed.push(quantity);
                continue;
            }
            if own.len() < measurement.repeats as usize {
                let (what, wanted) = (quantity.name(), measurement.repeats);
                return Err(CalibrationError::TooFew { what, readings: own.len(), wanted });
            }
            own.sort_by(f64::total_cmp);
            if let Some(none) = own.iter().find(|reading| !reading.is_finite()) {
                plausible(quantity.name(), *none, range(quantity), quantity.unit())?;
            }
            let mut median = own[own.len() / 2];
            let is_steady = own.last().is_none_or(|most| *most <= median * STEADY);
            if let Quantity::Pace(_) = quantity {
                // The division was measured before it.
                median /= host.machine.speed.division_ms;
            }
            plausible(quantity.name(), median, range(quantity), quantity.unit())?;
            if !is_steady {
                unsteady.push(quantity);
            }
            *place(&mut host, quantity) = median;
        }
        Ok(Self { host, clock_resolution_ms: facts.clock_resolution_ms, assumed, unsteady })
    }

    /// Each quantity that was measured by its name, with what it came to: “a division”, “2.5 ns”.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let mut host = self.host.clone();
        let measured = PLAN.iter().map(|measurement| measurement.quantity).filter(|it| !self.assumed.contains(it));
        let row = |quantity| match quantity {
            Quantity::Copy => ("copying a megabyte", duration(*place(&mut host, quantity) * 1e6)),
            Quantity::Pace(_) => (quantity.name(), times(*place(&mut host, quantity))),
            _ => (quantity.name(), duration(*place(&mut host, quantity))),
        };
        measured.map(row).collect()
    }

    /// What a reader is to know of it, a sentence each; none if everything was measured and steady.
    pub fn words(&self) -> Vec<String> {
        let named = |quantities: &[Quantity]| {
            let names: Vec<_> = quantities.iter().map(|quantity| quantity.name()).collect();
            names.join(", ")
        };
        let mut words = Vec::new();
        if !self.assumed.is_empty() {
            words.push(format!(
                "These could not be measured here and are those of an ordinary machine: {}.",
                named(&self.assumed)
            ));
        }
        if !self.unsteady.is_empty() {
            words.push(format!("These differed much from run to run: {}.", named(&self.unsteady)));
        }
        words
    }
}

/// Where a quantity stands.
fn place(host: &mut Host, quantity: Quantity) -> &mut f64 {
    let Host { machine, thread_dispatch_ms, process_dispatch_ms, pace } = host;
    let Machine { process_start_ms, thread_start_ms, copy_ms_per_byte, switch_ms, speed, .. } = machine;
    match quantity {
        Quantity::ProcessStart => process_start_ms,
        Quantity::ThreadStart => thread_start_ms,
        Quantity::Copy => copy_ms_per_byte,
        Quantity::Switch => switch_ms,
        Quantity::Work(unit) => match unit {
            Unit::Division => &mut speed.division_ms,
            Unit::Element => &mut speed.element_ms,
            Unit::Iteration => &mut speed.iteration_ms,
            Unit::Block => &mut speed.block_ms,
            Unit::Sentence => &mut speed.sentence_ms,
            Unit::Pixel => &mut speed.pixel_ms,
        },
        Quantity::Increment(how) => match how {
            How::Plain => &mut speed.plain_ms,
            How::Atomic => &mut speed.atomic_ms,
            How::Locked(_) => &mut speed.locked_ms,
            How::Local => &mut speed.local_ms,
        },
        Quantity::Dispatch(Workers::Threads) => thread_dispatch_ms,
        Quantity::Dispatch(Workers::Processes) => process_dispatch_ms,
        Quantity::Pace(Place::Page) => &mut pace.page,
        Quantity::Pace(Place::EventLoop) => &mut pace.event_loop,
        Quantity::Pace(Place::Gil) => &mut pace.gil,
        Quantity::Pace(Place::AllCores) => &mut pace.all_cores,
    }
}

/// Least and greatest value that a quantity can have, in its unit.
fn range(quantity: Quantity) -> (f64, f64) {
    match quantity {
        Quantity::ProcessStart | Quantity::ThreadStart => (0.01, 10_000.0),
        // From as fast as memory is, 100 GB/s, to 1 MB/s.
        Quantity::Copy => (1e-8, 1e-3),
        Quantity::Switch => (0.0, 10.0),
        Quantity::Dispatch(_) => (0.0, 1_000.0),
        // A machine on which much else is going on has cores that are worth a fraction.
        Quantity::Pace(_) => (0.2, 50.0),
        Quantity::Work(_) | Quantity::Increment(_) => {
            let mut ordinary = Host::from(Machine { speed: Speed::ORDINARY, ..Machine::ideal(1) });
            let ms = *place(&mut ordinary, quantity);
            (ms / LIKE_ORDINARY, ms * LIKE_ORDINARY)
        }
    }
}

/// A duration (ms) in the unit in which it is a number that can be said, with two digits.
fn duration(ms: f64) -> String {
    let (number, unit) = match ms {
        ms if ms >= 1.0 => (ms, "ms"),
        ms if ms >= 1e-3 => (ms * 1e3, "µs"),
        ms => (ms * 1e6, "ns"),
    };
    if number >= 9.95 { format!("{number:.0} {unit}") } else { format!("{number:.1} {unit}") }
}

/// How many times as long something takes as in a process that is alone.
fn times(factor: f64) -> String {
    format!("{factor:.2} times as long as in a process alone")
}

fn plausible(what: &'static str, value: f64, (least, most): (f64, f64), unit: &str) -> Result<(), CalibrationError> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let (measured, plausible) = (format!("{value}{unit}"), format!("{least} to {most}{unit}"));
    Err(CalibrationError::Implausible { what, measured, plausible })
}

#[cfg(test)]
mod tests;

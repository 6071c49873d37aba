//! The workloads: each turns values of its parameters into a plan, and says whether the plan's results are right.

mod computing;
mod costs;
#[cfg(feature = "faults")]
mod faults;
mod locking;
mod own;
mod racing;
mod shared;
mod together;
mod waiting;

pub use computing::*;
pub use costs::*;
#[cfg(feature = "faults")]
pub use faults::*;
pub use locking::*;
pub use own::OWN_WORKLOAD;
pub use racing::RACE_WORKLOAD;
pub use shared::BLOCKS_PER_MS;
pub use together::*;
pub use waiting::*;

use super::kernel::mandelbrot::Tile;
use super::{Parameter, Plan, Results, Values};

/// Something to be run, with what a learner may turn.
pub struct Workload {
    /// Its name in links.
    pub id: &'static str,
    /// What may be turned, in the order the screen shows it.
    pub parameters: &'static [&'static Parameter],
    /// The plan for these values.
    pub plan: fn(&Values) -> Plan,
    /// Whether these results are what the plan should give.
    pub check: fn(&Values, &Results) -> Verdict,
    /// Whether the learner gives it addresses; see [`Values::urls`].
    pub takes_urls: bool,
    /// Whether the learner writes the plan; see [`Values::plan`].
    pub takes_plan: bool,
    /// How the outputs of its tasks make a picture, for a workload that draws one.
    pub picture: Option<fn(&Values) -> PictureLayout>,
}

impl Workload {
    /// One that takes no addresses and no plan, and draws nothing.
    const fn new(
        id: &'static str,
        parameters: &'static [&'static Parameter],
        plan: fn(&Values) -> Plan,
        check: fn(&Values, &Results) -> Verdict,
    ) -> Self {
        Self { id, parameters, plan, check, takes_urls: false, takes_plan: false, picture: None }
    }
}

/// What a workload says of the results of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the results are right.
    pub correct: bool,
    /// The result in words, with what was expected if it differs.
    pub words: String,
    /// How what was counted is distributed, where that says more than a sentence.
    pub histogram: Option<Histogram>,
}

impl Verdict {
    fn new(correct: bool, words: String) -> Self {
        Self { correct, words, histogram: None }
    }
}

/// How often something came out in which way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    /// What is counted, as a heading.
    pub title: &'static str,
    /// In order; those in which nothing fell are among them.
    pub bins: Vec<Bin>,
}

/// One bar of a histogram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bin {
    /// What falls into it.
    pub label: &'static str,
    /// How often that was so.
    pub count: u32,
}

/// A picture that is made of the tasks' outputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureLayout {
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// What the bytes of an output mean.
    pub pixels: Pixels,
    /// Where the output of each task stands, by its number.
    pub tiles: Vec<Tile>,
}

/// What the bytes of a tile mean, row by row from its upper left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pixels {
    /// A byte a pixel: 0 for a point of the Mandelbrot set, else 1 to 255 for how soon it left, beginning again after 255.
    Iterations,
    /// Three bytes a pixel: red, green, blue.
    Rgb,
}

/// Every workload there is.
pub static WORKLOADS: &[&Workload] = &[
    &REQUESTS_WORKLOAD,
    &UNRELIABLE_WORKLOAD,
    &URLS_WORKLOAD,
    &PICTURES_WORKLOAD,
    &CAPSTONE_WORKLOAD,
    &MIXED_WORKLOAD,
    &PRIMES_WORKLOAD,
    &SEARCH_WORKLOAD,
    &MANDELBROT_WORKLOAD,
    &SHA256_WORKLOAD,
    &WORDS_WORKLOAD,
    &HELLO_WORKLOAD,
    &COPIES_WORKLOAD,
    &CONVOY_WORKLOAD,
    &RACE_WORKLOAD,
    &REENTRANT_WORKLOAD,
    &SEMAPHORE_WORKLOAD,
    &DEADLOCK_WORKLOAD,
    &PHILOSOPHERS_WORKLOAD,
    &PRODUCER_CONSUMER_WORKLOAD,
    &PIPELINE_WORKLOAD,
    &PUBLISH_WORKLOAD,
    &BARRIER_WORKLOAD,
    &EVENT_WORKLOAD,
    &OWN_WORKLOAD,
];

/// A number with its digits in groups of three: 3,000,000.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::parameter::ALL;

    #[test]
    fn digits_are_grouped() {
        assert_eq!([0, 999, 1_000, 3_000_000].map(grouped), ["0", "999", "1,000", "3,000,000"]);
    }

    #[test]
    fn ids_are_unique_and_parameters_stand_in_the_table() {
        for workload in WORKLOADS {
            assert_eq!(WORKLOADS.iter().filter(|other| other.id == workload.id).count(), 1, "{}", workload.id);
            assert!(workload.parameters.iter().all(|parameter| ALL.contains(parameter)), "{}", workload.id);
        }
    }
}

//! How fast a core is: the time that each kind of work takes, by the unit in which a plan measures it.

use serde::{Deserialize, Serialize};

use super::SimulationError;
use crate::plan::catalogue::BLOCKS_PER_MS;
use crate::plan::{Amount, How, Unit};

/// How long a core takes for a unit of each kind of work, ms.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speed {
    /// For a trial division.
    pub division_ms: f64,
    /// For an element that is looked at.
    pub element_ms: f64,
    /// For an iteration for a point of the Mandelbrot set.
    pub iteration_ms: f64,
    /// For 16 KiB that are hashed by SHA-256.
    pub block_ms: f64,
    /// For a sentence in which words are counted.
    pub sentence_ms: f64,
    /// For a pixel of a PNG that is decoded.
    pub pixel_ms: f64,
    /// For an increment that loads, adds and stores.
    pub plain_ms: f64,
    /// For one in an indivisible instruction.
    pub atomic_ms: f64,
    /// For one while a lock is held, with taking the lock and letting go of it.
    pub locked_ms: f64,
    /// For one in a variable of the thread's own.
    pub local_ms: f64,
}

/// Longest time for a unit, ms.
const MOST_MS: f64 = 1_000.0;

impl Speed {
    /// A core of an ordinary machine of 2026: blocks as the catalogue's plans are made for, pixels as Chromium took them (three times
    /// as long as native code takes), the other units as `benches/native.rs` took them, all rounded. A machine that is calibrated has its own.
    pub const ORDINARY: Self = Self {
        division_ms: 2.4e-6,
        element_ms: 6e-7,
        iteration_ms: 2.5e-6,
        block_ms: 1.0 / BLOCKS_PER_MS as f64,
        sentence_ms: 2e-4,
        pixel_ms: 3e-5,
        plain_ms: 3e-5,
        atomic_ms: 5e-5,
        locked_ms: 1e-4,
        local_ms: 3e-5,
    };

    /// Each time, with what it is for.
    fn fields(&self) -> [(&'static str, f64); 10] {
        [
            ("time for a division", self.division_ms),
            ("time for an element", self.element_ms),
            ("time for an iteration", self.iteration_ms),
            ("time for a block", self.block_ms),
            ("time for a sentence", self.sentence_ms),
            ("time for a pixel", self.pixel_ms),
            ("time for a plain increment", self.plain_ms),
            ("time for an atomic increment", self.atomic_ms),
            ("time for a locked increment", self.locked_ms),
            ("time for a local increment", self.local_ms),
        ]
    }

    pub(super) fn check(&self) -> Result<(), SimulationError> {
        let bad = self.fields().into_iter().find(|(_, ms)| !(0.0..=MOST_MS).contains(ms));
        let refused = |(field, ms)| SimulationError::out_of_range(field, format!("from 0 to {MOST_MS} ms"), ms);
        bad.map_or(Ok(()), |bad| Err(refused(bad)))
    }

    /// A core that takes `factor` times as long for everything.
    pub fn slowed(&self, factor: f64) -> Self {
        Self {
            division_ms: self.division_ms * factor,
            element_ms: self.element_ms * factor,
            iteration_ms: self.iteration_ms * factor,
            block_ms: self.block_ms * factor,
            sentence_ms: self.sentence_ms * factor,
            pixel_ms: self.pixel_ms * factor,
            plain_ms: self.plain_ms * factor,
            atomic_ms: self.atomic_ms * factor,
            locked_ms: self.locked_ms * factor,
            local_ms: self.local_ms * factor,
        }
    }

    /// A core that takes `pace` times as long for work, and as long as before for increments: those are measured where threads contend
    /// for them.
    pub fn at_pace(&self, pace: f64) -> Self {
        let Self { plain_ms, atomic_ms, locked_ms, local_ms, .. } = *self;
        Self { plain_ms, atomic_ms, locked_ms, local_ms, ..self.slowed(pace) }
    }

    /// How long so much work takes, ms.
    pub fn of(&self, amount: Amount) -> f64 {
        let unit_ms = match amount.unit {
            Unit::Division => self.division_ms,
            Unit::Element => self.element_ms,
            Unit::Iteration => self.iteration_ms,
            Unit::Block => self.block_ms,
            Unit::Sentence => self.sentence_ms,
            Unit::Pixel => self.pixel_ms,
        };
        unit_ms * amount.count
    }

    /// How long an increment takes, ms.
    pub fn of_increment(&self, how: How) -> f64 {
        match how {
            How::Plain => self.plain_ms,
            How::Atomic => self.atomic_ms,
            How::Locked(_) => self.locked_ms,
            How::Local => self.local_ms,
        }
    }
}

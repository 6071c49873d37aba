//! Claims about what runs come to: `makespan(gather) <= 0.2 * makespan(main)`. An author writes them of a demo's runs, where the compiler
//! and the tests hold them against simulated and real ones, and as the conditions of a task, where each run of the learner's is judged.
//! Nothing here runs anything.
//!
//! ```text
//!  text ─ read ─▶ Claim (Measure Order Bound) ─ judge, with what was measured ─▶ Judged: whether it holds, and in words
//!                 └─ words ─▶ what is to be, before anything has run
//! ```

mod judge;
mod metric;
mod read;
mod words;

use serde::{Deserialize, Serialize};

pub use judge::{Holds, Judged};
pub use metric::{Metric, Unit};
pub use read::ClaimError;

use crate::engine::EngineId;

/// How far a real run may miss a claim that does not say so, as a share of the bound.
const WITHIN: f64 = 0.25;

/// A claim: one thing that is measured, and its bound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// As it was written.
    pub text: String,
    /// What is measured.
    pub left: Measure,
    /// How it has to lie to the bound.
    pub order: Order,
    /// The bound.
    pub right: Bound,
    /// How far a real run may miss the bound, as a share of it. Only claims of an author's are taken so easily.
    pub within: f64,
}

/// Something that is measured of an engine's run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// What.
    pub metric: Metric,
    /// Of whose run.
    pub of: Of,
    /// Parameters of its own, as in a link: `threads=4`. Such a run is only ever simulated.
    pub parameters: String,
}

/// Whose run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// That of this engine.
    Engine(EngineId),
    /// That of whatever single engine ran (`*`).
    Only,
    /// That of at least one of those that ran (`any`).
    Any,
}

/// How a value has to lie to its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// `<=`
    AtMost,
    /// `<`
    Below,
    /// `>=`
    AtLeast,
    /// `>`
    Above,
}

/// What a value is held against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// A number, in the unit of what is measured.
    Number(f64),
    /// So many times something else that is measured.
    Times(f64, Measure),
}

impl Claim {
    /// What is measured for it: one or two.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        let bound = if let Bound::Times(_, measure) = &self.right { Some(measure) } else { None };
        [&self.left].into_iter().chain(bound)
    }

    /// Whether only a run that really took place can tell.
    pub fn needs_real_run(&self) -> bool {
        self.measures().any(|measure| measure.metric.needs_real_run())
    }

    /// Whether it is about runs with parameters of their own, so that only a simulation can tell.
    pub fn needs_simulation(&self) -> bool {
        self.measures().any(|measure| !measure.parameters.is_empty())
    }
}

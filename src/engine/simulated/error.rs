//! Why something cannot be simulated, as values that say what is wrong, where, and what would be right.

use crate::trace::TraceError;

/// Why a simulation did not begin, or was given up.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SimulationError {
    /// A number of the machine or of the scheduler is not one that can be simulated.
    #[error("{field} must be {allowed}; {given} is not")]
    OutOfRange {
        /// What it was given for: “cores of the machine”.
        field: &'static str,
        /// What is allowed, with its unit.
        allowed: String,
        /// What was given.
        given: String,
    },
    /// The scheduler asks for two things that exclude each other.
    #[error("{0}")]
    Contradiction(&'static str),
    /// A step cannot be taken as it stands.
    #[error("step {step} of {task}: {why}")]
    Step {
        /// The label of its task.
        task: String,
        /// Which step, from 1.
        step: usize,
        /// What is wrong with it.
        why: String,
    },
    /// The plan as a whole cannot be carried out.
    #[error("{0}")]
    Plan(String),
    /// The run has more slices than are kept.
    #[error("the run has more than {0} slices; a shorter plan or longer time slices would have fewer")]
    TooManySlices(usize),
    /// The run goes through more changes than anybody waits for.
    #[error("the run has more than {0} events; a shorter plan or longer time slices would have fewer")]
    TooManyEvents(u64),
    /// The recorder refused what was simulated: a defect of the simulation, told rather than hidden.
    #[error("the recording is not well-formed: {0}; please report this")]
    Trace(#[from] TraceError),
}

impl SimulationError {
    pub(super) fn out_of_range(field: &'static str, allowed: impl Into<String>, given: impl ToString) -> Self {
        Self::OutOfRange { field, allowed: allowed.into(), given: given.to_string() }
    }
}

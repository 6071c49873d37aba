//! Why a run did not come to its end, as values that say what happened and what to do.

use crate::trace::TraceError;

/// Why a run ended early, or did not begin.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// The learner cancelled it.
    #[error("Cancelled.")]
    Cancelled,
    /// The engine cannot run here.
    #[error("{why} {remedy}")]
    Unavailable {
        /// What is missing.
        why: String,
        /// What would bring it.
        remedy: String,
    },
    /// A task panicked in a worker, which has been ended.
    #[error("A task failed: {0}. Its worker was ended; the next run starts a new one.")]
    Panicked(String),
    /// A worker did not come up, or stopped answering.
    #[error("The worker was lost: {0}. The next run starts a new one.")]
    WorkerLost(String),
    /// Tasks wait for one another for ever; says who holds what and waits for what.
    #[error("Deadlock: {0}. None of them can ever go on, so the run was ended.")]
    Deadlock(String),
    /// In a simulated run tasks wait for ever, because a notification came before they waited for it; says whose.
    #[error("Lost wake-up: {0}. Nobody remembers a notification, so nothing can ever happen any more.")]
    LostWakeUp(String),
    /// The plan, the machine and the scheduler cannot be simulated together, or not to their end; says why.
    #[error("It cannot be simulated: {0}.")]
    NotSimulated(String),
    /// The recorder refused what the engine reported: a defect of the engine, told rather than hidden.
    #[error("The recording is not well-formed: {0}. Please report this.")]
    Trace(#[from] TraceError),
}

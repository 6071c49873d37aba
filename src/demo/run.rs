//! What one engine came to in a session: queued, running, done or failed, with the numbers that follow from its trace.

use std::rc::Rc;

use crate::engine::RunError;
use crate::plan::{Results, Values, Verdict};
use crate::trace::Trace;
use crate::trace::stats::Stats;

/// The newest run on one engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// With which values.
    pub values: Values,
    /// What it came to.
    pub state: RunState,
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
pub enum RunState {
    /// Waits for the engines before it.
    Queued,
    /// Runs now.
    Running,
    /// Came to its end.
    Done(Rc<Finished>),
    /// Did not; with what had been recorded until then.
    Failed(RunError, Option<Rc<Trace>>),
}

/// A run that came to its end, with what follows from it.
#[derive(Debug)]
pub struct Finished {
    /// What happened.
    pub trace: Rc<Trace>,
    /// Its numbers.
    pub stats: Stats,
    /// What its tasks gave back.
    pub results: Results,
    /// Whether its results are right.
    pub verdict: Verdict,
}

impl PartialEq for Finished {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.trace, &other.trace)
    }
}

/// Where an engine's panel stands: what attributes and styles are called after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Has not run.
    Idle,
    /// Waits for the engines before it.
    Queued,
    /// Runs.
    Running,
    /// Came to its end.
    Done,
    /// Failed.
    Failed,
    /// Was cancelled.
    Cancelled,
}

impl Status {
    /// Name in attributes.
    pub fn key(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

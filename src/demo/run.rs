//! What one engine came to in a session: queued, running, done or failed, with the numbers that follow from its trace.

use std::rc::Rc;

use crate::engine::RunError;
use crate::plan::{Results, Values, Verdict};
use crate::trace::Trace;
use crate::trace::stats::{Stats, stats};

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
    /// Whether its results are right; `None` if it was simulated or recorded elsewhere, so that there are none.
    pub verdict: Option<Verdict>,
    /// What it suffered from although it came to its end, in words.
    pub starvation: Option<String>,
    /// Whether it came with a link, and did not run here.
    pub is_recorded: bool,
}

impl Finished {
    /// A run that came with a link: a trace, and no results.
    pub fn recorded(trace: Rc<Trace>) -> Self {
        let stats = stats(&trace);
        Self { trace, stats, results: Results::default(), verdict: None, starvation: None, is_recorded: true }
    }

    /// Whether its times are those of virtual time.
    pub fn is_simulated(&self) -> bool {
        self.trace.provenance().is_simulated()
    }
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

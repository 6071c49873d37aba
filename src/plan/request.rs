//! What a task can ask the network for, and how long it waits for that.

use serde::{Deserialize, Serialize};

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Tells the requests of a run apart.
    pub id: u32,
    /// What is asked for.
    pub target: Target,
    /// How long one attempt may take, ms; 0 for as long as it likes.
    pub timeout_ms: u32,
    /// How often it is tried again after a failure.
    pub retries: u32,
}

impl Request {
    /// How long it keeps its task waiting in all, every attempt included, ms; `None` where that cannot be known.
    pub fn waits_ms(&self) -> Option<u32> {
        let (delay_ms, failures) = match &self.target {
            Target::Slow { delay_ms, failures, .. } => (*delay_ms, *failures),
            Target::Picture { delay_ms, .. } => (*delay_ms, 0),
            Target::Url(_) => return None,
        };
        let gives_up = self.timeout_ms > 0 && delay_ms > self.timeout_ms;
        let (attempt_ms, failures) = if gives_up { (self.timeout_ms, self.retries) } else { (delay_ms, failures) };
        Some(attempt_ms * (failures.min(self.retries) + 1))
    }
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// So many bytes, after a delay.
    Slow {
        /// Time until the answer, ms.
        delay_ms: u32,
        /// Length of the answer's body, bytes.
        bytes: u32,
        /// The first so many attempts are answered by an error.
        failures: u32,
    },
    /// A picture of the page's own, after a delay.
    Picture {
        /// Time until the answer, ms.
        delay_ms: u32,
        /// Which of the pictures.
        number: u32,
    },
    /// Whatever the learner asks for.
    Url(String),
}

impl Target {
    /// Time until the answer, ms, where it is known.
    pub fn delay_ms(&self) -> u32 {
        match self {
            Self::Slow { delay_ms, .. } | Self::Picture { delay_ms, .. } => *delay_ms,
            Self::Url(_) => 0,
        }
    }
}

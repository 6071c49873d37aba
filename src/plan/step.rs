//! Plans, tasks and steps.

use serde::{Deserialize, Serialize};

use super::kernel::primes;

/// What is to be run: tasks that do not depend on one another, in the order in which they are handed out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The tasks; a trace's `TaskId` is the index here.
    pub tasks: Vec<Task>,
}

impl Plan {
    /// Whether any step makes a request.
    pub fn makes_requests(&self) -> bool {
        self.tasks.iter().flat_map(|task| &task.steps).any(|step| matches!(step, Step::Io(_)))
    }
}

/// Steps that are taken one after another. Its result is the sum of its steps' results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Short name, as charts show it.
    pub label: String,
    /// What it does, in order.
    pub steps: Vec<Step>,
}

/// One thing a task does. Locks and messages will join; whoever matches on it has to say what it does with others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Step {
    /// Uses a processor. Its result is the work's.
    Compute(Work),
    /// Waits for a response. Its result is the number of bytes received.
    Io(Request),
}

/// A request, answered after a delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Time until the answer, ms.
    pub delay_ms: u32,
    /// Length of the answer's body, bytes.
    pub bytes: u32,
    /// Tells the requests of a run apart.
    pub id: u32,
}

/// Something to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Work {
    /// Counts the primes p with `from` ≤ p < `to` by trial division.
    CountPrimes {
        /// First number tried.
        from: u32,
        /// First number no longer tried.
        to: u32,
    },
    /// Panics: what a bug in a task would do.
    #[cfg(feature = "faults")]
    Panic,
    /// Computes until it is cancelled.
    #[cfg(feature = "faults")]
    Endless,
}

impl Work {
    /// The work, piece by piece; see [`Self::next_piece`].
    pub fn pieces(mut self) -> impl Iterator<Item = u64> {
        std::iter::from_fn(move || self.next_piece())
    }

    /// Whether nothing is left to compute.
    pub fn is_done(&self) -> bool {
        match self {
            Self::CountPrimes { from, to } => from >= to,
            #[cfg(feature = "faults")]
            Self::Panic | Self::Endless => false,
        }
    }

    /// Takes the next small piece off the work and computes it: a few tenths of a millisecond, so that whoever drives it can
    /// yield, draw or notice a cancellation between pieces. `None` when nothing is left.
    ///
    /// The piece is a function called often and not inlined: a browser's compiler puts a function that is called again into
    /// its fast tier, but does not replace one that is running.
    pub fn next_piece(&mut self) -> Option<u64> {
        if self.is_done() {
            return None;
        }
        match self {
            Self::CountPrimes { from, to } => {
                let end = to.saturating_sub(*from).min(primes::piece_length(*from)) + *from;
                let count = primes::count(*from, end);
                *from = end;
                Some(u64::from(count))
            }
            #[cfg(feature = "faults")]
            Self::Panic => panic!("this task was written to panic"),
            #[cfg(feature = "faults")]
            Self::Endless => Some(u64::from(primes::count(0, 4_000))),
        }
    }
}

//! What can happen at an instant, and which of it is trouble.

use super::TaskId;

/// What happened at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// The page drew a frame.
    Frame,
    /// A request left.
    RequestSent,
    /// Its response arrived.
    Response,
    /// The task gave up its turn although it could have gone on.
    Yield,
    /// A request failed, or took longer than it may; it may be tried again.
    RequestFailed,
    /// The task ended before its last step.
    Failed,
    /// A thread that waits for the GIL asked for it, its holder having computed for a whole switch interval.
    SwitchRequested,
    /// Tasks were found to wait for one another for ever.
    Deadlock,
    /// A task has been ready for longer than it should be, and has no core.
    Starvation,
    /// A task waits for a condition, and the notification that it was meant for came before.
    LostWakeUp,
    /// Something that an imported file names: the label of the mark's task is that name.
    Named,
}

impl MarkKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Frame,
        Self::RequestSent,
        Self::Response,
        Self::Yield,
        Self::RequestFailed,
        Self::Failed,
        Self::SwitchRequested,
        Self::Deadlock,
        Self::Starvation,
        Self::LostWakeUp,
        Self::Named,
    ];

    /// Whether a task came to its end here, or to a standstill, before its last step.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Failed | Self::Deadlock | Self::LostWakeUp)
    }

    /// What went wrong at such a mark, in words.
    pub fn trouble(self) -> Option<&'static str> {
        Some(match self {
            Self::RequestFailed => "request failed",
            Self::Failed => "task failed",
            Self::Deadlock => "deadlock found",
            Self::Starvation => "starved of a core",
            Self::LostWakeUp => "wake-up lost",
            _ => return None,
        })
    }
}

/// An instant on a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// When, in ms from the start of the run.
    pub at_ms: f64,
    /// The task concerned, if any.
    pub task: Option<TaskId>,
    /// What happened.
    pub kind: MarkKind,
}

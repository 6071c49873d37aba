//! Why a recorder refuses an event: the laws of a trace by name.

use super::{LaneId, ObjectId, TaskId};

/// Why a recorder refused an event.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TraceError {
    /// The lane was never added.
    #[error("{0} does not exist")]
    UnknownLane(LaneId),
    /// The plan has no such task.
    #[error("{0} does not exist")]
    UnknownTask(TaskId),
    /// A time is not a number, infinite, or before the start of the run.
    #[error("{0} is not a time within the run")]
    NotATime(f64),
    /// A counter's value is not a number, or infinite.
    #[error("{0} is not a value of a counter")]
    NotAValue(f64),
    /// A slice would end before it starts.
    #[error("a slice on {lane} ends at {end_ms} ms, before its start at {start_ms} ms")]
    EndBeforeStart {
        /// Where.
        lane: LaneId,
        /// Its start, ms.
        start_ms: f64,
        /// Its end, ms.
        end_ms: f64,
    },
    /// A slice would start before the previous one on its lane has ended.
    #[error("a slice on {lane} starts at {start_ms} ms, while another lasts until {busy_until_ms} ms")]
    Overlap {
        /// Where.
        lane: LaneId,
        /// Start of the refused slice, ms.
        start_ms: f64,
        /// End of the slice before it, ms; infinite while that one is still open.
        busy_until_ms: f64,
    },
    /// An event lies before the one recorded before it on its lane or counter.
    #[error("an event at {at_ms} ms follows one at {after_ms} ms")]
    OutOfOrder {
        /// Time of the refused event, ms.
        at_ms: f64,
        /// Time of the event before it, ms.
        after_ms: f64,
    },
    /// An end without a beginning.
    #[error("nothing is open on {0}")]
    NothingOpen(LaneId),
    /// The trace was to be finished with a slice still open.
    #[error("a slice on {0} is still open")]
    StillOpen(LaneId),
    /// The plan has no such object.
    #[error("{0} does not exist")]
    UnknownObject(ObjectId),
    /// A lock was let go by somebody who did not hold it.
    #[error("{task} lets go of {object}, which it does not hold")]
    NotHeld {
        /// Who.
        task: TaskId,
        /// Of what.
        object: ObjectId,
    },
    /// More lanes than a trace can number.
    #[error("a trace has at most 65,536 lanes")]
    TooManyLanes,
}

//! What happened: an immutable log of which task was where, in which state, and when.
//!
//! A [`Trace`] is made by a [`Recorder`], which refuses what cannot have happened, or by [`exchange`], which checks what comes
//! in from elsewhere; so whoever reads a trace may rely on its laws: slices of a lane are in order and do not overlap, every
//! time is finite and not negative, every lane, task and object exists. This module knows no engine, no clock and no picture:
//! times are given to it, in milliseconds from the start of the run.
//!
//! ```text
//!  Trace ─┬─ tasks      label of each task, by TaskId
//!         ├─ objects    label of each lock, queue, counter …, by ObjectId
//!         ├─ lanes ──┬─ kind, label, lane it continues
//!         │          ├─ slices    [start, end) · task · state · object waited for     sorted, disjoint
//!         │          └─ marks     instant · kind                  sorted
//!         ├─ holds      [start, end) · object · task
//!         ├─ flows      from (lane, time) to (lane, time)
//!         ├─ counters   object · (time, value)…
//!         └─ provenance measured, recorded, simulated or imported; by what, on what
//! ```

mod critical;
mod error;
pub mod event;
pub mod exchange;
mod laws;
mod mark;
mod model;
mod provenance;
mod recorder;
pub mod ring;
mod shared;
mod slice_id;
mod state;
pub mod stats;
pub mod sweep;
mod wait_for;
mod within;

pub use critical::critical_path;
pub use error::TraceError;
pub use mark::{Mark, MarkKind};
pub use model::{Counter, Flow, FlowKind, Hold, Lane, LaneId, ObjectId, Slice, TaskId, Trace};
pub use provenance::{Provenance, RequestsBy, SharedMemory, Source};
pub use recorder::Recorder;
pub use shared::{FlowKey, Reading};
pub use slice_id::SliceId;
pub use state::{LaneKind, State};
pub use wait_for::Waiter;
pub use within::{Within, within};

#[cfg(test)]
mod test_provenance;

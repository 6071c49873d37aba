//! What happened: an immutable log of which task was where, in which state, and when.
//!
//! A [`Trace`] is made by a [`Recorder`], which refuses what cannot have happened, so whoever reads a trace may rely on its
//! laws: slices of a lane are in order and do not overlap, every time is finite and not negative, every lane and task
//! exists. This module knows no engine, no clock and no picture: times are given to it, in milliseconds from the start of
//! the run.
//!
//! ```text
//!  Trace ─┬─ tasks      label of each task, by TaskId
//!         ├─ lanes ──┬─ kind, label
//!         │          ├─ slices    [start, end) · task · state     sorted, disjoint
//!         │          └─ marks     instant · kind                  sorted
//!         ├─ flows      from (lane, time) to (lane, time)
//!         ├─ counters   name · (time, value)…
//!         └─ provenance measured, recorded or simulated; by what, on what
//! ```

mod model;
mod provenance;
mod recorder;
pub mod ring;
pub mod stats;

pub use model::{Counter, Flow, FlowKind, Lane, LaneId, LaneKind, Mark, MarkKind, Slice, State, TaskId, Trace};
pub use provenance::{Provenance, RequestsBy, SharedMemory, Source};
pub use recorder::{Recorder, TraceError};

//! Who carries a plan out. One interface for all: a plan goes in, a trace comes out; while it runs there is progress, a way
//! to cancel and a trace that grows; what goes wrong comes back as a value.
//!
//! This file and its pure neighbours say what every engine shares. How a browser really runs a plan stands in `browser/`,
//! which is compiled for wasm32 alone. Nothing here knows a demo, a lesson or a picture.

mod deadlock;
mod errands;
mod error;
mod file;
mod id;
mod live;
mod on_core;
mod options;
mod patience;
mod pulse;
pub mod script;
pub mod simulated;

#[cfg(target_arch = "wasm32")]
pub mod browser;

use std::rc::Rc;

pub use deadlock::Watch;
pub use errands::{Errands, Manner};
pub use error::RunError;
pub use file::{FileError, FileFormat, FileProgress, MOST_FILE_BYTES, MOST_TRACE_BYTES, OpenedFile, megabytes};
pub use id::EngineId;
pub use live::{Live, Progress, clocks_apart_ms};
pub use on_core::OnCore;
pub use options::Options;
pub use pulse::Pulse;

use crate::plan::Results;
use crate::trace::Trace;

/// What a run that came to its end gives back.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What happened.
    pub trace: Rc<Trace>,
    /// What came of it; nothing if it was simulated.
    pub results: Results,
    /// What it suffered from although it came to its end, in words; only virtual time shows that.
    pub starvation: Option<String>,
}

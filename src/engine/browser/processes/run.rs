//! What a run needs of its processes, whatever these are given to do: they are brought up, listened to, and given up when they have
//! stopped without a word. It knows nothing of who is given what.

use std::cell::Cell;
use std::ops::Range;
use std::pin::pin;

use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::{Briefing, NOT_SERVED};
use crate::engine::browser::clock::now_ms;
use crate::engine::browser::line::{Line, Said};
use crate::engine::{Live, Pulse, RunError};
use crate::plan::Plan;
use crate::trace::{LaneId, LaneKind, State};

/// How long the page waits for a word of a process before it looks whether that still lives, ms.
const LOOK_EVERY_MS: u32 = 100;

/// A run, as the page sees it.
pub(super) struct Run<'a> {
    pub plan: &'a Plan,
    pub live: &'a Live,
    pub briefing: Briefing,
    /// Most bytes that a process said its memory has.
    pub bytes: &'a Cell<u32>,
}

/// What was posted and is not done, as it is told to a process: named values.
pub(super) type Errand = Vec<(&'static str, JsValue)>;

impl Run<'_> {
    pub fn now(&self) -> f64 {
        self.live.since_start(now_ms())
    }

    /// Lanes for so many processes, with their numbers.
    pub fn lanes(&self, processes: u32) -> Result<Vec<(u32, LaneId)>, RunError> {
        let lane = |number| {
            let label = format!("process {number}");
            Ok((number, self.live.record(|recorder| recorder.add_lane(LaneKind::Process, label))?))
        };
        (1..=processes).map(lane).collect()
    }

    /// Brings up the process of a lane.
    pub async fn start(&self, lane: LaneId) -> Result<Line, RunError> {
        self.live.record(|recorder| recorder.begin(lane, None, State::Starting, self.now()))?;
        let (mut line, _) = Line::start(0).await?;
        if !self.briefing.give_to(&mut line).await? {
            return Err(RunError::WorkerLost(NOT_SERVED.into()));
        }
        self.live.record(|recorder| recorder.end(lane, self.now()))?;
        Ok(line)
    }

    /// An errand for the process of this number: some tasks, or something of one. The first task's argument goes with the first errand.
    pub fn errand(&self, number: u32, tasks: &Range<usize>, sent_ms: f64, with_argument: bool) -> Errand {
        let mut errand: Errand = vec![
            ("number", number.into()),
            ("first", (tasks.start as u32).into()),
            ("end", (tasks.end as u32).into()),
            ("origin", self.live.origin_ms().into()),
            ("sent", sent_ms.into()),
        ];
        let bytes = self.plan.tasks[tasks.start].argument_bytes;
        if with_argument && bytes > 0 {
            // Real bytes: pages that were never written to might not be copied.
            errand.push(("argument", Uint8Array::new_with_length(bytes).fill(1, 0, bytes).into()));
        }
        errand
    }

    /// A process has said how large its memory is.
    pub fn note_memory(&self, said: &Said) {
        self.bytes.set(self.bytes.get().max(said.memory_bytes()));
    }
}

/// Listens to one process that has something to do.
pub(super) struct Ear {
    number: u32,
    pulse: Pulse,
    words: u32,
}

impl Ear {
    /// For the process of this number, which lives.
    pub fn new(number: u32) -> Self {
        Self { number, pulse: Pulse::new(now_ms()), words: 0 }
    }

    /// What it says next, or nothing for a while.
    ///
    /// # Errors
    /// What it says went wrong, or that it has stopped.
    pub async fn hear(&mut self, line: &mut Line) -> Result<Option<Said>, RunError> {
        let heard = match select(pin!(line.heard()), TimeoutFuture::new(LOOK_EVERY_MS)).await {
            Either::Left((heard, _)) => Some(heard?),
            Either::Right(_) => None,
        };
        self.words += u32::from(heard.is_some());
        if self.pulse.has_stopped(self.words, now_ms()) {
            return Err(RunError::WorkerLost(format!("process {} has stopped without a word", self.number)));
        }
        Ok(heard)
    }
}

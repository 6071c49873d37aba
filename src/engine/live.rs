//! A run while it runs: what its engine writes and the screen reads, with a switch to cancel it.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

use crate::plan::Plan;
use crate::trace::{LaneId, Provenance, Recorder, Trace, TraceError};

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Tasks that have ended.
    pub done: u32,
    /// Tasks of the plan.
    pub total: u32,
}

/// Shared between an engine, which records, and whoever watches.
#[derive(Debug)]
pub struct Live {
    recorder: RefCell<Recorder>,
    provenance: RefCell<Provenance>,
    progress: Cell<Progress>,
    cancelled: Cell<bool>,
    /// Who waits in `until_cancelled`.
    waiting: RefCell<Vec<Waker>>,
    /// The clock's reading at the start of the run, ms; `None` before.
    origin_ms: Cell<Option<f64>>,
}

impl Live {
    /// A run of `plan` that has not begun.
    pub fn new(plan: &Plan, provenance: Provenance) -> Self {
        let total = u32::try_from(plan.tasks.len()).unwrap_or(u32::MAX);
        Self {
            recorder: RefCell::new(Recorder::new(plan.tasks.iter().map(|task| task.label.as_str()))),
            provenance: RefCell::new(provenance),
            progress: Cell::new(Progress { done: 0, total }),
            cancelled: Cell::new(false),
            waiting: RefCell::default(),
            origin_ms: Cell::new(None),
        }
    }

    /// Asks the engine to stop as soon as it can.
    pub fn cancel(&self) {
        self.cancelled.set(true);
        self.waiting.take().into_iter().for_each(Waker::wake);
    }

    /// Resolves once somebody has asked to stop.
    pub fn until_cancelled(&self) -> impl Future<Output = ()> {
        poll_fn(|context| {
            if self.cancelled.get() {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        self.progress.get()
    }

    /// One more task has ended.
    pub fn task_done(&self) {
        let Progress { done, total } = self.progress.get();
        self.progress.set(Progress { done: (done + 1).min(total), total });
    }

    /// The clock's reading (ms) that is the start of the run.
    pub fn start_at(&self, origin_ms: f64) {
        self.origin_ms.set(Some(origin_ms));
    }

    /// Turns a reading of the clock (ms) into ms from the start of the run: never negative, and 0 before the run has begun.
    pub fn since_start(&self, clock_ms: f64) -> f64 {
        self.origin_ms.get().map_or(0.0, |origin_ms| (clock_ms - origin_ms).max(0.0))
    }

    /// The clock's reading (ms) that is the start of the run; 0 before the run has begun.
    pub fn origin_ms(&self) -> f64 {
        self.origin_ms.get().unwrap_or_default()
    }

    /// Until when a lane is occupied, ms from the start of the run.
    pub fn lane_end_ms(&self, lane: LaneId) -> f64 {
        self.recorder.borrow().lane_end_ms(lane)
    }

    /// Records something.
    ///
    /// # Errors
    /// What the recorder refuses.
    pub fn record<T>(&self, event: impl FnOnce(&mut Recorder) -> Result<T, TraceError>) -> Result<T, TraceError> {
        event(&mut self.recorder.borrow_mut())
    }

    /// Corrects the provenance, when the run turns out otherwise than was known at its start.
    pub fn amend_provenance(&self, change: impl FnOnce(&mut Provenance)) {
        change(&mut self.provenance.borrow_mut());
    }

    /// Ends what is still open at `now_ms`: what a run that was cut short leaves behind.
    ///
    /// # Errors
    /// [`TraceError::NotATime`].
    pub fn cut_short(&self, now_ms: f64) -> Result<(), TraceError> {
        self.recorder.borrow_mut().close_all(now_ms)
    }

    /// The trace at `now_ms` from the start of the run, open slices lasting until then.
    ///
    /// # Errors
    /// [`TraceError::NotATime`].
    pub fn snapshot(&self, now_ms: f64) -> Result<Trace, TraceError> {
        self.recorder.borrow().snapshot(now_ms, self.provenance.borrow().clone())
    }
}

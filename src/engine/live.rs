//! A run while it runs: what its engine writes and the screen reads, with a switch to cancel it.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

use crate::plan::Plan;
use crate::trace::ring::{Event, EventKind};
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
    /// Who waits in `until_cancelled`: whoever carries out the run, and nobody else.
    waiting: RefCell<Option<Waker>>,
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
        if let Some(waiting) = self.waiting.take() {
            waiting.wake();
        }
    }

    /// Resolves once somebody has asked to stop. One at a time can wait for that.
    pub fn until_cancelled(&self) -> impl Future<Output = ()> {
        poll_fn(|context| {
            if self.cancelled.get() {
                return Poll::Ready(());
            }
            self.waiting.replace(Some(context.waker().clone()));
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

    /// Records what a thread wrote into its ring. Clocks of two threads may differ by a step, so a time may not lie before what
    /// the lane has. Where events were lost, a beginning or an end may be among them: then what is open ends with the next.
    ///
    /// # Errors
    /// What the recorder refuses.
    pub fn record_event(&self, lane: LaneId, event: Event, events_were_lost: bool) -> Result<(), TraceError> {
        let at_ms = event.at_ms.max(self.lane_end_ms(lane));
        match event.kind {
            EventKind::Begin(task, state) => self.record(|recorder| {
                if events_were_lost {
                    recorder.end_if_open(lane, at_ms)?;
                }
                recorder.begin(lane, Some(task), state, at_ms)
            }),
            EventKind::End if events_were_lost => self.record(|recorder| recorder.end_if_open(lane, at_ms)),
            EventKind::End => self.record(|recorder| recorder.end(lane, at_ms)),
            EventKind::Done(_) => {
                self.task_done();
                Ok(())
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Values;
    use crate::plan::catalogue::PRIMES_WORKLOAD;
    use crate::trace::{LaneKind, RequestsBy, SharedMemory, Source, State, TaskId};

    fn live() -> Live {
        let provenance = Provenance {
            source: Source::Measured,
            engine: "Thread pool".into(),
            cores: 2,
            clock_resolution_ms: 0.005,
            isolated: true,
            shared_memory: SharedMemory::Used,
            requests: RequestsBy::Nobody,
            dropped_events: 0,
            date: "2026-01-01".into(),
        };
        Live::new(&(PRIMES_WORKLOAD.plan)(&Values::default()), provenance)
    }

    fn events() -> [Event; 4] {
        let begin = |at_ms, task| Event { at_ms, kind: EventKind::Begin(TaskId(task), State::Running) };
        let end = |at_ms| Event { at_ms, kind: EventKind::End };
        // The end of task 0 is missing.
        [begin(0.0, 0), begin(2.0, 1), end(3.0), end(4.0)]
    }

    fn recorded(events_were_lost: bool) -> Result<Trace, TraceError> {
        let live = live();
        let lane = live.record(|recorder| recorder.add_lane(LaneKind::Thread, "thread 1"))?;
        events().into_iter().try_for_each(|event| live.record_event(lane, event, events_were_lost))?;
        live.snapshot(4.0)
    }

    #[test]
    fn where_events_were_lost_the_rest_still_makes_a_trace() {
        let trace = recorded(true).unwrap();
        let slices: Vec<_> = trace.slices().map(|(_, slice)| (slice.task, slice.start_ms, slice.end_ms)).collect();
        assert_eq!(slices, [(Some(TaskId(0)), 0.0, 2.0), (Some(TaskId(1)), 2.0, 3.0)]);
    }

    #[test]
    fn where_none_was_lost_a_missing_end_is_a_defect() {
        assert!(matches!(recorded(false), Err(TraceError::Overlap { .. })));
    }

    #[test]
    fn a_time_before_what_the_lane_has_is_moved_to_its_end() {
        let live = live();
        let lane = live.record(|recorder| recorder.add_lane(LaneKind::Thread, "thread 1")).unwrap();
        let [begin, _, end, _] = events();
        live.record_event(lane, begin, false).unwrap();
        live.record_event(lane, end, false).unwrap();
        live.record_event(lane, Event { at_ms: 2.99, ..begin }, false).unwrap();
        assert_eq!(live.lane_end_ms(lane), 3.0);
    }
}

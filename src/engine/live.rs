//! A run while it runs: what its engine writes and the screen reads, with a switch to cancel it.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::RunError;
use super::deadlock::{self, Watch};
use crate::plan::{Plan, TaskResult};
use crate::trace::event::{Event, EventKind};
use crate::trace::{LaneId, Mark, MarkKind, Provenance, Recorder, TaskId, Trace, TraceError};

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
    /// What the tasks have given back until now.
    results: RefCell<Vec<TaskResult>>,
    deadlock: RefCell<Watch>,
    /// The first thing that the recorder refused of what cannot be refused where it happens.
    defect: RefCell<Option<TraceError>>,
    cancelled: Cell<bool>,
    /// Who waits in `until_cancelled`: whoever carries out the run, and nobody else.
    waiting: RefCell<Option<Waker>>,
    /// The clock's reading at the start of the run, ms; `None` before.
    origin_ms: Cell<Option<f64>>,
    /// How long it took, ms; `None` before its end.
    end_ms: Cell<Option<f64>>,
    /// The whole trace, where it was made elsewhere.
    made: RefCell<Option<Rc<Trace>>>,
}

/// By how much two threads' readings of one moment may differ, ms, where the clock has such steps. A reading is a sum, `timeOrigin + now()`,
/// of which the browser makes both coarse: up to four steps; seen are two. And the sum, of 10¹² ms, is rounded to 2⁻¹² ms.
pub fn clocks_apart_ms(clock_resolution_ms: f64) -> f64 {
    4.0 * clock_resolution_ms + 2.0 / 4_096.0
}

impl Live {
    /// A run of `plan` that has not begun.
    pub fn new(plan: &Plan, provenance: Provenance) -> Self {
        let total = u32::try_from(plan.tasks.len()).unwrap_or(u32::MAX);
        let mut recorder = Recorder::new(plan.tasks.iter().map(|task| task.label.as_str()))
            .with_clocks_that_differ_by(clocks_apart_ms(provenance.clock_resolution_ms));
        for object in &plan.objects {
            recorder.add_object(object.label.as_str());
        }
        Self {
            recorder: RefCell::new(recorder),
            results: RefCell::new(vec![TaskResult::default(); plan.tasks.len()]),
            deadlock: RefCell::default(),
            defect: RefCell::default(),
            provenance: RefCell::new(provenance),
            progress: Cell::new(Progress { done: 0, total }),
            cancelled: Cell::new(false),
            waiting: RefCell::default(),
            origin_ms: Cell::new(None),
            end_ms: Cell::new(None),
            made: RefCell::default(),
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

    /// So many tasks have ended, of a run that is not recorded here.
    pub fn set_done(&self, done: u32) {
        let Progress { total, .. } = self.progress.get();
        self.progress.set(Progress { done: done.min(total), total });
    }

    fn task_done(&self) {
        self.set_done(self.progress.get().done + 1);
    }

    /// What a task has produced; others can see it at once.
    pub fn set_output(&self, task: TaskId, output: Vec<u8>) {
        if let Some(result) = self.results.borrow_mut().get_mut(task.0 as usize) {
            result.output = output;
        }
    }

    /// What a task has given back, besides what it produced.
    pub fn set_result(&self, task: TaskId, value: u64, failure: Option<String>) {
        if let Some(result) = self.results.borrow_mut().get_mut(task.0 as usize) {
            (result.value, result.failure) = (value, failure);
        }
    }

    /// All that a task has given back.
    pub fn hand_in(&self, task: TaskId, result: TaskResult) {
        self.set_output(task, result.output);
        self.set_result(task, result.value, result.failure);
    }

    /// What the tasks have given back until now, to be looked at.
    pub fn with_results<T>(&self, look: impl FnOnce(&[TaskResult]) -> T) -> T {
        look(&self.results.borrow())
    }

    /// The clock's reading (ms) that is the start of the run.
    pub fn start_at(&self, origin_ms: f64) {
        self.origin_ms.set(Some(origin_ms));
    }

    /// The run has ended at this reading of the clock (ms), and who still watches sees it stand; gives how long it took, ms.
    pub fn end_at(&self, clock_ms: f64) -> f64 {
        let end_ms = self.since_start(clock_ms);
        self.end_ms.set(Some(end_ms));
        end_ms
    }

    /// Turns a reading of the clock (ms) into ms from the start of the run: never negative, 0 before the run has begun, and no more than it
    /// took when it has ended.
    pub fn since_start(&self, clock_ms: f64) -> f64 {
        let since_ms = self.origin_ms.get().map_or(0.0, |origin_ms| (clock_ms - origin_ms).max(0.0));
        self.end_ms.get().map_or(since_ms, |end_ms| since_ms.min(end_ms))
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

    /// Records what a worker reports of `lane`. Clocks of two threads may differ by a step, so a time may not lie before what
    /// the lane has. Where events were lost, a beginning or an end may be among them: then what is open ends with the next.
    ///
    /// # Errors
    /// What the recorder refuses.
    pub fn record_event(&self, lane: LaneId, event: Event, events_were_lost: bool) -> Result<(), TraceError> {
        let mut recorder = self.recorder.borrow_mut();
        let at_ms = event.at_ms.max(0.0);
        let lane_ms = at_ms.max(recorder.lane_end_ms(lane));
        match event.kind {
            EventKind::Begin(task, state, object) => {
                if events_were_lost {
                    recorder.end_if_open(lane, lane_ms)?;
                }
                recorder.begin_on(lane, Some(task), state, object, lane_ms)
            }
            EventKind::End if events_were_lost => recorder.end_if_open(lane, lane_ms),
            EventKind::End => recorder.end(lane, lane_ms),
            EventKind::Done(task) => {
                self.task_done();
                recorder.task_ended(task)
            }
            EventKind::Mark(task, kind) => recorder.mark(lane, Mark { at_ms, task: Some(task), kind }),
            EventKind::Hold(task, object) => recorder.hold(lane, task, object, at_ms),
            // Where events were lost, its beginning may be among them.
            EventKind::LetGo(task, object) => {
                recorder.let_go(task, object, at_ms).or_else(|error| if events_were_lost { Ok(()) } else { Err(error) })
            }
            EventKind::Count(object, reading) => recorder.count(object, at_ms, reading),
            EventKind::Leave(kind, key) => recorder.leave(lane, kind, key, at_ms),
            EventKind::Arrive(kind, key) => recorder.arrive(lane, kind, key, at_ms),
            // Lies in another memory: whoever can read that has done so.
            EventKind::Output { .. } => Ok(()),
        }
    }

    /// The same, where nothing can be done about a refusal: it is told at the end of the run.
    pub fn note_event(&self, lane: LaneId, event: Event) {
        self.note(self.record_event(lane, event, false));
    }

    /// Keeps a refusal about which nothing can be done, to be told at the end of the run.
    pub fn note(&self, recorded: Result<(), TraceError>) {
        if let Err(error) = recorded {
            self.defect.borrow_mut().get_or_insert(error);
        }
    }

    /// Whether something was refused that could not be told at once.
    ///
    /// # Errors
    /// That.
    pub fn no_defect(&self) -> Result<(), TraceError> {
        self.defect.take().map_or(Ok(()), Err)
    }

    /// Looks whether tasks wait for one another for ever.
    ///
    /// # Errors
    /// [`RunError::Deadlock`], which is marked in the trace, when that is certain.
    pub fn no_deadlock(&self, now_ms: f64) -> Result<(), RunError> {
        let mut watch = self.deadlock.borrow_mut();
        let stuck = watch.look(&self.recorder.borrow(), now_ms).map(<[_]>::to_vec);
        let Some(stuck) = stuck else { return Ok(()) };
        for waiter in &stuck {
            let mark = Mark { at_ms: now_ms, task: Some(waiter.task), kind: MarkKind::Deadlock };
            self.record(|recorder| recorder.mark(waiter.lane, mark))?;
        }
        Err(RunError::Deadlock(deadlock::words(&self.snapshot(now_ms)?, &stuck)))
    }

    /// Corrects the provenance, when the run turns out otherwise than was known at its start.
    pub fn amend_provenance(&self, change: impl FnOnce(&mut Provenance)) {
        change(&mut self.provenance.borrow_mut());
    }

    /// The trace of the run was made elsewhere: a simulation's.
    pub fn keep_trace(&self, trace: &Rc<Trace>) {
        self.made.replace(Some(Rc::clone(trace)));
    }

    /// The whole trace, if it was made elsewhere.
    pub fn kept_trace(&self) -> Option<Rc<Trace>> {
        self.made.borrow().clone()
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
pub(super) mod testing {
    use super::Provenance;
    use crate::trace::{RequestsBy, SharedMemory, Source};

    pub fn provenance() -> Provenance {
        Provenance {
            source: Source::Measured,
            engine: "Thread pool".into(),
            cores: 2,
            clock_resolution_ms: 0.005,
            isolated: true,
            shared_memory: SharedMemory::Used,
            requests: RequestsBy::Nobody,
            dropped_events: 0,
            hidden: false,
            date: "2026-01-01".into(),
        }
    }
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;

//! The event-loop engine: async tasks on the page's own thread. A task runs until it awaits; it then leaves the loop to the
//! others, which is recorded on a lane of its own. Computing awaits too, every few milliseconds, as a considerate task does; or somebody
//! else does it, who has a queue for such jobs.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::pending;

use futures::channel::mpsc::UnboundedSender;
use futures::channel::oneshot;
use futures::stream::{FuturesUnordered, StreamExt};

use super::clock::now_ms;
use super::processes::{Done, Job};
use super::requests;
use super::turns::turn;
use crate::engine::script::{self, Host};
use crate::engine::{Live, RunError};
use crate::plan::{Computation, Computed, Plan, Request, Step, Task, Work};
use crate::trace::event::{Event, EventKind};
use crate::trace::{Flow, FlowKind, LaneId, LaneKind, MarkKind, ObjectId, RequestsBy, State, TaskId, TraceError};

/// How long a task computes before it lets the others have a turn, ms: a quarter of a frame.
const TURN_MS: f64 = 4.0;

/// Awaits each task before it starts the next.
pub(super) async fn await_each(plan: &Plan, by: &RequestsBy, live: &Live) -> Result<(), RunError> {
    let event_loop = live.record(|recorder| recorder.add_lane(LaneKind::EventLoop, "event loop"))?;
    for (task, id) in plan.tasks.iter().zip(0..) {
        Coroutine::new(event_loop, TaskId(id), task, None, by, live)?.run(task).await;
    }
    Ok(())
}

/// Starts all tasks, then awaits them all. With a limit, a semaphore lets only so many of them in at a time; what they compute becomes
/// jobs, where there is somebody who does those.
pub(super) async fn gather(
    plan: &Plan,
    limit: Option<u32>,
    jobs: Option<&UnboundedSender<Job>>,
    by: &RequestsBy,
    live: &Live,
) -> Result<(), RunError> {
    let event_loop = live.record(|recorder| recorder.add_lane(LaneKind::EventLoop, "event loop"))?;
    let semaphore = match limit {
        Some(permits) => Some(Semaphore::new(permits, live.record(|recorder| Ok(recorder.add_object("semaphore")))?)),
        None => None,
    };
    let tasks = FuturesUnordered::new();
    for (task, id) in plan.tasks.iter().zip(0..) {
        let coroutine = Coroutine::new(event_loop, TaskId(id), task, jobs, by, live)?;
        let semaphore = semaphore.as_ref();
        tasks.push(async move {
            match semaphore {
                Some(semaphore) => coroutine.run_within(semaphore, task).await,
                None => coroutine.run(task).await,
            }
        });
    }
    tasks.collect::<()>().await;
    Ok(())
}

/// Lets so many tasks in at a time, first come first served.
struct Semaphore {
    object: ObjectId,
    free: Cell<u32>,
    waiting: RefCell<VecDeque<oneshot::Sender<()>>>,
}

impl Semaphore {
    fn new(permits: u32, object: ObjectId) -> Self {
        Self { object, free: Cell::new(permits), waiting: RefCell::default() }
    }

    /// Takes a permit, or says when there will be one.
    fn acquire(&self) -> Result<(), oneshot::Receiver<()>> {
        if self.free.get() > 0 {
            self.free.set(self.free.get() - 1);
            return Ok(());
        }
        let (let_in, turn) = oneshot::channel();
        self.waiting.borrow_mut().push_back(let_in);
        Err(turn)
    }

    /// Gives a permit back, to the one that waits longest if there is one.
    fn release(&self) {
        match self.waiting.borrow_mut().pop_front() {
            // Nobody hears it when the run was cancelled meanwhile.
            Some(let_in) => drop(let_in.send(())),
            None => self.free.set(self.free.get() + 1),
        }
    }
}

/// One task on the loop: where it is recorded while it runs, and while it does not.
struct Coroutine<'a> {
    event_loop: LaneId,
    in_flight: LaneId,
    /// On which of the two a slice is open.
    open_on: Cell<LaneId>,
    id: TaskId,
    jobs: Option<&'a UnboundedSender<Job>>,
    by: &'a RequestsBy,
    live: &'a Live,
}

impl<'a> Coroutine<'a> {
    fn new(
        event_loop: LaneId,
        id: TaskId,
        task: &Task,
        jobs: Option<&'a UnboundedSender<Job>>,
        by: &'a RequestsBy,
        live: &'a Live,
    ) -> Result<Self, TraceError> {
        let in_flight = live.record(|recorder| recorder.add_lane(LaneKind::InFlight, task.label.clone()))?;
        let at_ms = live.since_start(now_ms());
        let flow = Flow { kind: FlowKind::Spawn, from: (event_loop, at_ms), to: (in_flight, at_ms) };
        live.record(|recorder| recorder.flow(flow))?;
        Ok(Self { event_loop, in_flight, open_on: Cell::new(in_flight), id, jobs, by, live })
    }

    async fn run(&self, task: &Task) {
        let result = script::carry_out(self, self.id, task).await;
        self.live.hand_in(self.id, result);
        self.record(EventKind::Done(self.id));
    }

    /// Has a step computed by whoever does jobs.
    async fn have_done(&self, jobs: &UnboundedSender<Job>, step: u32, answer: Vec<u8>) -> (u64, Computed) {
        self.record(EventKind::Begin(self.id, State::Ready, None));
        let (tell, told) = oneshot::channel();
        let Self { event_loop, in_flight, id, live, .. } = *self;
        // Neither can be posted nor told any more when the run has failed; then this goes with it.
        let _ = jobs.unbounded_send(Job { task: id, step, answer, in_flight, event_loop, done: tell });
        let Ok(Done { value, computed, by: from }) = told.await else { return pending().await };
        self.record(EventKind::End);
        let to = (event_loop, live.since_start(now_ms()).max(from.1));
        live.note(live.record(|recorder| recorder.flow(Flow { kind: FlowKind::Message, from, to })));
        (value, computed)
    }

    async fn run_within(&self, semaphore: &Semaphore, task: &Task) {
        if let Err(turn) = semaphore.acquire() {
            self.record(EventKind::Begin(self.id, State::WaitingForLock, Some(semaphore.object)));
            // Cannot be dropped unsent: the semaphore outlives its tasks.
            let _ = turn.await;
            self.record(EventKind::End);
        }
        self.record(EventKind::Hold(self.id, semaphore.object));
        self.run(task).await;
        self.record(EventKind::LetGo(self.id, semaphore.object));
        semaphore.release();
    }
}

impl Host for Coroutine<'_> {
    fn who(&self) -> String {
        "the event loop".into()
    }

    fn record(&self, kind: EventKind) {
        let lane = match kind {
            EventKind::Begin(_, State::Running, _) => self.event_loop,
            EventKind::End => self.open_on.get(),
            _ => self.in_flight,
        };
        if matches!(kind, EventKind::Begin(..)) {
            self.open_on.set(lane);
        }
        self.live.note_event(lane, Event { at_ms: self.live.since_start(now_ms()), kind });
    }

    async fn work(&self, task: TaskId, step: u32, work: Work, answer: Vec<u8>) -> (u64, Computed) {
        match self.jobs {
            Some(jobs) => self.have_done(jobs, step, answer).await,
            None => script::work_here(self, task, work, answer).await,
        }
    }

    async fn compute(&self, task: TaskId, computation: &mut Computation) -> u64 {
        let mut value: u64 = 0;
        while !computation.is_done() {
            // Also before it starts: a task is ready when it is made, and the loop gives it a turn of its own.
            self.record(EventKind::Begin(task, State::Ready, None));
            turn().await;
            self.record(EventKind::End);
            let started_ms = now_ms();
            self.record(EventKind::Begin(task, State::Running, None));
            while let Some(piece) = computation.next_piece() {
                value = value.wrapping_add(piece);
                if now_ms() - started_ms >= TURN_MS {
                    break;
                }
            }
            self.record(EventKind::End);
            if !computation.is_done() {
                self.record(EventKind::Mark(task, MarkKind::Yield));
            }
        }
        value
    }

    async fn request(&self, task: TaskId, _: u32, request: &Request, attempt: u32) -> Result<Vec<u8>, String> {
        self.record(EventKind::Begin(task, State::Running, None));
        let response = requests::send(request, attempt, self.by, "");
        self.record(EventKind::End);
        self.record(EventKind::Begin(task, State::WaitingForIo, None));
        let response = response.await;
        self.record(EventKind::End);
        response
    }

    async fn share(&self, _: TaskId, _: &Step) -> u64 {
        unreachable!("plans whose tasks wait for one another are not run on one thread")
    }
}

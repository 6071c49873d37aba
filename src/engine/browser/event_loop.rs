//! The event-loop engine: async tasks on the page's own thread. A task runs until it awaits; it then leaves the loop to the
//! others, which is recorded on a lane of its own. Computing awaits too, every few milliseconds, as a considerate task does.

use std::cell::RefCell;
use std::collections::VecDeque;

use futures::channel::oneshot;
use futures::stream::{FuturesUnordered, StreamExt};
use wasm_bindgen::prelude::*;
use web_sys::MessageChannel;

use super::clock::now_ms;
use super::requests;
use crate::engine::{Live, RunError};
use crate::plan::{Plan, Request, Step, Task, Work};
use crate::trace::{LaneId, LaneKind, Mark, MarkKind, RequestsBy, State, TaskId, TraceError};

/// How long a task computes before it lets the others have a turn, ms: a quarter of a frame.
const TURN_MS: f64 = 4.0;

/// Awaits each task before it starts the next.
pub(super) async fn await_each(plan: &Plan, by: &RequestsBy, live: &Live) -> Result<Vec<u64>, RunError> {
    let event_loop = live.record(|recorder| recorder.add_lane(LaneKind::EventLoop, "event loop"))?;
    let mut results = Vec::with_capacity(plan.tasks.len());
    for (task, id) in plan.tasks.iter().zip(0..) {
        results.push(Coroutine::new(event_loop, TaskId(id), task, by, live)?.run(task).await?);
    }
    Ok(results)
}

/// Starts all tasks, then awaits them all.
pub(super) async fn gather(plan: &Plan, by: &RequestsBy, live: &Live) -> Result<Vec<u64>, RunError> {
    let event_loop = live.record(|recorder| recorder.add_lane(LaneKind::EventLoop, "event loop"))?;
    let mut results = vec![0; plan.tasks.len()];
    let mut tasks = FuturesUnordered::new();
    for (index, task) in plan.tasks.iter().enumerate() {
        let coroutine = Coroutine::new(event_loop, TaskId(index as u32), task, by, live)?;
        tasks.push(async move { (index, coroutine.run(task).await) });
    }
    while let Some((index, result)) = tasks.next().await {
        results[index] = result?;
    }
    Ok(results)
}

/// One task on the loop: where it is recorded while it runs, and while it does not.
struct Coroutine<'a> {
    event_loop: LaneId,
    in_flight: LaneId,
    id: TaskId,
    by: &'a RequestsBy,
    live: &'a Live,
}

impl<'a> Coroutine<'a> {
    fn new(
        event_loop: LaneId,
        id: TaskId,
        task: &Task,
        by: &'a RequestsBy,
        live: &'a Live,
    ) -> Result<Self, TraceError> {
        let in_flight = live.record(|recorder| recorder.add_lane(LaneKind::InFlight, task.label.clone()))?;
        Ok(Self { event_loop, in_flight, id, by, live })
    }

    async fn run(self, task: &Task) -> Result<u64, RunError> {
        let mut result = 0;
        for step in &task.steps {
            result += match step {
                Step::Compute(work) => self.compute(*work).await?,
                Step::Io(request) => self.request(*request).await?,
            };
        }
        self.live.task_done();
        Ok(result)
    }

    async fn compute(&self, mut work: Work) -> Result<u64, RunError> {
        let mut result = 0;
        while !work.is_done() {
            // Also before it starts: a task is ready when it is made, and the loop gives it a turn of its own.
            self.begin(self.in_flight, State::Ready)?;
            turn().await;
            self.end(self.in_flight)?;
            let started_ms = now_ms();
            self.begin(self.event_loop, State::Running)?;
            while let Some(piece) = work.next_piece() {
                result += piece;
                if now_ms() - started_ms >= TURN_MS {
                    break;
                }
            }
            self.end(self.event_loop)?;
            if !work.is_done() {
                self.mark(MarkKind::Yield)?;
            }
        }
        Ok(result)
    }

    async fn request(&self, request: Request) -> Result<u64, RunError> {
        self.begin(self.event_loop, State::Running)?;
        let response = requests::send(request, self.by);
        self.mark(MarkKind::RequestSent)?;
        self.end(self.event_loop)?;
        self.begin(self.in_flight, State::WaitingForIo)?;
        let response = response.await;
        self.end(self.in_flight)?;
        self.mark(MarkKind::Response)?;
        response
    }

    fn begin(&self, lane: LaneId, state: State) -> Result<(), TraceError> {
        self.live.record(|recorder| recorder.begin(lane, Some(self.id), state, self.now()))
    }

    fn end(&self, lane: LaneId) -> Result<(), TraceError> {
        self.live.record(|recorder| recorder.end(lane, self.now()))
    }

    fn mark(&self, kind: MarkKind) -> Result<(), TraceError> {
        let mark = Mark { at_ms: self.now(), task: Some(self.id), kind };
        self.live.record(|recorder| recorder.mark(self.in_flight, mark))
    }

    fn now(&self) -> f64 {
        self.live.since_start(now_ms())
    }
}

thread_local! {
    static TURNS: Turns = Turns::new();
    static WAITING: RefCell<VecDeque<oneshot::Sender<()>>> = RefCell::default();
}

/// Brings the event loop round for tasks that wait for a turn, first come first served: by a message to itself, which has no
/// 4 ms added as nested timers have. Never more than one message is on its way, or the page's frames would have to queue
/// behind the turns of all tasks.
struct Turns {
    channel: MessageChannel,
    _on_message: Closure<dyn FnMut()>,
}

impl Turns {
    fn new() -> Self {
        let channel = MessageChannel::new().expect("every browser with wasm has MessageChannel");
        let on_message = Closure::new(|| {
            let (next, more) = WAITING.with_borrow_mut(|waiting| (waiting.pop_front(), !waiting.is_empty()));
            if more {
                TURNS.with(Turns::come_round);
            }
            // Nobody waits any more when the run was cancelled meanwhile.
            let _ = next.map(|task| task.send(()));
        });
        channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Self { channel, _on_message: on_message }
    }

    fn come_round(&self) {
        // Posting undefined to an open port cannot fail.
        self.channel.port2().post_message(&JsValue::UNDEFINED).unwrap_throw();
    }
}

/// Gives up the thread; resolves when the event loop has come round to this task again.
async fn turn() {
    let (sender, turn) = oneshot::channel();
    let first = WAITING.with_borrow_mut(|waiting| {
        waiting.push_back(sender);
        waiting.len() == 1
    });
    if first {
        TURNS.with(Turns::come_round);
    }
    // Cannot be dropped unsent: the queue lives as long as the page.
    let _ = turn.await;
}

//! The main-thread engine: each task to its end on the page's own thread, as a plain loop does. While it computes or waits,
//! the page draws nothing and answers nobody; the heartbeat lane shows it.

use futures::FutureExt;

use super::blocking::Blocking;
use super::clock::now_ms;
use crate::engine::script::{self, Host, compute_on_thread};
use crate::engine::{Live, OnCore, RunError};
use crate::plan::{Computation, Plan, Request, Step};
use crate::trace::event::{Event, EventKind};
use crate::trace::{LaneId, LaneKind, State, TaskId};

/// Runs the tasks of `plan` in order. `requests` says how requests block.
pub(super) fn carry_out(plan: &Plan, requests: &Blocking, live: &Live) -> Result<(), RunError> {
    let lane = live.record(|recorder| recorder.add_lane(LaneKind::MainThread, "main thread"))?;
    let host = MainThread { lane, requests, live, on_core: OnCore::new() };
    for (task, id) in plan.tasks.iter().zip((0..).map(TaskId)) {
        let result = script::carry_out(&host, id, task).now_or_never().expect("here waiting blocks");
        live.hand_in(id, result);
        host.record(EventKind::Done(id));
    }
    Ok(())
}

struct MainThread<'a> {
    lane: LaneId,
    requests: &'a Blocking,
    live: &'a Live,
    on_core: OnCore,
}

impl MainThread<'_> {
    fn now(&self) -> f64 {
        self.live.since_start(now_ms())
    }
}

impl Host for MainThread<'_> {
    fn who(&self) -> String {
        "the page".into()
    }

    fn record(&self, kind: EventKind) {
        self.live.note_event(self.lane, Event { at_ms: self.now(), kind });
    }

    async fn compute(&self, task: TaskId, computation: &mut Computation) -> u64 {
        let record = |at_ms, kind| self.live.note_event(self.lane, Event { at_ms, kind });
        compute_on_thread(task, || computation.next_piece(), &self.on_core, || self.now(), record, async |_| None).await
    }

    async fn request(&self, task: TaskId, _: u32, request: &Request, attempt: u32) -> Result<Vec<u8>, String> {
        self.record(EventKind::Begin(task, State::WaitingForIo, None));
        let answer = self.requests.send(request, attempt);
        self.record(EventKind::End);
        answer
    }

    async fn share(&self, _: TaskId, _: &Step) -> u64 {
        unreachable!("plans whose tasks wait for one another are not run on one thread")
    }
}

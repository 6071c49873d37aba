//! Steps that tasks on the page have computed for them: each is posted to whichever process is free, with the bytes that it needs, and what
//! came of it is posted back. It knows nothing of why a task wants that, nor what it does meanwhile.

use futures::channel::{mpsc, oneshot};
use futures::lock::Mutex;
use futures::stream::{FuturesUnordered, StreamExt, TryStreamExt};
use js_sys::{Array, Uint8Array};

use super::Reserved;
use super::run::{Ear, Run};
use crate::engine::browser::line::{Line, Said};
use crate::engine::{Live, RunError};
use crate::plan::{Computed, Plan, Step};
use crate::trace::event::{Event, EventKind, decode_all};
use crate::trace::{Flow, FlowKind, LaneId, State, TaskId};

/// A step that a task wants computed. The task is ready when it asks for it.
pub(in crate::engine::browser) struct Job {
    pub task: TaskId,
    pub step: u32,
    /// The bytes that the task's last request brought.
    pub answer: Vec<u8>,
    /// Where the task stands while it is ready.
    pub in_flight: LaneId,
    /// Where it is sent from.
    pub event_loop: LaneId,
    pub done: oneshot::Sender<Done>,
}

/// What came of a job. The task is ready again.
pub(in crate::engine::browser) struct Done {
    pub value: u64,
    pub computed: Computed,
    /// The process that did it, and when that was done, ms from the start of the run.
    pub by: (LaneId, f64),
}

/// The jobs that no process has taken, first come first served. It ends with the last who could post one.
type Queue = Mutex<mpsc::UnboundedReceiver<Job>>;

impl Reserved<'_> {
    /// Has the processes do what is `posted` until there is nobody left who could post more, and gives them back. A future that is dropped
    /// ends them.
    pub(in crate::engine::browser) async fn serve(
        self,
        plan: &Plan,
        posted: mpsc::UnboundedReceiver<Job>,
        live: &Live,
    ) -> Result<(), RunError> {
        let (mut place, mut up, processes, run) = self.begin(plan, live);
        let queue = Mutex::new(posted);
        let lanes = run.lanes(processes)?.into_iter();
        let serving: FuturesUnordered<_> =
            lanes.map(|(number, lane)| run.serve(number, lane, up.pop(), &queue)).collect();
        let lines: Vec<Option<Line>> = serving.try_collect().await?;
        place.extend(lines.into_iter().flatten());
        Ok(())
    }
}

impl Run<'_> {
    /// Has one process do jobs until there are no more; it comes back, if it was wanted at all.
    async fn serve(
        &self,
        number: u32,
        lane: LaneId,
        mut line: Option<Line>,
        queue: &Queue,
    ) -> Result<Option<Line>, RunError> {
        loop {
            let Some(job) = ({ queue.lock().await.next().await }) else { return Ok(line) };
            let mut up = match line.take() {
                Some(up) => up,
                None => self.start(lane).await?,
            };
            self.have_done(number, lane, &mut up, job).await?;
            line = Some(up);
        }
    }

    async fn have_done(&self, number: u32, lane: LaneId, line: &mut Line, job: Job) -> Result<(), RunError> {
        let Job { task, step, answer, in_flight, event_loop, done } = job;
        let sent_ms = self.post(number, line, task, step, &answer)?;
        // From now on it is on its way.
        self.live.record_event(in_flight, Event { at_ms: sent_ms, kind: EventKind::End }, false)?;
        let (mut ear, mut has_come, mut result) = (Ear::new(number), false, None);
        loop {
            let Some(said) = ear.hear(line).await? else { continue };
            if said.tasks().is_some() {
                result = result_of(&said);
                self.note_memory(&said);
            }
            let mut is_done = false;
            for event in decode_all(&said.events().unwrap_or_default()) {
                if let EventKind::Done(_) = event.kind {
                    is_done = true;
                    continue;
                }
                self.live.record_event(lane, event, false)?;
                if !has_come && matches!(event.kind, EventKind::Begin(..)) {
                    has_come = true;
                    let arrived = (lane, self.live.lane_end_ms(lane).max(sent_ms));
                    let flow = Flow { kind: FlowKind::Message, from: (event_loop, sent_ms), to: arrived };
                    self.live.record(|recorder| recorder.flow(flow))?;
                }
            }
            let Some((value, output, failure)) = result.take_if(|_| is_done) else { continue };
            let at_ms = self.live.lane_end_ms(lane);
            let ready = EventKind::Begin(task, State::Ready, None);
            self.live.record_event(in_flight, Event { at_ms, kind: ready }, false)?;
            let computed = Computed { output, answer, failure };
            // Nobody hears it when the run was cancelled meanwhile.
            let _ = done.send(Done { value, computed, by: (lane, at_ms) });
            return Ok(());
        }
    }

    /// Posts a step; when, ms from the start of the run.
    fn post(&self, number: u32, line: &Line, task: TaskId, step: u32, answer: &[u8]) -> Result<f64, RunError> {
        let (sent_ms, place) = (self.now(), task.0 as usize);
        let before = self.plan.tasks[place].steps.iter().take(step as usize);
        let is_first = before.filter(|step| matches!(step, Step::Compute(_))).count() == 0;
        let mut errand = self.errand(number, &(place..place + 1), sent_ms, is_first);
        errand.extend([("step", step.into()), ("answer", Uint8Array::from(answer).into())]);
        line.tell(&errand, &Array::new())?;
        Ok(sent_ms)
    }
}

/// The only result that a process says it has: value, output, failure.
fn result_of(said: &Said) -> Option<(u64, Vec<u8>, Option<String>)> {
    let value = said.values().first().copied()?;
    Some((value, Uint8Array::new(&said.outputs().get(0)).to_vec(), said.failures().get(0).as_string()))
}

//! The engines on processes: workers that share nothing. A task is posted to one, with a copy of its argument, and its result is
//! posted back; queues between tasks are channels between their processes. Nothing of this needs an isolated page.
//!
//! `worker` is what runs in a process, `channels` its ends of the queues. This file is the page's side.

mod channels;
mod worker;

use std::cell::Cell;
use std::collections::VecDeque;

use futures::future::{Either, select};
use futures::lock::MutexGuard;
use futures::stream::{FuturesUnordered, TryStreamExt};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::blocking::page_address;
use super::clock::now_ms;
use super::kept::Kept;
use super::line::{Line, Said};
use crate::engine::{Errands, Live, Manner, Pulse, RunError};
use crate::plan::Plan;
use crate::trace::event::{EventKind, decode_all};
use crate::trace::{Flow, FlowKind, LaneId, LaneKind, RequestsBy, State, TaskId};

/// How long the page waits for a word of a process before it looks whether that still lives, ms.
const LOOK_EVERY_MS: u32 = 100;
/// Processes that are started when they are first wanted and kept for the next run.
#[derive(Default)]
pub(super) struct ProcessPool {
    idle: Kept<Vec<Line>>,
    /// Most bytes that a process said its memory has, in the newest run.
    bytes: Cell<u32>,
}

/// The processes, kept for one run.
pub(super) struct Reserved<'a> {
    place: MutexGuard<'a, Vec<Line>>,
    /// Those that are up, and know the plan.
    up: Vec<Line>,
    processes: u32,
    fresh: bool,
    briefing: Briefing,
    bytes: &'a Cell<u32>,
}

/// A run, as the page sees it.
struct Run<'a> {
    plan: &'a Plan,
    live: &'a Live,
    /// The lane of who hands out the tasks.
    page: LaneId,
    briefing: Briefing,
    /// Whether each task has a process of its own.
    fresh: bool,
    errands: Errands,
    /// For each task, its ends of channels.
    ends: Vec<Array>,
    bytes: &'a Cell<u32>,
}

/// A task that was posted to a process and is not done.
struct Posted {
    id: TaskId,
    /// When it was posted, ms from the start of the run.
    sent_ms: f64,
    /// Whether the process has said that it has it.
    has_come: bool,
}

impl ProcessPool {
    /// Bytes of the largest memory of a process in the newest run.
    pub(super) fn memory_bytes(&self) -> u32 {
        self.bytes.get()
    }

    /// Starts processes until there are so many, so that a run finds them up; more are ended.
    pub(super) async fn warm_up(&self, processes: u32) -> Result<(), RunError> {
        let start = async |idle: &mut Vec<Line>| {
            idle.truncate(processes as usize);
            let missing = processes as usize - idle.len();
            let started: FuturesUnordered<_> = (0..missing).map(|_| Line::start(0)).collect();
            let lines: Vec<_> = started.try_collect().await?;
            idle.extend(lines.into_iter().map(|(line, _)| line));
            Ok(())
        };
        self.idle.warm_up(processes, start).await
    }

    /// Reserves the processes for a run of `plan`, which those that are up have then; those that are coming up are waited for.
    /// Where each task has a fresh one, none is of use.
    pub(super) async fn reserve(
        &self,
        processes: u32,
        fresh: bool,
        plan: &Plan,
        by: &RequestsBy,
    ) -> Result<Reserved<'_>, RunError> {
        let plan = Briefing::new(plan, by)?;
        let mut place = self.idle.reserve(processes).await?;
        // Taken out, so that whatever goes wrong on the way drops them: no process outlives a failure.
        let mut up = if fresh { Vec::new() } else { std::mem::take(&mut *place) };
        up.truncate(processes as usize);
        let briefed: FuturesUnordered<_> = up.iter_mut().map(|line| plan.give_to(line)).collect();
        briefed.try_collect::<()>().await?;
        Ok(Reserved { place, up, processes, fresh, briefing: plan, bytes: &self.bytes })
    }
}

impl Reserved<'_> {
    /// Runs `plan`, and gives back the processes that are kept. A future that is dropped ends them. `page` is the lane of who hands
    /// out the tasks.
    pub(super) async fn carry_out(self, plan: &Plan, page: LaneId, live: &Live) -> Result<(), RunError> {
        let Self { mut place, mut up, processes, fresh, briefing, bytes } = self;
        let ends = channels::connect(plan).map_err(RunError::WorkerLost)?;
        bytes.set(0);
        let run = Run {
            plan,
            live,
            page,
            briefing,
            fresh,
            errands: Errands::new(plan.tasks.len(), processes as usize, manner(plan, fresh)),
            ends,
            bytes,
        };
        let lanes = (1..=processes).map(|k| {
            let lane = live.record(|recorder| recorder.add_lane(LaneKind::Process, format!("process {k}")));
            Ok((k, lane?, up.pop()))
        });
        let lanes: Vec<_> = lanes.collect::<Result<_, RunError>>()?;
        let working: FuturesUnordered<_> =
            lanes.into_iter().map(|(number, lane, line)| run.work(number, lane, line)).collect();
        let lines: Vec<Option<Line>> = working.try_collect().await?;
        place.extend(lines.into_iter().flatten());
        Ok(())
    }
}

/// What each process is told before its first task, ready to be posted.
struct Briefing(Vec<(&'static str, JsValue)>);

impl Briefing {
    fn new(plan: &Plan, by: &RequestsBy) -> Result<Self, RunError> {
        let plan = serde_wasm_bindgen::to_value(plan).map_err(|error| RunError::WorkerLost(error.to_string()))?;
        let base = page_address("./").map_err(RunError::WorkerLost)?;
        let timer = match by {
            RequestsBy::Timer(why) => why.into(),
            _ => JsValue::UNDEFINED,
        };
        Ok(Self(vec![("plan", plan), ("base", base.into()), ("timer", timer)]))
    }

    async fn give_to(&self, line: &mut Line) -> Result<(), RunError> {
        line.tell(&self.0, &Array::new())?;
        line.answer().await.map(drop)
    }
}

fn manner(plan: &Plan, fresh: bool) -> Manner {
    // Copies are to be seen each with its task.
    let copies = plan.tasks.iter().any(|task| task.argument_bytes > 0 || task.result_bytes > 0);
    match (fresh || plan.interacts(), copies) {
        (true, _) => Manner::Alone,
        (false, true) => Manner::Single,
        (false, false) => Manner::Chunks,
    }
}

impl Run<'_> {
    fn now(&self) -> f64 {
        self.live.since_start(now_ms())
    }

    /// Has one process do tasks until none is left; it comes back, unless each task has a fresh one.
    async fn work(&self, number: u32, lane: LaneId, mut line: Option<Line>) -> Result<Option<Line>, RunError> {
        let mut posted: VecDeque<Posted> = VecDeque::new();
        let mut pulse = Pulse::new(now_ms());
        let mut words = 0;
        loop {
            while let Some(tasks) = self.errands.take(posted.len()) {
                let up = match line.take() {
                    Some(up) => up,
                    None => self.start(lane).await?,
                };
                posted.extend(self.post(&up, number, tasks)?);
                line = Some(up);
            }
            let Some(up) = line.as_mut().filter(|_| !posted.is_empty()) else { return Ok(line) };
            let heard = {
                let heard = std::pin::pin!(up.heard());
                match select(heard, TimeoutFuture::new(LOOK_EVERY_MS)).await {
                    Either::Left((heard, _)) => Some(heard?),
                    Either::Right(_) => None,
                }
            };
            words += u32::from(heard.is_some());
            if pulse.has_stopped(words, now_ms()) {
                return Err(RunError::WorkerLost(format!("process {number} has stopped without a word")));
            }
            if self.plan.interacts() {
                self.live.no_deadlock(self.now())?;
            }
            if let Some(said) = heard {
                self.hear(&said, lane, &mut posted)?;
            }
            if self.fresh && posted.is_empty() {
                // Dropping it ends it.
                line = None;
            }
        }
    }

    /// Records what a process says of tasks that were posted to it.
    fn hear(&self, said: &Said, lane: LaneId, posted: &mut VecDeque<Posted>) -> Result<(), RunError> {
        for event in decode_all(&said.events().unwrap_or_default()) {
            self.live.record_event(lane, event, false)?;
            match event.kind {
                EventKind::Begin(id, ..) => {
                    if let Some(task) = posted.iter_mut().find(|task| task.id == id && !task.has_come) {
                        task.has_come = true;
                        let arrived = (lane, self.live.lane_end_ms(lane).max(task.sent_ms));
                        let flow = Flow { kind: FlowKind::Spawn, from: (self.page, task.sent_ms), to: arrived };
                        self.live.record(|recorder| recorder.flow(flow))?;
                    }
                }
                EventKind::Done(id) => posted.retain(|task| task.id != id),
                _ => {}
            }
        }
        let Some(tasks) = said.tasks() else { return Ok(()) };
        let (outputs, failures) = (said.outputs(), said.failures());
        for ((id, value), place) in tasks.into_iter().map(TaskId).zip(said.values()).zip(0..) {
            self.live.set_output(id, Uint8Array::new(&outputs.get(place)).to_vec());
            self.live.set_result(id, value, failures.get(place).as_string());
        }
        self.bytes.set(self.bytes.get().max(said.memory_bytes()));
        Ok(())
    }

    async fn start(&self, lane: LaneId) -> Result<Line, RunError> {
        self.live.record(|recorder| recorder.begin(lane, None, State::Starting, self.now()))?;
        let (mut line, _) = Line::start(0).await?;
        self.briefing.give_to(&mut line).await?;
        self.live.record(|recorder| recorder.end(lane, self.now()))?;
        Ok(line)
    }

    /// Posts an errand to a process: some tasks, one after another. Only one alone has an argument or ends of channels.
    fn post(
        &self,
        line: &Line,
        number: u32,
        tasks: std::ops::Range<usize>,
    ) -> Result<impl Iterator<Item = Posted> + use<>, RunError> {
        let sent_ms = self.now();
        let mut errand: Vec<(&str, JsValue)> = vec![
            ("number", number.into()),
            ("first", (tasks.start as u32).into()),
            ("end", (tasks.end as u32).into()),
            ("origin", self.live.origin_ms().into()),
            ("sent", sent_ms.into()),
        ];
        let argument_bytes = self.plan.tasks[tasks.start].argument_bytes;
        if argument_bytes > 0 {
            // Real bytes: pages that were never written to might not be copied.
            errand.push(("argument", Uint8Array::new_with_length(argument_bytes).fill(1, 0, argument_bytes).into()));
        }
        let ends = &self.ends[tasks.start];
        let ports: Array = ends.iter().map(|end| Array::from(&end).get(channels::PORT)).collect();
        if ends.length() > 0 {
            errand.push(("ends", ends.into()));
        }
        line.tell(&errand, &ports)?;
        let posted = move |task| Posted { id: TaskId(task as u32), sent_ms, has_come: false };
        Ok(tasks.map(posted))
    }
}

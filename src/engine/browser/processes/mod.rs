//! The engines on processes: workers that share nothing. A task is posted to one, with a copy of its argument, and its result is
//! posted back; queues between tasks are channels between their processes. Nothing of this needs an isolated page.
//!
//! `worker` is what runs in a process, `channels` its ends of the queues. This file is the page's side where whole tasks are handed out,
//! `jobs` where single steps of tasks are that else live on the page, and `run` what both need.

mod channels;
mod jobs;
mod run;
mod worker;

use std::cell::Cell;
use std::collections::VecDeque;
use std::ops::Range;

use futures::lock::MutexGuard;
use futures::stream::{FuturesUnordered, TryStreamExt};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::blocking::page_address;
use super::kept::Kept;
use super::line::{Line, Said};
use crate::engine::{Errands, Live, Manner, RunError};
use crate::plan::Plan;
use crate::trace::event::{EventKind, decode_all};
use crate::trace::{Flow, FlowKind, LaneId, RequestsBy, TaskId};
pub(super) use jobs::{Done, Job};
use run::{Ear, Run};
use worker::UNSERVED;

/// Why a process's requests are not sent. WebKit does that to one that came up while the service worker took over the page, and at times to
/// one in a frame, for as long as it lives.
const NOT_SERVED: &str = "this browser’s service worker does not answer one of the processes";

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
    /// Who answers their requests, if not whom the run was begun with.
    pub(super) by: RequestsBy,
    bytes: &'a Cell<u32>,
}

/// Whole tasks, handed out to processes.
struct Tasks<'a> {
    run: &'a Run<'a>,
    /// The lane of who hands them out.
    page: LaneId,
    /// Whether each task has a process of its own.
    fresh: bool,
    errands: Errands,
    /// For each task, its ends of channels.
    ends: Vec<Array>,
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
        let mut briefing = Briefing::new(plan, by)?;
        let mut place = self.idle.reserve(processes).await?;
        // Taken out, so that whatever goes wrong on the way drops them: no process outlives a failure.
        let mut up = if fresh { Vec::new() } else { std::mem::take(&mut *place) };
        up.truncate(processes as usize);
        let mut by = by.clone();
        if !briefing.give_to_all(&mut up).await? {
            by = RequestsBy::Timer(NOT_SERVED.into());
            briefing = Briefing::new(plan, &by)?;
            briefing.give_to_all(&mut up).await?;
        }
        Ok(Reserved { place, up, processes, fresh, briefing, by, bytes: &self.bytes })
    }
}

impl Reserved<'_> {
    /// Runs `plan`, and gives back the processes that are kept. A future that is dropped ends them. `page` is the lane of who hands
    /// out the tasks.
    pub(super) async fn carry_out(self, plan: &Plan, page: LaneId, live: &Live) -> Result<(), RunError> {
        let fresh = self.fresh;
        let (mut place, mut up, processes, run) = self.begin(plan, live);
        let ends = channels::connect(plan).map_err(RunError::WorkerLost)?;
        let errands = Errands::new(plan.tasks.len(), processes as usize, manner(plan, fresh));
        let tasks = Tasks { run: &run, page, fresh, errands, ends };
        let lanes = run.lanes(processes)?.into_iter();
        let working: FuturesUnordered<_> = lanes.map(|(number, lane)| tasks.work(number, lane, up.pop())).collect();
        let lines: Vec<Option<Line>> = working.try_collect().await?;
        place.extend(lines.into_iter().flatten());
        Ok(())
    }
}

impl<'a> Reserved<'a> {
    /// The place where processes are kept, those that are up, how many there are to be, and what all of them are told.
    fn begin(self, plan: &'a Plan, live: &'a Live) -> (MutexGuard<'a, Vec<Line>>, Vec<Line>, u32, Run<'a>) {
        let Self { place, up, processes, briefing, bytes, .. } = self;
        bytes.set(0);
        (place, up, processes, Run { plan, live, briefing, bytes })
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

    /// Tells it to a process; whether its requests will be answered.
    async fn give_to(&self, line: &mut Line) -> Result<bool, RunError> {
        line.tell(&self.0, &Array::new())?;
        Ok(line.answer().await?.kind() != UNSERVED)
    }

    /// Tells it to several; whether the requests of all will be answered.
    async fn give_to_all(&self, lines: &mut [Line]) -> Result<bool, RunError> {
        let told: FuturesUnordered<_> = lines.iter_mut().map(|line| self.give_to(line)).collect();
        told.try_fold(true, async |all, one| Ok(all && one)).await
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

impl Tasks<'_> {
    /// Has one process do tasks until none is left; it comes back, unless each task has a fresh one.
    async fn work(&self, number: u32, lane: LaneId, mut line: Option<Line>) -> Result<Option<Line>, RunError> {
        let Run { plan, live, .. } = self.run;
        let mut posted: VecDeque<Posted> = VecDeque::new();
        let mut ear = Ear::new(number);
        loop {
            while let Some(tasks) = self.errands.take(posted.len()) {
                let up = match line.take() {
                    Some(up) => up,
                    None => self.run.start(lane).await?,
                };
                posted.extend(self.post(&up, number, tasks)?);
                line = Some(up);
            }
            let Some(up) = line.as_mut().filter(|_| !posted.is_empty()) else { return Ok(line) };
            let heard = ear.hear(up).await?;
            if plan.interacts() {
                live.no_deadlock(self.run.now())?;
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
        let live = self.run.live;
        for event in decode_all(&said.events().unwrap_or_default()) {
            live.record_event(lane, event, false)?;
            match event.kind {
                EventKind::Begin(id, ..) => {
                    if let Some(task) = posted.iter_mut().find(|task| task.id == id && !task.has_come) {
                        task.has_come = true;
                        let arrived = (lane, live.lane_end_ms(lane).max(task.sent_ms));
                        let flow = Flow { kind: FlowKind::Spawn, from: (self.page, task.sent_ms), to: arrived };
                        live.record(|recorder| recorder.flow(flow))?;
                    }
                }
                EventKind::Done(id) => posted.retain(|task| task.id != id),
                _ => {}
            }
        }
        let Some(tasks) = said.tasks() else { return Ok(()) };
        let (outputs, failures) = (said.outputs(), said.failures());
        for ((id, value), place) in tasks.into_iter().map(TaskId).zip(said.values()).zip(0..) {
            live.set_output(id, Uint8Array::new(&outputs.get(place)).to_vec());
            live.set_result(id, value, failures.get(place).as_string());
        }
        self.run.note_memory(said);
        Ok(())
    }

    /// Posts an errand to a process: some tasks, one after another. Only one alone has an argument or ends of channels.
    fn post(
        &self,
        line: &Line,
        number: u32,
        tasks: Range<usize>,
    ) -> Result<impl Iterator<Item = Posted> + use<>, RunError> {
        let sent_ms = self.run.now();
        let mut errand = self.run.errand(number, &tasks, sent_ms, true);
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

//! Strands: the threads, processes and coroutines that cores are given to, what each is doing, and the slices that come of it.

use super::log::ms;
use super::program::Ns;
use super::world::World;
use super::{Starved, Workers};
use crate::plan::Plan;
use crate::trace::{LaneId, LaneKind, MarkKind, ObjectId, Slice, State, TaskId, TraceError};

/// What cores are given to.
#[derive(Clone, Debug)]
pub(super) struct Strand {
    pub lane: LaneId,
    pub task: Option<u32>,
    pub state: Option<State>,
    pub since: Ns,
    pub object: Option<ObjectId>,
    /// The core it is on, or keeps while it waits.
    pub core: Option<u32>,
    pub last_core: u32,
    pub level: usize,
    /// What it has used of its time on the level.
    pub used: Ns,
}

impl World {
    /// Adds the workers, each with its lane; those of a pool come up.
    pub fn add_strands(&mut self, plan: &Plan) -> Result<(), TraceError> {
        let (tasks, is_pool) = (plan.tasks.len() as u32, self.is_pool());
        let (kind, count) = match self.workers {
            Workers::MainThread => (LaneKind::MainThread, 1),
            Workers::ThreadEach => (LaneKind::Thread, tasks),
            Workers::ProcessEach => (LaneKind::Process, tasks),
            Workers::Threads(count) => (LaneKind::Thread, count),
            Workers::Processes(count) | Workers::FreshProcesses(count) => (LaneKind::Process, count),
            Workers::EventLoops(_) => (LaneKind::InFlight, tasks),
        };
        for number in 0..count {
            let label = match kind {
                LaneKind::MainThread => "main thread".to_owned(),
                LaneKind::Process => format!("process {}", number + 1),
                LaneKind::InFlight => plan.tasks[number as usize].label.clone(),
                _ => format!("thread {}", number + 1),
            };
            let lane = self.log.recorder.add_lane(kind, label)?;
            self.strands.push(Strand {
                lane,
                task: None,
                state: None,
                since: 0,
                object: None,
                core: None,
                last_core: number % self.cores.len() as u32,
                level: 0,
                used: 0,
            });
            if self.is_fresh() {
                self.is_free(number);
            } else if is_pool {
                self.start(number);
            }
        }
        Ok(())
    }

    /// Whether workers take tasks from one queue.
    pub fn is_pool(&self) -> bool {
        self.is_fresh() || matches!(self.workers, Workers::MainThread | Workers::Threads(_) | Workers::Processes(_))
    }

    /// Whether a worker comes up anew for each task that it takes.
    pub fn is_fresh(&self) -> bool {
        matches!(self.workers, Workers::FreshProcesses(_))
    }

    /// The task that a strand carries out.
    pub fn task_of(&self, strand: u32) -> u32 {
        self.strands[strand as usize].task.expect("only a strand with a task is asked")
    }

    /// Where a strand's task can be seen now.
    pub fn here(&self, strand: u32) -> (LaneId, Ns) {
        let Strand { lane, core, .. } = self.strands[strand as usize];
        let on_loop = core.and_then(|core| self.log.loops.get(core as usize));
        (on_loop.copied().unwrap_or(lane), self.now)
    }

    /// From now on the strand does this; what it did until now becomes a slice.
    pub fn turn(&mut self, strand: u32, state: Option<State>, object: Option<ObjectId>) {
        let now = self.now;
        let it = &mut self.strands[strand as usize];
        if it.state == state && it.object == object && state.is_some() {
            return;
        }
        let (was, since, for_object) = (it.state, it.since, it.object);
        (it.state, it.since, it.object) = (state, now, object);
        let (task, core, lane) = (it.task, it.core, it.lane);
        let Some(was) = was.filter(|_| since < now) else { return };
        if let Some(task) = task {
            self.account(task, was, since, lane);
        }
        // While it waits a core may be kept for it, but does nothing.
        let core = core.filter(|_| matches!(was, State::Running | State::Overhead));
        let lane = core.and_then(|core| self.log.loops.get(core as usize).copied()).unwrap_or(lane);
        let slice = Slice::new(task.map(TaskId), was, ms(since), ms(now)).waiting_for(for_object);
        self.log.slice(lane, core, slice);
    }

    fn account(&mut self, task: u32, state: State, since: Ns, lane: LaneId) {
        let (run, length) = (&mut self.runs[task as usize], self.now - since);
        match state {
            State::Running => run.ran += length,
            State::Ready => run.ready += length,
            _ => {}
        }
        if state == State::Ready && length > self.starved_after {
            self.starved.push(Starved { task: TaskId(task), from_ms: ms(since), to_ms: ms(self.now) });
            self.log.mark(lane, task, since + self.starved_after, MarkKind::Starvation);
        }
    }
}

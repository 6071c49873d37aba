//! The engines on threads: worker threads over one shared memory take the tasks of a plan from one queue, with a GIL or without.
//!
//! The pool is a process of its own (a worker with its own wasm instance and memory, whose threads share that memory), never
//! the page's: the page does not block or spin, and a panic or a hung thread costs one process, which is ended and replaced.
//! `team` is all that the page runs of it; `worker` is what runs inside it, `thread` a thread there, with the `objects` that
//! threads share and what it does with them (`sharing`, `increment`), and the `gil`; `mailbox` lies in the memory that both sides see.

mod gil;
mod increment;
mod mailbox;
mod objects;
mod sharing;
mod team;
mod thread;
mod view;
mod worker;

use futures::lock::MutexGuard;
use team::{Run, Team};

use super::clock::now_ms;
use super::kept::Kept;
use crate::engine::{Live, RunError};
use crate::plan::Plan;
use crate::trace::{Flow, FlowKind, LaneId, LaneKind, RequestsBy, State};

/// A pool that is started when it is first wanted and kept for the next run.
#[derive(Default)]
pub(super) struct ThreadPool(Kept<Option<Team>>);

/// The pool, kept for one run; with the plan loaded if the process was up. Dropping it ends the process.
pub(super) struct Reserved<'a> {
    place: MutexGuard<'a, Option<Team>>,
    team: Option<Team>,
    threads: u32,
}

impl ThreadPool {
    /// Starts a process with `threads` threads, so that a run finds it up.
    pub(super) async fn warm_up(&self, threads: u32) -> Result<(), RunError> {
        let start = async |place: &mut Option<Team>| {
            if place.as_ref().is_none_or(|team| team.threads() != threads) {
                // First the old one, so that two never compete for the processors.
                place.take();
                *place = Some(Team::start(threads).await?);
            }
            Ok(())
        };
        self.0.warm_up(threads, start).await
    }

    /// Bytes of the memory that its threads share; 0 while there are none.
    pub(super) async fn memory_bytes(&self) -> u32 {
        self.0.look().await.as_ref().map_or(0, Team::memory_bytes)
    }

    /// Ends the process, so that the next run starts another.
    pub(super) async fn end(&self) {
        self.0.look().await.take();
    }

    /// Reserves the pool for a run of `plan`. If it is up with `threads` threads it has the plan then: threads share their
    /// memory, so that what they are to do lies there before the clock starts. A pool that is coming up is waited for.
    pub(super) async fn reserve(&self, threads: u32, plan: &Plan) -> Result<Reserved<'_>, RunError> {
        let mut place = self.0.reserve(threads).await?;
        // Taken out, so that whatever goes wrong on the way drops it: no process outlives a failure.
        let mut team = place.take().filter(|team| team.threads() == threads);
        if let Some(team) = &mut team {
            team.load(plan).await?;
        }
        Ok(Reserved { place, team, threads })
    }
}

impl Reserved<'_> {
    /// Runs `plan`, under a GIL if there is a switch interval (ms), and gives the pool back; the last values of the plan's
    /// objects. A future that is dropped ends the process. `page` is the lane of who hands out the tasks.
    pub(super) async fn carry_out(
        mut self,
        plan: &Plan,
        by: &RequestsBy,
        switch_interval_ms: Option<u32>,
        page: LaneId,
        live: &Live,
    ) -> Result<Vec<u64>, RunError> {
        let lane = |k| live.record(|recorder| recorder.add_lane(LaneKind::Thread, format!("thread {}", k + 1)));
        let lanes = (0..self.threads).map(lane).collect::<Result<Vec<LaneId>, _>>()?;
        let now = || live.since_start(now_ms());
        let mut team = match self.team {
            Some(team) => team,
            None => {
                for lane in &lanes {
                    live.record(|recorder| recorder.begin(*lane, None, State::Starting, now()))?;
                }
                let mut team = Team::start(self.threads).await?;
                team.load(plan).await?;
                for lane in &lanes {
                    live.record(|recorder| recorder.end(*lane, now()))?;
                }
                team
            }
        };
        for lane in &lanes {
            let flow = Flow { kind: FlowKind::Spawn, from: (page, now()), to: (*lane, now()) };
            live.record(|recorder| recorder.flow(flow))?;
        }
        let objects = team.run(&Run { plan, live, lanes: &lanes, by, switch_interval_ms }).await?;
        *self.place = Some(team);
        Ok(objects)
    }
}

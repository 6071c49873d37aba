//! The thread-pool engine: worker threads over one shared memory take the tasks of a plan from one queue.
//!
//! The pool is a process of its own (a worker with its own wasm instance and memory, whose threads share that memory), never
//! the page's: the page does not block or spin, and a panic or a hung thread costs one process, which is ended and replaced.
//! `process` starts and ends it and is all that the page runs; `worker` is what runs inside it; `mailbox` lies in the
//! memory they share.

mod mailbox;
mod process;
mod view;
mod worker;

use futures::lock::{Mutex, MutexGuard};
use process::Process;

use super::clock::now_ms;
use crate::engine::{Live, RunError};
use crate::plan::Plan;
use crate::trace::{LaneId, LaneKind, RequestsBy, State};

/// A pool that is started when it is first wanted and kept for the next run.
#[derive(Default)]
pub(super) struct ThreadPool {
    process: Mutex<Option<Process>>,
}

impl ThreadPool {
    /// Starts a process with `threads` threads, so that a run finds it up.
    pub(super) async fn warm_up(&self, threads: u32) -> Result<(), RunError> {
        self.up(threads).await.map(drop)
    }

    /// A process with `threads` threads; one with another number of threads is ended.
    async fn up(&self, threads: u32) -> Result<MutexGuard<'_, Option<Process>>, RunError> {
        let mut process = self.process.lock().await;
        if process.as_ref().is_none_or(|process| process.threads() != threads) {
            // First the old one, so that two never compete for the processors.
            process.take();
            *process = Some(Process::start(threads).await?);
        }
        Ok(process)
    }

    /// Runs `plan` on `threads` threads; the results are its tasks'. A future that is dropped ends the process.
    pub(super) async fn carry_out(
        &self,
        threads: u32,
        plan: &Plan,
        by: &RequestsBy,
        live: &Live,
    ) -> Result<Vec<u64>, RunError> {
        let lane = |k| live.record(|recorder| recorder.add_lane(LaneKind::Thread, format!("thread {}", k + 1)));
        let lanes = (0..threads).map(lane).collect::<Result<Vec<LaneId>, _>>()?;
        let now = || live.since_start(now_ms());
        let is_up =
            self.process.try_lock().is_some_and(|process| process.as_ref().is_some_and(|p| p.threads() == threads));
        for lane in lanes.iter().filter(|_| !is_up) {
            live.record(|recorder| recorder.begin(*lane, None, State::Starting, now()))?;
        }
        let mut kept = self.up(threads).await?;
        for lane in lanes.iter().filter(|_| !is_up) {
            live.record(|recorder| recorder.end(*lane, now()))?;
        }
        // Taken out for the run, so that whatever goes wrong on the way drops it: no process outlives a failed run.
        let Some(mut process) = kept.take() else {
            return Err(RunError::WorkerLost("it is gone".into()));
        };
        let results = process.run(plan, by, live, &lanes).await?;
        *kept = Some(process);
        Ok(results)
    }
}

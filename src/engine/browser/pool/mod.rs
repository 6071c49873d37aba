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

use std::cell::Cell;

use futures::lock::Mutex;
use process::Process;

use super::clock::now_ms;
use crate::engine::{Live, RunError};
use crate::plan::Plan;
use crate::trace::{LaneId, LaneKind, RequestsBy, State};

/// A pool that is started when it is first wanted and kept for the next run.
#[derive(Default)]
pub(super) struct ThreadPool {
    process: Mutex<Option<Process>>,
    /// How many threads were asked for last: whoever waited for the process meanwhile and wanted another number is late.
    wanted: Cell<u32>,
}

impl ThreadPool {
    /// Starts a process with `threads` threads, so that a run finds it up.
    pub(super) async fn warm_up(&self, threads: u32) -> Result<(), RunError> {
        self.wanted.set(threads);
        let mut process = self.process.lock().await;
        if self.wanted.get() == threads {
            up(&mut process, threads).await?;
        }
        Ok(())
    }

    /// Hands `plan` to the pool if that is up with `threads` threads, and says whether it was: threads share their memory, so
    /// that what they are to do lies there before the clock starts. A pool that is coming up is waited for.
    pub(super) async fn load_if_up(&self, threads: u32, plan: &Plan) -> Result<bool, RunError> {
        self.wanted.set(threads);
        let mut kept = self.process.lock().await;
        // Taken out, so that whatever goes wrong on the way drops it: no process outlives a failure.
        match kept.take() {
            Some(mut process) if process.threads() == threads => {
                process.load(plan).await?;
                *kept = Some(process);
                Ok(true)
            }
            other => {
                *kept = other;
                Ok(false)
            }
        }
    }

    /// Runs `plan` on `threads` threads; the results are its tasks'. `loaded` is what [`Self::load_if_up`] said. A future that
    /// is dropped ends the process.
    pub(super) async fn carry_out(
        &self,
        threads: u32,
        plan: &Plan,
        loaded: bool,
        by: &RequestsBy,
        live: &Live,
    ) -> Result<Vec<u64>, RunError> {
        let lane = |k| live.record(|recorder| recorder.add_lane(LaneKind::Thread, format!("thread {}", k + 1)));
        let lanes = (0..threads).map(lane).collect::<Result<Vec<LaneId>, _>>()?;
        let now = || live.since_start(now_ms());
        for lane in lanes.iter().filter(|_| !loaded) {
            live.record(|recorder| recorder.begin(*lane, None, State::Starting, now()))?;
        }
        let mut kept = self.process.lock().await;
        up(&mut kept, threads).await?;
        let Some(mut process) = kept.take() else {
            return Err(RunError::WorkerLost("it is gone".into()));
        };
        if !loaded {
            process.load(plan).await?;
        }
        for lane in lanes.iter().filter(|_| !loaded) {
            live.record(|recorder| recorder.end(*lane, now()))?;
        }
        let results = process.run(by, live, &lanes).await?;
        *kept = Some(process);
        Ok(results)
    }
}

/// Sees to it that there is a process with `threads` threads; one with another number of threads is ended.
async fn up(process: &mut Option<Process>, threads: u32) -> Result<(), RunError> {
    if process.as_ref().is_none_or(|process| process.threads() != threads) {
        // First the old one, so that two never compete for the processors.
        process.take();
        *process = Some(Process::start(threads).await?);
    }
    Ok(())
}

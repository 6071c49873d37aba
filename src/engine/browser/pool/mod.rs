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

use std::cell::RefCell;
use std::rc::Rc;

use process::Process;

use super::clock::now_ms;
use crate::engine::{Live, RunError};
use crate::plan::Plan;
use crate::trace::{LaneId, LaneKind, RequestsBy, State};

/// A pool that is started when it is first needed and kept for the next run.
#[derive(Default)]
pub(super) struct ThreadPool {
    process: RefCell<Option<Process>>,
}

impl ThreadPool {
    /// Runs `plan` on `threads` threads; the results are its tasks'. A future that is dropped ends the process.
    pub(super) async fn carry_out(
        &self,
        threads: u32,
        plan: &Plan,
        by: &RequestsBy,
        live: &Rc<Live>,
    ) -> Result<Vec<u64>, RunError> {
        let lane = |k| live.record(|recorder| recorder.add_lane(LaneKind::Thread, format!("thread {}", k + 1)));
        let lanes = (0..threads).map(lane).collect::<Result<Vec<LaneId>, _>>()?;
        let now = || live.since_start(now_ms());
        // Taken out for the run, so that whatever goes wrong on the way drops it: no process outlives a failed run.
        let mut process = match self.process.take().filter(|process| process.threads() == threads) {
            Some(process) => process,
            None => {
                for lane in &lanes {
                    live.record(|recorder| recorder.begin(*lane, None, State::Starting, now()))?;
                }
                let process = Process::start(threads).await?;
                for lane in &lanes {
                    live.record(|recorder| recorder.end(*lane, now()))?;
                }
                process
            }
        };
        let results = process.run(plan, by, live, &lanes).await?;
        self.process.replace(Some(process));
        Ok(results)
    }
}

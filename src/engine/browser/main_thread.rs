//! The main-thread engine: each task to its end on the page's own thread, as a plain loop does. While it computes or waits,
//! the page draws nothing and answers nobody; the heartbeat lane shows it.

use super::blocking::Blocking;
use super::clock::now_ms;
use crate::engine::{Live, RunError};
use crate::plan::{Plan, Step};
use crate::trace::{LaneKind, State, TaskId};

/// Runs the tasks of `plan` in order; the results are theirs. `requests` says how requests block.
pub(super) fn carry_out(plan: &Plan, requests: &Blocking, live: &Live) -> Result<Vec<u64>, RunError> {
    let lane = live.record(|recorder| recorder.add_lane(LaneKind::MainThread, "main thread"))?;
    let mut results = Vec::with_capacity(plan.tasks.len());
    for (task, id) in plan.tasks.iter().zip(0..) {
        let mut result = 0;
        for step in &task.steps {
            let state = if matches!(step, Step::Io(_)) { State::WaitingForIo } else { State::Running };
            let now = || live.since_start(now_ms());
            live.record(|recorder| recorder.begin(lane, Some(TaskId(id)), state, now()))?;
            let value = match step {
                Step::Compute(work) => Ok(work.pieces().sum()),
                Step::Io(request) => requests.send(*request),
            };
            live.record(|recorder| recorder.end(lane, now()))?;
            result += value?;
        }
        results.push(result);
        live.task_done();
    }
    Ok(results)
}

//! How a task is carried out, written once for all engines: step by step, with what a failed request is tried again for and what
//! a failure leaves to the others. Where it happens, and what waiting means there, is the [`Host`]'s business.

use super::OnCore;
use crate::plan::{Computation, Computed, Request, Step, Task, TaskResult, Work};
use crate::trace::event::EventKind;
use crate::trace::{MarkKind, State, TaskId};

/// Where a task is carried out. Where waiting blocks, its futures are ready when they are first asked.
#[expect(async_fn_in_trait, reason = "nobody asks for futures that can be sent: a task stays on its thread")]
pub trait Host {
    /// The name of the worker: “thread 2”.
    fn who(&self) -> String;
    /// Records what happens to the task now.
    fn record(&self, kind: EventKind);
    /// Computes to the end and records how; the sum of the pieces.
    async fn compute(&self, task: TaskId, computation: &mut Computation) -> u64;
    /// Carries out the task's `step`, which computes, on the bytes that its last request brought: the sum of the pieces, and what else came
    /// of it. For a host that has it computed elsewhere; others do so themselves.
    async fn work(&self, task: TaskId, _step: u32, work: Work, answer: Vec<u8>) -> (u64, Computed) {
        work_here(self, task, work, answer).await
    }
    /// Makes one attempt at the request that is the task's `step`, and records the waiting.
    async fn request(&self, task: TaskId, step: u32, request: &Request, attempt: u32) -> Result<Vec<u8>, String>;
    /// Uses what tasks share, and records it.
    async fn share(&self, task: TaskId, step: &Step) -> u64;
}

/// Does a work where the task is.
pub async fn work_here(host: &(impl Host + ?Sized), task: TaskId, work: Work, answer: Vec<u8>) -> (u64, Computed) {
    let mut computation = work.start(answer, &host.who());
    let value = host.compute(task, &mut computation).await;
    (value, computation.finish())
}

/// Carries out a task.
pub async fn carry_out(host: &impl Host, id: TaskId, task: &Task) -> TaskResult {
    let mut result = TaskResult::default();
    let mut answer = Vec::new();
    for (step, number) in task.steps.iter().zip(0..) {
        match step {
            Step::Compute(work) => {
                let (value, computed) = host.work(id, number, *work, std::mem::take(&mut answer)).await;
                result.value = result.value.wrapping_add(value);
                result.output.extend(computed.output);
                result.failure = computed.failure;
                answer = computed.answer;
            }
            Step::Io(request) => match attempts(host, id, number, request).await {
                Ok(bytes) => {
                    result.value = result.value.wrapping_add(bytes.len() as u64);
                    answer = bytes;
                }
                Err(why) => result.failure = Some(why),
            },
            shared => result.value = result.value.wrapping_add(host.share(id, shared).await),
        }
        if result.failure.is_some() {
            host.record(EventKind::Mark(id, MarkKind::Failed));
            break;
        }
    }
    result
}

async fn attempts(host: &impl Host, id: TaskId, step: u32, request: &Request) -> Result<Vec<u8>, String> {
    let mut attempt = 0;
    loop {
        host.record(EventKind::Mark(id, MarkKind::RequestSent));
        let answer = host.request(id, step, request, attempt).await;
        let happened = if answer.is_ok() { MarkKind::Response } else { MarkKind::RequestFailed };
        host.record(EventKind::Mark(id, happened));
        if answer.is_ok() || attempt == request.retries {
            return answer.map_err(|why| if attempt == 0 { why } else { format!("{why} ({} attempts)", attempt + 1) });
        }
        attempt += 1;
    }
}

/// Computes on a thread of its own, which keeps its core as long as the system lets it. `now` is the time in ms from the start
/// of the run; `between` is called between two pieces, and says when the next one begins if it took its time.
pub async fn compute_on_thread(
    task: TaskId,
    mut next_piece: impl FnMut() -> Option<u64>,
    on_core: &OnCore,
    now: impl Fn() -> f64,
    record: impl Fn(f64, EventKind),
    mut between: impl AsyncFnMut(f64) -> Option<f64>,
) -> u64 {
    let mut value: u64 = 0;
    let began_ms = now();
    on_core.begin(began_ms);
    record(began_ms, EventKind::Begin(task, State::Running, None));
    while let Some(piece) = next_piece() {
        value = value.wrapping_add(piece);
        let at_ms = now();
        if let Some(off_core_ms) = on_core.piece_ended(at_ms) {
            record(off_core_ms, EventKind::End);
            record(off_core_ms, EventKind::Begin(task, State::Ready, None));
            record(at_ms, EventKind::End);
            record(at_ms, EventKind::Begin(task, State::Running, None));
        }
        if let Some(at_ms) = between(at_ms).await {
            on_core.begin(at_ms);
        }
    }
    record(now(), EventKind::End);
    value
}

#[cfg(test)]
#[path = "script_tests.rs"]
mod tests;

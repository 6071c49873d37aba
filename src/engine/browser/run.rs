//! A run on a real engine: which one carries the plan out, by what its requests are answered, and what it came to.

use std::rc::Rc;

use futures::FutureExt;

use super::blocking::Blocking;
use super::{Engines, event_loop, executor, frames, main_thread, now_ms, requests, unless_cancelled};
use crate::engine::{EngineId, Live, Options, Outcome, RunError};
use crate::plan::{Plan, Results};

impl Engines {
    /// Carries `plan` out and says what it came to; what `Engines::run` does once it is clear that `engine` can.
    pub(super) async fn run_really(
        &self,
        engine: EngineId,
        options: &Options,
        plan: &Plan,
        live: &Rc<Live>,
    ) -> Result<Outcome, RunError> {
        let objects = if engine.has_workers() {
            unless_cancelled(live, self.carry_out_by_workers(engine, options, plan, live).boxed_local()).await
        } else {
            unless_cancelled(live, self.carry_out(engine, options, plan, live)).await
        };
        let end_ms = live.end_at(now_ms());
        live.cut_short(end_ms)?;
        let results = Results { tasks: live.with_results(<[_]>::to_vec), objects: objects? };
        live.no_defect()?;
        Ok(Outcome { results, trace: Rc::new(live.snapshot(end_ms)?), starvation: None })
    }

    /// On the page's own thread.
    async fn carry_out(
        &self,
        engine: EngineId,
        options: &Options,
        plan: &Plan,
        live: &Rc<Live>,
    ) -> Result<Vec<u64>, RunError> {
        let blocking = if engine == EngineId::MainThread { Some(Blocking::find(plan).await) } else { None };
        let by = match &blocking {
            Some(blocking) => blocking.by(),
            None => requests::responder(plan).await,
        };
        live.amend_provenance(|provenance| provenance.requests = by.clone());
        // What the page still has to draw, of the run before or of the pressed button, takes no time from this one; and once
        // the main thread has begun, nothing can be drawn.
        frames::painted().await;
        let heartbeat = begin(live, false)?;
        let carried_out = match (engine, &blocking) {
            (_, Some(blocking)) => main_thread::carry_out(plan, blocking, live),
            (EngineId::AwaitEach, _) => event_loop::await_each(plan, &by, live).await,
            (EngineId::Limited, _) => event_loop::gather(plan, Some(options.limit), None, &by, live).await,
            _ => event_loop::gather(plan, None, None, &by, live).await,
        };
        if engine == EngineId::MainThread {
            // The first frame after the freeze belongs to the picture.
            frames::painted().await;
        }
        drop(heartbeat);
        carried_out.map(|()| Vec::new())
    }

    /// On threads and processes, with what their objects hold at the end.
    async fn carry_out_by_workers(
        &self,
        engine: EngineId,
        options: &Options,
        plan: &Plan,
        live: &Rc<Live>,
    ) -> Result<Vec<u64>, RunError> {
        let workers = options.workers_for(plan);
        let by = requests::responder(plan).await;
        live.amend_provenance(|provenance| provenance.requests = by.clone());
        if engine == EngineId::GilThreads {
            live.record(|recorder| Ok(recorder.add_object("GIL")))?;
        }
        // As above.
        frames::painted().await;
        if engine.needs_shared_memory() {
            let threads = self.threads.reserve(workers, plan).await?;
            let heartbeat = begin(live, true)?;
            let interval_ms = (engine == EngineId::GilThreads).then_some(options.switch_interval_ms);
            return threads.carry_out(plan, &by, interval_ms, heartbeat.lane(), live).await;
        }
        let fresh = engine == EngineId::FreshProcesses;
        let processes = self.processes.reserve(workers, fresh, plan, &by).await?;
        let carried_out = if engine == EngineId::Executor {
            let _heartbeat = begin(live, true)?;
            // The page sends the tasks' requests.
            executor::gather(plan, options.limit, processes, &by, live).await
        } else {
            live.amend_provenance(|provenance| provenance.requests = processes.by.clone());
            let heartbeat = begin(live, true)?;
            processes.carry_out(plan, heartbeat.lane(), live).await
        };
        carried_out.map(|()| Vec::new())
    }
}

/// The clock of a run starts, and the page shows that it lives.
fn begin(live: &Rc<Live>, has_workers: bool) -> Result<frames::Heartbeat, RunError> {
    live.start_at(now_ms());
    Ok(frames::Heartbeat::start(live, has_workers)?)
}

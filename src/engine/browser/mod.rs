//! Engines that really run a plan in this browser: the page's own thread, its event loop, and a pool of workers that share a
//! memory. A thin layer: what can be decided without a browser is decided in the pure code it feeds.

mod blocking;
mod clock;
mod event_loop;
mod frames;
mod main_thread;
mod pool;
mod probe;
mod requests;

use std::rc::Rc;

use blocking::Blocking;
pub use clock::now_ms;
pub use probe::{Machine, NoSharedMemory};

use super::{EngineId, Live, Outcome, RunError};
use crate::plan::Plan;
use crate::trace::{Provenance, RequestsBy, SharedMemory, Source};

/// The engines of this page. Make one and share it: the pool of workers lives in it between runs. One run at a time.
pub struct Engines {
    machine: Machine,
    pool: pool::ThreadPool,
}

impl Engines {
    /// Engines on this machine, with no worker started yet.
    pub fn new(machine: Machine) -> Self {
        Self { machine, pool: pool::ThreadPool::default() }
    }

    /// What this browser can do.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Whether `engine` can run here.
    ///
    /// # Errors
    /// [`RunError::Unavailable`] with the reason and what would bring it.
    pub fn available(&self, engine: EngineId) -> Result<(), RunError> {
        match (engine, &self.machine.shared_memory) {
            (EngineId::ThreadPool, Err(NoSharedMemory { why, remedy })) => {
                Err(RunError::Unavailable { why: why.clone(), remedy: remedy.clone() })
            }
            _ => Ok(()),
        }
    }

    /// Brings up the workers that `engine` needs, so that a run that follows finds them there. An error is not told here: the run
    /// meets it again and tells it.
    pub async fn warm_up(&self, engine: EngineId, threads: u32) {
        if engine == EngineId::ThreadPool && self.available(engine).is_ok() {
            let _ = self.pool.warm_up(threads).await;
        }
    }

    /// A run of `plan` on `engine` that has not begun: watch it, cancel it, and hand it to [`Self::run`].
    pub fn prepare(&self, engine: EngineId, plan: &Plan) -> Rc<Live> {
        let provenance = Provenance {
            source: Source::Measured,
            engine: engine.name().into(),
            cores: self.machine.cores,
            clock_resolution_ms: self.machine.clock_resolution_ms,
            isolated: self.machine.isolated,
            shared_memory: match engine {
                EngineId::ThreadPool => SharedMemory::Used,
                EngineId::MainThread | EngineId::AwaitEach | EngineId::Gather => SharedMemory::NotNeeded,
            },
            requests: RequestsBy::Nobody,
            dropped_events: 0,
            date: js_sys::Date::new_0().to_iso_string().into(),
        };
        Rc::new(Live::new(plan, provenance))
    }

    /// Carries out `plan` on `engine` and records into `live`. `threads` is the number of threads of the engine that has some.
    ///
    /// # Errors
    /// Why it did not come to its end; what was recorded until then stays readable in `live`.
    pub async fn run(&self, engine: EngineId, threads: u32, plan: &Plan, live: &Rc<Live>) -> Result<Outcome, RunError> {
        self.available(engine)?;
        let run = std::pin::pin!(self.carry_out(engine, threads, plan, live));
        let cancelled = std::pin::pin!(live.until_cancelled());
        // Whichever comes second is dropped, and with it requests that are under way and a process that computes.
        let results = match futures::future::select(run, cancelled).await {
            futures::future::Either::Left((results, _)) => results,
            futures::future::Either::Right(_) => Err(RunError::Cancelled),
        };
        let end_ms = live.since_start(now_ms());
        live.cut_short(end_ms)?;
        Ok(Outcome { results: results?, trace: Rc::new(live.snapshot(end_ms)?) })
    }

    async fn carry_out(
        &self,
        engine: EngineId,
        threads: u32,
        plan: &Plan,
        live: &Rc<Live>,
    ) -> Result<Vec<u64>, RunError> {
        let blocking = match engine {
            EngineId::MainThread if plan.makes_requests() => Blocking::find().await,
            _ => Blocking::NotNeeded,
        };
        let by = match (plan.makes_requests(), engine) {
            (false, _) | (_, EngineId::MainThread) => blocking.by(),
            _ => requests::responder().await,
        };
        live.amend_provenance(|provenance| provenance.requests = by.clone());
        // What the page still has to draw, of the run before or of the pressed button, takes no time from this one; and once
        // the main thread has begun, nothing can be drawn.
        frames::painted().await;
        let loaded = engine == EngineId::ThreadPool && self.pool.load_if_up(threads, plan).await?;
        live.start_at(now_ms());
        let heartbeat = frames::Heartbeat::start(live)?;
        let results = match engine {
            EngineId::MainThread => main_thread::carry_out(plan, &blocking, live),
            EngineId::AwaitEach => event_loop::await_each(plan, &by, live).await,
            EngineId::Gather => event_loop::gather(plan, &by, live).await,
            EngineId::ThreadPool => self.pool.carry_out(threads, plan, loaded, &by, live).await,
        };
        if engine == EngineId::MainThread {
            // The first frame after the freeze belongs to the picture.
            frames::painted().await;
        }
        drop(heartbeat);
        results
    }
}

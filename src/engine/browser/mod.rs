//! Engines that really run a plan in this browser: the page's own thread, its event loop, threads that share a memory, and
//! processes that share nothing; and the one that simulates it, in a process. A thin layer: what can be decided without a browser is decided in the pure code it feeds.
//! Opening a trace from a file is no engine, but needs a worker as they do, and so stands here too.

mod blocking;
mod calibrate;
mod clock;
mod event_loop;
mod executor;
mod files;
mod frames;
mod kept;
mod line;
mod main_thread;

mod pool;
mod probe;
mod processes;
mod requests;
mod run;
mod simulation;
mod turns;
mod whole;

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

pub use calibrate::Measuring;
pub use clock::now_ms;
pub use files::{Describe, FileNews, describe_with, open_file, write_file};
pub use frames::{Frames, PAUSE_MS};
pub use probe::{Machine, NoSharedMemory};
pub use whole::whole;

use futures::FutureExt;
use futures::future::{Either, select};

use super::simulated::calibration::Calibration;
use super::simulated::{self, Costs, Model, Scheduler, like};
use super::{EngineId, Live, Options, Outcome, RunError};
use crate::plan::Plan;
use crate::trace::stats::stats;
use crate::trace::{Provenance, RequestsBy, SharedMemory, Source};

/// The engines of this page. Make one and share it: the workers live in it between runs. One run at a time.
pub struct Engines {
    machine: Machine,
    threads: pool::ThreadPool,
    processes: processes::ProcessPool,
    calibration: RefCell<Option<Rc<Calibration>>>,
}

impl Engines {
    /// Engines on this machine, with no worker started yet.
    pub fn new(machine: Machine) -> Self {
        let (threads, processes) = (pool::ThreadPool::default(), processes::ProcessPool::default());
        Self { machine, threads, processes, calibration: RefCell::new(None) }
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
        match &self.machine.shared_memory {
            Err(NoSharedMemory { why, remedy }) if engine.needs_shared_memory() => {
                Err(RunError::Unavailable { why: why.clone(), remedy: remedy.clone() })
            }
            _ => Ok(()),
        }
    }

    /// Bytes of the memories of workers that are kept for the next run: of the one that the pool's threads share, and of the
    /// largest of the processes, as it said after its last task.
    pub async fn memory_bytes(&self) -> (u32, u32) {
        (self.threads.memory_bytes().await, self.processes.memory_bytes())
    }

    /// Says that a learner has chosen `engine`: where it lacks a memory to share, the page's service worker may bring that about.
    pub fn choose(&self, engine: EngineId) {
        if self.available(engine).is_err() {
            probe::announce(probe::WANTS_THREADS);
        }
    }

    /// Brings up the workers that `engine` needs for `plan`, so that a run that follows finds them there. An error is not told here: the run
    /// meets it again and tells it.
    pub async fn warm_up(&self, engine: EngineId, workers: u32, plan: &Plan) {
        if engine.has_processes() {
            // First of all, since WebKit's service worker never answers some processes that come up while it takes over the page.
            requests::responder(plan).await;
        }
        let _ = match engine {
            EngineId::GilThreads | EngineId::ThreadPool if self.available(engine).is_ok() => {
                self.threads.warm_up(workers).await
            }
            EngineId::Processes | EngineId::Executor => self.processes.warm_up(workers).await,
            _ => Ok(()),
        };
    }

    /// A run of `plan` on `engine` that has not begun: watch it, cancel it, and hand it to [`Self::run`].
    pub fn prepare(&self, engine: EngineId, plan: &Plan) -> Rc<Live> {
        let provenance = Provenance {
            source: if engine.is_real() { Source::Measured } else { Source::Simulated },
            engine: engine.name().into(),
            cores: self.machine.cores,
            clock_resolution_ms: self.machine.clock_resolution_ms,
            isolated: self.machine.isolated,
            shared_memory: if engine.needs_shared_memory() { SharedMemory::Used } else { SharedMemory::NotNeeded },
            requests: RequestsBy::Nobody,
            dropped_events: 0,
            hidden: false,
            date: js_sys::Date::new_0().to_iso_string().into(),
        };
        Rc::new(Live::new(plan, provenance))
    }

    /// Carries out `plan` on `engine` and records into `live`.
    ///
    /// # Errors
    /// Why it did not come to its end; what was recorded until then stays readable in `live`.
    pub async fn run(
        &self,
        engine: EngineId,
        options: &Options,
        plan: &Plan,
        live: &Rc<Live>,
    ) -> Result<Outcome, RunError> {
        probe::announce(probe::RUNS);
        self.available(engine)?;
        if engine.is_real() && plan.needs_virtual_time() {
            return Err(RunError::Unavailable {
                why: "This plan has arrival times, priorities or steps that exist in virtual time alone.".into(),
                remedy: "Simulate it.".into(),
            });
        }
        if !engine.can_run(plan) {
            return Err(RunError::Unavailable {
                why: format!("The tasks of this plan use something that “{}” does not have.", engine.name()),
                remedy: "Choose another engine.".into(),
            });
        }
        if engine.is_real() && !engine.has_workers() {
            let came_to = self.run_really(engine, options, plan, live).await;
            // What shows how a run has ended, be it by Cancel, is not in the part that a first visit begins with.
            whole().await;
            return came_to;
        }
        // Neither are workers and the simulator, which are boxed so that they are not compiled into this function. Who cancels meanwhile
        // meets that below.
        whole().await;
        match engine.is_real() {
            true => self.run_really(engine, options, plan, live).boxed_local().await,
            false => unless_cancelled(live, self.simulate(&options.model, plan, live).boxed_local()).await,
        }
    }

    /// Simulates `plan` as it goes on the real `engine` in this browser, which is measured first if it was not: `tell` hears how far that is.
    /// Records into `live`, a run on [`EngineId::Simulated`]. A future that is dropped ends what goes on.
    ///
    /// # Errors
    /// As [`Self::run`]; [`RunError::NotSimulated`] also if this browser could not be measured.
    pub async fn simulate_like(
        &self,
        engine: EngineId,
        options: &Options,
        plan: &Plan,
        live: &Live,
        tell: impl Fn(Measuring),
    ) -> Result<Outcome, RunError> {
        let calibration = self.calibrated(tell).await?;
        let (machine, scheduler) = like(engine, options, plan, &calibration.host)
            .ok_or_else(|| RunError::NotSimulated("nothing is run that it could stand for".into()))?;
        simulation::simulate(&machine, &scheduler, plan, live).await
    }

    /// Simulates `plan` as a learner chose it, on a machine that is measured first if it is to be this browser.
    async fn simulate(&self, model: &Model, plan: &Plan, live: &Live) -> Result<Outcome, RunError> {
        let calibration = match model.costs {
            Costs::ThisBrowser => Some(self.calibrated(|_| ()).await?),
            Costs::Ordinary | Costs::Ideal => None,
        };
        let machine = model.machine(calibration.as_ref().map(|calibration| &calibration.host.machine));
        let machine = machine.ok_or_else(|| RunError::NotSimulated("this browser was not measured".into()))?;
        simulation::simulate(&machine, &model.scheduler(plan), plan, live).await
    }

    /// How long `plan` takes in virtual time, ms, on `machine` with `scheduler`; a process of its own works it out, which dropping the
    /// future ends.
    ///
    /// # Errors
    /// What cannot be simulated, or what became of the process.
    pub async fn simulated_ms(
        &self,
        plan: &Plan,
        machine: &simulated::Machine,
        scheduler: &Scheduler,
    ) -> Result<f64, RunError> {
        let live = self.prepare(EngineId::Simulated, plan);
        let outcome = simulation::simulate(machine, scheduler, plan, &live).await?;
        Ok(stats(&outcome.trace).makespan_ms)
    }
}

/// What `run` comes to, unless `live` is cancelled before: then it is dropped, and with it requests that are under way and workers that
/// compute.
async fn unless_cancelled<T>(live: &Live, run: impl Future<Output = Result<T, RunError>>) -> Result<T, RunError> {
    match select(pin!(run), pin!(live.until_cancelled())).await {
        Either::Left((came_to, _)) => came_to,
        Either::Right(_) => Err(RunError::Cancelled),
    }
}

/// Has `tell` pass on the message of a panic in this worker, which then never says anything again.
fn on_panic(tell: impl Fn(&str) + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |info| tell(info.payload_as_str().unwrap_or("a panic without words"))));
}

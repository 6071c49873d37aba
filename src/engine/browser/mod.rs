//! Engines that really run a plan in this browser: the page's own thread, its event loop, and a pool of workers that share a
//! memory. A thin layer: what can be decided without a browser is decided in the pure code it feeds.

mod clock;
mod event_loop;
mod frames;
mod main_thread;
mod process;
mod pool;
mod probe;
mod requests;

use std::rc::Rc;

pub use clock::now_ms;
pub use probe::Machine;

use super::{Engine, EngineId, Live, Outcome, RunError};
use crate::plan::Plan;

/// The engines of this page. Make one and share it: the pool of workers lives in it between runs.
pub struct Engines {
    machine: Machine,
    pool: pool::ThreadPool,
}

impl Engines {
    /// Engines on this machine, with no worker started yet.
    pub fn new(machine: Machine) -> Self {
        todo!()
    }

    /// What this browser can do.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Whether `engine` can run here; if not, why and what would bring it.
    pub fn available(&self, engine: EngineId) -> Result<(), RunError> {
        todo!()
    }

    /// A run of `plan` on `engine` that has not begun: watch it, cancel it, and hand it to [`Self::run`].
    pub fn prepare(&self, engine: EngineId, plan: &Plan) -> Rc<Live> {
        todo!()
    }

    /// Carries out `plan` on `engine`. `threads` is the number of threads of the pool, for the engine that has one.
    pub async fn run(&self, engine: EngineId, threads: u32, plan: &Plan, live: &Rc<Live>) -> Result<Outcome, RunError> {
        todo!()
    }
}

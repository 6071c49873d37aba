//! Carries a plan out in virtual time, on a machine that need not exist: any number of cores, any scheduler, any cost. It takes the plan
//! that the other engines take and gives the trace that they give, simulated. Pure, and deterministic: the same plan, machine and
//! scheduler give the same trace, bit for bit. It knows no browser, no clock and no picture.
//!
//! ```text
//!  Plan ─ program ─▶ operations with a length ─┐
//!  Machine ─ check ────────────────────────────┼─▶ World ─ events ─▶ run (cores) ─▶ share (objects), gil ─▶ log ─▶ Trace
//!  Scheduler ─ check ─▶ ready (who is next) ───┘                                                    └─ stuck ─▶ Findings
//! ```
//!
//! Virtual time goes in whole nanoseconds. Locks, permits, messages and connections go to who has waited longest, and at once. Threads and
//! processes need no core to come up; steps that neither compute nor copy take no time, but a core.

mod account;
pub mod calibration;
mod check;
mod error;
mod events;
mod gil;
mod like;
mod log;
mod machine;
mod model;
mod network;
mod outcome;
mod program;
mod ready;
mod run;
mod scheduler;
mod share;
mod speed;
mod strand;
mod stuck;
mod things;
mod told;
mod world;

pub use error::SimulationError;
pub use like::{Host, Pace, like};
pub use machine::{MOST_CORES, Machine};
pub use model::{Costs, Model};
pub use network::{Delay, Network};
pub use outcome::{Findings, LostWakeUp, Simulated, Starved, TaskTimes};
pub use scheduler::{Policy, Scheduler, Workers};
pub use speed::Speed;
pub use told::Told;

use crate::plan::{Plan, Step, Target};
use crate::trace::Provenance;
use log::provenance;
use world::World;

/// Whether it is known how long every step of `plan` takes: an answer from elsewhere comes when it comes, and a work without an end
/// has no length. A plan without tasks has nothing to simulate.
pub fn can_simulate(plan: &Plan) -> bool {
    let is_known = |step: &Step| match step {
        Step::Io(request) => !matches!(request.target, Target::Url(_)),
        Step::Compute(work) => work.has_length(),
        _ => true,
    };
    !plan.tasks.is_empty() && plan.steps().all(is_known)
}

/// How much of a run is kept before it is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most slices, which take 32 bytes each.
    pub slices: usize,
    /// Most instants at which something happens.
    pub instants: u64,
}

impl Default for Limits {
    /// Four million slices: 128 MB, which a page has.
    fn default() -> Self {
        Self { slices: 4_000_000, instants: 20_000_000 }
    }
}

/// Instants between two looks at the limits.
const PORTION: u64 = 1_024;

/// A run that is being simulated, in portions: whoever drives it can do other things in between, or drop it.
#[derive(Clone, Debug)]
pub struct Simulation {
    world: World,
    provenance: Provenance,
    tasks: usize,
    limits: Limits,
    instants: u64,
    is_done: bool,
}

impl Simulation {
    /// A run that has not begun.
    ///
    /// # Errors
    /// What is wrong with the plan, the machine or the scheduler.
    pub fn new(plan: &Plan, machine: &Machine, scheduler: &Scheduler, limits: Limits) -> Result<Self, SimulationError> {
        let world = World::new(plan, machine, scheduler)?;
        let provenance = provenance(plan, machine, scheduler);
        Ok(Self { world, provenance, tasks: plan.tasks.len(), limits, instants: 0, is_done: false })
    }

    /// Goes on by so many instants at most, at each of which something happens; whether the run has come to its end.
    ///
    /// # Errors
    /// [`SimulationError::TooManySlices`], [`SimulationError::TooManyEvents`].
    pub fn step(&mut self, instants: u64) -> Result<bool, SimulationError> {
        let mut left = instants;
        while left > 0 && !self.is_done {
            let portion = left.min(PORTION);
            self.is_done = self.world.step(portion);
            left -= portion;
            self.instants += portion;
            self.world.log.no_defect()?;
            if self.world.log.slices > self.limits.slices {
                return Err(SimulationError::TooManySlices(self.limits.slices));
            }
            if self.instants > self.limits.instants && !self.is_done {
                return Err(SimulationError::TooManyEvents(self.limits.instants));
            }
        }
        Ok(self.is_done)
    }

    /// How many tasks have ended, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.tasks - self.world.tasks_left, self.tasks)
    }

    /// How many slices there are until now.
    pub fn slices(&self) -> usize {
        self.world.log.slices
    }

    /// The run, from its start to its end; what is left of it is simulated first.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn finish(mut self) -> Result<Simulated, SimulationError> {
        self.step(u64::MAX)?;
        Ok(self.world.finish(self.provenance)?)
    }
}

/// Simulates `plan` from its start to its end.
///
/// # Errors
/// What is wrong with the plan, the machine or the scheduler, or [`SimulationError::TooManySlices`].
pub fn simulate(plan: &Plan, machine: &Machine, scheduler: &Scheduler) -> Result<Simulated, SimulationError> {
    Simulation::new(plan, machine, scheduler, Limits::default())?.finish()
}

//! What an engine is told besides the plan.

use super::simulated::Model;
use crate::plan::Plan;

/// How an engine is to carry out a plan; each reads what concerns it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Threads or processes, 1 to 32; see [`Self::workers_for`].
    pub workers: u32,
    /// Most async tasks at a time, where they are limited.
    pub limit: u32,
    /// How long a thread that computes keeps the GIL when another asks for it, ms.
    pub switch_interval_ms: u32,
    /// What is simulated, by an engine that simulates.
    pub model: Model,
}

impl Options {
    /// How many workers carry out `plan`: one for each task where tasks wait for one another, which might else wait for one that
    /// has no worker.
    pub fn workers_for(&self, plan: &Plan) -> u32 {
        if plan.interacts() { plan.tasks.len() as u32 } else { self.workers }
    }
}

//! What the engines of a session came to, and what that says of them beside one another.

use std::rc::Rc;

use super::Session;
use crate::demo::{Finished, Run, RunState, Status};
use crate::engine::{EngineId, RunError};
use crate::plan::PictureLayout;
use crate::trace::Trace;
use crate::trace::stats::speed_up;

impl Session {
    /// The newest run on `engine`.
    pub fn run(&self, engine: EngineId) -> Option<&Run> {
        self.runs.iter().find(|(id, _)| *id == engine).map(|(_, run)| run)
    }

    /// Where the panel of `engine` stands.
    pub fn status(&self, engine: EngineId) -> Status {
        match self.run(engine).map(|run| &run.state) {
            None => Status::Idle,
            Some(RunState::Queued) => Status::Queued,
            Some(RunState::Running) => Status::Running,
            Some(RunState::Done(_)) => Status::Done,
            Some(RunState::Failed(RunError::Cancelled, _)) => Status::Cancelled,
            Some(RunState::Failed(..)) => Status::Failed,
        }
    }

    /// What `engine` came to, if it came to its end.
    pub fn finished(&self, engine: EngineId) -> Option<&Rc<Finished>> {
        match &self.run(engine)?.state {
            RunState::Done(finished) => Some(finished),
            _ => None,
        }
    }

    /// What was recorded on `engine`, whether or not it came to its end.
    pub fn trace(&self, engine: EngineId) -> Option<&Rc<Trace>> {
        match &self.run(engine)?.state {
            RunState::Done(finished) => Some(&finished.trace),
            RunState::Failed(_, trace) => trace.as_ref(),
            RunState::Queued | RunState::Running => None,
        }
    }

    /// What was recorded elsewhere, if anything is shown of it: the first of the chosen engines' traces.
    pub fn recorded(&self) -> Option<&Rc<Trace>> {
        self.all_finished().find(|(_, finished)| finished.is_recorded).map(|(_, finished)| &finished.trace)
    }

    /// Whether what is shown for `engine` was run with other values than those chosen now.
    pub fn is_stale(&self, engine: EngineId) -> bool {
        let Some(run) = self.run(engine).filter(|_| self.ongoing.is_none()) else { return false };
        let matter: Vec<_> = self.demo.parameters(&[engine], &run.values).collect();
        let mut matter = self.fields.iter().filter(|field| matter.contains(&field.parameter()));
        self.texts.urls_text() != run.values.urls_text()
            || self.texts.plan_text() != run.values.plan_text()
            || matter.any(|field| field.value() != Ok(run.values.get(field.parameter())))
    }

    /// The chosen engines that came to their end, in their order.
    pub fn all_finished(&self) -> impl Iterator<Item = (EngineId, &Rc<Finished>)> {
        self.engines.iter().filter_map(|engine| Some((*engine, self.finished(*engine)?)))
    }

    /// The first of the chosen engines that came to its end, the one the others are compared with: one that was measured, if there
    /// is one.
    pub fn reference(&self) -> Option<(EngineId, &Rc<Finished>)> {
        self.all_finished().find(|(engine, _)| engine.is_real()).or_else(|| self.all_finished().next())
    }

    /// How many times faster `engine` was than the reference; `None` for the reference itself.
    pub fn ratio(&self, engine: EngineId) -> Option<f64> {
        let (first, reference) = self.reference()?;
        let finished = self.finished(engine).filter(|_| engine != first)?;
        speed_up(reference.stats.makespan_ms, finished.stats.makespan_ms)
    }

    /// The end of the time axis that all charts share, ms: the longest of what was recorded. `None` before any run.
    pub fn axis_end_ms(&self) -> Option<f64> {
        let ends = self.engines.iter().filter_map(|engine| match self.finished(*engine) {
            Some(finished) => Some(finished.stats.makespan_ms),
            None => self.trace(*engine).map(|trace| trace.end_ms()),
        });
        ends.reduce(f64::max).filter(|end_ms| *end_ms > 0.0)
    }

    /// How the outputs of the newest run on `engine` make a picture, if they do and can be had; one that was simulated,
    /// or recorded elsewhere, has none.
    pub fn picture(&self, engine: EngineId) -> Option<PictureLayout> {
        let is_here = !self.finished(engine).is_some_and(|finished| finished.is_recorded);
        let run = self.run(engine).filter(|_| engine.is_real() && is_here)?;
        let layout = self.demo.workload.picture?;
        matches!(run.state, RunState::Running | RunState::Done(_)).then(|| layout(&run.values))
    }
}

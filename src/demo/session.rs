//! One demo while a learner works with it: what is chosen, what is typed, which engine runs, what each engine came to.
//!
//! A [`Session`] changes by [`Action`]s alone, and refuses those that make no sense (a second start, an engine that ends
//! without having begun) by staying as it is. Whoever draws it asks; whoever runs it reports.

use std::rc::Rc;

use super::{Demo, Field, Finished, Run, RunState, Setup, Status};
use crate::engine::{EngineId, Outcome, RunError};
use crate::plan::parameter::THREADS;
use crate::plan::{Parameter, Plan, Values};
use crate::trace::Trace;
use crate::trace::stats::{speed_up, stats};

/// What happens to a session.
#[derive(Clone, Debug)]
pub enum Action {
    /// An engine is chosen, or no longer.
    Toggle(EngineId),
    /// Something was typed into the field with this key.
    Type(&'static str, String),
    /// The stepper of the field with this key was pressed, this many steps up or down.
    Nudge(&'static str, i64),
    /// The machine turned out to allow this many threads at most.
    LimitThreads(u32),
    /// Run was pressed.
    Start,
    /// Cancel was pressed.
    Cancel,
    /// The engine that was running came to its end.
    Finished(Outcome),
    /// The engine that was running failed or was cancelled; with what had been recorded.
    Failed(RunError, Option<Rc<Trace>>),
}

/// The engines of a run that is going on.
#[derive(Clone, Debug, PartialEq)]
struct Ongoing {
    values: Values,
    queue: Vec<EngineId>,
    at: usize,
    cancelling: bool,
}

/// The state of one demo on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    demo: &'static Demo,
    engines: Vec<EngineId>,
    fields: Vec<Field>,
    ongoing: Option<Ongoing>,
    runs: Vec<(EngineId, Run)>,
    completed: u32,
}

impl Session {
    /// A session that opens with `setup`.
    pub fn new(demo: &'static Demo, setup: &Setup) -> Self {
        let parameters = demo.parameters(&[EngineId::ThreadPool]);
        let fields = parameters.map(|parameter| Field::new(parameter, setup.values.get(parameter))).collect();
        Self { demo, engines: setup.engines.clone(), fields, ongoing: None, runs: Vec::new(), completed: 0 }
    }

    /// The session after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::LimitThreads(limit) => next.change_field(THREADS.key, |field| field.limited(limit)),
            Action::Cancel => next.ongoing.iter_mut().for_each(|ongoing| ongoing.cancelling = true),
            Action::Finished(outcome) => next.finish(&outcome),
            Action::Failed(error, trace) => next.fail(error, trace),
            _ if self.is_running() => {}
            Action::Toggle(engine) => next.toggle(engine),
            Action::Type(key, text) => next.change_field(key, |field| field.typed(&text)),
            Action::Nudge(key, steps) => next.change_field(key, |field| field.nudged(steps)),
            Action::Start => next.start(),
        }
        next
    }

    /// What is run.
    pub fn demo(&self) -> &'static Demo {
        self.demo
    }

    /// The chosen engines, in the order they run.
    pub fn engines(&self) -> &[EngineId] {
        &self.engines
    }

    /// The fields that matter for the chosen engines.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        let shown: Vec<_> = self.demo.parameters(&self.engines).collect();
        self.fields.iter().filter(move |field| shown.contains(&field.parameter()))
    }

    /// What would run now; or why nothing can, in words.
    ///
    /// # Errors
    /// Text for the learner.
    pub fn setup(&self) -> Result<Setup, String> {
        if self.engines.is_empty() {
            return Err("Choose at least one engine.".into());
        }
        let base = Setup::new(self.demo).values;
        let add = |values: Values, field: &Field| field.value().map(|value| values.with(field.parameter(), value));
        let values = self.fields().try_fold(base, add)?;
        Ok(Setup { engines: self.engines.clone(), values })
    }

    /// The plan that would run now.
    pub fn plan(&self) -> Option<Plan> {
        self.setup().ok().map(|setup| (self.demo.workload.plan)(&setup.values))
    }

    /// Whether a run is going on.
    pub fn is_running(&self) -> bool {
        self.ongoing.is_some()
    }

    /// Whether the run that is going on has been asked to stop.
    pub fn is_cancelling(&self) -> bool {
        self.ongoing.as_ref().is_some_and(|ongoing| ongoing.cancelling)
    }

    /// The engine that runs now, with the number of engines before it and of all that were chosen.
    pub fn running(&self) -> Option<(EngineId, usize, usize)> {
        self.ongoing.as_ref().map(|ongoing| (ongoing.queue[ongoing.at], ongoing.at, ongoing.queue.len()))
    }

    /// The values of the run that is going on.
    pub fn running_values(&self) -> Option<&Values> {
        self.ongoing.as_ref().map(|ongoing| &ongoing.values)
    }

    /// How many runs (of all chosen engines) have come to an end, in whatever way.
    pub fn completed(&self) -> u32 {
        self.completed
    }

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

    /// Whether what is shown for `engine` was run with other values than those chosen now.
    pub fn is_stale(&self, engine: EngineId) -> bool {
        let Some(run) = self.run(engine).filter(|_| self.ongoing.is_none()) else { return false };
        let matters = |field: &&Field| self.matters(field.parameter(), engine);
        self.fields.iter().filter(matters).any(|field| field.value() != Ok(run.values.get(field.parameter())))
    }

    /// The first of the chosen engines that came to its end: the one the others are compared with.
    pub fn reference(&self) -> Option<(EngineId, &Rc<Finished>)> {
        self.engines.iter().find_map(|engine| Some((*engine, self.finished(*engine)?)))
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

    fn matters(&self, parameter: &'static Parameter, engine: EngineId) -> bool {
        *parameter != THREADS || engine == EngineId::ThreadPool
    }

    fn toggle(&mut self, engine: EngineId) {
        if let Some(place) = self.engines.iter().position(|chosen| *chosen == engine) {
            self.engines.remove(place);
        } else {
            let place = self.engines.iter().position(|chosen| *chosen > engine).unwrap_or(self.engines.len());
            self.engines.insert(place, engine);
        }
    }

    fn change_field(&mut self, key: &str, change: impl Fn(&Field) -> Field) {
        for field in self.fields.iter_mut().filter(|field| field.parameter().key == key) {
            *field = change(field);
        }
    }

    fn start(&mut self) {
        let Ok(Setup { engines: queue, values }) = self.setup() else { return };
        self.runs =
            queue.iter().map(|engine| (*engine, Run { values: values.clone(), state: RunState::Queued })).collect();
        self.ongoing = Some(Ongoing { values, queue, at: 0, cancelling: false });
        self.set_current(RunState::Running);
    }

    fn finish(&mut self, outcome: &Outcome) {
        let Some(values) = self.running_values() else { return };
        let verdict = (self.demo.workload.check)(values, &outcome.results);
        let stats = stats(&outcome.trace);
        self.set_current(RunState::Done(Rc::new(Finished { trace: outcome.trace.clone(), stats, verdict })));
        self.advance();
    }

    fn fail(&mut self, error: RunError, trace: Option<Rc<Trace>>) {
        let cancelled = error == RunError::Cancelled;
        self.set_current(RunState::Failed(error, trace));
        if let Some(ongoing) = self.ongoing.as_mut().filter(|_| cancelled) {
            ongoing.cancelling = true;
        }
        self.advance();
    }

    /// On to the next engine; or to the end, with what was never begun forgotten.
    fn advance(&mut self) {
        let Some(ongoing) = &mut self.ongoing else { return };
        ongoing.at += 1;
        if ongoing.cancelling || ongoing.at == ongoing.queue.len() {
            self.ongoing = None;
            self.completed += 1;
            self.runs.retain(|(_, run)| run.state != RunState::Queued);
        } else {
            self.set_current(RunState::Running);
        }
    }

    fn set_current(&mut self, state: RunState) {
        let Some((engine, ..)) = self.running() else { return };
        if let Some((_, run)) = self.runs.iter_mut().find(|(id, _)| *id == engine) {
            run.state = state;
        }
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;

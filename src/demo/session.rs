//! One demo while a learner works with it: what is chosen, what is typed, which engine runs, what each engine came to.
//!
//! A [`Session`] changes by [`Action`]s alone, and refuses those that make no sense (a second start, an engine that ends
//! without having begun) by staying as it is. Whoever draws it asks; whoever runs it reports.

mod came_to;

use std::rc::Rc;

use super::{Demo, Field, Finished, Run, RunState, Setup};
use crate::engine::{EngineId, Outcome, RunError};
use crate::plan::{Plan, UrlProblem, Values};
use crate::trace::Trace;
use crate::trace::stats::stats;

/// What happens to a session.
#[derive(Clone, Debug)]
pub enum Action {
    /// An engine is chosen, or no longer.
    Toggle(EngineId),
    /// Something was typed into the field with this key.
    Type(&'static str, String),
    /// The stepper of the field with this key was pressed, this many steps up or down.
    Nudge(&'static str, i64),
    /// Something was typed into the field for the learner's own addresses.
    TypeUrls(String),
    /// Run was pressed.
    Start,
    /// The next rung of the ladder was pressed where this engine cannot run: it takes the engine's place, and runs.
    Instead(EngineId),
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
    urls: String,
    ongoing: Option<Ongoing>,
    runs: Vec<(EngineId, Run)>,
    completed: u32,
}

impl Session {
    /// A session that opens with `setup`.
    pub fn new(demo: &'static Demo, setup: &Setup) -> Self {
        let parameters = demo.parameters(&demo.offered());
        let fields = parameters.map(|parameter| Field::new(parameter, setup.values.get(parameter))).collect();
        let (engines, urls) = (setup.engines.clone(), setup.values.urls_text().to_owned());
        Self { demo, engines, fields, urls, ongoing: None, runs: Vec::new(), completed: 0 }
    }

    /// The session after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Cancel => next.ongoing.iter_mut().for_each(|ongoing| ongoing.cancelling = true),
            Action::Finished(outcome) => next.finish(&outcome),
            Action::Failed(error, trace) => next.fail(error, trace),
            _ if self.is_running() => {}
            Action::Toggle(engine) => next.toggle(engine),
            Action::Type(key, text) => next.change_field(key, |field| field.typed(&text)),
            Action::Nudge(key, steps) => next.change_field(key, |field| field.nudged(steps)),
            Action::TypeUrls(text) => next.urls = text,
            Action::Start => next.start(self.engines.clone()),
            Action::Instead(engine) => next.run_instead(engine),
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

    /// The learner's own addresses as they were typed, and what is wrong with them; `None` if the demo takes none.
    pub fn urls(&self) -> Option<(&str, Option<UrlProblem>)> {
        let problem = || Values::default().with_urls(&self.urls).urls().err();
        self.demo.workload.takes_urls.then(|| (self.urls.as_str(), problem()))
    }

    /// What would run now; or why nothing can, in words.
    ///
    /// # Errors
    /// Text for the learner.
    pub fn setup(&self) -> Result<Setup, String> {
        if self.engines.is_empty() {
            return Err("Choose at least one engine.".into());
        }
        if let Some((_, Some(problem))) = self.urls() {
            return Err(problem.to_string());
        }
        let base = Setup::new(self.demo).values.with_urls(&self.urls);
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

    /// What the run that is going on was started with: its engines and values.
    pub fn started(&self) -> Option<Setup> {
        let started = |ongoing: &Ongoing| Setup { engines: ongoing.queue.clone(), values: ongoing.values.clone() };
        self.ongoing.as_ref().map(started)
    }

    /// What would carry out the plan in the place of `engine`: the next rung of the ladder.
    pub fn instead(&self, engine: EngineId) -> Option<EngineId> {
        self.plan().and_then(|plan| engine.instead(&plan))
    }

    /// How many runs (of all chosen engines) have come to an end, in whatever way.
    pub fn completed(&self) -> u32 {
        self.completed
    }

    fn toggle(&mut self, engine: EngineId) {
        if let Some(place) = self.engines.iter().position(|chosen| *chosen == engine) {
            self.engines.remove(place);
        } else if self.demo.offered().contains(&engine) {
            let place = self.engines.iter().position(|chosen| *chosen > engine).unwrap_or(self.engines.len());
            self.engines.insert(place, engine);
        }
    }

    fn change_field(&mut self, key: &str, change: impl Fn(&Field) -> Field) {
        for field in self.fields.iter_mut().filter(|field| field.parameter().key == key) {
            *field = change(field);
        }
    }

    /// The next rung takes the place of `engine` and runs alone; what the others came to stays.
    fn run_instead(&mut self, engine: EngineId) {
        let Some(instead) = self.instead(engine).filter(|_| self.engines.contains(&engine)) else { return };
        self.toggle(engine);
        if !self.engines.contains(&instead) {
            self.toggle(instead);
        }
        self.start(vec![instead]);
    }

    /// Starts a run on the engines of `queue`. What engines came to that are neither in it nor chosen is forgotten.
    fn start(&mut self, queue: Vec<EngineId>) {
        let Ok(Setup { engines, values }) = self.setup() else { return };
        self.runs.retain(|(id, _)| engines.contains(id) && !queue.contains(id));
        self.runs.extend(queue.iter().map(|id| (*id, Run { values: values.clone(), state: RunState::Queued })));
        self.ongoing = Some(Ongoing { values, queue, at: 0, cancelling: false });
        self.set_current(RunState::Running);
    }

    fn finish(&mut self, outcome: &Outcome) {
        let Some(ongoing) = &self.ongoing else { return };
        let verdict = (self.demo.workload.check)(&ongoing.values, &outcome.results);
        let stats = stats(&outcome.trace);
        self.set_current(RunState::Done(Rc::new(Finished {
            trace: outcome.trace.clone(),
            stats,
            results: outcome.results.clone(),
            verdict,
        })));
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

//! One demo while a learner works with it: what is chosen, what is typed, which engine runs, what each engine came to.
//!
//! A [`Session`] changes by [`Action`]s alone, and refuses those that make no sense (a second start, an engine that ends
//! without having begun) by staying as it is. Whoever draws it asks; whoever runs it reports.

mod came_to;
mod chosen;

use std::rc::Rc;

use super::{Demo, Field, Finished, Recording, Run, RunState, Setup, SweepChoice};
use crate::engine::{EngineId, Outcome, RunError};
use crate::plan::Values;
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
    /// A sweep was unfolded or chosen otherwise, or folded away.
    Sweep(Option<SweepChoice>),
    /// Something was typed into the editor of the learner's own plan.
    TypePlan(String),
    /// All of this was chosen at once, as by undoing.
    Adopt(Setup),
    /// What was recorded elsewhere is no longer wanted.
    DropRecording,
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
    /// The learner's own addresses and plan; none of its numbers is of use.
    texts: Values,
    sweep: Option<SweepChoice>,
    ongoing: Option<Ongoing>,
    runs: Vec<(EngineId, Run)>,
    completed: u32,
}

impl Session {
    /// A session that opens with `setup`.
    pub fn new(demo: &'static Demo, setup: &Setup) -> Self {
        let fields =
            demo.all_parameters().map(|parameter| Field::new(parameter, setup.values.get(parameter))).collect();
        let (engines, texts) = (setup.engines.clone(), setup.values.clone());
        Self { demo, engines, fields, texts, sweep: setup.sweep, ongoing: None, runs: Vec::new(), completed: 0 }
    }

    /// This session, with what was recorded elsewhere in the place of runs.
    #[must_use]
    pub fn replaying(self, recording: &Recording) -> Self {
        let Ok(Setup { values, .. }) = self.draft() else { return self };
        let run = |(engine, trace): &(EngineId, Rc<Trace>)| {
            let state = RunState::Done(Rc::new(Finished::recorded(Rc::clone(trace))));
            (*engine, Run { values: values.clone(), state })
        };
        Self { runs: recording.traces.iter().map(run).collect(), ..self }
    }

    /// The session after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Cancel => next.ongoing.iter_mut().for_each(|ongoing| ongoing.cancelling = true),
            Action::Finished(outcome) => next.finish(&outcome),
            Action::Failed(error, trace) => next.fail(error, trace),
            Action::Sweep(choice) => next.sweep = choice,
            _ if self.is_running() => {}
            Action::Toggle(engine) => next.toggle(engine),
            Action::Type(key, text) => next.change_field(key, |field| field.typed(&text)),
            Action::Nudge(key, steps) => next.change_field(key, |field| field.nudged(steps)),
            Action::TypeUrls(text) => next.texts = next.texts.with_urls(&text),
            Action::TypePlan(text) => next.texts = next.texts.with_plan_text(&text),
            Action::Adopt(setup) => {
                let Self { engines, fields, texts, sweep, .. } = Self::new(self.demo, &setup);
                next = Self { engines, fields, texts, sweep, ..next };
            }
            Action::DropRecording => next.drop_recording(),
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
        let shown: Vec<_> = self.demo.parameters(&self.engines, &self.texts).collect();
        self.fields.iter().filter(move |field| shown.contains(&field.parameter()))
    }

    /// The sweep that is unfolded, if one is.
    pub fn sweep(&self) -> Option<SweepChoice> {
        self.sweep
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
        let ongoing = self.ongoing.as_ref()?;
        Some(Setup { engines: ongoing.queue.clone(), values: ongoing.values.clone(), sweep: None })
    }

    /// How many runs (of all chosen engines) have come to an end, in whatever way.
    pub fn completed(&self) -> u32 {
        self.completed
    }

    fn toggle(&mut self, engine: EngineId) {
        if let Some(place) = self.engines.iter().position(|chosen| *chosen == engine) {
            self.engines.remove(place);
        } else if self.demo.offered(&self.texts).contains(&engine) {
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

    /// Forgets what was recorded elsewhere, with which nothing that runs here can be compared.
    fn drop_recording(&mut self) {
        self.runs.retain(|(_, run)| !matches!(&run.state, RunState::Done(finished) if finished.is_recorded));
    }

    /// Starts a run on the engines of `queue`. What engines came to that are neither in it nor chosen is forgotten.
    fn start(&mut self, queue: Vec<EngineId>) {
        let Ok(Setup { engines, values, .. }) = self.setup() else { return };
        self.drop_recording();
        self.runs.retain(|(id, _)| engines.contains(id) && !queue.contains(id));
        self.runs.extend(queue.iter().map(|id| (*id, Run { values: values.clone(), state: RunState::Queued })));
        self.ongoing = Some(Ongoing { values, queue, at: 0, cancelling: false });
        self.set_current(RunState::Running);
    }

    fn finish(&mut self, outcome: &Outcome) {
        let Some(ongoing) = &self.ongoing else { return };
        let is_simulated = outcome.trace.provenance().is_simulated();
        let verdict = (!is_simulated).then(|| (self.demo.workload.check)(&ongoing.values, &outcome.results));
        let stats = stats(&outcome.trace);
        self.set_current(RunState::Done(Rc::new(Finished {
            trace: outcome.trace.clone(),
            stats,
            results: outcome.results.clone(),
            verdict,
            starvation: outcome.starvation.clone(),
            is_recorded: false,
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
#[path = "session_own_tests.rs"]
mod own_tests;
#[cfg(test)]
#[path = "session_simulated_tests.rs"]
mod simulated_tests;
#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;

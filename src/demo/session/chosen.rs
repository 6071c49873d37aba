//! What is chosen and typed in a session, what is wrong with it, and the plan that it comes to.

use super::Session;
use crate::demo::{Field, Setup};
use crate::engine::EngineId;
use crate::engine::simulated::Model;
use crate::plan::text::Problem;
use crate::plan::{Plan, UrlProblem, Values};

impl Session {
    /// The learner's own addresses as they were typed, and what is wrong with them; `None` if the demo takes none.
    pub fn urls(&self) -> Option<(&str, Option<UrlProblem>)> {
        let problem = || self.texts.urls().err();
        self.demo.workload.takes_urls.then(|| (self.texts.urls_text(), problem()))
    }

    /// The learner's own plan as it was typed, and what is wrong with it; `None` if the demo takes none.
    pub fn own_plan(&self) -> Option<(&str, &[Problem])> {
        let problems = self.texts.plan().err().unwrap_or_default();
        self.demo.workload.takes_plan.then(|| (self.texts.plan_text(), problems))
    }

    /// The engines among which one chooses, each with why it cannot carry out the plan.
    pub fn choices(&self) -> Vec<(EngineId, Option<&'static str>)> {
        self.demo.choices(&self.texts)
    }

    /// What is chosen, be it that the learner's texts have mistakes.
    ///
    /// # Errors
    /// Text for the learner.
    pub fn draft(&self) -> Result<Setup, String> {
        if self.engines.is_empty() {
            return Err("Choose at least one engine.".into());
        }
        let base =
            Setup::new(self.demo).values.with_urls(self.texts.urls_text()).with_plan_text(self.texts.plan_text());
        let add = |values: Values, field: &Field| field.value().map(|value| values.with(field.parameter(), value));
        let values = self.fields().try_fold(base, add)?;
        Ok(Setup { engines: self.engines.clone(), values, sweep: self.sweep })
    }

    /// What would run now; or why nothing can, in words.
    ///
    /// # Errors
    /// Text for the learner.
    pub fn setup(&self) -> Result<Setup, String> {
        if let Some((_, Some(problem))) = self.urls() {
            return Err(problem.to_string());
        }
        if let Some((_, [problem, ..])) = self.own_plan() {
            return Err(problem.to_string());
        }
        let refused = |(engine, why): (EngineId, Option<&str>)| {
            why.filter(|_| self.engines.contains(&engine)).map(|why| (engine, why.to_owned()))
        };
        if let Some((engine, why)) = self.choices().into_iter().find_map(refused) {
            return Err(format!("“{}” cannot run this plan: {why}. Choose another engine.", engine.name()));
        }
        let setup = self.draft()?;
        if self.engines.contains(&EngineId::Simulated) {
            let unfit = |error| format!("The simulated machine and its scheduler do not go together: {error}.");
            Model::chosen(&setup.values).check().map_err(unfit)?;
        }
        Ok(setup)
    }

    /// The plan that would run now.
    pub fn plan(&self) -> Option<Plan> {
        self.setup().ok().map(|setup| self.demo.plan(&setup.values))
    }

    /// What would carry out the plan in the place of `engine`: the next rung of the ladder.
    pub fn instead(&self, engine: EngineId) -> Option<EngineId> {
        self.plan().and_then(|plan| engine.instead(&plan))
    }
}

//! Tasks: what a learner is to make a demo's run come to, by changing its parameters or engines. A task is its conditions; whether they
//! are met is asked of what was measured, run after run.

use serde::{Deserialize, Serialize};

use super::Measured;
use super::claim::{Claim, Judged};

/// Something to be achieved with a demo of the same step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Its name, unique in its lesson.
    pub id: String,
    /// Hash of all that is asked. A task that was done as something else does not count any more.
    pub hash: String,
    /// Id of the demo block with which it is done.
    pub demo: String,
    /// What is to be achieved, as HTML.
    pub prompt_html: String,
    /// When it is done: all of these at once.
    pub conditions: Vec<Condition>,
    /// Engines and parameters with which it is done, as in a link; what is not named stays as the block opens.
    pub solution: String,
}

/// A condition, and what is said to who has not met it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// What has to be.
    pub claim: Claim,
    /// What is said if it is missed, as HTML.
    pub reply_html: String,
}

impl Task {
    /// What a run says of each condition.
    pub fn judge(&self, measured: &Measured) -> Vec<Judged> {
        self.conditions.iter().map(|condition| condition.claim.judge(measured)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::demo::{NINE_REQUESTS, Setup};
    use crate::engine::EngineId;
    use crate::engine::simulated::{Machine, like, simulate};
    use crate::lesson::{CameTo, Progress};

    fn task(hash: &str, conditions: [&str; 2]) -> Task {
        let condition = |text: &str| Condition { claim: Claim::read(text).unwrap(), reply_html: String::new() };
        Task {
            id: "first".into(),
            hash: hash.into(),
            demo: "nine".into(),
            prompt_html: String::new(),
            conditions: conditions.map(condition).to_vec(),
            solution: String::new(),
        }
    }

    #[test]
    fn each_condition_is_judged_for_itself() {
        let (engine, setup) = (EngineId::Gather, Setup::new(&NINE_REQUESTS));
        let plan = NINE_REQUESTS.plan(&setup.values);
        let (machine, scheduler) = like(engine, &setup.options(engine), &plan, &Machine::ideal(2).into()).unwrap();
        let trace = simulate(&plan, &machine, &scheduler).unwrap().trace;
        let measured = vec![CameTo::ended(engine, Rc::new(trace))];
        let task = task("1", ["makespan(gather) > 0", "peak_waiting(*) >= 1000"]);
        let met: Vec<_> = task.judge(&measured).iter().map(Judged::is_met).collect();
        assert_eq!(met, [true, false]);
        assert!(task.judge(&Vec::new()).iter().all(|judged| judged.holds.is_none()));
    }

    #[test]
    fn what_was_done_is_kept_until_the_task_is_another() {
        let conditions = ["makespan(*) <= 1", "lost(*) <= 0"];
        let done = Progress::default().with_task("three-ways", &task("1", conditions));
        let kept: Progress = serde_json::from_str(&serde_json::to_string(&done).unwrap()).unwrap();
        assert_eq!(kept, done);
        assert!(kept.is_done("three-ways", &task("1", conditions)));
        assert!(
            !kept.is_done("three-ways", &task("2", conditions)) && !kept.is_done("another", &task("1", conditions))
        );
    }
}

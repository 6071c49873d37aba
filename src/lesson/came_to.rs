//! What a run came to on each of its engines: all that predictions, myths, tasks and claims are judged by.

use std::rc::Rc;

use crate::engine::EngineId;
use crate::plan::{ObjectKind, Plan, Results};
use crate::trace::Trace;

/// What each engine of a run that is over came to.
pub type Measured = Vec<CameTo>;

/// What a run came to on one engine.
#[derive(Clone, Debug)]
pub struct CameTo {
    /// The engine.
    pub engine: EngineId,
    /// What happened.
    pub trace: Rc<Trace>,
    /// Whether all tasks came to their end; if not, the run came to a standstill.
    pub is_ended: bool,
    /// How many updates of its counters were lost. `None` if it has no counters, or gave no results, as a simulated run does.
    pub lost: Option<u64>,
}

impl CameTo {
    /// A run that came to its end and counted nothing.
    pub fn ended(engine: EngineId, trace: Rc<Trace>) -> Self {
        Self { engine, trace, is_ended: true, lost: None }
    }
}

/// Two runs are the same if their traces are: a trace is large, and made once.
impl PartialEq for CameTo {
    fn eq(&self, other: &Self) -> bool {
        self.engine == other.engine && Rc::ptr_eq(&self.trace, &other.trace) && self.lost == other.lost
    }
}

/// How many increments of `plan` its counters do not show; `None` if it has no counter.
pub fn lost_updates(plan: &Plan, results: &Results) -> Option<u64> {
    let counters = (0..).zip(&plan.objects).filter(|(_, object)| object.kind == ObjectKind::Counter);
    let lost = counters.map(|(number, _)| {
        let found = results.objects.get(number as usize).copied().unwrap_or_default();
        plan.increments(number).saturating_sub(found)
    });
    lost.reduce(|sum, lost| sum + lost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Values;

    #[test]
    fn updates_are_lost_that_a_counter_does_not_show() {
        let plan = |text| Values::default().with_plan_text(text).plan().unwrap().clone();
        let results = |objects: &[u64]| Results { tasks: Vec::new(), objects: objects.to_vec() };
        let counting = plan("lock l\ncounter c\ncounter d\ntask a * 2\n increment c 1000\n increment d 10");
        assert_eq!(lost_updates(&counting, &results(&[0, 2_000, 20])), Some(0));
        assert_eq!(lost_updates(&counting, &results(&[0, 1_500, 19])), Some(501));
        assert_eq!(lost_updates(&plan("task a\n compute 1"), &results(&[])), None);
    }
}

//! The plan that a learner writes. What it should give is known of its counters alone.

use super::shared::failures;
use super::{Verdict, Workload, grouped};
use crate::plan::{ObjectKind, Results, Values};

/// Whatever the learner has written; nothing while that cannot be read.
pub static OWN_WORKLOAD: Workload = Workload {
    takes_plan: true,
    ..Workload::new("own", &[], |values| values.plan().cloned().unwrap_or_default(), judge)
};

fn judge(values: &Values, results: &Results) -> Verdict {
    let plan = (OWN_WORKLOAD.plan)(values);
    if let Some(words) = failures(&plan, results, "tasks came to their end") {
        return Verdict::new(false, words);
    }
    let counters = (0..).zip(&plan.objects).filter(|(_, object)| object.kind == ObjectKind::Counter);
    let wrong = counters.filter_map(|(number, object)| {
        let expected = plan.increments(number);
        let found = results.objects.get(number as usize).copied().unwrap_or_default();
        let (counted, added) = (grouped(found), grouped(expected));
        (found != expected).then(|| format!("{} is {counted} after {added} increments", object.label))
    });
    let wrong: Vec<_> = wrong.collect();
    let ended = match results.tasks.len() {
        1 => "the task came to its end".to_owned(),
        count => format!("{count} tasks came to their end"),
    };
    let words = if wrong.is_empty() { ended } else { format!("{ended}; {}", wrong.join("; ")) };
    Verdict::new(wrong.is_empty(), words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Plan, TaskResult};

    #[test]
    fn a_counter_has_to_count_every_increment() {
        let values = Values::default().with_plan_text("lock l\ncounter c\ntask a * 2\n increment c 1000");
        let says = |counted| {
            let results = Results { tasks: vec![TaskResult::default(); 2], objects: vec![0, counted] };
            let verdict = judge(&values, &results);
            (verdict.correct, verdict.words)
        };
        assert_eq!(says(2_000), (true, "2 tasks came to their end".into()));
        assert_eq!(says(1_500), (false, "2 tasks came to their end; c is 1,500 after 2,000 increments".into()));
    }

    #[test]
    fn what_cannot_be_read_is_no_plan() {
        assert_eq!((OWN_WORKLOAD.plan)(&Values::default().with_plan_text("nonsense")), Plan::default());
        assert_eq!((OWN_WORKLOAD.plan)(&Values::default()).tasks.len(), 3);
    }
}

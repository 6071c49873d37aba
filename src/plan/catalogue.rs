//! The workloads: each turns values of its parameters into a plan, and says whether the plan's results are right.

use super::kernel::primes;
use super::parameter::{BOUND, BYTES, DELAY, REQUESTS, TASKS};
use super::{Parameter, Plan, Request, Step, Task, Values, Work};

/// Something to be run, with what a learner may turn.
pub struct Workload {
    /// Its name in links.
    pub id: &'static str,
    /// What may be turned, in the order the screen shows it.
    pub parameters: &'static [&'static Parameter],
    /// The plan for these values.
    pub plan: fn(&Values) -> Plan,
    /// Whether these results, one per task, are what the plan should give.
    pub check: fn(&Values, &[u64]) -> Verdict,
}

/// What a workload says of the results of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the results are right.
    pub correct: bool,
    /// The result in words, with what was expected if it differs.
    pub words: String,
}

/// Requests that are answered after a delay.
pub static REQUESTS_WORKLOAD: Workload = Workload {
    id: "requests",
    parameters: &[&REQUESTS, &DELAY, &BYTES],
    plan: |values| {
        let (delay_ms, bytes) = (values.get(&DELAY), values.get(&BYTES));
        let request = |id| Request { delay_ms, bytes, id };
        let task = |id: u32| Task { label: format!("request {}", id + 1), steps: vec![Step::Io(request(id))] };
        Plan { tasks: (0..values.get(&REQUESTS)).map(task).collect() }
    },
    check: |values, results| {
        let expected = u64::from(values.get(&REQUESTS)) * u64::from(values.get(&BYTES));
        let received: u64 = results.iter().sum();
        let correct = received == expected && results.len() == values.get(&REQUESTS) as usize;
        let words = format!("{} responses, {} bytes", results.len(), grouped(received));
        Verdict {
            correct,
            words: if correct { words } else { format!("{words}; {} bytes were expected", grouped(expected)) },
        }
    },
};

/// Counting the primes below a bound, by trial division over ranges.
pub static PRIMES_WORKLOAD: Workload = Workload {
    id: "primes",
    parameters: &[&BOUND, &TASKS],
    plan: |values| {
        let (bound, tasks) = (values.get(&BOUND), values.get(&TASKS));
        // Trial division of n costs about √n, so all below n costs about n^1.5: ranges of equal work, not of equal length.
        let edge = |i: u32| match i == tasks {
            true => bound,
            false => (f64::from(bound) * (f64::from(i) / f64::from(tasks)).powf(2.0 / 3.0)) as u32,
        };
        let task = |i| Task {
            label: format!("range {}", i + 1),
            steps: vec![Step::Compute(Work::CountPrimes { from: edge(i), to: edge(i + 1) })],
        };
        Plan { tasks: (0..tasks).map(task).collect() }
    },
    check: |values, results| {
        let (count, expected) = (results.iter().sum(), primes::count_by_sieve(values.get(&BOUND)));
        let words = format!("{} primes below {}", grouped(count), grouped(values.get(&BOUND).into()));
        let correct = count == expected;
        Verdict {
            correct,
            words: if correct { words } else { format!("{words}; a sieve finds {}", grouped(expected)) },
        }
    },
};

/// One task among others panics; made for the tests.
#[cfg(feature = "faults")]
pub static PANIC_WORKLOAD: Workload = Workload {
    id: "panic",
    parameters: &[&BOUND, &TASKS],
    plan: |values| {
        let mut plan = (PRIMES_WORKLOAD.plan)(values);
        let middle = plan.tasks.len() / 2;
        plan.tasks[middle].steps = vec![Step::Compute(Work::Panic)];
        plan
    },
    check: |_, _| Verdict { correct: false, words: "the panic did not happen".into() },
};

/// Tasks that never end; made for the tests.
#[cfg(feature = "faults")]
pub static ENDLESS_WORKLOAD: Workload = Workload {
    id: "endless",
    parameters: &[&TASKS],
    plan: |values| {
        let task = |i| Task { label: format!("task {}", i + 1), steps: vec![Step::Compute(Work::Endless)] };
        Plan { tasks: (0..values.get(&TASKS)).map(task).collect() }
    },
    check: |_, _| Verdict { correct: false, words: "a task without an end has ended".into() },
};

/// A number with its digits in groups of three: 3,000,000.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carry_out(plan: &Plan) -> Vec<u64> {
        let step = |step: &Step| match *step {
            Step::Compute(work) => work.pieces().sum(),
            Step::Io(request) => u64::from(request.bytes),
        };
        plan.tasks.iter().map(|task| task.steps.iter().map(step).sum()).collect()
    }

    #[test]
    fn plans_carried_out_give_what_their_check_expects() {
        let values = Values::default().with(&BOUND, 10_007).with(&TASKS, 7);
        for workload in [&REQUESTS_WORKLOAD, &PRIMES_WORKLOAD] {
            let results = carry_out(&(workload.plan)(&values));
            let verdict = (workload.check)(&values, &results);
            assert!(verdict.correct, "{}: {}", workload.id, verdict.words);
        }
    }

    #[test]
    fn a_wrong_result_is_found_and_said() {
        let values = Values::default().with(&BOUND, 1_000).with(&TASKS, 1);
        let verdict = (PRIMES_WORKLOAD.check)(&values, &[169]);
        assert_eq!(verdict, Verdict { correct: false, words: "169 primes below 1,000; a sieve finds 168".into() });
        assert!(!(REQUESTS_WORKLOAD.check)(&values, &[2_000; 8]).correct);
    }

    #[test]
    fn digits_are_grouped() {
        assert_eq!([0, 999, 1_000, 3_000_000].map(grouped), ["0", "999", "1,000", "3,000,000"]);
    }
}

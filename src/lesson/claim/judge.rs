//! Judging a claim by what was measured: whether it holds, exactly or nearly, and in which words.

use super::{Bound, Claim, Measure, Of, Order};
use crate::engine::EngineId;
use crate::lesson::{CameTo, Measured};

/// Virtual time goes in whole nanoseconds and is added up in fractions of ms: so far a sum may be off, as a share.
const ROUNDING: f64 = 1e-9;

/// What runs say of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Whether it holds; `None` if what was run cannot tell.
    pub holds: Option<Holds>,
    /// What came and what is allowed, or why it cannot be told: a sentence without its full stop.
    pub words: String,
}

/// How a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// As it is written.
    Exactly,
    /// It is missed by no more than a real run may miss it.
    Nearly,
    /// Not at all.
    Not,
}

impl Judged {
    /// Whether it holds as it is written.
    pub fn is_met(&self) -> bool {
        self.holds == Some(Holds::Exactly)
    }
}

impl Claim {
    /// Judges it by what `measured` holds. For any of those that ran, that is told which met it, or which was judged first.
    pub fn judge(&self, measured: &Measured) -> Judged {
        let is_of = |of: Of| self.measures().any(|measure| measure.of == of);
        let engines: Vec<_> = match measured.as_slice() {
            runs if is_of(Of::Any) => runs.iter().map(|run| run.engine).collect(),
            [run] if is_of(Of::Only) => vec![run.engine],
            runs if is_of(Of::Only) => return unknown(format!("Run one engine alone: {} have run", runs.len())),
            _ => return self.judge_by(&|measure| value(measure, measured)),
        };
        let judged = engines.into_iter().map(|engine| self.of(engine).judge_by(&|measure| value(measure, measured)));
        let judged: Vec<_> = judged.collect();
        let best = judged.iter().find(|judged| judged.is_met()).or(judged.first()).cloned();
        best.unwrap_or_else(|| unknown("Nothing has run".into()))
    }

    /// Judges it by what `value` says of each thing that is measured; or why it can say nothing.
    pub fn judge_by(&self, value: &dyn Fn(&Measure) -> Result<f64, String>) -> Judged {
        let bound = match &self.right {
            Bound::Number(number) => Ok(*number),
            Bound::Times(factor, other) => value(other).map(|value| factor * value),
        };
        match (value(&self.left), bound) {
            (Ok(value), Ok(bound)) => {
                let holds = [(Holds::Exactly, ROUNDING), (Holds::Nearly, self.within)];
                let holds = holds.into_iter().find(|(_, within)| self.order.is_kept(value, bound, *within));
                let holds = holds.map_or(Holds::Not, |(holds, _)| holds);
                Judged { holds: Some(holds), words: self.came_words(value, bound) }
            }
            (Err(why), _) | (_, Err(why)) => unknown(why),
        }
    }

    /// It, of the run of `engine` where it leaves open of whose.
    fn of(&self, engine: EngineId) -> Self {
        let of = |measure: &Measure| match measure.of {
            Of::Engine(_) => measure.clone(),
            Of::Only | Of::Any => Measure { of: Of::Engine(engine), ..measure.clone() },
        };
        let right = match &self.right {
            Bound::Number(number) => Bound::Number(*number),
            Bound::Times(factor, other) => Bound::Times(*factor, of(other)),
        };
        Self { left: of(&self.left), right, ..self.clone() }
    }
}

impl Order {
    /// Whether `value` keeps it, if it may miss `bound` by that share of it.
    fn is_kept(self, value: f64, bound: f64, within: f64) -> bool {
        match self {
            Self::AtMost => value <= bound * (1.0 + within),
            Self::AtLeast => value >= bound * (1.0 - within),
            // What is equal may not count as less because of a rounding.
            Self::Below if within == ROUNDING => value < bound * (1.0 - within),
            Self::Above if within == ROUNDING => value > bound * (1.0 + within),
            Self::Below => value < bound * (1.0 + within),
            Self::Above => value > bound * (1.0 - within),
        }
    }
}

impl Measure {
    /// What it was in `run`; or why that cannot be told.
    ///
    /// # Errors
    /// Text for the learner.
    pub fn in_run(&self, run: &CameTo) -> Result<f64, String> {
        let who = self.who();
        self.metric.of(run).ok_or_else(|| match (self.metric.needs_real_run(), run.is_ended) {
            (true, _) if run.trace.provenance().is_simulated() => "Only a real run can tell".into(),
            (_, false) => format!("{who} did not come to its end"),
            (_, true) => format!("The run of {who} does not tell"),
        })
    }
}

fn value(measure: &Measure, measured: &Measured) -> Result<f64, String> {
    if !measure.parameters.is_empty() {
        return Err("It is about a run with other settings".into());
    }
    let run = measured.iter().find(|run| measure.of == Of::Engine(run.engine));
    measure.in_run(run.ok_or_else(|| format!("{} has not run", measure.who()))?)
}

fn unknown(words: String) -> Judged {
    Judged { holds: None, words }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::demo::{NINE_REQUESTS, Setup};
    use crate::engine::simulated::{Machine, like, simulate};

    /// Nine requests as they go on these engines of an ideal machine.
    fn nine(query: &str) -> Measured {
        let (setup, problems) = Setup::parse(&NINE_REQUESTS, query);
        assert_eq!(problems, []);
        let plan = NINE_REQUESTS.plan(&setup.values);
        let run = |engine: &EngineId| {
            let (machine, scheduler) =
                like(*engine, &setup.options(*engine), &plan, &Machine::ideal(2).into()).unwrap();
            CameTo::ended(*engine, Rc::new(simulate(&plan, &machine, &scheduler).unwrap().trace))
        };
        setup.engines.iter().map(run).collect()
    }

    fn judge(claim: &str, measured: &Measured) -> (Option<Holds>, String) {
        let judged = Claim::read(claim).unwrap_or_else(|error| panic!("{error}")).judge(measured);
        (judged.holds, judged.words)
    }

    #[test]
    fn a_claim_holds_exactly_or_nearly_or_not() {
        let measured = nine("engines=gather");
        let holds = |claim: &str| judge(claim, &measured).0;
        assert_eq!(holds("makespan(gather) <= 300"), Some(Holds::Exactly));
        assert_eq!(holds("makespan(gather) < 300"), Some(Holds::Nearly));
        assert_eq!(holds("makespan(gather) <= 250"), Some(Holds::Nearly));
        assert_eq!(holds("makespan(gather) <= 250 within 10%"), Some(Holds::Not));
        assert_eq!(holds("makespan(gather) <= 200"), Some(Holds::Not));
        assert_eq!(holds("makespan(gather) >= 390"), Some(Holds::Nearly));
        assert_eq!(holds("makespan(gather) > 500"), Some(Holds::Not));
        assert_eq!(holds("peak_waiting(gather) > 9 within 0%"), Some(Holds::Not));
        assert_eq!(holds("deadlocks(gather) <= 0"), Some(Holds::Exactly));
    }

    #[test]
    fn it_is_said_what_came_and_what_is_allowed() {
        let measured = nine("engines=main,gather");
        let says = |claim: &str| judge(claim, &measured).1;
        assert_eq!(says("makespan(gather) <= 400"), "Event loop, all at once took 300 ms; at most 400 ms are allowed");
        assert_eq!(
            says("makespan(gather) <= 0.1 * makespan(main)"),
            "Event loop, all at once took 300 ms; at most 270 ms are allowed, 0.1 times the 2.70 s of Main thread"
        );
        assert_eq!(
            says("peak_waiting(gather) <= peak_waiting(main)"),
            "Event loop, all at once had 9 tasks waiting for I/O at once; at most 1 is allowed, as for Main thread"
        );
        assert_eq!(says("deadlocks(main) >= 1"), "Main thread had no tasks in a deadlock; at least 1 is needed");
    }

    #[test]
    fn what_was_run_cannot_tell_everything() {
        let measured = nine("engines=main,gather");
        let unknown = |claim: &str, says: &str| assert_eq!(judge(claim, &measured), (None, says.into()));
        unknown("makespan(threads) <= 1", "Thread pool has not run");
        unknown("makespan(main) <= makespan(threads)", "Thread pool has not run");
        unknown("makespan(gather?requests=3) <= 1", "It is about a run with other settings");
        unknown("lost(main) <= 0", "Only a real run can tell");
        unknown("makespan(*) <= 1", "Run one engine alone: 2 have run");
        assert_eq!(judge("makespan(any) <= 1", &Vec::new()), (None, "Nothing has run".into()));
        let stuck = nine("engines=main").into_iter().map(|run| CameTo { is_ended: false, ..run }).collect();
        assert_eq!(judge("makespan(main) <= 1", &stuck), (None, "Main thread did not come to its end".into()));
    }

    #[test]
    fn one_alone_or_any_of_those_that_ran_can_meet_it() {
        let one = nine("engines=gather");
        assert_eq!(judge("makespan(*) <= 400", &one).0, Some(Holds::Exactly));
        assert!(judge("makespan(*) <= 400", &one).1.starts_with("Event loop, all at once took 300 ms"));
        let two = nine("engines=main,gather");
        assert!(judge("makespan(any) <= 400", &two).1.starts_with("Event loop, all at once took 300 ms"));
        let (holds, words) = judge("makespan(any) <= 200", &two);
        assert_eq!(holds, Some(Holds::Not));
        assert!(words.starts_with("Main thread took 2.70 s"), "{words}");
        assert_eq!(judge("makespan(any) < makespan(main)", &two).0, Some(Holds::Exactly));
    }
}

//! Sessions with a simulated run among those that are measured.

use super::tests::{after, finished};
use super::*;
use crate::demo::{
    NINE_REQUESTS, PHILOSOPHERS, PRIMES, difference_words, freeze_ms, gain_words, makespan_words, summary,
};
use crate::engine::EngineId::{Gather, Simulated, ThreadPool};
use crate::engine::simulated::simulate;
use crate::plan::Results;

fn opened(demo: &'static Demo, query: &str) -> Session {
    Session::new(demo, &Setup::parse(demo, query).0)
}

/// What the engine that simulates says of the plan that `session` would run.
fn simulated(session: &Session) -> Action {
    let (plan, model) = (session.plan().unwrap(), session.setup().unwrap().options(Simulated).model);
    let run = simulate(&plan, &model.machine(None).unwrap(), &model.scheduler(&plan)).unwrap();
    let (told, trace) = (run.told(), Rc::new(run.trace));
    match told.failure() {
        Some(failure) => Action::Failed(failure, Some(trace)),
        None => Action::Finished(Outcome { trace, results: Results::default(), starvation: told.starvation }),
    }
}

const NINE: &str = "engines=gather,simulated&requests=9&delay=300&machine=1&workers=9&cores=1";

#[test]
fn a_simulated_run_has_no_result_that_could_be_right_or_wrong() {
    let session = opened(&NINE_REQUESTS, NINE);
    let run = simulated(&session);
    let session = after(session, [Action::Start, finished(330.0), run]);
    assert_eq!(session.finished(Gather).map(|finished| finished.verdict.is_some()), Some(true));
    let finished = session.finished(Simulated).unwrap();
    assert_eq!((&finished.verdict, finished.is_simulated()), (&None, true));
    assert_eq!(finished.trace.provenance().cores, 1);
}

#[test]
fn no_word_claims_that_a_simulated_time_was_measured() {
    let session = opened(&NINE_REQUESTS, NINE);
    let run = simulated(&session);
    let session = after(session, [Action::Start, finished(660.0), run]);
    assert_eq!(makespan_words(session.finished(Simulated).unwrap()), "300 ms of virtual time");
    assert_eq!(gain_words(&session, Simulated).as_deref(), Some("2.2× faster, simulated"));
    assert_eq!(
        difference_words(&session, Simulated).as_deref(),
        Some(
            "Simulated would take 300 ms of virtual time, 2.2 times faster than Event loop, all at once; \
             up to 9 were in progress at once instead of 1."
        )
    );
    assert!(summary(&session).unwrap().ends_with("Simulated: 300 ms of virtual time, 2.2× faster, simulated."));
}

#[test]
fn what_was_measured_is_compared_with_what_was_measured() {
    let session = opened(&PRIMES, "engines=simulated,gather,threads");
    let run = simulated(&session);
    let session = after(session, [Action::Start, run, finished(400.0), finished(200.0)]);
    assert_eq!(session.reference().map(|(engine, _)| engine), Some(Gather));
    assert_eq!(gain_words(&session, ThreadPool).as_deref(), Some("2.0× faster"));
    assert!(session.ratio(Simulated).is_some());
}

#[test]
fn how_long_the_page_will_freeze_is_not_taken_from_a_simulation() {
    let session = opened(&PRIMES, "engines=simulated");
    let run = simulated(&session);
    let session = after(session, [Action::Start, run]);
    assert!(session.finished(Simulated).is_some());
    assert_eq!(freeze_ms(&session), None);
}

#[test]
fn a_simulated_deadlock_is_a_failure_with_its_trace() {
    let session = opened(&PHILOSOPHERS, "engines=simulated&cores=8&machine=1");
    let run = simulated(&session);
    let session = after(session, [Action::Start, run]);
    let Some(RunState::Failed(RunError::Deadlock(words), Some(trace))) = session.run(Simulated).map(|run| &run.state)
    else {
        panic!("{:?}", session.run(Simulated))
    };
    assert!(words.contains("holds") && trace.provenance().is_simulated(), "{words}");
}

#[test]
fn choices_that_exclude_each_other_hold_the_run_back_only_where_they_count() {
    let session = opened(&PRIMES, "engines=gather,simulated&gil=1&scheduler=2");
    let refused = session.setup().unwrap_err();
    assert!(refused.contains("do not go together: a core that stays with a task"), "{refused}");
    assert!(!session.after(Action::Start).is_running());
    assert!(session.after(Action::Toggle(Simulated)).setup().is_ok());
    assert!(session.after(Action::Type("gil", "0".into())).setup().is_ok());
}

#[test]
fn another_machine_makes_only_the_simulation_stale() {
    let session = opened(&PRIMES, "engines=gather,simulated");
    let run = simulated(&session);
    let session = after(session, [Action::Start, finished(400.0), run, Action::Nudge("cores", 1)]);
    assert_eq!([Gather, Simulated].map(|engine| session.is_stale(engine)), [false, true]);
}

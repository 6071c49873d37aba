//! Sessions with a plan of the learner's own, and with what was recorded elsewhere.

use super::tests::{after, finished};
use super::*;
use crate::demo::{NINE_REQUESTS, OWN_PLAN, Recording, recording_words};
use crate::engine::EngineId::{AwaitEach, Gather, Processes, Simulated, ThreadPool};

fn own(query: &str) -> Session {
    Session::new(&OWN_PLAN, &Setup::parse(&OWN_PLAN, query).0)
}

#[test]
fn what_is_wrong_with_a_plan_keeps_it_from_running() {
    let session = own("engines=threads").after(Action::TypePlan("task a\n nap".into()));
    assert!(session.setup().unwrap_err().starts_with("Line 2: there is no step “nap”"));
    assert_eq!(session.draft().unwrap().values.plan_text(), "task a\n nap", "the link keeps it all the same");
    assert_eq!(session.after(Action::Start).running(), None);
}

#[test]
fn which_engines_can_run_a_plan_changes_with_it() {
    let session = own("engines=threads,simulated");
    let refused = |session: &Session, engine| session.choices().into_iter().find(|(id, _)| *id == engine).unwrap().1;
    assert!(refused(&session, Gather).unwrap().starts_with("its tasks wait for one another"));
    assert!(!session.after(Action::Toggle(Gather)).engines().contains(&Gather), "it cannot be chosen");
    let alone = session.after(Action::TypePlan("task a\n compute 5".into()));
    assert!([Gather, Processes].iter().all(|engine| refused(&alone, *engine).is_none()));
    let chosen = after(alone, [Action::Toggle(Gather), Action::TypePlan("event e\ntask a\n set e".into())]);
    assert!(chosen.setup().unwrap_err().starts_with("“Event loop, all at once” cannot run this plan"));
}

#[test]
fn a_parameter_that_a_plan_has_no_use_for_is_not_asked_for() {
    let keys = |session: &Session| session.fields().map(|field| field.parameter().key).collect::<Vec<_>>();
    let session = own("engines=threads");
    assert_eq!(keys(&session), [""; 0], "each task has a thread of its own");
    assert_eq!(keys(&session.after(Action::TypePlan("task a\n compute 5".into()))), ["threads"]);
}

#[test]
fn what_was_undone_is_adopted_but_not_during_a_run() {
    let session = own("engines=threads");
    let setup = Setup::parse(&OWN_PLAN, "engines=simulated&cores=7&plan=task+a%0A+compute+5").0;
    let adopted = session.after(Action::Adopt(setup.clone()));
    assert_eq!((adopted.engines(), adopted.own_plan().unwrap().0), (&[Simulated][..], "task a\n compute 5"));
    assert_eq!(adopted.draft().unwrap().values, setup.values);
    let running = session.after(Action::Start);
    assert_eq!(running.after(Action::Adopt(setup)), running);
}

fn replaying() -> Session {
    let session = Session::new(&NINE_REQUESTS, &Setup::parse(&NINE_REQUESTS, "engines=await-each,gather").0);
    let ran = after(session.clone(), [Action::Start, finished(2_800.0), finished(350.0)]);
    let traces = [AwaitEach, Gather].map(|engine| (engine, Rc::clone(ran.trace(engine).unwrap()))).to_vec();
    session.replaying(&Recording { traces })
}

#[test]
fn a_recording_is_shown_as_a_run_that_has_ended_without_results() {
    let session = replaying();
    assert_eq!((session.completed(), session.axis_end_ms(), session.ratio(Gather)), (0, Some(2_800.0), Some(8.0)));
    assert!(session.finished(Gather).unwrap().verdict.is_none());
    assert!(!session.is_stale(Gather) && session.after(Action::Type("delay", "50".into())).is_stale(Gather));
    assert_eq!(
        recording_words(session.recorded().unwrap()),
        "recorded on a machine with 2 cores, 2026-01-01 00:00 UTC, by a browser’s clock in steps of 0.1 ms"
    );
}

#[test]
fn whatever_runs_here_stands_beside_no_recording() {
    let dropped = replaying().after(Action::DropRecording);
    assert_eq!((dropped.recorded(), dropped.axis_end_ms()), (None, None));
    let again = after(replaying(), [Action::Toggle(AwaitEach), Action::Start]);
    assert_eq!((again.recorded(), again.running()), (None, Some((Gather, 0, 1))));
    assert!(own("engines=threads").after(Action::DropRecording).trace(ThreadPool).is_none());
}

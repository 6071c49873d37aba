//! Sessions, driven by actions as a page drives them.

use super::*;
use crate::demo::{MANDELBROT, NINE_REQUESTS, PRIMES, RACE, URLS, summary};
use crate::engine::EngineId::{AwaitEach, Gather, GilThreads, MainThread, Processes, ThreadPool};
use crate::plan::{Results, TaskResult};
use crate::trace::{LaneKind, Provenance, Recorder, RequestsBy, SharedMemory, Slice, Source, State, TaskId};

fn trace(makespan_ms: f64) -> Rc<Trace> {
    let mut recorder = Recorder::new(["a"]);
    let lane = recorder.add_lane(LaneKind::EventLoop, "event loop").unwrap();
    let slice = Slice::new(Some(TaskId(0)), State::Running, 0.0, makespan_ms);
    recorder.slice(lane, slice).unwrap();
    let provenance = Provenance {
        source: Source::Measured,
        engine: "test".into(),
        cores: 2,
        clock_resolution_ms: 0.1,
        isolated: true,
        shared_memory: SharedMemory::NotNeeded,
        requests: RequestsBy::Nobody,
        dropped_events: 0,
        hidden: false,
        date: "2026-01-01T00:00:00Z".into(),
    };
    Rc::new(recorder.finish(provenance).unwrap())
}

pub(super) fn finished(makespan_ms: f64) -> Action {
    let tasks = vec![TaskResult { value: 2_000, ..TaskResult::default() }; 9];
    let results = Results { tasks, objects: Vec::new() };
    Action::Finished(Outcome { trace: trace(makespan_ms), results, starvation: None })
}

fn opened() -> Session {
    let setup = Setup::parse(&NINE_REQUESTS, "engines=await-each,gather").0;
    Session::new(&NINE_REQUESTS, &setup)
}

pub(super) fn after(session: Session, actions: impl IntoIterator<Item = Action>) -> Session {
    actions.into_iter().fold(session, |session, action| session.after(action))
}

fn keys(session: &Session) -> Vec<&'static str> {
    session.engines().iter().map(|engine| session.status(*engine).key()).collect()
}

#[test]
fn engines_run_one_after_another_and_are_compared_with_the_first() {
    let session = opened().after(Action::Start);
    assert_eq!((session.running(), keys(&session)), (Some((AwaitEach, 0, 2)), vec!["running", "queued"]));
    let session = session.after(finished(2_800.0));
    assert_eq!((session.running(), keys(&session)), (Some((Gather, 1, 2)), vec!["done", "running"]));
    assert_eq!(summary(&session), None);
    let session = session.after(finished(350.0));
    assert_eq!((session.running(), keys(&session)), (None, vec!["done", "done"]));
    assert_eq!((session.ratio(AwaitEach), session.ratio(Gather)), (None, Some(8.0)));
    assert_eq!(session.axis_end_ms(), Some(2_800.0));
    assert!(session.finished(Gather).unwrap().verdict.as_ref().unwrap().correct);
    assert!(summary(&session).unwrap().ends_with("8.0× faster."));
}

#[test]
fn nothing_can_be_started_or_changed_during_a_run() {
    let running = opened().after(Action::Start);
    let meddled =
        [Action::Start, Action::Toggle(ThreadPool), Action::Type("delay", "5".into()), Action::Nudge("delay", 1)];
    assert_eq!(after(running.clone(), meddled), running);
}

#[test]
fn what_ends_without_having_begun_is_ignored() {
    let session = opened();
    assert_eq!(after(session.clone(), [finished(1.0), Action::Failed(RunError::Cancelled, None)]), session);
}

#[test]
fn a_failure_does_not_keep_the_next_engine_from_running() {
    let lost = Action::Failed(RunError::WorkerLost("gone".into()), Some(trace(40.0)));
    let session = after(opened(), [Action::Start, lost]);
    assert_eq!(keys(&session), ["failed", "running"]);
    let session = session.after(finished(300.0));
    assert_eq!(session.reference().map(|(engine, _)| engine), Some(Gather));
    assert!(session.trace(AwaitEach).is_some());
    assert!(summary(&session).unwrap().contains("one after another: failed."));
    assert!(session.after(Action::Start).is_running());
}

#[test]
fn a_cancelled_run_keeps_what_was_done_and_forgets_what_was_not_begun() {
    let session = after(opened(), [Action::Start, Action::Cancel]);
    assert!(session.is_cancelling());
    let session = session.after(Action::Failed(RunError::Cancelled, Some(trace(40.0))));
    assert_eq!((session.is_running(), keys(&session)), (false, vec!["cancelled", "idle"]));
    assert_eq!(session.axis_end_ms(), Some(40.0));
}

#[test]
fn a_cancellation_that_comes_too_late_for_one_engine_still_stops_the_next() {
    let session = after(opened(), [Action::Start, Action::Cancel, finished(2_800.0)]);
    assert_eq!((session.is_running(), keys(&session)), (false, vec!["done", "idle"]));
}

#[test]
fn results_are_stale_when_what_they_depend_on_has_changed() {
    let session = after(opened(), [Action::Start, finished(2_800.0), finished(300.0)]);
    assert!(!session.is_stale(Gather));
    let changed = session.after(Action::Type("delay", "400".into()));
    assert!(changed.is_stale(Gather) && changed.is_stale(AwaitEach));
    assert!(!changed.after(Action::Type("delay", "300".into())).is_stale(Gather));
    assert!(session.after(Action::Type("delay", "x".into())).is_stale(Gather));
}

#[test]
fn the_number_of_threads_makes_only_the_pool_stale() {
    let session = Session::new(&PRIMES, &Setup::parse(&PRIMES, "engines=gather,threads").0);
    let session = after(session, [Action::Start, finished(200.0), finished(100.0), Action::Nudge("threads", 1)]);
    assert_eq!([Gather, ThreadPool].map(|engine| session.is_stale(engine)), [false, true]);
}

#[test]
fn run_is_refused_with_the_reason() {
    let session = after(opened(), [Action::Toggle(AwaitEach), Action::Toggle(Gather)]);
    assert_eq!(session.setup().unwrap_err(), "Choose at least one engine.");
    assert!(!session.after(Action::Start).is_running());
    let session = opened().after(Action::Type("delay", "soon".into()));
    assert!(session.setup().unwrap_err().contains("“soon” is not"));
    assert!(!session.after(Action::Start).is_running());
}

#[test]
fn a_field_that_is_not_shown_does_not_hold_the_run_back() {
    let session = Session::new(&PRIMES, &Setup::parse(&PRIMES, "").0).after(Action::Type("threads", "33".into()));
    assert!(session.setup().unwrap_err().contains("from 1 to 32"));
    assert!(session.after(Action::Toggle(ThreadPool)).setup().is_ok());
}

#[test]
fn an_engine_that_is_chosen_takes_its_place_in_the_list() {
    let session = after(opened(), [Action::Toggle(ThreadPool), Action::Toggle(MainThread)]);
    assert_eq!(session.engines(), [MainThread, AwaitEach, Gather, ThreadPool]);
}

#[test]
fn an_engine_that_cannot_run_the_demo_cannot_be_chosen() {
    let session = Session::new(&RACE, &Setup::parse(&RACE, "engines=threads").0);
    assert_eq!(
        after(session, [Action::Toggle(Gather), Action::Toggle(GilThreads)]).engines(),
        [GilThreads, ThreadPool]
    );
}

#[test]
fn addresses_are_kept_as_typed_and_hold_the_run_back_until_they_are_right() {
    assert_eq!(opened().urls(), None);
    let session = Session::new(&URLS, &Setup::new(&URLS)).after(Action::TypeUrls("a.example".into()));
    let problem = session.urls().unwrap();
    assert_eq!(problem.0, "a.example");
    assert_eq!(session.setup().unwrap_err(), problem.1.unwrap().to_string());
    let session = session.after(Action::TypeUrls("https://a.example".into()));
    assert_eq!(session.urls(), Some(("https://a.example", None)));
    assert_eq!(session.plan().unwrap().tasks.len(), 1);
    let first = session.engines()[0];
    let run = after(session, [Action::Start, finished(10.0), finished(10.0), finished(10.0)]);
    assert!(!run.is_stale(first) && run.after(Action::TypeUrls("https://b.example".into())).is_stale(first));
}

/// Primes on these engines, and that the pool is not available there.
fn without_threads(query: &str) -> Session {
    Session::new(&PRIMES, &Setup::parse(&PRIMES, query).0)
}

fn unavailable() -> Action {
    Action::Failed(RunError::Unavailable { why: "No.".into(), remedy: "Buy one.".into() }, None)
}

#[test]
fn the_next_rung_takes_the_place_of_an_engine_and_runs_alone() {
    let ran = after(without_threads("engines=gather,threads"), [Action::Start, finished(200.0), unavailable()]);
    let session = ran.after(Action::Instead(ThreadPool));
    assert_eq!((session.engines(), keys(&session)), (&[Gather, Processes][..], vec!["done", "running"]));
    assert_eq!(session.started().map(|setup| setup.engines), Some(vec![Processes]));
    assert!(session.run(ThreadPool).is_none());
    let session = session.after(finished(100.0));
    assert_eq!((session.is_running(), keys(&session)), (false, vec!["done", "done"]));
    assert_eq!(session.ratio(Processes), Some(2.0));
    assert_eq!(session.setup().unwrap().engines, [Gather, Processes]);
}

#[test]
fn the_next_rung_can_be_taken_before_any_run_and_where_it_is_chosen_already() {
    let session = without_threads("engines=threads").after(Action::Instead(ThreadPool));
    assert_eq!((session.engines(), keys(&session)), (&[Processes][..], vec!["running"]));
    let both = without_threads("engines=threads,processes");
    let session = after(both, [Action::Start, unavailable(), finished(90.0), Action::Instead(ThreadPool)]);
    assert_eq!((session.engines(), keys(&session)), (&[Processes][..], vec!["running"]));
}

#[test]
fn where_there_is_no_next_rung_nothing_happens() {
    let session = Session::new(&RACE, &Setup::parse(&RACE, "").0);
    assert_eq!(session.instead(ThreadPool), None);
    assert_eq!(session.after(Action::Instead(ThreadPool)), session);
    let session = without_threads("engines=gather");
    assert_eq!(session.after(Action::Instead(ThreadPool)), session, "not chosen");
    let running = without_threads("engines=gather,threads").after(Action::Start);
    assert_eq!(running.after(Action::Instead(ThreadPool)), running);
}

#[test]
fn a_picture_has_the_values_of_its_run() {
    let session = Session::new(&MANDELBROT, &Setup::parse(&MANDELBROT, "engines=gather&tiles=6").0);
    assert_eq!(session.picture(Gather), None);
    let session = after(session, [Action::Start, finished(10.0), Action::Type("tiles", "12".into())]);
    assert_eq!(session.picture(Gather).map(|layout| layout.tiles.len()), Some(6));
    assert_eq!(opened().after(Action::Start).picture(AwaitEach), None);
}

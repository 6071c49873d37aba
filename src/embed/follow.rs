//! What becomes of what a host says: what is done to the session, or why nothing is.

use super::Heard;
use crate::demo::Session;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Start a run.
    Start,
    /// Cancel the run that goes on.
    Cancel,
    /// Look like that.
    Theme {
        /// Whether dark.
        dark: bool,
    },
    /// Nothing: it is as the host wants it already.
    Nothing,
}

/// Why what a host asks for is not done. It is told so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfollowed {
    /// It was asked before it said that it is ready.
    #[error("It is not ready yet; wait for the event “ready”.")]
    NotReady,
    /// What is chosen cannot be run.
    #[error("{0}")]
    NoSetup(String),
    /// There is nothing to run here.
    #[error("The step of a lesson is run by who reads it.")]
    NothingToRun,
}

/// What a demo does where its host says this; its `session` is `None` while it cannot run anything yet.
///
/// # Errors
/// Why nothing is done.
pub fn follow(heard: Heard, session: Option<&Session>) -> Result<Doing, Unfollowed> {
    if let Heard::Theme { dark } = heard {
        return Ok(Doing::Theme { dark });
    }
    let session = session.ok_or(Unfollowed::NotReady)?;
    match (heard, session.is_running()) {
        (Heard::Run, false) => session.setup().map(|_| Doing::Start).map_err(Unfollowed::NoSetup),
        (Heard::Cancel, true) => Ok(Doing::Cancel),
        // The learner in the frame was quicker.
        _ => Ok(Doing::Nothing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{Action, NINE_REQUESTS, Setup};
    use crate::embed::{Came, Said, news};
    use crate::engine::simulated::{Machine, like, simulate};
    use crate::engine::{EngineId, Outcome, RunError};
    use crate::plan::Results;
    use std::rc::Rc;

    fn session(query: &str) -> Session {
        Session::new(&NINE_REQUESTS, &Setup::parse(&NINE_REQUESTS, query).0)
    }

    /// What a run of `session` comes to on `engine`, as the simulator says.
    fn outcome(session: &Session, engine: EngineId) -> Action {
        let (setup, plan) = (session.started().unwrap(), NINE_REQUESTS.plan(&session.started().unwrap().values));
        let (machine, scheduler) = like(engine, &setup.options(engine), &plan, &Machine::ideal(4).into()).unwrap();
        let trace = Rc::new(simulate(&plan, &machine, &scheduler).unwrap().trace);
        Action::Finished(Outcome { trace, results: Results::default(), starvation: None })
    }

    #[test]
    fn a_host_starts_and_cancels_and_neither_twice() {
        let idle = session("engines=gather");
        assert_eq!(follow(Heard::Run, Some(&idle)), Ok(Doing::Start));
        assert_eq!(follow(Heard::Cancel, Some(&idle)), Ok(Doing::Nothing));
        assert_eq!(follow(Heard::Run, None), Err(Unfollowed::NotReady));
        assert_eq!(follow(Heard::Theme { dark: true }, None), Ok(Doing::Theme { dark: true }));
        let running = idle.after(Action::Start);
        assert_eq!(follow(Heard::Run, Some(&running)), Ok(Doing::Nothing));
        assert_eq!(follow(Heard::Cancel, Some(&running)), Ok(Doing::Cancel));
        let wrong = idle.after(Action::Type("requests", "many".into()));
        assert!(matches!(follow(Heard::Run, Some(&wrong)), Err(Unfollowed::NoSetup(why)) if why.contains("many")));
    }

    #[test]
    fn a_host_hears_of_a_runs_beginning_and_end_once() {
        let idle = session("engines=await-each,gather");
        assert_eq!(news(None, &idle), []);
        let running = idle.after(Action::Start);
        assert_eq!(news(Some(&idle), &running), [Said::Run { engines: vec!["await-each", "gather"] }]);
        let second = running.after(outcome(&running, EngineId::AwaitEach));
        assert_eq!(news(Some(&running), &second), [], "the second engine still runs");
        let done = second.after(outcome(&second, EngineId::Gather));
        let told = news(Some(&second), &done);
        let [Said::Done { demo: "nine-requests", runs }] = told.as_slice() else { panic!("{told:?}") };
        let makespans: Vec<_> = runs.iter().map(|run| run.statistics.unwrap().makespan_ms).collect();
        assert_eq!((makespans.as_slice(), runs[1].source), (&[2_700.0, 300.0][..], Some("simulated")));
        assert_eq!((runs[0].speed_up, runs[1].speed_up), (None, Some(9.0)));
        assert_eq!(news(Some(&done), &done), []);
        let again = done.after(Action::Start);
        assert_eq!(news(Some(&done), &again), [Said::Run { engines: vec!["await-each", "gather"] }]);
    }

    #[test]
    fn what_was_cancelled_has_no_numbers() {
        let running = session("engines=await-each,gather").after(Action::Start);
        let ended = running.after(Action::Cancel).after(Action::Failed(RunError::Cancelled, None));
        let told = news(Some(&running), &ended);
        let [Said::Done { runs, .. }] = told.as_slice() else { panic!("{told:?}") };
        assert!(matches!(runs.as_slice(), [Came { state: "cancelled", statistics: None, source: None, .. }]));
    }
}

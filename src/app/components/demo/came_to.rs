//! What a session's newest runs came to, as lessons judge it.

use std::rc::Rc;

use crate::demo::{RunState, Session};
use crate::engine::RunError;
use crate::lesson::{CameTo, Measured, lost_updates};

/// What each chosen engine came to that has come to its end, or to a standstill.
pub fn came_to(session: &Session) -> Measured {
    let came_to = session.engines().iter().filter_map(|engine| {
        let run = session.run(*engine)?;
        match &run.state {
            RunState::Done(finished) => {
                let plan = || session.demo().plan(&run.values);
                // Only what was really run has results, and so a verdict.
                let lost = finished.verdict.as_ref().and_then(|_| lost_updates(&plan(), &finished.results));
                Some(CameTo { lost, ..CameTo::ended(*engine, finished.trace.clone()) })
            }
            RunState::Failed(RunError::Deadlock(_) | RunError::LostWakeUp(_), Some(trace)) => {
                Some(CameTo { is_ended: false, ..CameTo::ended(*engine, Rc::clone(trace)) })
            }
            _ => None,
        }
    });
    came_to.collect()
}

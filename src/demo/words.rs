//! What the app says of a session: how much faster, what a run came to, how long the page will freeze.

use super::{Finished, RunState, Session};
use crate::engine::{EngineId, RunError};
use crate::plan::{Request, Step};
use crate::timeline::compare::compare;
use crate::timeline::words::{duration, step};
use crate::trace::{LaneKind, Provenance, Trace};

/// A ratio below this (and above its inverse) is called 'the same'.
const SAME_BELOW: f64 = 1.05;

/// How many times faster than the first: “8.7× faster”, “1.3× slower”, “about the same”.
fn ratio_words(ratio: f64) -> String {
    let times = |factor: f64| if factor < 9.95 { format!("{factor:.1}×") } else { format!("{factor:.0}×") };
    if ratio >= SAME_BELOW {
        format!("{} faster", times(ratio))
    } else if ratio > 0.0 && ratio <= 1.0 / SAME_BELOW {
        format!("{} slower", times(1.0 / ratio))
    } else {
        "about the same".into()
    }
}

/// How many times faster `engine` was than the reference, saying so where one of the two was not measured; `None` for the reference
/// itself.
pub fn gain_words(session: &Session, engine: EngineId) -> Option<String> {
    let ratio = ratio_words(session.ratio(engine)?);
    // The reference is simulated only where all are.
    let is_mixed = !engine.is_real() && session.reference().is_some_and(|(reference, _)| reference.is_real());
    Some(if is_mixed { format!("{ratio}, simulated") } else { ratio })
}

/// How the newest run on `engine` compares with the reference, in a sentence; `None` for the reference itself.
pub fn difference_words(session: &Session, engine: EngineId) -> Option<String> {
    let (reference, first) = session.reference().filter(|(reference, _)| *reference != engine)?;
    let finished = session.finished(engine)?;
    let compared = compare(&[(reference.name(), &first.trace), (engine.name(), &finished.trace)]);
    compared.into_iter().nth(1).map(|compared| compared.words)
}

/// How long a run took, as finely as its clock measured: “2.81 s”, “2.81 s of virtual time”.
pub fn makespan_words(finished: &Finished) -> String {
    let took = duration(finished.stats.makespan_ms, finished.trace.provenance().clock_resolution_ms);
    if finished.is_simulated() { format!("{took} of virtual time") } else { took }
}

/// What is said of a recording that came with a link: “recorded on a machine with 2 cores, 2026-01-01 12:30 UTC, by a clock in steps of
/// 5 µs”.
pub fn recording_words(trace: &Trace) -> String {
    let Provenance { cores, clock_resolution_ms, date, .. } = trace.provenance();
    if trace.provenance().is_simulated() {
        return "simulated in virtual time".into();
    }
    let cores = if *cores == 1 { "1 core".to_owned() } else { format!("{cores} cores") };
    let clock = step(*clock_resolution_ms);
    // As ISO 8601 writes it: 2026-01-01T12:30:00Z.
    let when = match (date.get(..10), date.get(11..16)) {
        (Some(day), Some(time)) => format!(", {day} {time} UTC"),
        _ => String::new(),
    };
    format!("recorded on a machine with {cores}{when}, by a browser’s clock in steps of {clock}")
}

/// What the button says that takes an engine in the place of one that cannot run here.
pub fn instead_words(engine: EngineId) -> String {
    let name = match engine {
        EngineId::Processes => "process pool",
        EngineId::Gather => "event loop",
        _ => engine.name(),
    };
    format!("Run it on the {name} instead")
}

/// The end of a run in one or two sentences, to be announced; `None` before any run and during one.
pub fn summary(session: &Session) -> Option<String> {
    if session.is_running() || session.completed() == 0 {
        return None;
    }
    let parts: Vec<_> = session.engines().iter().filter_map(|engine| sentence(session, *engine)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn sentence(session: &Session, engine: EngineId) -> Option<String> {
    let said = match &session.run(engine)?.state {
        RunState::Done(finished) => {
            let gain = gain_words(session, engine).map(|gain| format!(", {gain}")).unwrap_or_default();
            format!("{}{gain}.", makespan_words(finished))
        }
        RunState::Failed(RunError::Cancelled, _) => "cancelled.".into(),
        RunState::Failed(RunError::Unavailable { .. }, _) => "not available here.".into(),
        RunState::Failed(..) => "failed.".into(),
        RunState::Queued | RunState::Running => return None,
    };
    Some(format!("{}: {said}", engine.name()))
}

/// For how long a run on the main thread would freeze the page, ms, about: what its requests wait, and what computing took
/// in the newest run with the same values. `None` if that cannot be known: the plan cannot run there, its requests go to
/// addresses of the learner's own, or it would compute and nobody has measured that yet.
pub fn freeze_ms(session: &Session) -> Option<f64> {
    let plan = session.plan().filter(|plan| EngineId::MainThread.can_run(plan))?;
    let requests = plan.steps().filter_map(|step| match step {
        Step::Io(request) => Some(request),
        _ => None,
    });
    let waits_ms = requests.map(Request::waits_ms).sum::<Option<u32>>()?.into();
    if !plan.steps().any(|step| matches!(step, Step::Compute(_))) {
        return Some(waits_ms);
    }
    let fresh = EngineId::all_real().filter(|engine| !session.is_stale(*engine));
    let measured = fresh.filter_map(|engine| session.finished(engine)).next()?;
    Some(waits_ms + measured.stats.running_ms)
}

/// The share of the time in which each worker computed; workers beside one another that come to the same are told together.
pub fn shares_words(finished: &Finished) -> Vec<String> {
    let shares = finished.stats.utilisation.iter().map(|(lane, share)| {
        let lane = &finished.trace.lanes()[usize::from(lane.0)];
        let name = if matches!(lane.kind(), LaneKind::Thread | LaneKind::Process) { lane.label() } else { "" };
        (name, percent(*share))
    });
    together(&shares.collect::<Vec<_>>())
}

fn together(shares: &[(&str, String)]) -> Vec<String> {
    let alike = shares.chunk_by(|one, next| one.1 == next.1);
    let told = alike.map(|alike| match alike {
        [(first, share), .., (last, _)] => format!("{first} to {last}: {share} each"),
        one => one.iter().map(|(name, share)| format!("{name} {share}").trim().to_owned()).collect(),
    });
    told.collect()
}

fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 1.0 { "under 1 %".into() } else { format!("{percent:.0} %") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{Setup, find};

    fn freeze(demo: &str, query: &str) -> Option<f64> {
        let demo = find(demo).unwrap();
        freeze_ms(&Session::new(demo, &Setup::parse(demo, query).0))
    }

    #[test]
    fn the_page_freezes_for_as_long_as_its_requests_wait_in_all() {
        assert_eq!(freeze("nine-requests", ""), Some(2_700.0));
        // Three of nine are tried twice; with the time-out, the slow one gives up.
        assert_eq!(freeze("unreliable", "retries=1"), Some(3_600.0));
        assert_eq!(freeze("unreliable", "failing=0&slow=9&retries=1&timeout=500"), Some(8.0 * 300.0 + 2.0 * 500.0));
    }

    #[test]
    fn what_cannot_be_known_is_not_said() {
        assert_eq!(freeze("primes", ""), None);
        assert_eq!(freeze("race", ""), None);
        assert_eq!(freeze("urls", "urls=https://a.example"), None);
    }

    #[test]
    fn a_ratio_is_said_as_faster_slower_or_the_same() {
        let said = [8.72, 12.4, 1.2, 1.04, 0.97, 0.5].map(ratio_words);
        assert_eq!(
            said,
            ["8.7× faster", "12× faster", "1.2× faster", "about the same", "about the same", "2.0× slower"]
        );
    }

    #[test]
    fn workers_that_come_to_the_same_are_told_together() {
        let said = |shares: &[(&str, f64)]| {
            together(&shares.iter().map(|(name, share)| (*name, percent(*share))).collect::<Vec<_>>())
        };
        assert_eq!(said(&[("", 0.034)]), ["3 %"]);
        assert_eq!(
            said(&[("thread 1", 0.41), ("thread 2", 0.001), ("thread 3", 0.004), ("thread 4", 0.0)]),
            ["thread 1 41 %", "thread 2 to thread 3: under 1 % each", "thread 4 0 %"]
        );
    }

    #[test]
    fn the_next_rung_is_called_as_one_would_say_it() {
        let said = [EngineId::Processes, EngineId::Gather].map(instead_words);
        assert_eq!(said, ["Run it on the process pool instead", "Run it on the event loop instead"]);
    }
}

//! What a host is told of a session: what became of it between two looks.

use super::said::{Came, Said, Statistics};
use crate::demo::{Finished, RunState, Session, Status};
use crate::engine::{EngineId, OpenedFile};
use crate::trace::stats::{Stats, stats};
use crate::trace::{Provenance, Source};

/// What there is to tell of `now`, that was not so `before`: the session as it was looked at last, if it was.
pub fn news(before: Option<&Session>, now: &Session) -> Vec<Said> {
    let ended = before.map_or(0, Session::completed) < now.completed();
    let began = now.is_running() && (ended || !before.is_some_and(Session::is_running));
    let mut news = Vec::new();
    if ended {
        let runs = now.engines().iter().filter_map(|engine| came(now, *engine)).collect();
        news.push(Said::Done { demo: now.demo().id, runs });
    }
    if let Some(setup) = now.started().filter(|_| began) {
        news.push(Said::Run { engines: setup.engines.iter().map(|engine| engine.key()).collect() });
    }
    news
}

/// What there is to tell of a trace that is shown.
pub fn opened(file: &OpenedFile) -> Said {
    let came = Came {
        engine: "trace",
        name: file.name.clone(),
        state: Status::Done.key(),
        source: Some(source(file.trace.provenance())),
        why: None,
        correct: None,
        speed_up: None,
        statistics: Some(statistics(&stats(&file.trace))),
    };
    Said::Done { demo: "trace", runs: vec![came] }
}

fn came(session: &Session, engine: EngineId) -> Option<Came> {
    let came = Came {
        engine: engine.key(),
        name: engine.name().into(),
        state: session.status(engine).key(),
        source: None,
        why: None,
        correct: None,
        speed_up: None,
        statistics: None,
    };
    match &session.run(engine)?.state {
        RunState::Queued | RunState::Running => None,
        RunState::Failed(error, _) => Some(Came { why: Some(error.to_string()), ..came }),
        RunState::Done(finished) => {
            let Finished { trace, stats, verdict, .. } = &**finished;
            Some(Came {
                source: Some(source(trace.provenance())),
                correct: verdict.as_ref().map(|verdict| verdict.correct),
                speed_up: session.ratio(engine),
                statistics: Some(statistics(stats)),
                ..came
            })
        }
    }
}

fn source(provenance: &Provenance) -> &'static str {
    match provenance.source {
        Source::Measured => "measured",
        Source::Recorded => "recorded",
        Source::Simulated => "simulated",
        Source::Imported(_) => "imported",
    }
}

fn statistics(stats: &Stats) -> Statistics {
    let Stats { makespan_ms, running_ms, waiting_ms, peak_in_progress, peak_running, overlap, .. } = *stats;
    let longest_frame_gap_ms = stats.longest_frame_gap_ms;
    Statistics { makespan_ms, running_ms, waiting_ms, overlap, peak_in_progress, peak_running, longest_frame_gap_ms }
}

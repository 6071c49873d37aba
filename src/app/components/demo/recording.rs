//! Recordings: what is said of one that came with a link, and what a run that has ended makes of itself for one.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::components::{Tone, notice};
use crate::demo::{Action, Recording, Session, recording_words};

/// That what is shown was recorded elsewhere, and the way to be rid of it; nothing where nothing was.
pub fn recording_notice(session: &Session, change: &Callback<Action>) -> Html {
    let Some(trace) = session.recorded() else { return html! {} };
    let drop = change.reform(|_: MouseEvent| Action::DropRecording);
    notice(
        Tone::Note,
        "recording",
        html! { <>
            <p>
                <strong>{ "This is a recording" }</strong>
                { format!(", {}. It came with the link and is replayed; nothing ran here. ", recording_words(trace)) }
                { "Run replaces it by what this browser does." }
            </p>
            <button type="button" data-test="drop-recording" onclick={drop}>{ "Drop the recording" }</button>
        </> },
    )
}

/// What the chosen engines came to, for a link; `None` while one runs, before any has run, or if something else is chosen by now.
pub fn finished_recording(session: &Session) -> Option<Recording> {
    let stale = session.engines().iter().any(|engine| session.is_stale(*engine));
    let traces = session.all_finished().map(|(engine, finished)| (engine, Rc::clone(&finished.trace)));
    let traces: Vec<_> = traces.collect();
    (!traces.is_empty() && !stale && !session.is_running()).then_some(Recording { traces })
}

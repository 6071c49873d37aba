//! Traces from files: one is chosen or dropped, read by a worker, and shown as the demos show theirs.

use std::rc::Rc;

use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use crate::app::components::demo::TraceView;
use crate::app::components::{Tone, notice};
use crate::app::dom;
use crate::app::hooks::{use_file_drop, use_opening, use_refocus};
use crate::demo::{Problem, Reading};
use crate::engine::{MOST_FILE_BYTES, megabytes};

/// Open a trace.
#[component]
pub fn TracePage() -> Html {
    use_effect_with((), |()| dom::set_title("Open a trace"));
    let opener = use_opening();
    let page = &opener.page;
    let over = use_file_drop(opener.open.clone());
    // Cancel goes away with what it cancels.
    let (place, refocus) = use_refocus();
    let cancel = {
        let cancel = opener.cancel.clone();
        Callback::from(move |_: MouseEvent| {
            refocus.emit(());
            cancel.emit(());
        })
    };
    let announced = page.shown().map(|opened| format!("{} is open. {}", opened.name, opened.words));
    html! {
        <div class="trace-page" data-over={over.to_string()}>
            <h1>{ "Open a trace" }</h1>
            <p class="lead">
                { "What another program recorded of itself, drawn as the charts here are. The file is read in this browser and stays on \
                   your machine: nothing is uploaded." }
            </p>
            <section ref={place} tabindex="-1" class="file-drop" aria-label="The file" data-test="file-drop">
                { chooser(&opener.open) }
                <p class="file-hint">
                    { format!("or drop it anywhere on this page. Chrome Trace Event JSON, plain or compressed with gzip, up to {}.", megabytes(MOST_FILE_BYTES)) }
                </p>
                if let Some(reading) = page.reading() {
                    { progress(reading, &cancel) }
                }
            </section>
            { page.problem().map(problem) }
            if let Some(opened) = page.shown() {
                // While one replaces another both are in memory, so that no two have one address.
                <TraceView key={Rc::as_ptr(&opened.trace) as usize} opened={opened.clone()} />
            } else {
                { sources() }
            }
            <p class="visually-hidden" role="status" data-test="announce">{ announced.unwrap_or_default() }</p>
        </div>
    }
}

/// The file picker: the browser's own, under a label that looks like a button.
fn chooser(open: &Callback<File>) -> Html {
    let open = open.clone();
    let onchange = move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let file = input.files().and_then(|files| files.get(0));
        // The same file may be chosen again, once it has been put right.
        input.set_value("");
        file.into_iter().for_each(|file| open.emit(file));
    };
    html! {
        <label class="file-button">
            <input type="file" class="visually-hidden" accept=".json,.gz,.json.gz,application/json,application/gzip" data-test="file" {onchange} />
            { "Choose a file" }
        </label>
    }
}

/// How far the file has been read, and the way to give it up.
fn progress(reading: &Reading, cancel: &Callback<MouseEvent>) -> Html {
    let Reading { name, progress, .. } = reading;
    let (value, max) = (progress.read_bytes, progress.bytes.max(1.0));
    html! {
        <div class="run-bar">
            <button type="button" class="cancel" data-test="cancel-file" onclick={cancel.clone()}>{ "Cancel" }</button>
            <div class="progress">
                <span data-test="file-progress">{ format!("{name}: {}", progress.in_words()) }</span>
                <progress aria-label={format!("Reading {name}")} value={value.to_string()} max={max.to_string()} />
            </div>
        </div>
    }
}

/// Why the file that was chosen last is not open.
fn problem(problem: &Problem) -> Html {
    match problem {
        Problem::Cancelled { name } => {
            notice(Tone::Note, "file-cancelled", html! { <>{ format!("{name} was not opened: you cancelled it.") }</> })
        }
        Problem::Failed { name, why } => notice(
            Tone::Error,
            "file-error",
            html! { <><strong>{ name }</strong>{ format!(" cannot be opened: {why}.") }</> },
        ),
    }
}

/// Where traces come from.
fn sources() -> Html {
    html! {
        <section class="prose" data-test="sources">
            <h2>{ "Where to get one" }</h2>
            <ul>
                <li><strong>{ "Here: " }</strong>{ "run " }<a href="#/demos">{ "a demo" }</a>{ ", and save its chart as “Trace JSON”." }</li>
                <li><strong>{ "Python: " }</strong>{ "VizTracer. " }<code>{ "pip install viztracer" }</code>{ ", then " }
                    <code>{ "viztracer program.py" }</code>{ " writes " }<code>{ "result.json" }</code>{ "." }</li>
                <li><strong>{ "Chrome: " }</strong>{ "the Performance panel of the developer tools, “Save profile”; or " }
                    <code>{ "chrome://tracing" }</code>{ ", “Save”." }</li>
                <li><strong>{ "Perfetto: " }</strong><code>{ "traceconv json" }</code>{ ", or “Convert to .json” in its page." }</li>
                <li><strong>{ "Anything else " }</strong>{ "that writes Chrome Trace Event JSON: compilers, build tools, game engines." }</li>
            </ul>
        </section>
    }
}

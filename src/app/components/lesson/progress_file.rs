//! Progress as a file: saved, and taken in again after the learner has been told what is in it. A file that is none changes nothing.

use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use crate::app::components::{Tone, notice};
use crate::app::hooks::{use_attempt, use_refocus};
use crate::app::json;
use crate::app::progress::{Deed, use_progress};
use crate::app::saving::{SaveAs, save_text};
use crate::lesson::Progress;
use crate::lesson::progress::MOST_PROGRESS_BYTES;

/// Where it stands.
#[derive(Clone, PartialEq)]
enum Step {
    Offered,
    /// A file has been read: its name and what is in it.
    Read(String, Progress),
    Done(String),
    Refused(String),
}

/// Saves the progress as a file, and takes it in from one.
#[component]
pub fn ProgressFile() -> Html {
    let (kept, attempt) = (use_progress(), use_attempt());
    let step = use_state(|| Step::Offered);
    let (place, refocus) = use_refocus();
    let empty = Progress::default();
    let save = {
        let (kept, step) = (kept.clone(), step.setter());
        move |_: MouseEvent| {
            let saved = save_text(&["interleave", "progress"], SaveAs::Json, json::write(&kept.progress));
            step.set(saved.map_or_else(Step::Refused, Step::Done));
        }
    };
    let onchange = {
        let step = step.setter();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let file = input.files().and_then(|files| files.get(0));
            // The same file may be chosen again.
            input.set_value("");
            let (Some(file), step) = (file, step.clone()) else { return };
            attempt.begin(async move {
                let name = file.name();
                let read = Progress::from_file(read(&file).await);
                step.set(match read {
                    Ok(progress) => Step::Read(name, progress),
                    Err(why) => Step::Refused(format!("{name} was not taken in, and nothing has changed: {why}.")),
                });
            });
        }
    };
    let take = |progress: Progress, said: String| {
        let (kept, step, refocus) = (kept.clone(), step.setter(), refocus.clone());
        move |_: MouseEvent| {
            refocus.emit(());
            kept.dispatch(Deed::Take(progress.clone()));
            step.set(Step::Done(said.clone()));
        }
    };
    let leave = {
        let (step, refocus) = (step.setter(), refocus.clone());
        move |_: MouseEvent| {
            refocus.emit(());
            step.set(Step::Offered);
        }
    };
    html! {
        <div ref={place} tabindex="-1" class="progress-file" data-test="progress-file">
            if let Step::Read(name, read) = &*step {
                <p>{ format!("{name} has {}. ", read.in_words()) }
                    if kept.progress != empty {
                        { format!("This browser has {}.", kept.progress.in_words()) }
                    }
                </p>
                <div class="progress-buttons">
                    <button type="button" data-test="progress-merge"
                        onclick={take(kept.progress.merged(read), format!("What {name} has was added. Nothing that was here is lost."))}>
                        { if kept.progress == empty { "Take it" } else { "Add it to what is here" } }
                    </button>
                    if kept.progress != empty {
                        <button type="button" data-test="progress-replace"
                            onclick={take(read.clone(), format!("What was here has been replaced by what {name} has."))}>
                            { "Replace what is here" }
                        </button>
                    }
                    <button type="button" class="quiet" onclick={leave}>{ "Cancel" }</button>
                </div>
            } else {
                <div class="progress-buttons">
                    <button type="button" data-test="progress-save" disabled={kept.progress == empty} onclick={save}>{ "Save progress as a file" }</button>
                    <label class="file-button secondary">
                        <input type="file" class="visually-hidden" accept=".json,application/json" data-test="progress-open" {onchange} />
                        { "Open a saved progress" }
                    </label>
                </div>
            }
            <div role="status">
                if let Step::Done(said) = &*step {
                    <p data-test="progress-done">{ said }</p>
                }
            </div>
            if let Step::Refused(why) = &*step {
                { notice(Tone::Error, "progress-refused", html! { <>{ why }</> }) }
            }
        </div>
    }
}

async fn read(file: &File) -> Result<Progress, String> {
    if file.size() > MOST_PROGRESS_BYTES {
        return Err("it is too large".to_owned());
    }
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    json::read(&text.ok_or("the browser could not read it")?)
}

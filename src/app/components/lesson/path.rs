//! The path of lessons, with how far the learner has come in each.

use std::rc::Rc;

use yew::prelude::*;

use super::Fetch;
use crate::app::hooks::use_json;
use crate::app::progress::{ProgressHandle, use_progress};
use crate::lesson::progress::Standing;
use crate::lesson::{INDEX_PATH, IndexEntry};

/// All lessons in their order.
#[component]
pub fn LessonPath() -> Html {
    let (index, retry) = use_json::<Vec<IndexEntry>>(INDEX_PATH.into());
    let kept = use_progress();
    let show = Callback::from(move |index: Rc<Vec<IndexEntry>>| {
        let standing: Standing = index.iter().map(|entry| kept.progress.standing(entry)).sum();
        html! {
            <>
                if standing.done > 0 {
                    <div class="path-whole" data-test="standing">
                        <p>{ format!("Questions and predictions of all lessons: {}.", standing.in_words()) }</p>
                        { bar("All lessons", standing) }
                    </div>
                }
                <ol class="path">{ for index.iter().map(|entry| item(entry, &kept)) }</ol>
            </>
        }
    });
    html! { <Fetch<Vec<IndexEntry>> fetched={index} {retry} {show} what="list of lessons" /> }
}

fn item(entry: &IndexEntry, kept: &ProgressHandle) -> Html {
    let at = kept.progress.last_step(&entry.id).and_then(|id| entry.steps.iter().position(|step| step.id == id));
    let progress = match at {
        None => format!("{} steps", entry.steps.len()),
        Some(at) if at + 1 == entry.steps.len() => "read to the end".to_owned(),
        Some(at) => format!("at step {} of {}", at + 1, entry.steps.len()),
    };
    let standing = kept.progress.standing(entry);
    let done = if standing.done > 0 { format!(" · {}", standing.in_words()) } else { String::new() };
    html! {
        <li key={entry.id.clone()} data-test="path-item">
            <a class="path-title" href={format!("#/lesson/{}", entry.id)}>{ &entry.title }</a>
            <p class="path-summary">{ &entry.summary }</p>
            <p class="path-meta">{ format!("about {} minutes · {progress}{done}", entry.minutes) }</p>
        </li>
    }
}

fn bar(label: &'static str, Standing { done, of }: Standing) -> Html {
    html! { <progress aria-label={label} value={done.to_string()} max={of.max(1).to_string()} /> }
}

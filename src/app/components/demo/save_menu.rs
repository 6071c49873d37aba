//! Saves what a chart shows: as a picture, as a table, or as a trace that this page and others open again.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::app::hooks::use_attempt;
use crate::app::saving::{SaveAs, Saving, save};
use crate::timeline::Grouping;
use crate::trace::Trace;

/// What is saved.
#[derive(Clone, Properties)]
pub struct SaveMenuProps {
    /// The trace.
    pub trace: Rc<Trace>,
    /// What a row of a picture stands for.
    pub grouping: Grouping,
    /// What a picture is called.
    pub title: AttrValue,
    /// The trace in words, if they are there already.
    #[prop_or_default]
    pub description: Option<AttrValue>,
    /// What the file's name says.
    pub name: Vec<AttrValue>,
}

impl PartialEq for SaveMenuProps {
    fn eq(&self, other: &Self) -> bool {
        let rest = |props: &Self| (props.grouping, props.title.clone(), props.name.clone());
        Rc::ptr_eq(&self.trace, &other.trace) && rest(self) == rest(other)
    }
}

/// What is said below the buttons.
#[derive(Clone, PartialEq)]
enum Said {
    Nothing,
    /// How far it is; it can be cancelled.
    Progress(String),
    Saved(String),
    Problem(String),
}

/// Four buttons that unfold, and what came of pressing one.
#[component]
pub fn SaveMenu(props: &SaveMenuProps) -> Html {
    let said = use_state_eq(|| Said::Nothing);
    let place = use_node_ref();
    let writer = use_attempt();
    let press = |kind: SaveAs| {
        let (said, writer) = (said.setter(), writer.clone());
        let saving = Saving {
            trace: Rc::clone(&props.trace),
            grouping: props.grouping,
            title: props.title.to_string(),
            description: props.description.as_ref().map(ToString::to_string),
            name: props.name.iter().map(ToString::to_string).collect(),
        };
        move |_: MouseEvent| {
            let (said, saving) = (said.clone(), saving.clone());
            writer.begin(async move {
                // A second press says the same again, and should be heard as well.
                said.set(Said::Nothing);
                TimeoutFuture::new(0).await;
                let saved = save(&saving, kind, |progress| said.set(Said::Progress(progress))).await;
                said.set(saved.map_or_else(Said::Problem, Said::Saved));
            });
        }
    };
    let cancel = {
        let (said, place, writer) = (said.setter(), place.clone(), writer.clone());
        move |_: MouseEvent| {
            writer.give_up();
            // The button that has the focus goes.
            focus_summary(&place);
            said.set(Said::Saved("Cancelled; nothing was saved.".to_owned()));
        }
    };
    let onkeydown = {
        let place = place.clone();
        move |event: KeyboardEvent| {
            if let Some(details) = place.cast::<Element>().filter(|_| event.key() == "Escape") {
                let _ = details.remove_attribute("open");
                focus_summary(&place);
            }
        }
    };
    let button = |kind: SaveAs| {
        let test = format!("save-{}", kind.extension());
        html! { <button key={test.clone()} type="button" data-test={test} onclick={press(kind)}>{ kind.name() }</button> }
    };
    html! {
        <details ref={place} class="save" data-test="save" {onkeydown}>
            <summary>{ "Save as…" }<span class="visually-hidden">{ format!(" ({})", props.title) }</span></summary>
            <div class="save-kinds" role="group" aria-label={format!("Save as: {}", props.title)}>
                { for SaveAs::ALL.into_iter().map(button) }
            </div>
            <p class="hint">{ "SVG and PNG are pictures of the whole run, CSV is a table. The trace as JSON can be opened " }
                <a href="#/trace">{ "on this site" }</a>{ ", in Perfetto and in speedscope." }</p>
            <p class="save-said" role="status" data-test="saved">
                { match &*said {
                    Said::Nothing | Said::Progress(_) => html! {},
                    Said::Saved(words) => html! { words },
                    Said::Problem(words) => html! { <span class="field-error">{ words }</span> },
                } }
            </p>
            if let Said::Progress(words) = &*said {
                <p class="save-said">
                    { words }{ " " }<button type="button" data-test="save-cancel" onclick={cancel}>{ "Cancel" }</button>
                </p>
            }
        </details>
    }
}

fn focus_summary(details: &NodeRef) {
    let summary = details.cast::<Element>().and_then(|details| details.query_selector("summary").ok().flatten());
    // Refused for an element that cannot have the focus.
    let _ = summary.and_then(|summary| summary.dyn_into().ok()).map(|summary: HtmlElement| summary.focus());
}

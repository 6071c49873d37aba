//! A listing with a second tab: the part of this project's own source that really runs in its place.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::listing::{listing, rust};
use crate::lesson::{Listing, Runs};

/// Which listing.
#[derive(Properties, PartialEq)]
pub struct ListingTabsProps {
    /// The program to read.
    pub listing: Listing,
    /// What runs in its place.
    pub runs: Runs,
}

/// Two tabs; arrow keys go from one to the other.
#[component]
pub fn ListingTabs(props: &ListingTabsProps) -> Html {
    let ListingTabsProps { listing: program, runs } = props;
    let shows_runs = use_state_eq(|| false);
    let id = format!("{}-{}", runs.name, program.title.replace(' ', "-"));
    let onkeydown = {
        let shows_runs = shows_runs.clone();
        Callback::from(move |event: KeyboardEvent| {
            let to_runs = match event.key().as_str() {
                "ArrowLeft" | "ArrowRight" => !*shows_runs,
                "Home" => false,
                "End" => true,
                _ => return,
            };
            event.prevent_default();
            shows_runs.set(to_runs);
            let list = event.target_dyn_into::<Element>().and_then(|tab| tab.closest("[role=tablist]").ok().flatten());
            let tab = if to_runs { "button:last-child" } else { "button:first-child" };
            let tab = list.and_then(|list| list.query_selector(tab).ok().flatten());
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
                // Refused for an element that cannot have the focus.
                let _ = tab.focus();
            }
        })
    };
    let tab = |of_runs: bool, text: &'static str| {
        let selected = *shows_runs == of_runs;
        let onclick = {
            let shows_runs = shows_runs.setter();
            Callback::from(move |_: MouseEvent| shows_runs.set(of_runs))
        };
        html! {
            <button role="tab" id={format!("{id}-{of_runs}")} aria-selected={selected.to_string()} aria-controls={id.clone()}
                tabindex={if selected { "0" } else { "-1" }} data-test={if of_runs { "tab-runs" } else { "tab-program" }} {onclick}>{ text }</button>
        }
    };
    html! {
        <div class="listing-tabs">
            <div role="tablist" aria-label={program.title.clone()} {onkeydown}>
                { tab(false, "Python") }
                { tab(true, "Rust: what really runs here") }
            </div>
            <div id={id.clone()} role="tabpanel" aria-labelledby={format!("{id}-{}", *shows_runs)} data-test="tab-panel">
                if *shows_runs { { rust(program, runs) } } else { { listing(program) } }
            </div>
        </div>
    }
}

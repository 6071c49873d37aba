//! Search over the lessons and the glossary, as one types. The address says what is asked for; the files are those of this site, so nobody
//! else learns of it.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::app::components::lesson::Fetch;
use crate::app::dom;
use crate::app::hooks::use_json;
use crate::demo::escape::{decode, encode};
use crate::lesson::search::{Entry, Found, MOST_RESULTS, Piece, Query, SEARCH_PATH};

const FIELD: &str = "search-field";

/// Goes to the search, and to its field if it is there already.
pub fn begin() {
    if !focus(&format!("#{FIELD}")) {
        // Refused by a browser that limits how often an address changes.
        let _ = dom::window().location().set_hash("#/search");
    }
}

/// The search.
#[component]
pub fn Search() -> Html {
    let asked = use_location().map(|location| asked(location.query_str())).unwrap_or_default();
    let typed = use_state_eq(|| asked.clone());
    let (index, retry) = use_json::<Vec<Entry>>(SEARCH_PATH.into());
    {
        let typed = typed.setter();
        use_effect_with(asked, move |asked| {
            dom::set_title("Search");
            typed.set(asked.clone());
            // The page's head does it, too, unless it was before this page was there.
            let focused = Timeout::new(0, || {
                focus(&format!("#{FIELD}"));
            });
            move || drop(focused)
        });
    }
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| {
            let now = event.target_unchecked_into::<HtmlInputElement>().value();
            dom::replace_route(&format!("/search?q={}", encode(&now)));
            typed.set(now);
        })
    };
    let show = {
        let typed = (*typed).clone();
        Callback::from(move |index: Rc<Vec<Entry>>| results(&typed, &index))
    };
    html! {
        <div class="search" {onkeydown}>
            <h1>{ "Search" }</h1>
            <div class="search-field" role="search">
                <label for={FIELD}>{ "In the lessons and the glossary" }</label>
                <input id={FIELD} type="search" autocomplete="off" spellcheck="false" maxlength="200" value={(*typed).clone()} {oninput}
                    data-arrive="" data-test="search-field" />
            </div>
            <Fetch<Vec<Entry>> fetched={index} {retry} {show} what="index" />
        </div>
    }
}

fn results(typed: &str, index: &[Entry]) -> Html {
    let query = Query::new(typed);
    if query.words().is_empty() {
        return html! {
            <p class="nothing">
                { "Type a word or its beginning, such as " }<a href="#/search?q=lock">{ "lock" }</a>{ " or " }
                <a href="#/search?q=event%20loop">{ "event loop" }</a>{ ". " }
                { "Several words are looked for together. " }<kbd>{ "Ctrl" }</kbd>{ " + " }<kbd>{ "K" }</kbd>{ " brings you here from every page, " }<kbd>{ "⌘" }</kbd>{ " + " }<kbd>{ "K" }</kbd>{ " on a Mac." }
            </p>
        };
    }
    let found = query.find(index);
    let said = match found.len() {
        0 => "Nothing found".to_owned(),
        MOST_RESULTS => format!("The best {MOST_RESULTS}"),
        1 => "1 place".to_owned(),
        many => format!("{many} places"),
    };
    html! {
        <>
            <p role="status" class="hint" data-test="search-count">{ said }</p>
            if found.is_empty() {
                <p class="nothing" data-test="nothing">
                    { format!("No step of a lesson and no term has all of “{}”. Fewer words may help, or only their beginnings; or look through the ", typed.trim()) }
                    <a href="#/glossary">{ "glossary" }</a>{ "." }
                </p>
            }
            <ol class="results">{ for found.iter().enumerate().map(result) }</ol>
        </>
    }
}

fn result((index, Found { entry, title, snippet }): (usize, &Found)) -> Html {
    html! {
        <li key={entry.link.clone()} data-test="result">
            <a class="path-title" href={entry.link.clone()} data-index={index.to_string()}>{ pieces(title) }</a>
            <p class="hint">{ &entry.place }</p>
            <p>{ pieces(snippet) }</p>
        </li>
    }
}

fn pieces(pieces: &[Piece]) -> Html {
    pieces
        .iter()
        .map(|piece| {
            if piece.marked {
                html! { <mark>{ &piece.text }</mark> }
            } else {
                html! { &piece.text }
            }
        })
        .collect()
}

/// Arrows go from the field through the results and back; Enter in the field opens the first.
fn onkeydown(event: KeyboardEvent) {
    let Some(target) = event.target_dyn_into::<Element>() else { return };
    let at = target.get_attribute("data-index").and_then(|at| at.parse::<i32>().ok());
    let to = match (event.key().as_str(), at) {
        ("ArrowDown", at) => at.map_or(0, |at| at + 1),
        ("ArrowUp", Some(at)) => at - 1,
        ("Enter", None) if target.id() == FIELD => return open_first(),
        _ => return,
    };
    event.prevent_default();
    focus(&if to < 0 { format!("#{FIELD}") } else { format!("[data-index=\"{to}\"]") });
}

fn open_first() {
    if let Some(first) = element("[data-index=\"0\"]") {
        first.click();
    }
}

fn element(selector: &str) -> Option<HtmlElement> {
    dom::window().document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// Gives the focus to what is found; says whether there is something.
fn focus(selector: &str) -> bool {
    element(selector).is_some_and(|element| element.focus().is_ok())
}

/// What a link asks for.
fn asked(query: &str) -> String {
    let written = query.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("q="));
    decode(written.unwrap_or_default())
}

//! The glossary: all terms by the alphabet, with a field to filter them; a link may name one, which is then shown and marked.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::app::components::lesson::Fetch;
use crate::app::components::{Tone, notice};
use crate::app::dom;
use crate::app::hooks::{Fetched, use_json};
use crate::lesson::glossary::{GLOSSARY_PATH, Term};
use crate::lesson::search::Query;

/// Which term the link names.
#[derive(Properties, PartialEq)]
pub struct GlossaryProps {
    /// Its id; `None` for the whole glossary.
    pub term: Option<AttrValue>,
}

/// The glossary.
#[component]
pub fn Glossary(props: &GlossaryProps) -> Html {
    let named = props.term.clone();
    let (terms, retry) = use_json::<Vec<Term>>(GLOSSARY_PATH.into());
    let typed = use_state(String::new);
    let found = match (&terms, &named) {
        (Fetched::There(terms), Some(id)) => terms.iter().find(|term| *term.id == **id).map(|term| term.title.clone()),
        _ => None,
    };
    {
        let typed = typed.setter();
        use_effect_with((named.clone(), found.clone()), move |(named, title)| {
            dom::set_title(title.as_deref().unwrap_or("Glossary"));
            // What is named is shown, whatever was filtered; and also if the page's head was there before the term.
            let id = title.as_ref().and(named.as_ref()).map(|id| format!("term-{id}"));
            let shown = id.map(|id| {
                typed.set(String::new());
                Timeout::new(0, move || focus(&id))
            });
            move || drop(shown)
        });
    }
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| typed.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let show = {
        let typed = (*typed).clone();
        Callback::from(move |terms: Rc<Vec<Term>>| listed(&terms, &typed, named.as_deref(), &oninput))
    };
    html! {
        <div class="glossary">
            <h1>{ "Glossary" }</h1>
            <p class="lead">{ "What the lessons call things, in two or three sentences each." }</p>
            <Fetch<Vec<Term>> fetched={terms} {retry} {show} what="glossary" />
        </div>
    }
}

/// The terms that fit what was typed, a section for each letter.
fn listed(terms: &[Term], typed: &str, named: Option<&str>, oninput: &Callback<InputEvent>) -> Html {
    let query = Query::new(typed);
    let fitting: Vec<&Term> = terms.iter().filter(|term| term.fits(&query)).collect();
    let sections: Vec<&[&Term]> = fitting.chunk_by(|a, b| a.letter() == b.letter()).collect();
    let letter = |terms: &&[&Term]| {
        let letter = terms[0].letter();
        let onclick = move |_: MouseEvent| focus(&format!("letter-{letter}"));
        html! { <li key={letter.to_string()}><button type="button" class="quiet" {onclick}>{ letter }</button></li> }
    };
    let section = |terms: &&[&Term]| {
        let id = format!("letter-{}", terms[0].letter());
        html! {
            <section key={id.clone()} aria-labelledby={id.clone()}>
                <h2 {id} tabindex="-1">{ terms[0].letter() }</h2>
                { for terms.iter().map(|term| entry(term, named == Some(&term.id))) }
            </section>
        }
    };
    let unknown = named.filter(|id| !terms.iter().any(|term| term.id == *id));
    html! {
        <>
            if let Some(id) = unknown {
                { notice(Tone::Warning, "no-term", html! { <>{ format!("There is no term “{id}”.") }</> }) }
            }
            <div class="search-field">
                <label for="glossary-filter">{ "Filter" }</label>
                <input id="glossary-filter" type="search" autocomplete="off" spellcheck="false" value={typed.to_owned()} {oninput} data-test="glossary-filter" />
                <p role="status" class="hint" data-test="glossary-count">{ format!("{} of {} terms", fitting.len(), terms.len()) }</p>
            </div>
            if fitting.is_empty() {
                <p class="nothing" data-test="nothing">
                    { format!("No term has “{}”. ", typed.trim()) }<a href="#/search">{ "Search the lessons, too" }</a>{ "." }
                </p>
            } else {
                <nav aria-label="Letters"><ul class="letters">{ for sections.iter().map(letter) }</ul></nav>
            }
            // Of their own: where the number of what stands beside the field changed, Yew would make the field anew.
            <div>{ for sections.iter().map(section) }</div>
        </>
    }
}

fn entry(term: &Term, named: bool) -> Html {
    let other_names = term.other_names();
    let used = |(index, place): (usize, &crate::lesson::glossary::TermUse)| {
        html! { <>{ if index > 0 { ", " } else { "" } }<a href={place.link.clone()}>{ &place.title }</a></> }
    };
    html! {
        <article key={term.id.clone()} id={format!("term-{}", term.id)} class="term-entry" tabindex="-1" data-test="term"
            aria-current={named.then_some("true")} data-arrive={named.then_some("")}>
            <h3><a href={format!("#/glossary/{}", term.id)}>{ &term.title }</a></h3>
            if !other_names.is_empty() {
                <p class="hint">{ format!("also: {}", other_names.join(", ")) }</p>
            }
            <div class="prose">{ Html::from_html_unchecked(term.html.clone().into()) }</div>
            if !term.uses.is_empty() {
                <p class="hint">{ "In the lessons: " }{ for term.uses.iter().enumerate().map(used) }</p>
            }
        </article>
    }
}

/// Gives the focus to an element, which scrolls to it.
fn focus(id: &str) {
    let element = dom::window().document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Refused for an element that cannot have the focus.
        let _ = element.focus();
    }
}

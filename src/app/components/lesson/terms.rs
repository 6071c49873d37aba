//! What a term of the glossary means, shown beside it while the pointer or the focus is on it. One set of listeners serves a whole lesson; the
//! definitions are fetched when one is needed first.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::app::dom::window;
use crate::app::hooks::{Fetched, use_json_when};
use crate::lesson::glossary::{GLOSSARY_PATH, Term};
use crate::lesson::plain_text;

/// Who goes from a term to its definition may be on neither for so long, ms.
const GRACE_MS: u32 = 250;

const ID: &str = "definition";

/// Where the terms are.
#[derive(Properties, PartialEq)]
pub struct TermsProps {
    /// The lesson, in which this stands, too.
    pub article: NodeRef,
    /// The step's number: with another step its terms are gone.
    pub number: usize,
}

/// The definition of the term that is pointed at.
#[component]
pub fn Terms(props: &TermsProps) -> Html {
    let (term, wanted) = (use_state(|| None::<Element>), use_state_eq(|| false));
    let leaving = use_mut_ref(|| None::<Timeout>);
    let (popover, article) = (use_node_ref(), props.article.clone());
    let (terms, _) = use_json_when::<Vec<Term>>(*wanted, GLOSSARY_PATH.into());
    {
        let (article, shown, wanted) = (article.clone(), term.setter(), wanted.setter());
        use_effect_with((), move |()| {
            let arrive = {
                let (leaving, shown) = (leaving.clone(), shown.clone());
                move |event: &Event| {
                    let Some(target) = target(event) else { return };
                    if let Some(term) = closest(&target, "a.term") {
                        leaving.take();
                        wanted.set(true);
                        shown.set(Some(term));
                    } else if closest(&target, ".definition").is_some() {
                        leaving.take();
                    }
                }
            };
            let leave = move |event: &Event| {
                if target(event).and_then(|target| closest(&target, "a.term, .definition")).is_some() {
                    let shown = shown.clone();
                    leaving.replace(Some(Timeout::new(GRACE_MS, move || shown.set(None))));
                }
            };
            let listeners = article.cast::<Element>().map(|article| {
                [
                    EventListener::new(&article, "mouseover", {
                        let arrive = arrive.clone();
                        move |event| arrive(event)
                    }),
                    EventListener::new(&article, "focusin", move |event| arrive(event)),
                    EventListener::new(&article, "mouseout", {
                        let leave = leave.clone();
                        move |event| leave(event)
                    }),
                    EventListener::new(&article, "focusout", move |event| leave(event)),
                ]
            });
            move || drop(listeners)
        });
    }
    {
        let shown = term.setter();
        use_effect_with(props.number, move |_| shown.set(None));
    }
    {
        let (shown, popover) = (term.setter(), popover.clone());
        use_effect_with((*term).clone(), move |term| {
            let listener = term.as_ref().map(|term| {
                place(term, &article, &popover);
                // Refused by no browser: the name is one.
                let _ = term.set_attribute("aria-describedby", ID);
                EventListener::new(&window(), "keydown", move |event| {
                    if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                        shown.set(None);
                    }
                })
            });
            let term = term.clone();
            move || {
                drop(listener);
                term.into_iter().for_each(|term| drop(term.remove_attribute("aria-describedby")));
            }
        });
    }
    let id = term.as_ref().and_then(|term| term.get_attribute("data-term"));
    let definition = match (&id, &terms) {
        (None, _) | (_, Fetched::Loading) => None,
        (Some(id), Fetched::There(terms)) => {
            terms.iter().find(|term| term.id == *id).map(|term| plain_text(&term.html))
        }
        (_, Fetched::Missing | Fetched::Failed(_)) => Some("The definition could not be loaded.".to_owned()),
    };
    html! {
        <div ref={popover} id={ID} class="definition" role="tooltip" data-test="definition" hidden={definition.is_none()}>
            { definition.unwrap_or_default() }
        </div>
    }
}

/// Has the definition stand below its term, or above it where there is more room. Both ends of a term that goes over the end of a line count.
fn place(term: &Element, article: &NodeRef, popover: &NodeRef) {
    let (Some(article), Some(popover)) = (article.cast::<Element>(), popover.cast::<HtmlElement>()) else { return };
    let (of, around) = (term.get_bounding_client_rect(), article.get_bounding_client_rect());
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let above = of.bottom() > height * 0.7;
    let (top, bottom) = if above {
        ("auto".to_owned(), around.bottom() - of.top())
    } else {
        (format!("{}px", of.bottom() - around.top()), 0.0)
    };
    let bottom = if above { format!("{bottom}px") } else { "auto".to_owned() };
    let style = popover.style();
    for (name, value) in [
        ("--left", format!("{}px", of.left() - around.left())),
        ("inset-block-start", top),
        ("inset-block-end", bottom),
    ] {
        // What is refused leaves it where it was.
        let _ = style.set_property(name, &value);
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

//! A lesson in front of a class: one step a screen in large type, which the stylesheet makes of an attribute of the document; keys go on and back.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::app::dom::window;

/// Where one is.
#[derive(Properties, PartialEq)]
pub struct PresenterProps {
    /// The lesson's id.
    pub lesson: AttrValue,
    /// The step's number, from 1.
    pub number: usize,
    /// How many steps there are.
    pub of: usize,
    /// Whether the lesson is being presented.
    pub presenting: bool,
}

/// Where a key leads.
#[derive(Clone, Copy, PartialEq)]
enum To {
    Step(usize),
    Out,
}

/// The link by which a lesson is presented, or the bar by which one finds the way while it is.
#[component]
pub fn Presenter(props: &PresenterProps) -> Html {
    let PresenterProps { lesson, number, of, presenting } = props;
    let address =
        |number: usize, presenting| format!("#/lesson/{lesson}/{number}{}", if presenting { PRESENTED } else { "" });
    use_effect_with(*presenting, |presenting| {
        let root = window().document().and_then(|document| document.document_element()).filter(|_| *presenting);
        // Refused by no browser: the name is one.
        root.iter().for_each(|root| drop(root.set_attribute("data-present", "")));
        move || root.iter().for_each(|root| drop(root.remove_attribute("data-present")))
    });
    use_effect_with((lesson.clone(), *number, *of, *presenting), |(lesson, number, of, presenting)| {
        let (lesson, number, of) = (lesson.clone(), *number, *of);
        let listener = presenting.then(|| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window(), "keydown", options, move |event| {
                let to = event.dyn_ref().and_then(|event| by_key(event, number, of));
                let Some(to) = to else { return };
                event.prevent_default();
                let hash = match to {
                    To::Step(number) => format!("#/lesson/{lesson}/{number}{PRESENTED}"),
                    To::Out => format!("#/lesson/{lesson}/{number}"),
                };
                // Refused by a browser that limits how often an address changes.
                let _ = window().location().set_hash(&hash);
            })
        });
        move || drop(listener)
    });
    if !presenting {
        return html! { <a href={address(*number, true)} data-test="present">{ "present" }</a> };
    }
    let whole_screen = |_: MouseEvent| {
        let root = window().document().and_then(|document| document.document_element());
        // A browser without full screen stays as it is.
        root.iter().for_each(|root| drop(root.request_fullscreen()));
    };
    html! {
        <div class="presenter" data-test="presenter">
            <span>{ format!("{number} / {of}") }</span>
            <button type="button" onclick={whole_screen}>{ "Full screen" }</button>
            <a href={address(*number, false)} data-test="leave">{ "Leave (Esc)" }</a>
        </div>
    }
}

/// What stands behind the address of a step that is presented.
pub const PRESENTED: &str = "?present";

/// Where a key leads from this step; `None` for keys that belong to what has the focus, and for a page that scrolls first.
fn by_key(event: &KeyboardEvent, number: usize, of: usize) -> Option<To> {
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let operates = "input, select, textarea, pre, [role=slider], .chart, .curve, .replay";
    let in_use = target.is_some_and(|element| element.closest(operates).is_ok_and(|found| found.is_some()));
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let (next, before) = (To::Step((number + 1).min(of)), To::Step(number.saturating_sub(1).max(1)));
    let to = match event.key().as_str() {
        "Escape" => To::Out,
        _ if in_use => return None,
        // There is room to scroll when all of it has come.
        "PageDown" if is_coming() => return None,
        "ArrowRight" => next,
        "ArrowLeft" => before,
        "PageDown" if room_px().1 < 2.0 => next,
        "PageUp" if room_px().0 < 2.0 => before,
        _ => return None,
    };
    (to != To::Step(number)).then_some(to)
}

/// Whether more of the step is still to come.
fn is_coming() -> bool {
    let document = window().document();
    document.is_some_and(|document| document.query_selector(".step[aria-busy]").is_ok_and(|step| step.is_some()))
}

/// How far the page can be scrolled up and down from here, CSS px.
fn room_px() -> (f64, f64) {
    let window = window();
    let height = |of: Option<f64>| of.unwrap_or_default();
    let (at, shown) =
        (height(window.scroll_y().ok()), height(window.inner_height().ok().and_then(|height| height.as_f64())));
    let root = window.document().and_then(|document| document.document_element());
    (at, height(root.map(|root| f64::from(root.scroll_height()))) - at - shown)
}

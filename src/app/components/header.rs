//! The head of every page: a way past it, the name, where one can go, light or dark. After a change of page the focus and the
//! scroll start at the top again, as they would on a new document.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew_router::prelude::*;

use super::{ThemeSwitch, icon};
use crate::app::dom::window;
use crate::app::pages::search;
use crate::app::route::Route;

const MAGNIFIER: &str = "M6.75 1.5a5.25 5.25 0 1 0 3.1 9.5l3.6 3.55 1.05-1.05-3.55-3.6A5.25 5.25 0 0 0 6.75 1.5m0 1.5a3.75 3.75 0 1 1 0 7.5 3.75 3.75 0 0 1 0-7.5z";

/// The head of every page.
#[component]
pub fn Header() -> Html {
    let route = use_route::<Route>();
    {
        let first = use_mut_ref(|| true);
        use_effect_with(route.clone(), move |_| {
            if !first.replace(false) {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                focus_main();
            }
        });
    }
    use_effect_with((), |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&window(), "keydown", options, |event| {
            if event.dyn_ref().is_some_and(asks_to_search) {
                event.prevent_default();
                search::begin();
            }
        });
        move || drop(listener)
    });
    let current = |section: &[fn(&Route) -> bool]| {
        let here = route.as_ref().is_some_and(|route| section.iter().any(|is| is(route)));
        here.then_some("page")
    };
    let lessons = current(&[|r| matches!(r, Route::Lessons | Route::Lesson { .. } | Route::Step { .. })]);
    let playground = current(&[|r| matches!(r, Route::Playground)]);
    let glossary = current(&[|r| matches!(r, Route::Glossary | Route::Term { .. })]);
    let search = current(&[|r| matches!(r, Route::Search)]);
    html! {
        <header class="site-header">
            <button class="skip" onclick={|_| focus_main()}>{ "Skip to the content" }</button>
            <a class="wordmark" href="#/">
                <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
                    <rect class="mark-a" x="2" y="5" width="14" height="6" rx="1.5" />
                    <rect class="mark-b" x="10" y="13" width="14" height="6" rx="1.5" />
                    <rect class="mark-c" x="16" y="21" width="14" height="6" rx="1.5" />
                    <rect class="mark-a" x="20" y="5" width="8" height="6" rx="1.5" />
                    <rect class="mark-c" x="3" y="21" width="9" height="6" rx="1.5" />
                </svg>
                { "Interleave" }
            </a>
            <nav class="site-nav" aria-label="Pages">
                <a href="#/lessons" aria-current={lessons}>{ "Lessons" }</a>
                <a href="#/playground" aria-current={playground}>{ "Playground" }</a>
                <a href="#/glossary" aria-current={glossary}>{ "Glossary" }</a>
                <a class="search-link" href="#/search" aria-label="Search" title="Search (Ctrl+K)" aria-keyshortcuts="Control+K Meta+K" aria-current={search} data-test="to-search">
                    { icon(MAGNIFIER) }
                </a>
            </nav>
            <ThemeSwitch />
        </header>
    }
}

/// Whether a key asks for the search: with Control or Command, as who speaks to their computer types letters without wanting it.
fn asks_to_search(event: &KeyboardEvent) -> bool {
    let letter = event.key().eq_ignore_ascii_case("k");
    letter && (event.ctrl_key() != event.meta_key()) && !event.alt_key() && !event.shift_key()
}

/// Gives the focus to the page, or to what it wants to be begun with: a field, or the term that a link names, which is scrolled to.
fn focus_main() {
    let Some(document) = window().document() else { return };
    let first = document.query_selector("#main [data-arrive]").ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
        return;
    }
    let main = document.get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = main.focus_with_options(&options);
    }
}

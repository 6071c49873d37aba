//! The head of every page: a way past it, the name, where one can go, light or dark. After a change of page the focus and the
//! scroll start at the top again, as they would on a new document.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew_router::prelude::*;

use super::ThemeSwitch;
use crate::app::dom::window;
use crate::app::route::Route;

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
    let current = |section: &[fn(&Route) -> bool]| {
        let here = route.as_ref().is_some_and(|route| section.iter().any(|is| is(route)));
        here.then_some("page")
    };
    let lessons = current(&[|r| matches!(r, Route::Lessons | Route::Lesson { .. } | Route::Step { .. })]);
    let demos = current(&[|r| matches!(r, Route::Demos | Route::Demo { .. })]);
    let traces = current(&[|r| matches!(r, Route::Trace)]);
    let about = current(&[|r| matches!(r, Route::About)]);
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
                <a href="#/demos" aria-current={demos}>{ "Demos" }</a>
                <a href="#/trace" aria-current={traces}>{ "Traces" }</a>
                <a href="#/about" aria-current={about}>{ "How it measures" }</a>
            </nav>
            <ThemeSwitch />
        </header>
    }
}

fn focus_main() {
    let main = window().document().and_then(|document| document.get_element_by_id("main"));
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = main.focus_with_options(&options);
    }
}

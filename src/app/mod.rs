//! The page: routes, pages and components in Yew. It draws what `demo`, `lesson` and `timeline` say and reports to them what a
//! learner does; rules about engines, traces or links are theirs.
//!
//! What changes at every frame (a growing chart, a replay) goes past the virtual DOM, through a [`stage::Stage`]; Yew renders on discrete
//! events alone.

mod components;
mod dom;
mod hooks;
mod json;
mod packing;
mod pages;
mod preferences;
mod progress;
mod route;
mod saving;
mod stage;
mod workbench;

use gloo::timers::callback::Timeout;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::engine::browser::describe_with;
use crate::timeline::words;
use components::{Header, footer};
use preferences::PreferencesProvider;
use progress::ProgressProvider;
use route::Route;
use workbench::WorkbenchProvider;

/// Starts the page; where there is none, as in a worker, it only says how a trace is told that is read there.
pub fn run() {
    describe_with(words::summary);
    let Some(window) = web_sys::window() else { return };
    console_error_panic_hook::set_once();
    let root = window.document().and_then(|document| document.get_element_by_id("app"));
    if let Some(root) = root {
        // In a task of its own: the browser has just made the program ready to run, which took it as long.
        Timeout::new(0, || drop(yew::Renderer::<App>::with_root(root).render())).forget();
    }
}

/// The frame around every page.
#[component]
fn App() -> Html {
    html! {
        <PreferencesProvider>
            <WorkbenchProvider>
                <ProgressProvider>
                    <HashRouter>
                        if dom::is_embedded() {
                            <Switch<Route> render={pages::page} />
                        } else {
                            <Header />
                            <main id="main" class="page" tabindex="-1">
                                <Switch<Route> render={pages::page} />
                            </main>
                            { footer() }
                        }
                    </HashRouter>
                </ProgressProvider>
            </WorkbenchProvider>
        </PreferencesProvider>
    }
}

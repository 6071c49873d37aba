//! What the charts' strokes mean: the same vocabulary as the painter's, in small.

use yew::prelude::*;

use crate::demo::Session;
use crate::trace::State;

/// The legend of all charts of a demo. What not every demo shows is explained where it does.
pub fn legend(session: &Session) -> Html {
    let entry = |drawing: Html, words: &'static str| html! { <li key={words}><svg viewBox="0 0 24 12" aria-hidden="true">{ drawing }</svg>{ words }</li> };
    html! {
        <ul class="legend" aria-label="Legend">
            { entry(html! { <rect class="legend-running" x="0.5" y="0.5" width="23" height="11" rx="1.5" /> }, State::Running.words()) }
            { entry(html! { <path class="legend-waiting" d="M5 6h14M5 6a2 2 0 1 1-4 0a2 2 0 0 1 4 0M23 6a2 2 0 1 1-4 0a2 2 0 0 1 4 0" /> }, State::WaitingForIo.words()) }
            if session.has_waits_for_others() {
                { entry(html! { <path d="M.5 .5h23v11h-23zM1 11l10-10M8 11l10-10M15 11l8-8M1 1l10 10M8 1l10 10M15 1l8 8" /> }, State::WaitingForLock.words()) }
            }
            { entry(html! { <path d="M1 11l10-10M8 11l10-10M15 11l8-8" /> }, State::Ready.words()) }
            { entry(html! { <rect class="legend-grey" x="0.5" y="0.5" width="23" height="11" rx="1.5" /> }, "starting, overhead") }
            { entry(html! { <path d="M3 2v8M8 2v8M13 2v8M18 2v8" /> }, "the page draws a frame") }
            if session.has_failures() {
                { entry(html! { <path class="legend-failed" d="M8 2l8 8M8 10l8-8" /> }, "failed here") }
            }
        </ul>
    }
}

//! What the charts' strokes mean: the same vocabulary as the painter's, in small.

use yew::prelude::*;

/// The legend of all charts of a demo.
pub fn legend() -> Html {
    html! {
        <ul class="legend" aria-label="Legend">
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><rect class="legend-running" x="0.5" y="0.5" width="23" height="11" rx="1.5" /></svg>{ "running" }</li>
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><path class="legend-waiting" d="M5 6h14M5 6a2 2 0 1 1-4 0a2 2 0 0 1 4 0M23 6a2 2 0 1 1-4 0a2 2 0 0 1 4 0" /></svg>{ "waiting for I/O" }</li>
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><path class="legend-ready" d="M.5 .5h23v11h-23z" /><path class="legend-hatch" d="M1 11l10-10M8 11l10-10M15 11l8-8" /></svg>{ "ready" }</li>
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><rect class="legend-grey" x="0.5" y="0.5" width="23" height="11" rx="1.5" /></svg>{ "starting, overhead" }</li>
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><path class="legend-frame" d="M3 2v8M8 2v8M13 2v8M18 2v8" /></svg>{ "the page draws a frame" }</li>
        </ul>
    }
}

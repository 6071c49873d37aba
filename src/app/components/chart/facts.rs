//! What is known of the selected slice, and of the selected stretch of time.

use yew::prelude::*;

use super::widget::Selection;
use crate::app::components::icon;
use crate::timeline::facts::{Fact, facts, range};
use crate::trace::{Trace, within};

/// The facts of what is selected, with a button that selects nothing; nothing if nothing is.
pub fn facts_of(trace: &Trace, selection: Selection, on_clear: &Callback<()>) -> Html {
    let facts = selection.slice.map(|id| facts(trace, id)).unwrap_or_default();
    let range = selection.range_ms.map(|(from_ms, to_ms)| range(trace, &within(trace, from_ms, to_ms)));
    if facts.is_empty() && range.is_none() {
        return html! {};
    }
    let on_clear = on_clear.clone();
    html! {
        <div class="facts" data-test="facts">
            if let Some(range) = range {
                <p data-test="range">{ range }</p>
            }
            if !facts.is_empty() {
                <dl>{ for facts.iter().map(fact) }</dl>
            }
            <button type="button" class="icon" data-test="clear" aria-label="Select nothing" title="Select nothing (Esc)"
                onclick={move |_| on_clear.emit(())}>
                { icon("M3 3l10 10M13 3L3 13") }
            </button>
        </div>
    }
}

fn fact(Fact { name, value }: &Fact) -> Html {
    html! { <div key={*name}><dt>{ name }</dt><dd>{ value }</dd></div> }
}

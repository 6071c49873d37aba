//! The switch between a row per task, a row per worker and, where a chart knows its cores, a row per core.

use yew::prelude::*;

use super::Traces;
use crate::timeline::Grouping;

/// A button for each kind of rows that some of the charts have, one of them pressed.
pub fn rows_switch(traces: &Traces, chosen: Grouping, on_choose: &Callback<Grouping>) -> Html {
    let button = |grouping: Grouping| {
        let (on_choose, key) = (on_choose.clone(), grouping.key());
        html! {
            <button {key} type="button" data-test={format!("rows-{key}")} aria-pressed={(chosen == grouping).to_string()}
                onclick={move |_| on_choose.emit(grouping)}>{ format!("by {key}") }</button>
        }
    };
    // Before the first run there is nothing that knows its cores.
    let is_offered =
        |grouping: &Grouping| *grouping != Grouping::ByCore || traces.0.iter().any(|trace| grouping.suits(trace));
    let buttons = Grouping::ALL.into_iter().filter(is_offered);
    html! {
        <div class="segmented" role="group" aria-label="Rows of the charts">
            <span class="segmented-name" aria-hidden="true">{ "Rows" }</span>
            { for buttons.map(button) }
        </div>
    }
}

//! The switch between a row per task and a row per worker.

use yew::prelude::*;

use crate::timeline::Grouping;

/// Two buttons, one of them pressed.
pub fn rows_switch(chosen: Grouping, on_choose: &Callback<Grouping>) -> Html {
    let button = |(grouping, key, name): (Grouping, &'static str, &'static str)| {
        let on_choose = on_choose.clone();
        html! {
            <button {key} type="button" data-test={format!("rows-{key}")} aria-pressed={(chosen == grouping).to_string()}
                onclick={move |_| on_choose.emit(grouping)}>{ name }</button>
        }
    };
    let buttons = [(Grouping::ByTask, "task", "by task"), (Grouping::ByWorker, "worker", "by worker")];
    html! {
        <div class="segmented" role="group" aria-label="Rows of the charts">
            <span class="segmented-name" aria-hidden="true">{ "Rows" }</span>
            { for buttons.into_iter().map(button) }
        </div>
    }
}

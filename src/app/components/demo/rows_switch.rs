//! The switch between a row per task and a row per worker.

use yew::prelude::*;

use crate::timeline::Grouping;

/// What is chosen.
#[derive(Properties, PartialEq)]
pub struct RowsSwitchProps {
    /// What a row stands for.
    pub grouping: Grouping,
    /// Chooses.
    pub on_choose: Callback<Grouping>,
}

/// Two buttons, one of them pressed.
#[component]
pub fn RowsSwitch(props: &RowsSwitchProps) -> Html {
    let button = |(grouping, key, name): (Grouping, &'static str, &'static str)| {
        let on_choose = props.on_choose.clone();
        html! {
            <button {key} type="button" data-test={format!("rows-{key}")} aria-pressed={(props.grouping == grouping).to_string()}
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

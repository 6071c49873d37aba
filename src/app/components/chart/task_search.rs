//! Finds a task by its name and selects its first slice in the chart that was used last.

use std::rc::Rc;

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::Traces;
use crate::app::stage::{Stage, StageRef};
use crate::timeline::search;
use crate::timeline::view::Input;
use crate::trace::TaskId;

/// Where to search.
#[derive(Properties, PartialEq)]
pub struct TaskSearchProps {
    /// The charts' traces; all of a demo's have the same tasks.
    pub traces: Traces,
    /// The charts' stage.
    pub stage: StageRef,
    /// Called when it is to go.
    pub on_close: Callback<()>,
}

/// A field, and what it finds.
#[component]
pub fn TaskSearch(props: &TaskSearchProps) -> Html {
    let (field, query) = (use_node_ref(), use_state(String::new));
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlElement>() {
                let _ = field.focus();
            }
        });
    }
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| query.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let trace = props.traces.0.first();
    let found = trace.map(|trace| search(trace, &query)).unwrap_or_default();
    let go = |task: TaskId| {
        let (stage, on_close) = (Rc::clone(&props.stage.0), props.on_close.clone());
        move || {
            on_close.emit(());
            choose(&stage, task);
        }
    };
    let onsubmit = {
        let first = found.first().map(|task| go(*task));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            first.iter().for_each(|go| go());
        })
    };
    let onkeydown = {
        let (stage, on_close) = (Rc::clone(&props.stage.0), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                on_close.emit(());
                stage.current().iter().for_each(|chart| chart.focus());
            }
        })
    };
    let name = |task: TaskId| trace.and_then(|trace| trace.tasks().get(task.0 as usize).cloned()).unwrap_or_default();
    let said = match (query.trim().is_empty(), found.len()) {
        (true, _) => String::new(),
        (false, 0) => "No task has this in its name.".to_owned(),
        (false, 1) => "1 task. Enter goes to it.".to_owned(),
        (false, count) => format!("{count} tasks. Enter goes to the first."),
    };
    html! {
        <form class="task-search" role="search" data-test="task-search" {onsubmit} {onkeydown}>
            <label>
                { "Search tasks" }
                <input ref={field} type="search" data-test="search-field" autocomplete="off" {oninput} />
            </label>
            <p class="hint" role="status" data-test="search-said">{ said }</p>
            <ul>
                for task in found.iter().take(MOST_SHOWN).copied() {
                    <li key={task.0}>
                        <button type="button" data-test="found" onclick={let go = go(task); move |_| go()}>{ name(task) }</button>
                    </li>
                }
            </ul>
        </form>
    }
}

/// More than this need a longer query.
const MOST_SHOWN: usize = 12;

fn choose(stage: &Rc<Stage>, task: TaskId) {
    if let Some(chart) = stage.current() {
        chart.handle(Input::Found(task));
        chart.focus();
    }
}

//! What stands above several charts on one axis: what their strokes mean, what a row stands for, the buttons, and the overview;
//! and what opens there when a chart asks for it.

use std::rc::Rc;

use yew::prelude::*;

use super::Traces;
use super::keys_help::KeysHelp;
use super::legend::{legend_entries, legend_of};
use super::overview::OverviewStrip;
use super::rows_switch::rows_switch;
use super::task_search::TaskSearch;
use super::tools::Tools;
use crate::app::stage::{Ask, StageRef};
use crate::timeline::Grouping;

/// Whose charts, and how they are shown.
#[derive(Properties, PartialEq)]
pub struct ChartsHeadProps {
    /// The finished traces, in the order of the charts.
    pub traces: Traces,
    /// Whether they are at rest, so that they can be handled.
    pub rested: bool,
    /// What a row stands for.
    pub grouping: Grouping,
    /// Called when it is to stand for something else.
    pub on_group: Callback<Grouping>,
    /// Axis, window and replay.
    pub stage: StageRef,
    /// Whether the page is dark.
    pub dark: bool,
}

/// The head of charts.
#[component]
pub fn ChartsHead(props: &ChartsHeadProps) -> Html {
    // The search or the table of keys, if one of them is open.
    let open = use_state_eq(|| None::<Ask>);
    {
        let (open, on_group) = (open.clone(), props.on_group.clone());
        use_effect_with((props.stage.clone(), *open, on_group), move |(stage, now, on_group)| {
            let (now, on_group) = (*now, on_group.clone());
            stage.0.set_ask(Callback::from(move |what| match what {
                Ask::Group(grouping) => on_group.emit(grouping),
                what => open.set(Some(what).filter(|what| now != Some(*what))),
            }));
        });
    }
    // Once for traces: there may be a million slices.
    let legend = use_memo(props.traces.clone(), legend_entries);
    let close = {
        let (open, stage) = (open.clone(), Rc::clone(&props.stage.0));
        Callback::from(move |()| {
            open.set(None);
            stage.current().iter().for_each(|chart| chart.focus());
        })
    };
    html! {
        <div class="charts-head">
            { legend_of(&legend) }
            if props.rested {
                <Tools stage={props.stage.clone()} />
            }
            { rows_switch(&props.traces, props.grouping, &props.on_group) }
            if props.rested {
                if *open == Some(Ask::Search) {
                    <TaskSearch traces={props.traces.clone()} stage={props.stage.clone()} on_close={close.clone()} />
                }
                if *open == Some(Ask::Help) {
                    <KeysHelp on_close={close} />
                }
                <OverviewStrip traces={props.traces.clone()} stage={props.stage.clone()} dark={props.dark} />
            }
        </div>
    }
}

//! The buttons of charts: what keys do, for whoever has none at hand. They act on the chart that was used last.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::components::icon;
use crate::app::stage::{Ask, Stage, StageRef};
use crate::timeline::view::keys::Command;
use crate::timeline::view::{Input, Shared};

/// Whose charts.
#[derive(Properties, PartialEq)]
pub struct ToolsProps {
    /// The charts' stage.
    pub stage: StageRef,
}

/// The bar of buttons.
#[component]
pub fn Tools(props: &ToolsProps) -> Html {
    let stage = &props.stage.0;
    let state = use_state_eq(|| (Shared::default(), false));
    {
        let state = state.setter();
        use_effect_with(props.stage.clone(), move |stage| {
            let look = {
                let stage = Rc::clone(&stage.0);
                move || state.set((stage.shared(), stage.is_ranging()))
            };
            look();
            let listener = stage.0.listen(look);
            move || drop(listener)
        });
    }
    let (shared, ranging) = *state;
    let is_all = shared.window.is_none();
    html! {
        <div class="tools" role="toolbar" aria-label="Charts" data-test="tools">
            { button(stage, Command::ZoomOut, "zoom-out", "Zoom out (S)", "M3 8h10", is_all) }
            { button(stage, Command::ZoomIn, "zoom-in", "Zoom in (W)", "M3 8h10M8 3v10", false) }
            { button(stage, Command::FitAll, "fit-all", "Fit all (0)", "M2 3v10M14 3v10M4 8h8M6 6L4 8l2 2M10 6l2 2l-2 2", is_all) }
            { button(stage, Command::Earlier, "earlier", "Earlier (A)", "M10 3L5 8l5 5", is_all) }
            { button(stage, Command::Later, "later", "Later (D)", "M6 3l5 5l-5 5", is_all) }
            { button(stage, Command::FitSelection, "fit-selection", "Fit the selection (F)", "M2 5V2h3M11 2h3v3M14 11v3h-3M5 14H2v-3M5 8h6", false) }
            { range_switch(stage, ranging) }
            { switch(stage, Command::Arrows, "arrows", "Arrows", "Arrows from cause to effect (L)", shared.arrows) }
            { switch(stage, Command::CriticalPath, "critical", "Critical path", "What the whole waited for (C)", shared.critical) }
            { asking(stage, Ask::Search, "search", "Search tasks (/)", "M10.5 10.5L14 14M12 7a5 5 0 1 1-10 0a5 5 0 0 1 10 0") }
            { asking(stage, Ask::Help, "help", "All keys (?)", "M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.7 8 9.2 8 10M8 12.5v.5") }
        </div>
    }
}

/// Does to the current chart what a key does.
fn send(stage: &Rc<Stage>, command: Command) -> Callback<MouseEvent> {
    let stage = Rc::clone(stage);
    Callback::from(move |_| {
        if let Some(chart) = stage.current() {
            chart.handle(Input::Command(command));
        }
    })
}

fn button(
    stage: &Rc<Stage>,
    command: Command,
    test: &'static str,
    label: &'static str,
    path: &'static str,
    rests: bool,
) -> Html {
    // Not disabled, which would take the focus from whoever has just zoomed out as far as it goes.
    html! {
        <button type="button" class="icon" data-test={test} aria-label={label} title={label} aria-disabled={rests.to_string()}
            onclick={send(stage, command)}>{ icon(path) }</button>
    }
}

fn switch(
    stage: &Rc<Stage>,
    command: Command,
    test: &'static str,
    name: &'static str,
    title: &'static str,
    on: bool,
) -> Html {
    html! {
        <button type="button" data-test={test} {title} aria-pressed={on.to_string()} onclick={send(stage, command)}>{ name }</button>
    }
}

fn range_switch(stage: &Rc<Stage>, on: bool) -> Html {
    let stage = Rc::clone(stage);
    let onclick = Callback::from(move |_| stage.set_ranging(!on));
    html! {
        <button type="button" data-test="range-switch" title="Drag or tap in a chart to select a stretch of time (Shift)" aria-pressed={on.to_string()}
            {onclick}>{ "Range" }</button>
    }
}

fn asking(stage: &Rc<Stage>, what: Ask, test: &'static str, label: &'static str, path: &'static str) -> Html {
    let stage = Rc::clone(stage);
    let onclick = Callback::from(move |_| stage.ask(what));
    html! {
        <button type="button" class="icon" data-test={test} aria-label={label} title={label} {onclick}>{ icon(path) }</button>
    }
}

//! One engine's panel: its name, its chart, what it took and whether its result is right; or what kept it from running.

use std::rc::Rc;

use yew::prelude::*;

use super::program::use_program;
use super::save_menu::SaveMenu;
use super::tiles::{Tiles, use_tiles};
use super::verdict::{counted, facts};
use crate::app::components::chart::{ChartCanvas, Source};
use crate::app::components::{Tone, notice};
use crate::app::hooks::{LiveRef, SessionRef};
use crate::app::preferences::use_preferences;
use crate::app::stage::StageRef;
use crate::demo::{Action, RunState, Session, Status, difference_words, instead_words, makespan_words, ratio_words};
use crate::engine::{EngineId, RunError};
use crate::lesson::Listing;
use crate::timeline::compare::prediction;
use crate::timeline::{Grouping, words};
use crate::trace::SliceId;

/// The engine and what is known of it.
#[derive(Properties, PartialEq)]
pub struct ChartPanelProps {
    /// The engine.
    pub engine: EngineId,
    /// The session.
    pub session: SessionRef,
    /// Its run, while it goes on.
    pub live: Option<LiveRef>,
    /// Why it cannot run here, and what would bring it.
    pub missing: Option<AttrValue>,
    /// What a row stands for.
    pub grouping: Grouping,
    /// Axis and replay.
    pub stage: StageRef,
    /// When a learner predicted that it ends, ms.
    pub predicted_end_ms: Option<f64>,
    /// The program that it stands for.
    pub program: Option<Rc<Listing>>,
    /// Runs the next rung of the ladder in the place of this engine; `None` while nothing can be run.
    pub start: Option<Callback<Action>>,
}

/// One engine's panel.
#[component]
pub fn ChartPanel(props: &ChartPanelProps) -> Html {
    let dark = use_preferences().dark;
    let (engine, session) = (props.engine, &*props.session.0);
    let status = session.status(engine);
    let trace = session.trace(engine);
    let source = match (&props.live, trace) {
        (Some(live), _) if status == Status::Running => Some(Source::Live(live.clone())),
        (_, Some(trace)) => Some(Source::Recorded(trace.clone())),
        _ => None,
    };
    let stale = session.is_stale(engine);
    let tiles = match (&props.live, session.finished(engine)) {
        (_, Some(finished)) => Some(Tiles::Done(finished.clone())),
        (Some(live), _) => Some(Tiles::Live(live.clone())),
        _ => None,
    };
    let selected = use_state_eq(|| None::<SliceId>);
    let on_select = use_callback((), {
        let selected = selected.setter();
        move |slice, ()| selected.set(slice)
    });
    let chosen = trace.zip(*selected).and_then(|(trace, id)| trace.slice(id)?.task);
    let program = use_program(props.program.as_deref(), trace, chosen, &props.stage);
    let picture = use_tiles(session.picture(engine).zip(tiles), &props.stage);
    html! {
        <article class={classes!("chart", stale.then_some("stale"))} data-test="chart" data-engine={engine.key()} data-state={status.key()}
            data-stale={stale.to_string()}>
            <header class="chart-head">
                <h3>{ engine.name() }</h3>
                <p class="chart-python"><span class="python">{ engine.in_python() }</span></p>
                { result(session, engine, status) }
            </header>
            { problem(props, status) }
            if let Some(source) = source {
                <ChartCanvas {source} grouping={props.grouping} stage={props.stage.clone()} {dark} label={label(session, engine)}
                    predicted_end_ms={props.predicted_end_ms} {on_select} />
            } else if status != Status::Failed && props.missing.is_none() {
                <p class="chart-empty">{ waiting(session, engine, status) }</p>
            }
            { program }
            if let Some(trace) = trace {
                { counted(trace) }
            }
            { picture }
            if let Some((end_ms, trace)) = props.predicted_end_ms.zip(trace) {
                <p class="counted" data-test="predicted">{ prediction(end_ms, trace) }</p>
            }
            if let Some(words) = difference_words(session, engine) {
                <p class="counted" data-test="difference">{ words }</p>
            }
            if let Some(finished) = session.finished(engine) {
                { facts(finished) }
            }
            if let Some(trace) = trace.filter(|_| !session.is_running()) {
                <SaveMenu {trace} grouping={props.grouping} title={format!("{}: {}", engine.name(), session.demo().title)}
                    name={vec![AttrValue::from(session.demo().id), engine.key().into()]} />
            }
            if stale {
                <p class="stale-note" data-test="stale">{ "Measured with other values than those above. Run again to compare." }</p>
            }
        </article>
    }
}

/// What it took, and how that compares with the first.
fn result(session: &Session, engine: EngineId, status: Status) -> Html {
    let Some(finished) = session.finished(engine) else {
        let word = if status == Status::Running { "running…" } else { "" };
        return html! { <p class="chart-result">{ word }</p> };
    };
    let ratio = session.ratio(engine);
    html! {
        <p class="chart-result">
            <span class="makespan" data-test="makespan" data-ms={finished.stats.makespan_ms.to_string()}>{ makespan_words(finished) }</span>
            if let Some(ratio) = ratio {
                <span class="ratio" data-test="ratio" data-ratio={ratio.to_string()}>{ ratio_words(ratio) }</span>
            }
        </p>
    }
}

/// What kept it from running, or cut it short.
fn problem(props: &ChartPanelProps, status: Status) -> Html {
    match props.session.0.run(props.engine).map(|run| &run.state) {
        Some(RunState::Failed(RunError::Cancelled, trace)) => {
            let rest = if trace.is_some() { " This is what was recorded until then." } else { "" };
            notice(Tone::Note, "cancelled", html! { <>{ "Cancelled." }{ rest }</> })
        }
        Some(RunState::Failed(error @ RunError::Unavailable { .. }, _)) => unavailable(props, error.to_string().into()),
        Some(RunState::Failed(error, trace)) => {
            let rest = if trace.is_some() { " The chart shows what was recorded until then." } else { "" };
            notice(Tone::Error, "error", html! { <>{ error.to_string() }{ rest }</> })
        }
        _ => match props.missing.as_ref().filter(|_| matches!(status, Status::Idle | Status::Queued)) {
            Some(missing) => unavailable(props, missing.clone()),
            None => html! {},
        },
    }
}

/// Why it cannot run here, and who could in its place: pressing that is the learner's consent.
fn unavailable(props: &ChartPanelProps, why: AttrValue) -> Html {
    let engine = props.engine;
    let rung = match (props.session.0.instead(engine), props.start.clone()) {
        (Some(instead), start) => {
            let disabled = start.is_none();
            let onclick = move |_| start.iter().for_each(|start| start.emit(Action::Instead(engine)));
            html! { <button type="button" data-test="instead" {disabled} {onclick}>{ instead_words(instead) }</button> }
        }
        (None, _) => html! { <p>{ "There is no other engine here that can run it." }</p> },
    };
    notice(
        Tone::Warning,
        "unavailable",
        html! { <><p><strong>{ "Not available here. " }</strong>{ why }</p>{ rung }</> },
    )
}

/// What stands where the chart will be.
fn waiting(session: &Session, engine: EngineId, status: Status) -> &'static str {
    match status {
        Status::Running => "Starting…",
        Status::Queued => "Waits for its turn.",
        _ if session.is_running() || session.completed() == 0 => "Its timeline will appear here.",
        _ if session.engines().contains(&engine) => "Not run yet.",
        _ => "",
    }
}

/// The chart in words.
fn label(session: &Session, engine: EngineId) -> String {
    let name = engine.name();
    match session.trace(engine) {
        Some(trace) => format!("{name}. {}", words::summary(trace)),
        None => format!("{name}. The chart grows while it runs."),
    }
}

//! One engine's panel: its name, its chart, what it took and whether its result is right; or what kept it from running.

use std::rc::Rc;

use yew::prelude::*;

use super::beside::Beside;
use super::program::use_program;
use super::provenance::provenance_badge;
use super::save_menu::SaveMenu;
use super::tiles::{Tiles, use_tiles};
use super::verdict::{counted, facts};
use crate::app::components::chart::{ChartCanvas, Source};
use crate::app::components::{Tone, notice};
use crate::app::hooks::{LiveRef, SessionRef};
use crate::app::preferences::use_preferences;
use crate::app::stage::StageRef;
use crate::demo::{
    Action, RunState, Session, Setup, Status, difference_words, gain_words, instead_words, makespan_words,
};
use crate::engine::simulated::Costs;
use crate::engine::{EngineId, RunError};
use crate::lesson::{Listing, Overlay};
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
    /// What a learner predicted of it.
    pub predicted: Option<Rc<Overlay>>,
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
        // In virtual time nothing grows: the trace comes as a whole.
        (Some(live), _) if status == Status::Running && engine.is_real() => Some(Source::Live(live.clone())),
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
                    predicted={props.predicted.clone()} {on_select} />
            } else if status != Status::Failed && props.missing.is_none() {
                <p class="chart-empty">{ waiting(session, engine, status) }</p>
            }
            { program }
            if let Some(trace) = trace {
                { counted(trace) }
            }
            { picture }
            if let Some(words) = props.predicted.as_deref().and_then(|predicted| predicted.words(props.grouping)) {
                <p class="counted" data-test="predicted">{ words }</p>
            }
            if let Some(words) = difference_words(session, engine) {
                <p class="counted" data-test="difference">{ words }</p>
            }
            if let Some(finished) = session.finished(engine) {
                { facts(finished) }
            } else if let Some(trace) = trace.filter(|trace| trace.provenance().is_simulated()) {
                <footer class="chart-foot">{ provenance_badge(trace.provenance()) }</footer>
            }
            if let Some(trace) = trace.filter(|_| !session.is_running()) {
                <SaveMenu {trace} grouping={props.grouping} title={format!("{}: {}", engine.name(), session.demo().title)}
                    name={vec![AttrValue::from(session.demo().id), engine.key().into()]} />
            }
            { beside(props) }
            if stale {
                <p class="stale-note" data-test="stale">{ if engine.is_real() { "Measured" } else { "Simulated" } }{ " with other values than those above. Run again to compare." }</p>
            }
        </article>
    }
}

/// The simulation of what was measured, offered beside it where there can be one.
fn beside(props: &ChartPanelProps) -> Html {
    let (engine, session) = (props.engine, &*props.session.0);
    let measured = session.finished(engine).filter(|_| engine.is_real() && !session.is_running());
    let Some((finished, run)) = measured.zip(session.run(engine)) else { return html! {} };
    let demo = session.demo();
    if !demo.offered(&run.values).contains(&EngineId::Simulated) {
        return html! {};
    }
    let setup = Setup { engines: vec![engine], values: run.values.clone(), sweep: None };
    html! {
        // Another run begins anew.
        <Beside key={format!("{:p}", Rc::as_ptr(finished))} {demo} {setup} {engine} measured={finished.clone()} grouping={props.grouping}
            stage={props.stage.clone()} />
    }
}

/// What it took, and how that compares with the first.
fn result(session: &Session, engine: EngineId, status: Status) -> Html {
    let Some(finished) = session.finished(engine) else {
        let word = if status == Status::Running { "running…" } else { "" };
        return html! { <p class="chart-result">{ word }</p> };
    };
    let gain = session.ratio(engine).zip(gain_words(session, engine));
    html! {
        <p class="chart-result">
            <span class="makespan" data-test="makespan" data-ms={finished.stats.makespan_ms.to_string()}>{ makespan_words(finished) }</span>
            if let Some((ratio, words)) = gain {
                <span class="ratio" data-test="ratio" data-ratio={ratio.to_string()}>{ words }</span>
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
        Some(RunState::Done(finished)) => {
            let starvation =
                |words| notice(Tone::Warning, "starvation", html! { <>{ "Starvation: " }{ words }{ "." }</> });
            finished.starvation.as_ref().map(starvation).unwrap_or_default()
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
        Status::Running if engine.is_real() => "Starting…",
        Status::Running if is_this_browser(session) => "Measuring this browser first, once; then simulating…",
        Status::Running => "Simulating…",
        Status::Queued => "Waits for its turn.",
        _ if session.is_running() || session.completed() == 0 => "Its timeline will appear here.",
        _ if session.engines().contains(&engine) => "Not run yet.",
        _ => "",
    }
}

/// Whether this browser is what is simulated.
fn is_this_browser(session: &Session) -> bool {
    session.started().is_some_and(|setup| setup.options(EngineId::Simulated).model.costs == Costs::ThisBrowser)
}

/// The chart in words.
fn label(session: &Session, engine: EngineId) -> String {
    let name = engine.name();
    match session.trace(engine) {
        Some(trace) => format!("{name}. {}", words::summary(trace)),
        None => format!("{name}. The chart grows while it runs."),
    }
}

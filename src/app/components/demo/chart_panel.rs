//! One engine's panel: its name, its chart, what it took and whether its result is right; or what kept it from running.

use yew::prelude::*;

use super::chart_canvas::{ChartCanvas, Source};
use super::provenance::provenance_badge;
use crate::app::components::{Tone, notice};
use crate::app::hooks::{LiveRef, SessionRef};
use crate::app::preferences::use_preferences;
use crate::app::stage::StageRef;
use crate::demo::{Finished, RunState, Session, Status, makespan_words, ratio_words};
use crate::engine::{EngineId, RunError};
use crate::timeline::{Grouping, words};

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
}

/// One engine's panel.
#[component]
pub fn ChartPanel(props: &ChartPanelProps) -> Html {
    let dark = use_preferences().dark;
    let (engine, session) = (props.engine, &*props.session.0);
    let status = session.status(engine);
    let source = match (&props.live, session.trace(engine)) {
        (Some(live), _) if status == Status::Running => Some(Source::Live(live.clone())),
        (_, Some(trace)) => Some(Source::Recorded(trace.clone())),
        _ => None,
    };
    let stale = session.is_stale(engine);
    html! {
        <article class={classes!("chart", stale.then_some("stale"))} data-test="chart" data-engine={engine.key()} data-state={status.key()}
            data-stale={stale.to_string()}>
            <header class="chart-head">
                <h3>{ engine.name() }</h3>
                <p class="chart-python"><span class="python">{ engine.in_python() }</span></p>
                { result(session, engine, status) }
            </header>
            { problem(session, engine, status, props.missing.as_ref()) }
            if let Some(source) = source {
                <ChartCanvas {source} grouping={props.grouping} stage={props.stage.clone()} {dark} label={label(session, engine)} />
            } else if status != Status::Failed && props.missing.is_none() {
                <p class="chart-empty">{ waiting(session, engine, status) }</p>
            }
            if let Some(finished) = session.finished(engine) {
                { facts(finished) }
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

/// What stands below a finished chart.
fn facts(finished: &Finished) -> Html {
    let verdict = &finished.verdict;
    let (class, sign) = if verdict.correct { ("verdict right", "✓") } else { ("verdict wrong", "✗") };
    html! {
        <footer class="chart-foot">
            <p {class} data-test="verdict" data-correct={verdict.correct.to_string()}>
                <span aria-hidden="true">{ sign }</span>
                { " " }{ &verdict.words }
                <span class="visually-hidden">{ if verdict.correct { ": right" } else { ": wrong" } }</span>
            </p>
            { provenance_badge(finished.trace.provenance()) }
        </footer>
    }
}

/// What kept it from running, or cut it short.
fn problem(session: &Session, engine: EngineId, status: Status, missing: Option<&AttrValue>) -> Html {
    match session.run(engine).map(|run| &run.state) {
        Some(RunState::Failed(RunError::Cancelled, trace)) => {
            let rest = if trace.is_some() { " This is what was recorded until then." } else { "" };
            notice(Tone::Note, "cancelled", html! { <>{ "Cancelled." }{ rest }</> })
        }
        Some(RunState::Failed(error @ RunError::Unavailable { .. }, _)) => unavailable(error.to_string().into()),
        Some(RunState::Failed(error, trace)) => {
            let rest = if trace.is_some() { " The chart shows what was recorded until then." } else { "" };
            notice(Tone::Error, "error", html! { <>{ error.to_string() }{ rest }</> })
        }
        _ => match missing.filter(|_| matches!(status, Status::Idle | Status::Queued)) {
            Some(missing) => unavailable(missing.clone()),
            None => html! {},
        },
    }
}

fn unavailable(why: AttrValue) -> Html {
    notice(Tone::Warning, "unavailable", html! { <><strong>{ "Not available here. " }</strong>{ why }</> })
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

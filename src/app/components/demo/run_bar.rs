//! The one button: Run, which becomes Cancel with the progress while a run goes on; and why it cannot be pressed, if so.

use gloo::timers::callback::Interval;
use yew::prelude::*;

use crate::app::hooks::{LiveRef, SessionRef};
use crate::demo::{Action, Session, freeze_ms};
use crate::engine::EngineId;
use crate::timeline::words::duration;

/// What the button needs to know.
#[derive(Properties, PartialEq)]
pub struct RunBarProps {
    /// The session.
    pub session: SessionRef,
    /// Whether the page knows already what this browser can do.
    pub ready: bool,
    /// Whether something else on the page runs.
    pub others_run: bool,
    /// The engine's run that goes on.
    pub live: Option<LiveRef>,
    /// Why it may not run yet.
    pub lock: Option<AttrValue>,
    /// Starts.
    pub start: Callback<Action>,
    /// Stops.
    pub cancel: Callback<()>,
    /// What stands beside the button.
    #[prop_or_default]
    pub children: Html,
}

/// Run or Cancel.
#[component]
pub fn RunBar(props: &RunBarProps) -> Html {
    let session = &props.session.0;
    // The same button in the same place, and never switched off by its own run, so that it keeps the focus.
    if let Some((engine, before, all)) = session.running() {
        let cancelling = session.is_cancelling();
        return html! {
            <div class="run-bar">
                <button key="button" class="primary cancel" data-test="cancel" onclick={props.cancel.reform(|_| ())}>
                    { if cancelling { "Cancelling…" } else { "Cancel" } }
                </button>
                <Progress key="progress" live={props.live.clone()} name={engine.name()} {before} {all} />
            </div>
        };
    }
    let refused = match (session.setup(), &props.lock) {
        (Err(reason), _) => Some(AttrValue::from(reason)),
        (Ok(_), Some(lock)) => Some(lock.clone()),
        _ if !props.ready => Some("Finding out what this browser can do…".into()),
        _ if props.others_run => {
            Some("Something else on this page is running. Each run has the machine to itself.".into())
        }
        _ => None,
    };
    html! {
        <div class="run-bar">
            <button key="button" class="primary" data-test="run" disabled={refused.is_some()} onclick={props.start.reform(|_| Action::Start)}>
                { if session.completed() > 0 { "Run again" } else { "Run" } }
            </button>
            <span key="beside">{ props.children.clone() }</span>
            <p key="note" class="run-note" data-test="run-note">{ refused.unwrap_or_else(|| note(session)) }</p>
        </div>
    }
}

/// What is about to happen.
fn note(session: &Session) -> AttrValue {
    let order = if session.engines().len() > 1 { "One engine after another, each alone on the machine." } else { "" };
    if !session.engines().contains(&EngineId::MainThread) {
        return order.into();
    }
    let freeze = match freeze_ms(session) {
        Some(ms) => format!("about {}", duration(ms, if ms < 1_000.0 { 10.0 } else { 100.0 })),
        None => "as long as it computes".into(),
    };
    format!("{order} On the main thread this page will freeze for {freeze}: that is the point.").into()
}

#[derive(Properties, PartialEq)]
struct ProgressProps {
    live: Option<LiveRef>,
    name: &'static str,
    before: usize,
    all: usize,
}

/// How far the engine that runs has come; looks five times a second.
#[component]
fn Progress(props: &ProgressProps) -> Html {
    let tick = use_force_update();
    use_effect_with((), move |()| {
        let interval = Interval::new(200, move || tick.force_update());
        move || drop(interval)
    });
    let progress = props.live.as_ref().map(|live| live.0.progress()).unwrap_or_default();
    let label = format!("{}, {} of {}", props.name, props.before + 1, props.all);
    html! {
        <div class="progress">
            <span data-test="progress">{ &label }{ format!(" · {} of {} tasks", progress.done, progress.total) }</span>
            <progress aria-label={label} value={progress.done.to_string()} max={progress.total.max(1).to_string()} />
        </div>
    }
}

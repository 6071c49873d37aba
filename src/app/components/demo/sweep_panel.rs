//! How fast a demo can get: the same work run again and again, with more and more workers or in smaller and smaller pieces, and what that
//! comes to. It stands below the charts of a demo's own page, and of a lesson's where that asks for it, and never begins by itself.

use web_sys::{HtmlElement, HtmlSelectElement};
use yew::prelude::*;

use super::sweep_result::SweepResult;
use crate::app::components::{Tone, notice};
use crate::app::hooks::{SessionRef, Sweeper, use_sweep};
use crate::demo::{Action, Phase, Session, SweepChoice, SweepJob, instead_words};
use crate::engine::EngineId;

/// How often a setting may be run, as the list offers it; a link may name other numbers.
const REPEATS: [u32; 6] = [1, 2, 3, 5, 9, 15];

/// Whose.
#[derive(Properties, PartialEq)]
pub struct SweepPanelProps {
    /// The demo as it is used.
    pub session: SessionRef,
    /// Changes it.
    pub change: Callback<Action>,
}

/// What is swept, one button, and what came of it.
#[component]
pub fn SweepPanel(props: &SweepPanelProps) -> Html {
    let sweeper = use_sweep();
    let session = &props.session.0;
    // What was chosen before it was folded away.
    let chosen = use_mut_ref(|| SweepChoice::new(session.demo()));
    if let Some(choice) = session.sweep() {
        chosen.replace(Some(choice));
    }
    let Some(choice) = *chosen.borrow() else { return html! {} };
    let is_open = session.sweep().is_some();
    let ontoggle = {
        let change = props.change.clone();
        Callback::from(move |event: Event| {
            let details: HtmlElement = event.target_unchecked_into();
            let unfolded = details.has_attribute("open");
            if unfolded != is_open {
                change.emit(Action::Sweep(unfolded.then_some(choice)));
            }
        })
    };
    html! {
        <details class="sweep" data-test="sweep" open={is_open} {ontoggle}
            data-state={sweeper.sweep.as_ref().map_or("idle", |sweep| sweep.0.phase().key())}>
            <summary>{ "How fast can it get?" }</summary>
            // A chart is as wide as its place, which has no width before it is unfolded.
            if is_open {
                { choices(props, &sweeper, choice) }
                { action(session, &sweeper, choice, &props.change) }
                if let Some(sweep) = &sweeper.sweep {
                    if let Phase::Failed(why) = sweep.0.phase() {
                        { notice(Tone::Error, "sweep-failed", html! { <p>{ why }{ " What was measured before stays." }</p> }) }
                    }
                    if session.setup().is_ok_and(|setup| sweep.0.job().differs_with(&setup.values)) {
                        <p class="hint" data-test="sweep-stale">
                            { "This was measured with other values than those that are chosen now." }
                        </p>
                    }
                    <SweepResult sweep={sweep.clone()} />
                }
            }
        </details>
    }
}

/// Engine, what is changed, how often.
fn choices(props: &SweepPanelProps, sweeper: &Sweeper, choice: SweepChoice) -> Html {
    let demo = props.session.0.demo();
    let is_running = is_running(sweeper);
    let engines = demo.swept_on().into_iter();
    let engines =
        engines.map(|engine| (engine.key().to_owned(), engine.name().to_owned(), SweepChoice { engine, ..choice }));
    let over = demo.swept_over().into_iter();
    let over = over.map(|over| (over.key().to_owned(), over.name().to_owned(), SweepChoice { over, ..choice }));
    let repeats = REPEATS.into_iter().filter(|repeats| *repeats < choice.repeats).chain([choice.repeats]);
    let repeats = repeats.chain(REPEATS.into_iter().filter(|repeats| *repeats > choice.repeats));
    let repeats = repeats.map(|repeats| {
        let name = if repeats == 1 { "once".to_owned() } else { format!("{repeats} times") };
        (repeats.to_string(), name, SweepChoice { repeats, ..choice })
    });
    let list = |name: &'static str, label: &'static str, options: Vec<(String, String, SweepChoice)>| {
        let option = |(value, name, of): &(String, String, SweepChoice)| {
            html! { <option key={value.clone()} value={value.clone()} selected={*of == choice}>{ name }</option> }
        };
        let all = options.iter().map(option).collect::<Html>();
        let change = props.change.clone();
        let onchange = Callback::from(move |event: Event| {
            let list: HtmlSelectElement = event.target_unchecked_into();
            let of = options.iter().find(|(value, ..)| *value == list.value());
            of.iter().for_each(|(.., of)| change.emit(Action::Sweep(Some(*of))));
        });
        html! {
            <div key={name} class="field">
                <label for={name}>{ label }</label>
                <select id={name} data-test={name} disabled={is_running} {onchange}>{ all }</select>
            </div>
        }
    };
    html! {
        <div class="fields">
            { list("sweep-engine", "Run it on", engines.collect()) }
            if demo.swept_over().len() > 1 {
                { list("sweep-over", "Change", over.collect()) }
            }
            { list("sweep-repeats", "Run each", repeats.collect()) }
        </div>
    }
}

/// The button, and beside it how far it is, what is about to happen, or why nothing can.
fn action(session: &Session, sweeper: &Sweeper, choice: SweepChoice, change: &Callback<Action>) -> Html {
    if let Some(sweep) = sweeper.sweep.as_ref().map(|sweep| &sweep.0).filter(|sweep| sweep.is_running()) {
        let ((made, all), words) = (sweep.progress(), sweep.progress_words());
        return html! {
            <div class="run-bar">
                <button key="button" type="button" data-test="sweep-cancel" onclick={sweeper.cancel.reform(|_| ())}>{ "Cancel" }</button>
                <div key="progress" class="progress">
                    <span data-test="sweep-progress">{ &words }</span>
                    <progress aria-label="Runs of the sweep" value={made.to_string()} max={all.to_string()} />
                </div>
            </div>
        };
    }
    let job = job(session, sweeper, choice);
    let (refused, instead) = match (&job, &sweeper.engines) {
        (Err(why), _) => (Some(why.clone()), None),
        (Ok(_), Some(engines)) => match engines.available(choice.engine) {
            Err(error) => (Some(error.to_string()), lower(session, choice)),
            Ok(()) if session.is_running() || sweeper.others_run => {
                (Some("A run is going on. A sweep has the machine to itself.".to_owned()), None)
            }
            Ok(()) => (None, None),
        },
        (Ok(_), None) => (None, None),
    };
    let note = refused.clone().unwrap_or_else(|| job.as_ref().map(SweepJob::words).unwrap_or_default());
    let onclick = {
        let start = sweeper.start.clone();
        Callback::from(move |_: MouseEvent| job.iter().for_each(|job| start.emit(job.clone())))
    };
    let step_down = |lower: SweepChoice| {
        let change = change.clone();
        let onclick = Callback::from(move |_: MouseEvent| change.emit(Action::Sweep(Some(lower))));
        html! { <button type="button" data-test="sweep-instead" {onclick}>{ instead_words(lower.engine) }</button> }
    };
    html! {
        <div class="run-bar">
            <button key="button" type="button" data-test="sweep-run" disabled={refused.is_some()} {onclick}>
                { if sweeper.sweep.is_some() { "Measure again" } else { "Measure" } }
            </button>
            <span key="instead">{ for instead.map(step_down) }</span>
            <p key="note" class="run-note" data-test="sweep-note">{ note }</p>
        </div>
    }
}

/// The sweep that would be made now; or why none can, in words.
fn job(session: &Session, sweeper: &Sweeper, choice: SweepChoice) -> Result<SweepJob, String> {
    let engines = sweeper.engines.as_ref().ok_or("Finding out what this browser can do…")?;
    let (values, machine) = (session.setup()?.values, engines.machine());
    let (cores, resolution_ms) = (machine.cores, machine.clock_resolution_ms);
    Ok(SweepJob { demo: session.demo(), choice, values, cores, resolution_ms })
}

/// The next rung of the ladder on which a sweep makes sense.
fn lower(session: &Session, choice: SweepChoice) -> Option<SweepChoice> {
    let engine: EngineId = session.plan().and_then(|plan| choice.engine.instead(&plan))?;
    session.demo().swept_on().contains(&engine).then_some(SweepChoice { engine, ..choice })
}

fn is_running(sweeper: &Sweeper) -> bool {
    sweeper.sweep.as_ref().is_some_and(|sweep| sweep.0.is_running())
}

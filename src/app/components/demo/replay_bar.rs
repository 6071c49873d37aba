//! The replay: play and pause, speed, scrub, step from event to event, all charts of the demo together. The position moves
//! at every frame and goes past the virtual DOM, straight into the slider and the text beside it.

use std::rc::Rc;

use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::components::chart::Traces;
use crate::app::components::icon;
use crate::app::hooks::use_frame;
use crate::app::stage::{Stage, StageRef};
use crate::timeline::words::duration;
use crate::timeline::{Playback, SPEEDS, next_event, previous_event};

/// Steps of the slider from one end to the other.
const STEPS: f64 = 1_000.0;

/// What is replayed.
#[derive(Properties, PartialEq)]
pub struct ReplayBarProps {
    /// Axis and position.
    pub stage: StageRef,
    /// The traces that have the events.
    pub traces: Traces,
}

/// The replay's controls.
#[component]
pub fn ReplayBar(props: &ReplayBarProps) -> Html {
    let (slider, text) = (use_node_ref(), use_node_ref());
    let state = use_state_eq(|| (false, false));
    let (playing, looping) = *state;
    let stage = Rc::clone(&props.stage.0);
    {
        let (slider, text, state) = (slider.clone(), text.clone(), state.setter());
        use_effect_with(props.stage.clone(), move |stage| {
            let show = {
                let stage = Rc::clone(&stage.0);
                move || {
                    show(&stage, &slider, &text);
                    let Playback { playing, looping, .. } = stage.playback();
                    state.set((playing, looping));
                }
            };
            show();
            let listener = stage.0.listen(show);
            move || drop(listener)
        });
    }
    {
        let (stage, last_ms) = (Rc::clone(&stage), use_mut_ref(|| None::<f64>));
        if !playing {
            *last_ms.borrow_mut() = None;
        }
        use_frame(playing, 0, move |time_ms| {
            let elapsed_ms = time_ms - last_ms.replace(Some(time_ms)).unwrap_or(time_ms);
            stage.set_playback(stage.playback().advance(elapsed_ms, stage.end_ms(), stage.shared().range_ms));
        });
    }
    let act = {
        let (stage, traces) = (Rc::clone(&stage), props.traces.clone());
        Callback::from(move |act: Act| {
            if let Some(playback) = act.on(&stage, &traces) {
                stage.set_playback(playback);
            }
        })
    };
    let button = |what: Act, test: &'static str, label: &'static str, path: &'static str| {
        let act = act.clone();
        html! {
            <button type="button" class="icon" data-test={test} aria-label={label} title={label} onclick={move |_| act.emit(what)}>
                { icon(path) }
            </button>
        }
    };
    let oninput = {
        let stage = Rc::clone(&stage);
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let share = input.value_as_number() / STEPS;
            stage.set_playback(stage.playback().seek(share * stage.end_ms(), stage.end_ms()));
        })
    };
    let onchange = {
        let stage = Rc::clone(&stage);
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let chosen = SPEEDS.into_iter().find(|speed| speed.to_string() == select.value());
            stage.set_playback(stage.playback().with_speed(chosen.unwrap_or(1.0)));
        })
    };
    let speed = stage.playback().speed;
    let (play_label, play_path) =
        if playing { ("Pause", "M4 3h3v10H4zM9 3h3v10H9z") } else { ("Play", "M4 2.5v11l9-5.5z") };
    html! {
        <div class="replay" role="group" aria-label="Replay" data-test="replay" onkeydown={keys(&act)}>
            { button(Act::Previous, "previous-event", "Previous event", "M3 3h2v10H3zM13 3v10L6 8z") }
            { button(Act::Toggle, "play", play_label, play_path) }
            { button(Act::Next, "next-event", "Next event", "M11 3h2v10h-2zM3 3v10l7-5z") }
            <input ref={slider} class="scrub" data-test="scrub" type="range" min="0" max={STEPS.to_string()} step="1"
                aria-label="Position of the replay" {oninput} />
            // Not an <output>, which would be read out at every frame; the slider says the same when asked.
            <span ref={text} class="replay-time" data-test="replay-time" />
            <button type="button" class="icon" data-test="loop" aria-label="Loop" aria-pressed={looping.to_string()}
                title="Loop: begin again at the end of the run, or of the selected range"
                onclick={let stage = Rc::clone(&stage); move |_| stage.set_playback(stage.playback().toggle_looping())}>{ icon("M13 6a5 5 0 1 0 .5 4l-1.4-.4A3.5 3.5 0 1 1 11.5 6H9v1.5h5.5V2H13z") }</button>
            <label class="speed">
                <span class="visually-hidden">{ "Speed" }</span>
                <select data-test="speed" {onchange}>
                    { for SPEEDS.into_iter().map(|choice| html! {
                        <option key={choice.to_string()} value={choice.to_string()} selected={choice == speed}>{ format!("{choice}×") }</option>
                    }) }
                </select>
            </label>
        </div>
    }
}

/// What a button or a key does.
#[derive(Clone, Copy)]
enum Act {
    Toggle,
    Previous,
    Next,
    Start,
    End,
}

impl Act {
    fn on(self, stage: &Stage, traces: &Traces) -> Option<Playback> {
        let (playback, end_ms) = (stage.playback(), stage.end_ms());
        let at_ms = playback.position_ms;
        let traces = || traces.0.iter();
        let to_ms = match self {
            Self::Toggle => return Some(playback.toggle(end_ms)),
            Self::Previous => {
                traces().filter_map(|trace| previous_event(trace, at_ms)).max_by(f64::total_cmp).unwrap_or(0.0)
            }
            Self::Next => {
                traces().filter_map(|trace| next_event(trace, at_ms)).min_by(f64::total_cmp).unwrap_or(end_ms)
            }
            Self::Start => 0.0,
            Self::End => end_ms,
        };
        (end_ms > 0.0).then(|| playback.seek(to_ms, end_ms))
    }
}

/// Space and arrows, wherever in the bar the focus is; a button keeps its own space, a list its own arrows.
fn keys(act: &Callback<Act>) -> Callback<KeyboardEvent> {
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        let tag = event.target_unchecked_into::<Element>().tag_name();
        let what = match (event.key().as_str(), tag.as_str()) {
            (_, "SELECT") | (" ", "BUTTON") => return,
            (" ", _) => Act::Toggle,
            ("ArrowLeft", _) => Act::Previous,
            ("ArrowRight", _) => Act::Next,
            ("Home", _) => Act::Start,
            ("End", _) => Act::End,
            _ => return,
        };
        event.prevent_default();
        act.emit(what);
    })
}

/// Writes the position into the slider and beside it.
fn show(stage: &Stage, slider: &NodeRef, text: &NodeRef) {
    let (playback, end_ms) = (stage.playback(), stage.end_ms());
    let at_ms = playback.position_ms;
    let rough_ms = if end_ms >= 1_000.0 { 10.0 } else { 1.0 };
    // At rest as fine as clocks go, since the next event may be a few microseconds away; in motion nobody could read that.
    let resolution_ms = if playback.playing || at_ms >= end_ms { rough_ms } else { 0.01 };
    let words = format!("{} of {}", duration(at_ms, resolution_ms), duration(end_ms, rough_ms));
    if let Some(slider) = slider.cast::<HtmlInputElement>() {
        slider.set_value_as_number(if end_ms > 0.0 { (at_ms / end_ms * STEPS).round() } else { 0.0 });
        let _ = slider.set_attribute("aria-valuetext", &words);
    }
    if let Some(text) = text.cast::<Element>() {
        text.set_text_content(Some(&words));
    }
}

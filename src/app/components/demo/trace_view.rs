//! A trace from a file, as a demo shows one that it measured: chart, legend, words, table; and what the importer had to say.

use std::rc::Rc;

use gloo::events::EventListener;
use yew::prelude::*;

use super::chart_canvas::{ChartCanvas, Source};
use super::events_table::{EventsTable, Named};
use super::provenance::provenance_badge;
use super::rows_switch::rows_switch;
use super::save_menu::SaveMenu;
use super::verdict::counted;
use crate::app::components::{Tone, notice};
use crate::app::dom::window;
use crate::app::preferences::use_preferences;
use crate::app::stage::{Stage, StageRef};
use crate::engine::OpenedFile;
use crate::timeline::{Grouping, LegendEntry, LegendKey, legend};
use crate::trace::exchange::stem;
use crate::trace::{State, Trace};

/// Which trace. Give each a key of its own.
#[derive(Properties, PartialEq)]
pub struct TraceViewProps {
    /// The file that was opened.
    pub opened: OpenedFile,
}

/// A trace from a file.
#[component]
pub fn TraceView(props: &TraceViewProps) -> Html {
    let OpenedFile { name, trace, words, notes } = &props.opened;
    let dark = use_preferences().dark;
    let grouping = use_state(|| Grouping::ByWorker);
    let stage = use_stage(trace);
    // Once for a trace: there may be a million slices.
    let entries = use_memo((), |()| legend([&**trace]));
    let choose = {
        let grouping = grouping.clone();
        Callback::from(move |chosen| grouping.set(chosen))
    };
    html! {
        <section class="demo" data-test="trace" data-slices={slices(trace).to_string()} aria-label={name.clone()}>
            <div class="charts">
                <div class="charts-head">
                    { strokes(&entries) }
                    { rows_switch(*grouping, &choose) }
                </div>
                <article class="chart">
                    <header class="chart-head"><h2 class="file-name">{ name }</h2></header>
                    <p class="trace-words" data-test="summary">{ words }</p>
                    <ChartCanvas source={Source::Recorded(Rc::clone(trace))} grouping={*grouping} stage={stage} {dark}
                        label={format!("{name}. {words}")} />
                    { counted(trace) }
                    <footer class="chart-foot">{ provenance_badge(trace.provenance()) }</footer>
                    <SaveMenu {trace} grouping={*grouping} title={name.clone()}
                        description={AttrValue::from(words.clone())} name={vec![AttrValue::from(stem(name).to_owned())]} />
                </article>
            </div>
            { noted(notes) }
            <EventsTable traces={vec![Named { name: name.clone().into(), trace: Rc::clone(trace) }]} />
        </section>
    }
}

fn slices(trace: &Trace) -> usize {
    trace.lanes().iter().map(|lane| lane.slices().len()).sum()
}

/// The axis of this trace, which is drawn anew when the window changes.
#[hook]
fn use_stage(trace: &Rc<Trace>) -> StageRef {
    let stage = use_memo((), |()| {
        let stage = Rc::new(Stage::new());
        stage.settle(trace.end_ms());
        stage
    });
    let stage = StageRef(Rc::clone(&stage));
    {
        let stage = stage.clone();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&window(), "resize", move |_| stage.0.draw());
            move || drop(listener)
        });
    }
    stage
}

/// What was left out or had to be guessed.
fn noted(notes: &[String]) -> Html {
    if notes.is_empty() {
        return html! {};
    }
    let says = html! {
        <>
            <p>{ "Not everything in this file could be taken as it stands:" }</p>
            <ul>
                for note in notes {
                    <li key={note.clone()}>{ note }</li>
                }
            </ul>
        </>
    };
    notice(Tone::Note, "trace-notes", says)
}

/// The legend: only of what the trace has.
fn strokes(entries: &[LegendEntry]) -> Html {
    let entry = |entry: &LegendEntry| {
        let drawing = drawing(entry.key)?;
        Some(
            html! { <li key={entry.words}><svg viewBox="0 0 24 12" aria-hidden="true">{ drawing }</svg>{ entry.words }</li> },
        )
    };
    html! { <ul class="legend" aria-label="Legend">{ for entries.iter().filter_map(entry) }</ul> }
}

fn drawing(key: LegendKey) -> Option<Html> {
    let (class, path) = match key {
        LegendKey::State(State::Running) => ("legend-running", "M.5 .5h23v11h-23z"),
        LegendKey::State(State::WaitingForIo) => {
            ("legend-waiting", "M5 6h14M5 6a2 2 0 1 1-4 0a2 2 0 0 1 4 0M23 6a2 2 0 1 1-4 0a2 2 0 0 1 4 0")
        }
        LegendKey::State(State::WaitingForLock) => {
            ("", "M.5 .5h23v11h-23zM1 11l10-10M8 11l10-10M15 11l8-8M1 1l10 10M8 1l10 10M15 1l8 8")
        }
        LegendKey::State(State::Ready) => ("", "M1 11l10-10M8 11l10-10M15 11l8-8"),
        LegendKey::State(State::Starting | State::Overhead) => ("legend-grey", "M.5 .5h23v11h-23z"),
        LegendKey::Counter => ("", "M1 11v-3h6v-4h6v3h5v-6h5v10"),
        LegendKey::Frame => ("", "M3 2v8M8 2v8M13 2v8M18 2v8"),
        // What has no stroke of its own, or is drawn on demand alone.
        LegendKey::Idle | LegendKey::Hold | LegendKey::Mark(_) | LegendKey::Arrow => return None,
    };
    Some(html! { <path {class} d={path} /> })
}

//! A trace from a file, as a demo shows one that it measured: chart, legend, words, table; and what the importer had to say.

use std::rc::Rc;

use yew::prelude::*;

use super::events_table::{EventsTable, Named};
use super::provenance::provenance_badge;
use super::replay_bar::ReplayBar;
use super::save_menu::SaveMenu;
use super::verdict::counted;
use crate::app::components::chart::{ChartCanvas, ChartsHead, Source, Traces};
use crate::app::components::{Tone, notice};
use crate::app::hooks::use_resize;
use crate::app::preferences::use_preferences;
use crate::app::stage::{Stage, StageRef};
use crate::engine::OpenedFile;
use crate::timeline::Grouping;
use crate::trace::Trace;
use crate::trace::exchange::stem;

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
    let traces = Traces(vec![Rc::clone(trace)]);
    let choose = {
        let grouping = grouping.clone();
        Callback::from(move |chosen| grouping.set(chosen))
    };
    html! {
        <section class="demo" data-test="trace" data-slices={slices(trace).to_string()} aria-label={name.clone()}>
            <div class="charts">
                <ChartsHead traces={traces.clone()} rested={true} grouping={*grouping} on_group={choose} stage={stage.clone()} {dark} />
                <article class="chart">
                    <header class="chart-head"><h2 class="file-name">{ name }</h2></header>
                    <p class="trace-words" data-test="summary">{ words }</p>
                    <ChartCanvas source={Source::Recorded(Rc::clone(trace))} grouping={*grouping} stage={stage.clone()} {dark}
                        label={format!("{name}. {words}")} />
                    { counted(trace) }
                    <footer class="chart-foot">{ provenance_badge(trace.provenance()) }</footer>
                    <SaveMenu {trace} grouping={*grouping} title={name.clone()}
                        description={AttrValue::from(words.clone())} name={vec![AttrValue::from(stem(name).to_owned())]} />
                </article>
                <ReplayBar {stage} {traces} />
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
    use_resize(&stage);
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

//! What the charts' strokes mean: the entries that the timeline names, each drawn as its painter would, in small.

use yew::prelude::*;

use super::Traces;
use crate::timeline::{LegendEntry, LegendKey, extent, legend};
use crate::trace::State;

/// What a chart most often shows, for whoever has not run anything yet.
const BEFORE: [LegendKey; 5] = [
    LegendKey::State(State::Running),
    LegendKey::State(State::WaitingForIo),
    LegendKey::State(State::Ready),
    LegendKey::State(State::Starting),
    LegendKey::Frame,
];

/// What there is to explain in `traces`, and no more.
pub fn legend_entries(traces: &Traces) -> Vec<LegendEntry> {
    match traces.0.as_slice() {
        [] => BEFORE.map(LegendEntry::of).to_vec(),
        all => legend(all.iter().map(|trace| &**trace)),
    }
}

/// A legend.
pub fn legend_of(entries: &[LegendEntry]) -> Html {
    html! {
        <ul class="legend" aria-label="Legend">
            for LegendEntry { key, words } in entries.iter().copied() {
                <li key={words}><svg viewBox="0 0 24 12" aria-hidden="true">{ drawing(key) }</svg>{ words }</li>
            }
        </ul>
    }
}

fn drawing(key: LegendKey) -> Html {
    let path = |class: &'static str, d: &'static str| html! { <path {class} {d} /> };
    match key {
        LegendKey::State(State::Running) => path("legend-running", "M.5 .5h23v11h-23z"),
        LegendKey::State(State::Ready) => path("", "M1 11l10-10M8 11l10-10M15 11l8-8"),
        LegendKey::State(State::WaitingForIo) => {
            path("legend-waiting", "M5 6h14M5 6a2 2 0 1 1-4 0a2 2 0 0 1 4 0M23 6a2 2 0 1 1-4 0a2 2 0 0 1 4 0")
        }
        LegendKey::State(State::WaitingForLock) => {
            path("", "M.5 .5h23v11h-23zM1 11l10-10M8 11l10-10M15 11l8-8M1 1l10 10M8 1l10 10M15 1l8 8")
        }
        LegendKey::State(State::Starting) => path("legend-starting", "M.5 .5h23v11h-23z"),
        LegendKey::State(State::Overhead) => path("legend-overhead", "M.5 .5h23v11h-23z"),
        LegendKey::Idle => path("legend-idle", "M0 0h24v12h-24z"),
        LegendKey::Hold => path("legend-hold", "M0 8h24v4h-24z"),
        LegendKey::Arrow => html! {
            <><path d="M2 2C2 8 12 10 18 10" /><path class="legend-running" d="M23 10l-6-3v6z" /></>
        },
        LegendKey::Counter => path("", "M0 10h6v-5h6v-3h6v6h6"),
        LegendKey::Frame => path("", "M3 2v8M8 2v8M13 2v8M18 2v8"),
        LegendKey::Mark(kind) => {
            let corners = extent::mark(kind).map(|(x, y)| format!("{:.1},{:.1}", 12.0 + x, 6.0 + y));
            let class = if kind.trouble().is_some() { "legend-trouble" } else { "legend-running" };
            html! { <polygon {class} points={corners.join(" ")} /> }
        }
    }
}

//! The charts as a table: the same trace, slice by slice, for whoever reads or listens instead of looking.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::hooks::SessionRef;
use crate::engine::EngineId;
use crate::timeline::{TableRow, table_rows};
use crate::trace::Trace;

/// More rows than a page can bear to lay out help nobody.
const MOST_ROWS: usize = 400;

/// Whose events.
#[derive(Properties, PartialEq)]
pub struct EventsTableProps {
    /// The session.
    pub session: SessionRef,
}

/// Folded; its rows are made when it is opened.
#[component]
pub fn EventsTable(props: &EventsTableProps) -> Html {
    let open = use_state(|| false);
    let ontoggle = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            let details: HtmlElement = event.target_unchecked_into();
            open.set(details.has_attribute("open"));
        })
    };
    let session = &props.session.0;
    html! {
        <details class="events" data-test="table" {ontoggle}>
            <summary>{ "The same as a table" }</summary>
            if *open {
                for engine in session.engines().iter().copied() {
                    if let Some(trace) = session.trace(engine) {
                        { table(engine, trace) }
                    }
                }
            }
        </details>
    }
}

fn table(engine: EngineId, trace: &Trace) -> Html {
    let rows = table_rows(trace);
    let more = rows.len().saturating_sub(MOST_ROWS);
    html! {
        <div key={engine.key()} class="scroll-x events-of" tabindex="0" role="region" aria-label={format!("Events, {}", engine.name())}>
            <table>
                <caption>{ engine.name() }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Task" }</th>
                        <th scope="col">{ "Where" }</th>
                        <th scope="col">{ "What" }</th>
                        <th scope="col">{ "From (ms)" }</th>
                        <th scope="col">{ "For (ms)" }</th>
                    </tr>
                </thead>
                <tbody>{ for rows.iter().take(MOST_ROWS).enumerate().map(row) }</tbody>
            </table>
            if more > 0 {
                <p class="hint">{ format!("{more} more rows are left out here; the chart has them all.") }</p>
            }
        </div>
    }
}

/// A trace never changes, so that a row's place in it is its identity.
fn row((place, row): (usize, &TableRow)) -> Html {
    html! {
        <tr key={place} data-test="table-row">
            <td>{ row.task }</td>
            <td>{ row.lane }</td>
            <td>{ &row.what }</td>
            <td class="number">{ &row.start }</td>
            <td class="number">{ &row.duration }</td>
        </tr>
    }
}

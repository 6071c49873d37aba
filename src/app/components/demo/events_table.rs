//! The charts as a table: the same trace, slice by slice, for whoever reads or listens instead of looking.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::demo::Session;
use crate::plan::catalogue::grouped;
use crate::timeline::{TableRow, first_rows};
use crate::trace::Trace;

/// More rows than a page can bear to lay out help nobody.
const MOST_ROWS: usize = 400;

/// A trace and its name.
#[derive(Clone)]
pub struct Named {
    /// The name.
    pub name: AttrValue,
    /// The trace.
    pub trace: Rc<Trace>,
}

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Rc::ptr_eq(&self.trace, &other.trace)
    }
}

impl Named {
    /// What the engines of a session recorded.
    pub fn of(session: &Session) -> Vec<Self> {
        let engines = session.engines().iter();
        let named = engines.filter_map(|engine| Some((engine.name(), session.trace(*engine)?)));
        named.map(|(name, trace)| Self { name: name.into(), trace: Rc::clone(trace) }).collect()
    }
}

/// Whose events.
#[derive(Properties, PartialEq)]
pub struct EventsTableProps {
    /// The traces, a table for each.
    pub traces: Vec<Named>,
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
    html! {
        <details class="events" data-test="table" {ontoggle}>
            <summary>{ "The same as a table" }</summary>
            if *open {
                for named in &props.traces {
                    { table(named) }
                }
            }
        </details>
    }
}

fn table(Named { name, trace }: &Named) -> Html {
    let (rows, all) = first_rows(trace, MOST_ROWS);
    let more = all - rows.len();
    html! {
        <div key={name.to_string()} class="scroll-x events-of" tabindex="0" role="region" aria-label={format!("Events, {name}")}>
            <table>
                <caption>{ name }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Task" }</th>
                        <th scope="col">{ "Where" }</th>
                        <th scope="col">{ "What" }</th>
                        <th scope="col">{ "From (ms)" }</th>
                        <th scope="col">{ "For (ms)" }</th>
                    </tr>
                </thead>
                <tbody>{ for rows.iter().enumerate().map(row) }</tbody>
            </table>
            if more > 0 {
                <p class="hint">{ format!("{} more rows are left out here; the chart has them all.", grouped(more as u64)) }</p>
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

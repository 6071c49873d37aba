//! The charts as a table: the same trace, slice by slice, for whoever reads or listens instead of looking.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::demo::Session;
use crate::plan::catalogue::grouped;
use crate::timeline::{Column, TableRow, first_rows};
use crate::trace::Trace;

/// So many rows at a time: a page cannot bear to lay out a hundred thousand.
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
                    <Rows key={named.name.to_string()} named={named.clone()} />
                }
            }
        </details>
    }
}

/// Whose rows.
#[derive(Properties, PartialEq)]
struct RowsProps {
    named: Named,
}

/// What can be sorted by, as its heading says it.
const COLUMNS: [(Column, &str); 5] = [
    (Column::Task, "Task"),
    (Column::Lane, "Where"),
    (Column::What, "What"),
    (Column::Start, "From (ms)"),
    (Column::Duration, "For (ms)"),
];

/// The table of one trace: sorted by a heading that is pressed, the other way when pressed again.
#[component]
fn Rows(props: &RowsProps) -> Html {
    let sorted = use_state_eq(|| (Column::Start, false));
    let (by, descending) = *sorted;
    let shown = use_state_eq(|| MOST_ROWS);
    let Named { name: of, trace } = &props.named;
    let (rows, all) = first_rows(trace, *shown, by, descending);
    let more = all - rows.len();
    let heading = |(column, name): (Column, &'static str)| {
        let order = if descending { "descending" } else { "ascending" };
        let (sort, sign) = if column == by { (order, if descending { "▾" } else { "▴" }) } else { ("none", "") };
        let sorted = sorted.clone();
        let onclick = Callback::from(move |_| sorted.set((column, column == by && !descending)));
        html! {
            <th key={name} scope="col" aria-sort={sort}>
                <button type="button" class="sort" data-test="sort" {onclick}>{ name }<span aria-hidden="true">{ sign }</span></button>
            </th>
        }
    };
    let show_more = {
        let shown = shown.clone();
        Callback::from(move |_| shown.set(*shown + MOST_ROWS))
    };
    html! {
        <div class="scroll-x events-of" tabindex="0" role="region" aria-label={format!("Events, {of}")}>
            <table>
                <caption>{ of }</caption>
                <thead><tr>{ for COLUMNS.into_iter().map(heading) }</tr></thead>
                <tbody>{ for rows.iter().enumerate().map(row) }</tbody>
            </table>
            if more > 0 {
                <p class="hint">
                    { format!("{} more rows. ", grouped(more as u64)) }
                    <button type="button" data-test="more-rows" onclick={show_more}>{ format!("Show {} more", more.min(MOST_ROWS)) }</button>
                </p>
            }
        </div>
    }
}

/// Rows are told apart by their place: the table is made anew when its order changes.
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

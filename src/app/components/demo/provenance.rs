//! Where a chart's numbers come from: in short, and to be opened, in full.

use yew::prelude::*;

use crate::timeline::words::step;
use crate::trace::{Provenance, RequestsBy, SharedMemory, Source};

/// The badge below a chart.
pub fn provenance_badge(provenance: &Provenance) -> Html {
    let source = source(&provenance.source);
    let timer = matches!(provenance.requests, RequestsBy::Timer(_));
    html! {
        <details class="provenance" data-test="provenance">
            <summary>
                <span class="badge">{ source }</span>
                if timer {
                    <span class="badge mind">{ "timer instead of requests" }</span>
                }
                if provenance.dropped_events > 0 {
                    <span class="badge mind">{ "events lost" }</span>
                }
                if provenance.hidden {
                    <span class="badge mind">{ "page was hidden" }</span>
                }
                <span class="provenance-more">{ in_short(provenance) }</span>
            </summary>
            <dl>
                { for rows(provenance).into_iter().map(|(name, value)| html! { <div key={name}><dt>{ name }</dt><dd>{ value }</dd></div> }) }
            </dl>
        </details>
    }
}

fn source(source: &Source) -> &'static str {
    match source {
        Source::Measured => "measured",
        Source::Recorded => "recorded",
        Source::Simulated => "simulated",
        Source::Imported(_) => "imported",
    }
}

/// What decides how far the numbers can be trusted, in a line: “2 cores · clock in steps of 5 µs · shared memory”.
fn in_short(provenance: &Provenance) -> String {
    let clock = step(provenance.clock_resolution_ms);
    if let Source::Imported(file) = &provenance.source {
        return format!("{file} · times in steps of {clock}");
    }
    let cores = cores(provenance.cores);
    if provenance.is_simulated() {
        return format!("{}, on {cores} in virtual time", provenance.engine);
    }
    let memory = match provenance.shared_memory {
        SharedMemory::Used => "shared memory",
        SharedMemory::NotNeeded => "no shared memory needed",
    };
    format!("{cores} · clock in steps of {clock} · {memory}")
}

fn cores(number: u32) -> String {
    if number == 1 { "1 core".into() } else { format!("{number} cores") }
}

fn rows(provenance: &Provenance) -> Vec<(&'static str, String)> {
    let Provenance { cores, clock_resolution_ms, isolated, dropped_events, hidden, .. } = *provenance;
    let clock = step(clock_resolution_ms);
    let origin = match &provenance.source {
        Source::Measured => "Measured in this browser, just now",
        Source::Recorded => "Recorded elsewhere and replayed here",
        Source::Simulated => {
            let mut rows = vec![
                ("Numbers", "Simulated in virtual time: nothing was computed, sent or measured".to_owned()),
                ("Scheduler", provenance.engine.clone()),
                ("Machine", format!("{}, none of them real", self::cores(cores))),
                ("Clock", format!("virtual time in steps of {clock}")),
            ];
            if provenance.requests == RequestsBy::Simulation {
                rows.push(("Requests", "answered by the simulated network".into()));
            }
            return rows;
        }
        Source::Imported(file) => {
            return vec![
                ("Numbers", "Imported: another program measured them".to_owned()),
                ("File", file.clone()),
                ("Clock", format!("times in steps of {clock}")),
            ];
        }
    };
    let mut rows = vec![
        ("Numbers", origin.to_owned()),
        ("Engine", provenance.engine.clone()),
        (
            "Machine",
            if cores == 1 { self::cores(1) } else { format!("{}, as the browser counts them", self::cores(cores)) },
        ),
        ("Clock", format!("steps of {clock}; the page is {}isolated", if isolated { "" } else { "not " })),
        (
            "Shared memory",
            match provenance.shared_memory {
                SharedMemory::Used => "used by the threads".to_owned(),
                SharedMemory::NotNeeded => "not needed by this engine".to_owned(),
            },
        ),
    ];
    match &provenance.requests {
        RequestsBy::Nobody | RequestsBy::Simulation => {}
        RequestsBy::ServiceWorker => {
            rows.push(("Requests", "real ones, answered by this page’s service worker".into()))
        }
        RequestsBy::Servers => rows.push(("Requests", "real ones, answered by the servers that you named".into())),
        RequestsBy::Timer(why) => rows.push(("Requests", format!("a timer instead, because {}", because(why)))),
    }
    if dropped_events > 0 {
        rows.push(("Lost", format!("{dropped_events} events found no room and are missing in the chart")));
    }
    if hidden {
        let what = "for some of the run: browsers draw no frames then, and slow timers down";
        rows.push(("Hidden", what.into()));
    }
    rows.push(("When", provenance.date.clone()));
    rows
}

/// A reason as the end of a sentence.
fn because(why: &str) -> String {
    let why = why.trim().trim_end_matches('.');
    let mut letters = why.chars();
    match letters.next() {
        // ‘I’, ‘API’: not the capital of a sentence's beginning.
        Some(first) if !letters.as_str().starts_with(|c: char| c.is_uppercase()) => {
            format!("{}{}", first.to_lowercase(), letters.as_str())
        }
        _ => why.to_owned(),
    }
}

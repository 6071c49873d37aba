//! What stands below a chart: what was counted, whether the result is right, how it is distributed, and where the numbers
//! come from.

use yew::prelude::*;

use super::provenance::provenance_badge;
use crate::demo::Finished;
use crate::plan::{Bin, Histogram, Verdict};
use crate::timeline::words;
use crate::trace::Trace;

/// What was counted, if anything was.
pub fn counted(trace: &Trace) -> Html {
    let counted = words::counters(trace);
    counted.map(|counted| html! { <p class="counted" data-test="counters">{ counted }</p> }).unwrap_or_default()
}

/// The foot of a finished chart.
pub fn facts(finished: &Finished) -> Html {
    let histogram = finished.verdict.as_ref().and_then(|verdict| verdict.histogram.as_ref());
    html! {
        <footer class="chart-foot">
            { finished.verdict.as_ref().map_or_else(|| nothing_to_check(finished), checked) }
            { provenance_badge(finished.trace.provenance()) }
            if let Some(histogram) = histogram {
                { bars(histogram) }
            }
        </footer>
    }
}

fn checked(verdict: &Verdict) -> Html {
    let (class, sign, said) = match (verdict.correct, &verdict.histogram) {
        (true, None) => ("verdict right", "✓", ": right"),
        // What is spread over a histogram was found out, and cannot be right or wrong.
        (true, Some(_)) => ("verdict", "", ""),
        (false, _) => ("verdict wrong", "✗", ": wrong"),
    };
    html! {
        <p {class} data-test="verdict" data-correct={verdict.correct.to_string()}>
            <span aria-hidden="true">{ sign }</span>
            { " " }{ &verdict.words }
            <span class="visually-hidden">{ said }</span>
        </p>
    }
}

fn nothing_to_check(finished: &Finished) -> Html {
    let why = match finished.is_simulated() {
        true => "Simulated: nothing was computed, so there is no result to check.",
        false => "Recorded elsewhere: its results did not come with the link.",
    };
    html! { <p class="verdict" data-test="verdict">{ why }</p> }
}

/// A bar for each bin, as long as its count; the security policy allows no styles in attributes, so they are drawings.
fn bars(Histogram { title, bins }: &Histogram) -> Html {
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or_default().max(1);
    let bar = |Bin { label, count }: &Bin| {
        html! {
            <li key={*label}>
                <span>{ *label }</span>
                <svg viewBox={format!("0 0 {most} 1")} preserveAspectRatio="none" aria-hidden="true"><rect width={count.to_string()} height="1" /></svg>
                <span class="number"><span class="visually-hidden">{ ": " }</span>{ count }</span>
            </li>
        }
    };
    html! {
        <figure class="histogram" data-test="histogram">
            <figcaption>{ *title }</figcaption>
            <ul>{ for bins.iter().map(bar) }</ul>
        </figure>
    }
}

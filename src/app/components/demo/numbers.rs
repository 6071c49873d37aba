//! The numbers of all engines beside one another.

use yew::prelude::*;

use crate::demo::{Finished, Session, makespan_words, shares_words};
use crate::engine::EngineId;
use crate::timeline::words::duration;

/// A row per engine that came to its end.
pub fn numbers(session: &Session) -> Html {
    html! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="The numbers">
            <table class="numbers" data-test="numbers">
                <caption>{ "The numbers" }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Engine" }</th>
                        <th scope="col">{ "Took" }</th>
                        <th scope="col">{ "Speed-up" }</th>
                        <th scope="col">{ "Computing" }</th>
                        <th scope="col">{ "Tasks in progress" }</th>
                        <th scope="col">{ "Longest time without a frame" }</th>
                    </tr>
                </thead>
                <tbody>{ for session.all_finished().map(|(engine, finished)| row(session, engine, finished)) }</tbody>
            </table>
        </div>
    }
}

fn row(session: &Session, engine: EngineId, finished: &Finished) -> Html {
    let stats = &finished.stats;
    let speed_up = match session.ratio(engine) {
        Some(ratio) if engine.is_real() => format!("{ratio:.1}"),
        Some(ratio) => format!("{ratio:.1}, simulated"),
        None if session.reference().is_some_and(|(reference, _)| reference == engine) => "1".to_owned(),
        None => "too short to tell".to_owned(),
    };
    let gap_ms = stats.longest_frame_gap_ms;
    let gap = gap_ms.map_or_else(|| "not watched".to_owned(), |ms| duration(ms, 1.0));
    html! {
        <tr key={engine.key()} data-test="numbers-row" data-engine={engine.key()}>
            <th scope="row">{ engine.name() }</th>
            <td>{ makespan_words(finished) }</td>
            <td>{ speed_up }</td>
            <td>{ for shares_words(finished).into_iter().map(|text| html! { <span class="lane-share">{ text }</span> }) }</td>
            <td>{ format!("{:.1} on average, {} at most", stats.overlap, stats.peak_in_progress) }</td>
            <td data-test="longest-gap" data-engine={engine.key()} data-ms={gap_ms.map(|ms| ms.to_string())}>{ gap }</td>
        </tr>
    }
}

//! How it measures: what is real, what stands in for what, and what is kept.

use yew::prelude::*;

use crate::app::components::{Tone, measuring, notice};
use crate::app::dom;
use crate::app::hooks::use_attempt;
use crate::app::workbench::{Busy, next_number, use_workbench};
use crate::engine::browser::Measuring;

/// How it measures.
#[component]
pub fn About() -> Html {
    use_effect_with((), |()| dom::set_title("How it measures"));
    let bench = use_workbench();
    let machine = bench.engines.as_ref().map(|engines| engines.machine());
    html! {
        <div class="about prose">
            <h1>{ "How it measures" }</h1>
            <p>
                { "Nothing on a chart is drawn from a script. When you press Run, the program runs in this browser, and every bar is \
                   the time between two readings of its clock." }
            </p>
            if let Some(machine) = machine {
                <h2>{ "This browser" }</h2>
                <dl class="machine" data-test="machine">
                    <dt>{ "Processors it reports" }</dt>
                    <dd>{ machine.cores }</dd>
                    <dt>{ "Smallest step of its clock" }</dt>
                    <dd>{ format!("{} ms", machine.clock_resolution_ms) }</dd>
                    <dt>{ "Threads that share a memory" }</dt>
                    <dd>
                        { match &machine.shared_memory {
                            Ok(()) => "can be had".to_owned(),
                            Err(no) => format!("cannot be had. {} {}", no.why, no.remedy),
                        } }
                    </dd>
                </dl>
                <Measure />
            }
            <h2>{ "What really runs" }</h2>
            <ul>
                <li><strong>{ "Requests" }</strong>{ " are real: each is a fetch that leaves the page. A service worker of this site \
                    answers after the delay you chose, so it needs no server. Where a browser has no service worker, as in some private windows, a \
                    timer stands in, and the badge under the chart says so." }</li>
                <li><strong>{ "The main thread" }</strong>{ " is this page’s own. While it computes or waits, the page draws nothing: the row “page” \
                    shows the frames that were really drawn." }</li>
                <li><strong>{ "The event loop" }</strong>{ " is the browser’s, on the same thread. Tasks take turns where they await." }</li>
                <li><strong>{ "The thread pool" }</strong>{ " is made of Web Workers that share one memory. They run at the same time as far as your \
                    machine has processors for them." }</li>
            </ul>
            <h2>{ "How exact it is" }</h2>
            <p>
                { "Browsers make their clocks coarse on purpose. The badge under each chart names the step, and no number is shown finer. \
                   Other programs and other tabs take time too: run again, and see how much a number moves." }
            </p>
            <h2>{ "What is kept" }</h2>
            <p>
                { "Your progress through the lessons and your choice of light or dark, in this browser alone; and this site’s own files, so that \
                   it opens without a network. A trace that you open from a \
                   file is read here, and forgotten with the page. No account, no tracking, no request to anybody else." }
            </p>
        </div>
    }
}

/// Where the measuring of this browser stands.
enum Standing {
    Offered,
    Going(Measuring),
    Failed(String),
}

/// What simulations of this browser are made of: measured when it is asked for, unless a simulation has done so already.
#[component]
fn Measure() -> Html {
    let (standing, attempt, bench) = (use_state(|| Standing::Offered), use_attempt(), use_workbench());
    let Some(engines) = bench.engines.clone() else { return html! {} };
    if let Some(calibration) = engines.calibration() {
        return html! {
            <>
                <p>{ "A simulation of this browser is made of what was measured in it, the median of five runs each:" }</p>
                <dl class="machine" data-test="calibration">
                    for (name, value) in calibration.rows() {
                        <dt>{ name }</dt><dd>{ value }</dd>
                    }
                </dl>
                for words in calibration.words() {
                    <p class="hint">{ words }</p>
                }
            </>
        };
    }
    let start = {
        let (standing, attempt, bench) = (standing.setter(), attempt.clone(), bench.clone());
        move |_: MouseEvent| {
            let (standing, engines, busy) = (standing.clone(), engines.clone(), Busy::new(&bench, next_number()));
            attempt.begin(async move {
                let _busy = busy;
                let measured = engines.calibrated(|measuring| standing.set(Standing::Going(measuring))).await;
                standing.set(measured.map_or_else(|error| Standing::Failed(error.to_string()), |_| Standing::Offered));
            });
        }
    };
    let cancel = {
        let (standing, attempt) = (standing.setter(), attempt.clone());
        move |_: MouseEvent| {
            attempt.give_up();
            standing.set(Standing::Offered);
        }
    };
    html! {
        <>
            <p>{ "A simulation of this browser is made of what is measured in it: how long workers take to come up, what copying and switching \
                  cost, how fast each kind of work goes, alone and while all cores compute. It takes some seconds." }</p>
            if let Standing::Going(now) = &*standing {
                { measuring(now, "measuring", html! {
                    <button type="button" data-test="measure-cancel" onclick={cancel}>{ "Cancel" }</button>
                }) }
            } else {
                <p><button type="button" class="secondary" data-test="measure" disabled={bench.busy.is_some()} onclick={start}>{ "Measure this browser" }</button></p>
            }
            if let Standing::Failed(why) = &*standing {
                { notice(Tone::Warning, "measure-failed", html! { <>{ why }</> }) }
            }
        </>
    }
}

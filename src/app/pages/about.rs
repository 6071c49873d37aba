//! How it measures: what is real, what stands in for what, and what is kept.

use yew::prelude::*;

use crate::app::dom;
use crate::app::workbench::use_workbench;

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
                { "Your progress through the lessons and your choice of light or dark, in this browser alone. A trace that you open from a \
                   file is read here, and forgotten with the page. No account, no tracking, no request to anybody else." }
            </p>
        </div>
    }
}

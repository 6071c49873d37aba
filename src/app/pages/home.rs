//! Home: what this is in one sentence, one demo that runs in place, and the path of lessons.

use yew::prelude::*;

use crate::app::components::demo::DemoView;
use crate::app::components::lesson::LessonPath;
use crate::app::dom;
use crate::demo::{NINE_REQUESTS, PRIMES, Setup};
use crate::engine::EngineId;

/// The home page.
#[component]
pub fn Home() -> Html {
    use_effect_with((), |()| dom::set_title("Concurrency and parallelism, run for real"));
    // Not the main thread: a first click should not freeze the page.
    let setup =
        use_memo((), |()| Setup { engines: vec![EngineId::AwaitEach, EngineId::Gather], ..Setup::new(&NINE_REQUESTS) });
    html! {
        <div class="home">
            <section class="hero">
                <h1>{ "See what concurrency and parallelism really do: run a program in this browser, and look at when everything happened." }</h1>
                <p class="lead">{ "Nine requests, each answered after 300 ms. Will it make a difference whether they are awaited one by one or all at once?" }</p>
            </section>
            <DemoView demo={&NINE_REQUESTS} setup={(*setup).clone()} />
            <section class="prose">
                <h2>{ "The path" }</h2>
                <p>{ "Guided lessons for people who write Python: predict, run, compare, and say why." }</p>
                <LessonPath />
            </section>
            <section class="prose">
                <h2>{ "Which one, when?" }</h2>
                <p>
                    { "Threads, processes or an event loop for your program? " }
                    <a href="#/guide" data-test="to-guide">{ "Answer five questions" }</a>
                    { ", and see what to begin with, why, and the run that shows it." }
                </p>
            </section>
            <section class="prose">
                <h2>{ "And when there is something to compute?" }</h2>
                <p>
                    { "Waiting can overlap on one thread; computing cannot. " }
                    <a href={format!("#/demo/{}", PRIMES.id)}>{ "Count primes on one thread and on several" }</a>
                    { ", or look at " }<a href="#/demos">{ "all demos" }</a>{ "." }
                </p>
                <p>
                    { "And your own program? Record it, and " }<a href="#/trace">{ "open its trace here" }</a>
                    { ": it stays on your machine." }
                </p>
            </section>
        </div>
    }
}

//! One demo with all that can be turned. Its address always says what is chosen, so that it can be shared or reloaded.

use wasm_bindgen::JsValue;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::app::components::demo::DemoView;
use crate::app::components::{Tone, notice};
use crate::app::dom;
use crate::demo::{Demo, Setup};

/// Which demo.
#[derive(Properties, PartialEq)]
pub struct DemoPageProps {
    /// The demo.
    pub demo: &'static Demo,
}

/// A demo's page.
#[component]
pub fn DemoPage(props: &DemoPageProps) -> Html {
    let demo = props.demo;
    use_effect_with((), move |()| dom::set_title(demo.title));
    let query = use_location().map(|location| location.query_str().to_owned()).unwrap_or_default();
    let read = use_memo(query.clone(), |query| Setup::parse(demo, query));
    let (setup, problems) = &*read;
    let on_setup = Callback::from(move |setup: Setup| {
        let address = dom::address_of(&format!("/demo/{}?{}", demo.id, setup.write(demo)));
        // Past the router, which would mount the demo anew. Fails only where a browser limits how often; the next one counts.
        if let Ok(history) = dom::window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
    });
    html! {
        <div class="demo-page">
            <h1>{ demo.title }</h1>
            <p class="lead">{ demo.sentence }</p>
            if !problems.is_empty() {
                { notice(Tone::Warning, "link-problem", html! { <>
                    <p>{ "Not everything in this link could be read:" }</p>
                    <ul>
                        for problem in problems {
                            <li>{ problem.to_string() }</li>
                        }
                    </ul>
                </> }) }
            }
            <DemoView key={query} {demo} setup={setup.clone()} {on_setup} />
        </div>
    }
}

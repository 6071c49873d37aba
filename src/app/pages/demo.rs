//! One demo with all that can be turned. Its address always says what is chosen, so that it can be shared or reloaded.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::app::components::demo::{DemoView, LinkTo, link_notice};
use crate::app::dom;
use crate::demo::{Demo, Linked, Setup};

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
    let read = use_memo(query.clone(), |query| Linked::parse(demo, query));
    let Linked { setup, recording, problems } = &*read;
    let on_setup = Callback::from(move |setup: Setup| dom::replace_route(&LinkTo::Demo.route(demo, &setup)));
    html! {
        <div class="demo-page">
            <h1>{ demo.title }</h1>
            <p class="lead">{ demo.sentence }</p>
            { link_notice(problems) }
            <DemoView key={query} {demo} setup={setup.clone()} recording={recording.clone()} {on_setup} embeds=true
                sweeps={!demo.swept_on().is_empty()} />
        </div>
    }
}

//! All demos, each with what it shows; in the gallery each with a picture, on the way into somebody's own pages. The tool that these are
//! written with goes from one demo's page to the next.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::app::dom;
use crate::demo::{Demo, Group, OWN_PLAN};
use crate::embed::Tool;

/// Which of the two lists.
#[derive(Properties, PartialEq)]
pub struct DemosProps {
    /// Whether it is the gallery.
    pub gallery: bool,
}

/// The list of demos.
#[component]
pub fn Demos(props: &DemosProps) -> Html {
    let gallery = props.gallery;
    let title = if gallery { "Gallery" } else { "Demos" };
    use_effect_with((), move |()| dom::set_title(title));
    let query = use_location().map(|location| location.query_str().to_owned()).unwrap_or_default();
    let tool = Tool::read(&query).0;
    let page_of = |demo: &Demo| if gallery { tool.gallery(Some(demo)) } else { format!("/demo/{}", demo.id) };
    html! {
        <div class={if gallery { "demos gallery" } else { "demos" }}>
            <h1>{ title }</h1>
            { if gallery { lead_of_gallery(tool) } else { lead() } }
            for group in Group::ALL {
                <section key={group.title()} class="demo-group">
                    <h2>{ group.title() }</h2>
                    <ul class="demo-list">
                        for demo in group.demos() {
                            <li key={demo.id} class="demo-card">
                                if gallery {
                                    { poster(demo) }
                                }
                                <a href={format!("#{}", page_of(demo))}>{ demo.title }</a>
                                <p>{ demo.sentence }</p>
                            </li>
                        }
                    </ul>
                </section>
            }
        </div>
    }
}

fn lead() -> Html {
    html! {
        <p class="lead">
            { "Every one runs here, with the engines and the numbers that you choose. A link keeps your choice. " }
            { "Plans of your own are written in the " }<a href="#/playground">{ "playground" }</a>
            { ", and each demo can be put into your own pages: see the " }<a href="#/gallery">{ "gallery" }</a>{ "." }
        </p>
    }
}

fn lead_of_gallery(tool: Tool) -> Html {
    html! {
        <p class="lead">
            { "Each of these can stand in your own documentation, and runs there. Choose one, with its engines and numbers, and copy a few \
               lines; " }
            <a href={format!("#{}", tool.gallery(Some(&OWN_PLAN)))}>{ "a plan of your own" }</a>
            { " goes there in the same way. The pictures are simulated; what runs is measured." }
        </p>
    }
}

/// What stands in the place of an embedded demo until it is loaded. It has its room before it comes, and comes when it is near.
fn poster(demo: &Demo) -> Html {
    let engines = || demo.engines.iter().map(|engine| engine.name()).collect::<Vec<_>>().join("; ");
    let alt = match demo.workload.takes_urls {
        true => "What it comes to cannot be simulated.".to_owned(),
        false => format!("Charts, simulated: {}.", engines()),
    };
    html! {
        <img class="poster" loading="lazy" decoding="async" width="720" height="480" {alt} src={format!("posters/{}.svg", demo.id)} />
    }
}

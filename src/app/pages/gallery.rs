//! A demo of the gallery: the lines that put it into somebody's pages, as it is chosen, and below them the demo itself, to choose and to try.
//! The address keeps the choice and the tool. How snippets are written, `embed` knows.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::platform::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::app::components::demo::{DemoView, LinkTo, link_notice};
use crate::app::dom;
use crate::app::hooks::SessionRef;
use crate::demo::{Demo, Linked, Setup};
use crate::embed::{Once, Tool, link, site_of};

/// Which demo.
#[derive(Properties, PartialEq)]
pub struct EmbeddableProps {
    /// The demo.
    pub demo: &'static Demo,
}

/// What can be copied.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Snippet,
    Once,
    Link,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Snippet => "snippet",
            Self::Once => "set-up",
            Self::Link => "link",
        }
    }
}

/// What became of a copy.
type Copied = Result<(), &'static str>;

/// A demo's page in the gallery.
#[component]
pub fn Embeddable(props: &EmbeddableProps) -> Html {
    let demo = props.demo;
    use_effect_with((), move |()| dom::set_title(&format!("{} in your pages", demo.title)));
    let query = use_location().map(|location| location.query_str().to_owned()).unwrap_or_default();
    let read = use_memo(query.clone(), |query| {
        let (tool, rest) = Tool::read(query);
        (tool, Linked::parse(demo, rest))
    });
    let (first, Linked { setup, recording, problems }) = &*read;
    // With the address at which it was chosen: another one says itself which.
    let chosen = use_state(|| (query.clone(), *first));
    let tool = if chosen.0 == query { chosen.1 } else { *first };
    let now = use_state_eq(|| Ok::<_, String>(setup.clone()));
    let said = use_state_eq(|| None::<(Part, Copied)>);
    let passing = use_mut_ref(|| None::<Timeout>);
    {
        let said = said.setter();
        use_effect_with((tool, (*now).clone()), move |_| said.set(None));
    }
    let choose = {
        let (chosen, query) = (chosen.setter(), query.clone());
        Callback::from(move |tool: Tool| {
            let route = dom::window().location().hash().unwrap_or_default();
            let (_, rest) = Tool::read(route.split_once('?').map_or("", |(_, query)| query));
            dom::replace_route(&format!("/gallery/{}?{}", demo.id, tool.write(rest)));
            chosen.set((query.clone(), tool));
        })
    };
    let on_setup = Callback::from(move |setup: Setup| dom::replace_route(&LinkTo::Gallery(tool).route(demo, &setup)));
    let on_session = {
        let now = now.setter();
        Callback::from(move |session: SessionRef| now.set(session.0.setup()))
    };
    let copyable = |part, says, text| copyable(part, says, text, &said, &passing);
    let page = dom::address_of("");
    let site = site_of(&page);
    html! {
        <div class="demo-page">
            <p class="back"><a href={format!("#{}", tool.gallery(None))}>{ "Gallery" }</a></p>
            <h1>{ demo.title }</h1>
            <p class="lead">{ demo.sentence }</p>
            { link_notice(problems) }
            <section class="embed-it" aria-labelledby="embed-it">
                <div class="embed-lines">
                    <h2 id="embed-it">{ "Put it into your page" }</h2>
                    <p>{ "These lines say what is chosen below, and change with it." }</p>
                    { tabs(tool, &choose) }
                    <div id="tool" role="tabpanel" aria-labelledby={tab_id(tool)}>
                        { match &*now {
                            Ok(setup) => copyable(Part::Snippet, html! { { tool.place() } }, tool.snippet(demo, setup, site)),
                            Err(why) => html! { <p class="field-error" role="status" data-test="no-snippet">
                                { format!("There is nothing to copy until it can run. {why}") }
                            </p> },
                        } }
                        if let Some(Once { file, needs, code }) = tool.once(site) {
                            { copyable(Part::Once, html! { <>
                                { "Once, in " }<code>{ file }</code>
                                if let Some((what, name)) = needs {
                                    { ", with " }{ what }{ " " }<code>{ name }</code>{ " installed" }
                                }
                                { "." }
                            </> }, code) }
                        }
                    </div>
                </div>
                <div class="embed-also">
                    if let Ok(setup) = &*now {
                        { copyable(Part::Link, html! { { "Or a link." } }, link(demo, setup, site)) }
                    }
                    <p class="hint">
                        { "The demo itself comes from " }<code>{ site }</code>{ ". It also takes " }<code>{ "height" }</code>{ " (in px; 480 are \
                           reserved without it), " }<code>{ "theme" }</code>{ " (light or dark; without it as your page is) and " }
                        <code>{ "autoplay" }</code>{ ", which waits for nobody. If your page has a security policy, let it say " }
                        <code>{ format!("script-src {site}embed.js; frame-src {site}; img-src {site}") }</code>{ "." }
                    </p>
                </div>
            </section>
            <h2>{ "Choose and try it" }</h2>
            <DemoView key={query} {demo} setup={setup.clone()} recording={recording.clone()} page={LinkTo::Gallery(tool)} {on_setup} {on_session} />
        </div>
    }
}

fn tab_id(tool: Tool) -> String {
    format!("tool-{}", tool.key())
}

/// The tools; arrow keys go from one to the next, and round.
fn tabs(chosen: Tool, choose: &Callback<Tool>) -> Html {
    let onkeydown = {
        let choose = choose.clone();
        Callback::from(move |event: KeyboardEvent| {
            let (all, at) = (Tool::ALL.len(), Tool::ALL.iter().position(|tool| *tool == chosen).unwrap_or_default());
            let to = Tool::ALL[match event.key().as_str() {
                "ArrowRight" => (at + 1) % all,
                "ArrowLeft" => (at + all - 1) % all,
                "Home" => 0,
                "End" => all - 1,
                _ => return,
            }];
            event.prevent_default();
            choose.emit(to);
            let tab = dom::window().document().and_then(|document| document.get_element_by_id(&tab_id(to)));
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
                // Refused for an element that cannot have the focus.
                let _ = tab.focus();
            }
        })
    };
    let tab = |tool: Tool| {
        let selected = tool == chosen;
        let onclick = choose.reform(move |_: MouseEvent| tool);
        html! {
            <button key={tool.key()} type="button" role="tab" id={tab_id(tool)} aria-selected={selected.to_string()} aria-controls="tool"
                tabindex={if selected { "0" } else { "-1" }} data-test={tab_id(tool)} {onclick}>{ tool.title() }</button>
        }
    };
    html! { <div role="tablist" aria-label="Written with" {onkeydown}>{ for Tool::ALL.map(tab) }</div> }
}

/// Lines under what is `says` of them, with a button that copies them; where the browser forbids that they are selected, to be copied by hand.
/// `passing` is when what is said of a copy goes.
fn copyable(
    part: Part,
    says: Html,
    text: String,
    said: &UseStateHandle<Option<(Part, Copied)>>,
    passing: &Rc<RefCell<Option<Timeout>>>,
) -> Html {
    let name = part.name();
    let became = (**said).filter(|(of, _)| *of == part).map(|(_, became)| became);
    let onclick = {
        let (said, passing, text) = (said.setter(), passing.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            let (said, passing, text) = (said.clone(), passing.clone(), text.clone());
            spawn_local(async move {
                let became = dom::copy(&text).await;
                said.set(Some((part, became)));
                if became.is_err() {
                    dom::select_text(name);
                }
                // In the place of the one of an earlier copy, which would take this one's words along.
                passing.replace(became.is_ok().then(|| Timeout::new(2_500, move || said.set(None))));
            });
        })
    };
    html! {
        <div class="copyable">
            <p>{ says }</p>
            <button type="button" data-test={format!("take-{name}")} {onclick}>
                { if became == Some(Ok(())) { "Copied".to_owned() } else { format!("Copy the {name}") } }
            </button>
            <pre><code id={name} data-test={name}>{ text }</code></pre>
            <p class={if matches!(became, Some(Err(_))) { "field-error" } else { "visually-hidden" }} role="status">
                { match became {
                    None => String::new(),
                    Some(Ok(())) => format!("The {name} is copied."),
                    Some(Err(why)) => format!("It could not be copied: {why}. It is selected, so that you can."),
                } }
            </p>
        </div>
    }
}

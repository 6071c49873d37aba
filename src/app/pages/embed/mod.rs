//! A demo, a step of a lesson or a trace alone, in a frame of somebody else's page: below it what this browser allows here, and the way to
//! the same thing in a tab of its own.

mod demo;
mod fetched;
mod step;
mod trace;

use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::app::components::{Tone, notice};
use crate::app::dom;
use crate::app::hooks::{Say, use_host};
use crate::app::workbench::use_workbench;
use crate::embed::{Address, AddressProblem, Host, Said, Shown, Unfollowed, badge};

/// What is shown.
#[derive(Properties, PartialEq)]
pub struct EmbedPageProps {
    /// The demo's id, `lesson` or `trace`.
    pub what: AttrValue,
}

/// An embedded page.
#[component]
pub fn EmbedPage(props: &EmbedPageProps) -> Html {
    let query = use_location().map(|location| location.query_str().to_owned()).unwrap_or_default();
    let address = use_memo((props.what.clone(), query), |(what, query)| Address::parse(what, query));
    use_effect_with(address.left_out.clone(), |left_out| {
        left_out.iter().for_each(|what| dom::warn(&format!("Interleave: {what}")));
    });
    use_effect_with((), |()| {
        dom::set_title("Demo");
        leave_by_new_tabs();
    });
    let host = address.host.clone();
    let shown = match &address.shown {
        Ok(Shown::Demo(demo, link)) => html! { <demo::EmbeddedDemo demo={*demo} link={link.clone()} {host} /> },
        Ok(Shown::Step { lesson, step }) => {
            html! { <step::EmbeddedStep lesson={lesson.clone()} step={step.clone()} {host} /> }
        }
        Ok(Shown::Trace(url)) => html! { <trace::EmbeddedTrace url={url.clone()} {host} /> },
        Err(problem) => html! { <Unknown problem={problem.clone()} {host} /> },
    };
    let bench = use_workbench();
    let machine = bench.engines.as_ref().map(|engines| engines.machine());
    html! {
        <main id="main" class="embed" data-test="embed">
            { shown }
            <footer class="embed-foot">
                if let Some(machine) = machine {
                    <span class="badge" data-test="badge">{ badge(machine.shared_memory.is_ok(), machine.cores) }</span>
                }
                if let Some(route) = address.in_full() {
                    <a href={dom::address_of(route.trim_start_matches('#'))} target="_blank" rel="noopener" data-test="own-tab">
                        { "Open in a new tab" }
                    </a>
                }
            </footer>
        </main>
    }
}

#[derive(Properties, PartialEq)]
struct UnknownProps {
    problem: AddressProblem,
    host: Option<Host>,
}

/// An address that shows nothing.
#[component]
fn Unknown(props: &UnknownProps) -> Html {
    let say = use_host(&props.host, Callback::from(|_| Err(Unfollowed::NotReady)));
    let message = props.problem.to_string();
    {
        let message = message.clone();
        use_effect_with((), move |()| say.emit(Said::Error { message }));
    }
    notice(Tone::Error, "embed-problem", html! { <>{ message }</> })
}

/// Every link leads out of the frame: within it there is room for the demo alone.
fn leave_by_new_tabs() {
    let document = dom::window().document();
    let base = document.as_ref().and_then(|document| document.create_element("base").ok());
    if let Some((base, head)) = base.zip(document.and_then(|document| document.head())) {
        let _ = base.set_attribute("target", "_blank");
        let _ = head.append_child(&base);
    }
}

/// Tells the host that it can begin, once `is_ready`, and how high the page would like to be, whenever that changes.
#[hook]
fn use_presence(say: &Say, is_ready: bool) {
    {
        let say = say.clone();
        use_effect_with(is_ready, move |is_ready| {
            if *is_ready {
                say.emit(Said::Ready);
            }
        });
    }
    let say = say.clone();
    use_effect_with((), move |()| {
        let main = dom::window().document().and_then(|document| document.get_element_by_id("main"));
        let observed = main.and_then(|main| observe(main, say));
        move || {
            if let Some((observer, _)) = observed {
                observer.disconnect();
            }
        }
    });
}

type Observed = (ResizeObserver, Closure<dyn FnMut()>);

fn observe(main: Element, say: Say) -> Option<Observed> {
    let height = {
        let main = main.clone();
        move || main.get_bounding_client_rect().height().ceil() as u32
    };
    let mut last = 0;
    let changed = Closure::<dyn FnMut()>::new(move || {
        let now = height();
        if std::mem::replace(&mut last, now) != now {
            say.emit(Said::Size { height: now });
        }
    });
    let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
    observer.observe(&main);
    Some((observer, changed))
}

//! The playground: any plan of the catalogue or one of the learner's own, with all that can be turned, undone and shared. Its address
//! always says what is chosen.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::app::components::demo::{DemoView, LinkTo, link_notice};
use crate::app::dom;
use crate::demo::{Demo, Group, History, Linked, OWN_PLAN, Recording, Session, Setup, find, playground};
use crate::engine::browser::now_ms;
use crate::plan::text;

/// What is chosen: the demo and all about it.
type Chosen = (&'static Demo, Setup);

/// The playground, anew for each link.
#[component]
pub fn Playground() -> Html {
    use_effect_with((), |()| dom::set_title("Playground"));
    let query = use_location().map(|location| location.query_str().to_owned()).unwrap_or_default();
    let linked = use_memo(query.clone(), |query| {
        let (demo, rest, unknown) = playground(query);
        let mut linked = Linked::parse(demo, &rest);
        linked.problems.extend(unknown);
        (demo, linked)
    });
    let (demo, Linked { setup, recording, problems }) = &*linked;
    html! {
        <div class="demo-page">
            <h1>{ "Playground" }</h1>
            <p class="lead">
                { "Compose a plan of your own, or take one of these, and run it on whichever engines can carry it out. \
                   The link keeps all of it." }
            </p>
            { link_notice(problems) }
            <Bench key={query} first={(*demo, setup.clone())} recording={recording.clone()} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BenchProps {
    /// What it opens with.
    first: Chosen,
    /// What the link brought along.
    recording: Option<Recording>,
}

/// What can be chosen, and the demo that is.
#[component]
fn Bench(props: &BenchProps) -> Html {
    let history = use_mut_ref(|| History::new(settled(props.first.clone())));
    // How often something was chosen from outside of the demo.
    let revision = use_state(|| 0_u32);
    let update = use_force_update();
    let choose = {
        let (history, revision) = (history.clone(), revision.clone());
        Callback::from(move |change: fn(&mut History<Chosen>)| {
            change(&mut history.borrow_mut());
            let (demo, setup) = history.borrow().now().clone();
            dom::replace_route(&LinkTo::Playground.route(demo, &setup));
            revision.set(*revision + 1);
        })
    };
    {
        let choose = choose.clone();
        use_effect_with(*revision, move |_| {
            let document = dom::window().document();
            let listener = document.map(|document| {
                EventListener::new_with_options(
                    &document,
                    "keydown",
                    EventListenerOptions::enable_prevent_default(),
                    move |event| {
                        if let Some(change) = event.dyn_ref().and_then(by_keys) {
                            event.prevent_default();
                            choose.emit(change);
                        }
                    },
                )
            });
            move || drop(listener)
        });
    }
    let take = {
        let (history, choose) = (history.clone(), choose.clone());
        move |chosen: Chosen| {
            history.borrow_mut().change(settled(chosen), false, now_ms());
            choose.emit(|_| ());
        }
    };
    let (demo, setup) = history.borrow().now().clone();
    let onchange = {
        let take = take.clone();
        move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            find(&select.value()).into_iter().for_each(|demo| take((demo, Setup::new(demo))));
        }
    };
    let as_text = {
        let setup = setup.clone();
        move |_: MouseEvent| take((&OWN_PLAN, in_words(demo, &setup)))
    };
    let on_setup = {
        let history = history.clone();
        Callback::from(move |setup: Setup| {
            dom::replace_route(&LinkTo::Playground.route(demo, &setup));
            let mut history = history.borrow_mut();
            // Boxes are ticked one by one; numbers and texts are typed.
            let is_typed = setup.engines == history.now().1.engines;
            history.change((demo, setup), is_typed, now_ms());
            update.force_update();
        })
    };
    let settle = {
        let history = history.clone();
        move |_: FocusEvent| history.borrow_mut().settle()
    };
    let (can_undo, can_redo) = (history.borrow().can_undo(), history.borrow().can_redo());
    let option = |other: &'static Demo| html! { <option key={other.id} value={other.id} selected={other == demo}>{ other.title }</option> };
    html! {
        <div onfocusout={settle}>
            <div class="playground-bar">
                <div class="field">
                    <label for="playground-demo">{ "What to run" }</label>
                    <select id="playground-demo" data-test="playground-demo" {onchange}>
                        { option(&OWN_PLAN) }
                        for group in Group::ALL {
                            <optgroup key={group.title()} label={group.title()}>{ for group.demos().map(option) }</optgroup>
                        }
                    </select>
                </div>
                <button type="button" data-test="undo" disabled={!can_undo}
                    onclick={choose.reform(|_: MouseEvent| undo as fn(&mut _))}>{ "Undo" }</button>
                <button type="button" data-test="redo" disabled={!can_redo}
                    onclick={choose.reform(|_: MouseEvent| redo as fn(&mut _))}>{ "Redo" }</button>
                if !demo.workload.takes_plan {
                    <button type="button" data-test="as-text" onclick={as_text}>{ "Open as text" }</button>
                }
            </div>
            <p class="playground-sentence">{ demo.sentence }</p>
            <DemoView key={demo.id} {demo} {setup} revision={*revision} page={LinkTo::Playground} {on_setup}
                recording={props.recording.clone().filter(|_| demo == props.first.0)} />
        </div>
    }
}

/// As the demo itself says it: without values of parameters that are not shown.
fn settled((demo, setup): Chosen) -> Chosen {
    let draft = Session::new(demo, &setup).draft();
    (demo, draft.unwrap_or(setup))
}

fn undo(history: &mut History<Chosen>) {
    history.undo();
}

fn redo(history: &mut History<Chosen>) {
    history.redo();
}

/// What a key means, unless a text field has the focus, which undoes for itself.
fn by_keys(event: &KeyboardEvent) -> Option<fn(&mut History<Chosen>)> {
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let in_text = |element: Element| element.matches("textarea, input[type=text]").unwrap_or(false);
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || target.is_some_and(in_text) {
        return None;
    }
    match (event.key().to_lowercase().as_str(), event.shift_key()) {
        ("z", false) => Some(undo),
        ("z", true) | ("y", false) => Some(redo),
        _ => None,
    }
}

/// The plan that `demo` has with `setup`, as a plan of the learner's own on the same engines.
fn in_words(demo: &'static Demo, setup: &Setup) -> Setup {
    let values = setup.values.with_plan_text(&text::write(&demo.plan(&setup.values)));
    Setup { engines: setup.engines.clone(), values, sweep: None }
}

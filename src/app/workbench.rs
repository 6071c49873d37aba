//! The engines of this page, shared by all demos on it, and whose turn it is: two demos never run at the same time, because
//! each would disturb the other's measurement.

use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use yew::html::ChildrenProps;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::app::dom;
use crate::engine::browser::{Engines, Machine};

/// What demos share. Changes when the engines are there and when a run begins or ends.
#[derive(Clone)]
pub struct Workbench {
    /// The engines; `None` while the page finds out what this browser can do.
    pub engines: Option<Rc<Engines>>,
    /// Whether workers come up before anything runs. An embedded demo, one of many on a page, takes nothing until it is run.
    pub is_keen: bool,
    /// The demo that runs, by the number it was given; `None` if none does.
    pub busy: Option<u32>,
    /// Says that a run begins or ends.
    pub set_busy: Callback<Option<u32>>,
}

impl PartialEq for Workbench {
    fn eq(&self, other: &Self) -> bool {
        let engines = |bench: &Self| bench.engines.as_ref().map(Rc::as_ptr);
        engines(self) == engines(other) && self.busy == other.busy
    }
}

/// Finds out what this browser can do, once, and hands the engines down.
#[component]
pub fn WorkbenchProvider(props: &ChildrenProps) -> Html {
    let engines = use_state(|| None::<Rc<Engines>>);
    let busy = use_state(|| None::<u32>);
    {
        let engines = engines.clone();
        use_effect_with((), move |()| {
            spawn_local(async move {
                let machine = Machine::probe().await;
                engines.set(Some(Rc::new(Engines::new(machine))));
            });
        });
    }
    // Effects run when the page shows it: from now on Run can be pressed.
    use_effect_with(engines.is_some(), |ready| {
        if *ready {
            dom::mark("run-ready");
        }
    });
    let set_busy = {
        let busy = busy.clone();
        use_callback((), move |now, ()| busy.set(now))
    };
    let is_keen = !dom::is_embedded();
    let bench = Workbench { engines: (*engines).clone(), is_keen, busy: *busy, set_busy };
    html! { <ContextProvider<Workbench> context={bench}>{ props.children.clone() }</ContextProvider<Workbench>> }
}

/// The workbench.
#[hook]
pub fn use_workbench() -> Workbench {
    use_context::<Workbench>().expect("the app provides a workbench")
}

/// Numbers for whoever runs something, so that each knows its own run from another's.
pub fn next_number() -> u32 {
    static NUMBERS: AtomicU32 = AtomicU32::new(0);
    NUMBERS.fetch_add(1, Ordering::Relaxed)
}

/// Keeps everybody else on the page from running something, until it is dropped.
pub struct Busy(Callback<Option<u32>>);

impl Busy {
    /// From now on, for whoever has this number.
    pub fn new(bench: &Workbench, number: u32) -> Self {
        bench.set_busy.emit(Some(number));
        Self(bench.set_busy.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.emit(None);
    }
}

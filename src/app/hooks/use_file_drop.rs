//! Files that are dropped on the page, wherever: a browser would otherwise leave the page and show the file.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File};
use yew::prelude::*;

use crate::app::dom::window;

/// Calls `on_file` with a file that is dropped, the first if there are several; says whether one hangs over the page now.
#[hook]
pub fn use_file_drop(on_file: Callback<File>) -> bool {
    let over = use_state_eq(|| false);
    let newest = use_mut_ref(Callback::noop);
    *newest.borrow_mut() = on_file;
    {
        let over = over.setter();
        use_effect_with((), move |()| {
            let listen = |name: &'static str, act: Box<dyn Fn(&DragEvent)>| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&window(), name, options, move |event| {
                    // A text that is dragged into a field is no concern of this page.
                    if let Some(event) = event.dyn_ref::<DragEvent>().filter(|event| has_files(event)) {
                        event.prevent_default();
                        act(event);
                    }
                })
            };
            let (hangs, leaves) = (over.clone(), over.clone());
            let dropped = move |event: &DragEvent| {
                over.set(false);
                let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
                let on_file: Callback<File> = newest.borrow().clone();
                file.into_iter().for_each(|file| on_file.emit(file));
            };
            let listeners = [
                listen("dragover", Box::new(move |_| hangs.set(true))),
                // From one element to the next it leaves, too; only out of the window it comes to none.
                listen("dragleave", Box::new(move |event| leaves.set(event.related_target().is_some()))),
                listen("drop", Box::new(dropped)),
            ];
            move || drop(listeners)
        });
    }
    *over
}

fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().iter().any(|kind| kind == "Files"))
}

//! How wide an element is, for what is laid out by its width.

use gloo::events::EventListener;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::dom::window;

/// A node for the element, and its width, CSS px: as it was when the element came, and when the window's size changed last.
#[hook]
pub fn use_width() -> (NodeRef, f64) {
    let place = use_node_ref();
    let width_px = use_state_eq(|| 0.0);
    {
        let (place, set) = (place.clone(), width_px.setter());
        use_effect_with((), move |()| {
            let measure = move || {
                if let Some(element) = place.cast::<HtmlElement>() {
                    set.set(f64::from(element.client_width()));
                }
            };
            measure();
            let listener = EventListener::new(&window(), "resize", move |_| measure());
            move || drop(listener)
        });
    }
    (place, *width_px)
}

//! The focus of who presses a button that then goes away: it moves to what has taken the button's place, or else it would be
//! lost, and with it the place of whoever uses the keyboard or a screen reader.

use web_sys::HtmlElement;
use yew::prelude::*;

/// A node for the element around (with `tabindex="-1"`), and what to call when the button is pressed: after the next rendering
/// the focus is on that element.
#[hook]
pub fn use_refocus() -> (NodeRef, Callback<()>) {
    let place = use_node_ref();
    let wanted = use_mut_ref(|| false);
    {
        let (place, wanted) = (place.clone(), wanted.clone());
        use_effect(move || {
            if let Some(element) = place.cast::<HtmlElement>().filter(|_| wanted.replace(false)) {
                // Refused for an element that cannot have the focus.
                let _ = element.focus();
            }
        });
    }
    (place, Callback::from(move |()| *wanted.borrow_mut() = true))
}

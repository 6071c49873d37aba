//! Charts are as wide as their page.

use gloo::events::EventListener;
use yew::prelude::*;

use crate::app::dom::window;
use crate::app::stage::StageRef;

/// Draws a stage's charts anew when the window has another size.
#[hook]
pub fn use_resize(stage: &StageRef) {
    let stage = stage.clone();
    use_effect_with((), move |()| {
        let listener = EventListener::new(&window(), "resize", move |_| stage.0.draw());
        move || drop(listener)
    });
}

//! Frames past the virtual DOM, for as long as they are wanted.

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::browser::Frames;

/// Calls `on_frame` before each paint with the frame's time (ms) while `active`; with a rest (ms) after each, in which no frame is
/// asked for, since a browser does a good part of its work for one that draws nothing, too. It must not change Yew state at each call.
#[hook]
pub fn use_frame(active: bool, rest_ms: u32, on_frame: impl Fn(f64) + 'static) {
    let newest = use_mut_ref(|| None::<Rc<dyn Fn(f64)>>);
    *newest.borrow_mut() = Some(Rc::new(on_frame));
    use_effect_with((active, rest_ms), move |(active, rest_ms)| {
        let on_frame = move |time_ms| {
            let on_frame = newest.borrow().clone();
            if let Some(on_frame) = on_frame {
                on_frame(time_ms);
            }
        };
        let frames = active.then(|| Frames::start(*rest_ms, on_frame));
        move || drop(frames)
    });
}

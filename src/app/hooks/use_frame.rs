//! Sixty frames a second past the virtual DOM: one closure, asked for again at each frame, cancelled when it is no longer
//! wanted.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use crate::app::dom::window;

/// Calls `on_frame` before each paint with the frame's time (ms) while `active`. It must not change Yew state at each call.
#[hook]
pub fn use_frame(active: bool, on_frame: impl Fn(f64) + 'static) {
    let newest = use_mut_ref(|| None::<Rc<dyn Fn(f64)>>);
    *newest.borrow_mut() = Some(Rc::new(on_frame));
    use_effect_with(active, move |active| {
        let frames = active.then(|| Frames::start(newest));
        move || drop(frames)
    });
}

/// Frames being asked for, until dropped.
struct Frames {
    id: Rc<Cell<i32>>,
    _closure: Rc<RefCell<Option<Closure<dyn FnMut(f64)>>>>,
}

impl Frames {
    fn start(newest: Rc<RefCell<Option<Rc<dyn Fn(f64)>>>>) -> Self {
        let id = Rc::new(Cell::new(0));
        let closure: Rc<RefCell<Option<Closure<dyn FnMut(f64)>>>> = Rc::default();
        let (again, again_id) = (Rc::downgrade(&closure), Rc::clone(&id));
        *closure.borrow_mut() = Some(Closure::new(move |time_ms| {
            let on_frame = newest.borrow().clone();
            if let Some(on_frame) = on_frame {
                on_frame(time_ms);
            }
            if let Some(closure) = again.upgrade() {
                request(&closure, &again_id);
            }
        }));
        request(&closure, &id);
        Self { id, _closure: closure }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        // A frame that has come already is no error.
        let _ = window().cancel_animation_frame(self.id.get());
    }
}

fn request(closure: &RefCell<Option<Closure<dyn FnMut(f64)>>>, id: &Cell<i32>) {
    if let Some(closure) = &*closure.borrow() {
        id.set(window().request_animation_frame(closure.as_ref().unchecked_ref()).unwrap_or_default());
    }
}

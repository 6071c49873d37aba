//! Frames past the virtual DOM: one closure, asked for again after each frame, cancelled when it is no longer wanted.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use yew::prelude::*;

use crate::app::dom::window;

/// Calls `on_frame` before each paint with the frame's time (ms) while `active`; with a rest (ms) after each, in which no frame is
/// asked for, since a browser does a good part of its work for one that draws nothing, too. It must not change Yew state at each call.
#[hook]
pub fn use_frame(active: bool, rest_ms: u32, on_frame: impl Fn(f64) + 'static) {
    let newest = use_mut_ref(|| None::<Rc<dyn Fn(f64)>>);
    *newest.borrow_mut() = Some(Rc::new(on_frame));
    use_effect_with((active, rest_ms), move |(active, rest_ms)| {
        let frames = active.then(|| Frames::start(newest, *rest_ms));
        move || drop(frames)
    });
}

/// Frames being asked for, until dropped.
struct Frames(Rc<Asking>);

struct Asking {
    rest_ms: u32,
    /// The frame that was asked for.
    frame: Cell<i32>,
    rest: Cell<Option<Timeout>>,
    closure: Closure<dyn FnMut(f64)>,
}

impl Frames {
    fn start(newest: Rc<RefCell<Option<Rc<dyn Fn(f64)>>>>, rest_ms: u32) -> Self {
        let asking = Rc::new_cyclic(|asking: &Weak<Asking>| {
            let again = asking.clone();
            let closure = Closure::new(move |time_ms| {
                let on_frame = newest.borrow().clone();
                if let Some(on_frame) = on_frame {
                    on_frame(time_ms);
                }
                let _ = again.upgrade().map(|asking| asking.ask_again(&again));
            });
            Asking { rest_ms, frame: Cell::default(), rest: Cell::default(), closure }
        });
        asking.ask();
        Self(asking)
    }
}

impl Asking {
    fn ask(&self) {
        let callback = self.closure.as_ref().unchecked_ref();
        self.frame.set(window().request_animation_frame(callback).unwrap_or_default());
    }

    fn ask_again(&self, this: &Weak<Self>) {
        if self.rest_ms == 0 {
            return self.ask();
        }
        let this = this.clone();
        self.rest.set(Some(Timeout::new(self.rest_ms, move || {
            let _ = this.upgrade().map(|asking| asking.ask());
        })));
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        // A frame that has come already is no error.
        let _ = window().cancel_animation_frame(self.0.frame.get());
    }
}

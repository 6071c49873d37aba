//! The frames that the page really draws: waiting for the next one, and the heartbeat lane which shows when none came.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use gloo::events::EventListener;
use wasm_bindgen::prelude::*;

use super::clock::now_ms;
use crate::engine::Live;
use crate::trace::{LaneId, LaneKind, Mark, MarkKind, TraceError};

/// Resolves when the page is about to draw, or after `at_most_ms` where it draws nothing, as in a hidden tab.
async fn next_frame_within(at_most_ms: u32) {
    let (drawn, frame) = oneshot::channel();
    let id = request_frame(&Closure::once_into_js(move || {
        // The receiver is gone when the time was up first.
        let _ = drawn.send(());
    }));
    let timeout = gloo::timers::future::TimeoutFuture::new(at_most_ms);
    futures::future::select(frame, timeout).await;
    cancel_frame(id);
}

/// Resolves when what the page shows now has been painted.
pub(super) async fn painted() {
    // The first callback runs before its frame is painted, the second after.
    next_frame_within(200).await;
    next_frame_within(200).await;
}

/// Marks every frame on a lane of its own until it is dropped.
pub(super) struct Heartbeat {
    lane: LaneId,
    frame: Rc<Cell<i32>>,
    _on_frame: Rc<RefCell<Option<Closure<dyn FnMut()>>>>,
    _on_hidden: EventListener,
}

impl Heartbeat {
    /// The page's own lane.
    pub(super) fn lane(&self) -> LaneId {
        self.lane
    }

    /// Adds the lane to `live` and starts marking.
    pub(super) fn start(live: &Rc<Live>) -> Result<Self, TraceError> {
        let lane = live.record(|recorder| recorder.add_lane(LaneKind::Heartbeat, "page"))?;
        let frame = Rc::new(Cell::new(0));
        let on_frame: Rc<RefCell<Option<Closure<dyn FnMut()>>>> = Rc::default();
        let again = (Rc::clone(&frame), Rc::downgrade(&on_frame), Rc::clone(live));
        *on_frame.borrow_mut() = Some(Closure::new(move || {
            let (frame, on_frame, live) = &again;
            mark(live, lane);
            if let Some(on_frame) = on_frame.upgrade()
                && let Some(closure) = &*on_frame.borrow()
            {
                frame.set(request_frame(closure.as_ref()));
            }
        }));
        if let Some(closure) = &*on_frame.borrow() {
            frame.set(request_frame(closure.as_ref()));
        }
        Ok(Self { lane, frame, _on_frame: on_frame, _on_hidden: note_when_hidden(live) })
    }
}

/// Notes in the provenance if the page is hidden now or later: then it draws nothing, without being frozen.
fn note_when_hidden(live: &Rc<Live>) -> EventListener {
    let document = web_sys::window().and_then(|window| window.document()).expect("engines run on a page");
    let note = {
        let (live, document) = (Rc::clone(live), document.clone());
        move || {
            if document.hidden() {
                live.amend_provenance(|provenance| provenance.hidden = true);
            }
        }
    };
    note();
    EventListener::new(&document, "visibilitychange", move |_| note())
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        cancel_frame(self.frame.get());
    }
}

fn mark(live: &Live, lane: LaneId) {
    let at_ms = live.since_start(now_ms());
    // Cannot fail: the lane exists and the clock of one thread does not go back.
    let _ = live.record(|recorder| recorder.mark(lane, Mark { at_ms, task: None, kind: MarkKind::Frame }));
}

fn request_frame(callback: &JsValue) -> i32 {
    let window = web_sys::window().expect("engines run on a page");
    window.request_animation_frame(callback.unchecked_ref()).unwrap_or_default()
}

fn cancel_frame(id: i32) {
    // Fails for no id; one that has fired already is ignored.
    let _ = web_sys::window().expect("engines run on a page").cancel_animation_frame(id);
}

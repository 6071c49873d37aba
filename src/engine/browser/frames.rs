//! The frames that the page really draws: waiting for the next one, and the heartbeat lane which shows when none came.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use futures::channel::oneshot;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
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

/// From a frame until the next is asked for, ms, while workers compute: so every other frame is drawn. To draw all of them takes a
/// seventh of a core from the workers.
const PAUSE_MS: u32 = 20;

/// Marks frames on a lane of its own until it is dropped.
pub(super) struct Heartbeat {
    beat: Rc<Beat>,
    _on_hidden: EventListener,
}

struct Beat {
    live: Rc<Live>,
    lane: LaneId,
    beside_workers: bool,
    /// The frame that was asked for.
    frame: Cell<i32>,
    pause: Cell<Option<Timeout>>,
    on_frame: Closure<dyn FnMut()>,
}

impl Heartbeat {
    /// The page's own lane.
    pub(super) fn lane(&self) -> LaneId {
        self.beat.lane
    }

    /// Adds the lane to `live` and starts marking: every frame, or every other beside workers that compute.
    pub(super) fn start(live: &Rc<Live>, beside_workers: bool) -> Result<Self, TraceError> {
        let lane = live.record(|recorder| recorder.add_lane(LaneKind::Heartbeat, "page"))?;
        let beat = Rc::new_cyclic(|beat: &Weak<Beat>| {
            let drawn = beat.clone();
            let on_frame = Closure::new(move || {
                let _ = drawn.upgrade().map(|beat| beat.frame_drawn(&drawn));
            });
            let (frame, pause) = (Cell::default(), Cell::default());
            Beat { live: Rc::clone(live), lane, beside_workers, frame, pause, on_frame }
        });
        beat.ask_for_frame();
        Ok(Self { beat, _on_hidden: note_when_hidden(live) })
    }
}

impl Beat {
    fn ask_for_frame(&self) {
        self.frame.set(request_frame(self.on_frame.as_ref()));
    }

    fn frame_drawn(&self, this: &Weak<Self>) {
        let at_ms = self.live.since_start(now_ms());
        let mark = Mark { at_ms, task: None, kind: MarkKind::Frame };
        // Cannot fail: the lane exists and the clock of one thread does not go back.
        let _ = self.live.record(|recorder| recorder.mark(self.lane, mark));
        if self.beside_workers {
            let this = this.clone();
            self.pause.set(Some(Timeout::new(PAUSE_MS, move || {
                let _ = this.upgrade().map(|beat| beat.ask_for_frame());
            })));
        } else {
            self.ask_for_frame();
        }
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
        cancel_frame(self.beat.frame.get());
    }
}

fn request_frame(callback: &JsValue) -> i32 {
    let window = web_sys::window().expect("engines run on a page");
    window.request_animation_frame(callback.unchecked_ref()).unwrap_or_default()
}

fn cancel_frame(id: i32) {
    // Fails for no id; one that has fired already is ignored.
    let _ = web_sys::window().expect("engines run on a page").cancel_animation_frame(id);
}

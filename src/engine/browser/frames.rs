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

/// From a frame until the next is asked for, ms, while workers compute: so every other frame is drawn, since the browser's own threads
/// take the cores from the workers for each, also where nothing has changed.
pub const PAUSE_MS: u32 = 20;

/// Frames that are asked for one after another, until dropped.
pub struct Frames(Rc<Asking>);

struct Asking {
    pause_ms: u32,
    /// The frame that was asked for.
    frame: Cell<i32>,
    pause: Cell<Option<Timeout>>,
    on_frame: Closure<dyn FnMut(f64)>,
}

impl Frames {
    /// Calls `on_frame` before each paint, with the frame's time (ms). With a pause (ms) after each, in which none is asked for.
    pub fn start(pause_ms: u32, on_frame: impl Fn(f64) + 'static) -> Self {
        let asking = Rc::new_cyclic(|asking: &Weak<Asking>| {
            let again = asking.clone();
            let on_frame = Closure::new(move |time_ms| {
                on_frame(time_ms);
                let _ = again.upgrade().map(|asking| asking.ask_again(&again));
            });
            Asking { pause_ms, frame: Cell::default(), pause: Cell::default(), on_frame }
        });
        asking.ask();
        Self(asking)
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        cancel_frame(self.0.frame.get());
    }
}

impl Asking {
    fn ask(&self) {
        self.frame.set(request_frame(self.on_frame.as_ref()));
    }

    fn ask_again(&self, this: &Weak<Self>) {
        if self.pause_ms == 0 {
            return self.ask();
        }
        let this = this.clone();
        self.pause.set(Some(Timeout::new(self.pause_ms, move || {
            let _ = this.upgrade().map(|asking| asking.ask());
        })));
    }
}

/// Marks frames on a lane of its own until it is dropped.
pub(super) struct Heartbeat {
    lane: LaneId,
    _frames: Frames,
    _on_hidden: EventListener,
}

impl Heartbeat {
    /// The page's own lane.
    pub(super) fn lane(&self) -> LaneId {
        self.lane
    }

    /// Adds the lane to `live` and starts marking: every frame, or every other beside workers that compute.
    pub(super) fn start(live: &Rc<Live>, beside_workers: bool) -> Result<Self, TraceError> {
        let lane = live.record(|recorder| recorder.add_lane(LaneKind::Heartbeat, "page"))?;
        let drawn = {
            let live = Rc::clone(live);
            move |_| {
                let mark = Mark { at_ms: live.since_start(now_ms()), task: None, kind: MarkKind::Frame };
                // Cannot fail: the lane exists and the clock of one thread does not go back.
                let _ = live.record(|recorder| recorder.mark(lane, mark));
            }
        };
        let frames = Frames::start(if beside_workers { PAUSE_MS } else { 0 }, drawn);
        Ok(Self { lane, _frames: frames, _on_hidden: note_when_hidden(live) })
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

fn request_frame(callback: &JsValue) -> i32 {
    let window = web_sys::window().expect("engines run on a page");
    window.request_animation_frame(callback.unchecked_ref()).unwrap_or_default()
}

fn cancel_frame(id: i32) {
    // Fails for no id; one that has fired already is ignored.
    let _ = web_sys::window().expect("engines run on a page").cancel_animation_frame(id);
}

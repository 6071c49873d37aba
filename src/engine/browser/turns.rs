//! Giving up a thread that has an event loop, the page's or a process's, until the loop has come round.

use std::cell::RefCell;
use std::collections::VecDeque;

use futures::channel::oneshot;
use wasm_bindgen::prelude::*;
use web_sys::MessageChannel;

thread_local! {
    static TURNS: Turns = Turns::new();
    static WAITING: RefCell<VecDeque<oneshot::Sender<()>>> = RefCell::default();
}

/// Brings the event loop round for tasks that wait for a turn, first come first served: by a message to itself, which has no
/// 4 ms added as nested timers have. Never more than one message is on its way, or the page's frames would have to queue
/// behind the turns of all tasks.
struct Turns {
    channel: MessageChannel,
    _on_message: Closure<dyn FnMut()>,
}

impl Turns {
    fn new() -> Self {
        let channel = MessageChannel::new().expect("every browser with wasm has MessageChannel");
        let on_message = Closure::new(|| {
            let (next, more) = WAITING.with_borrow_mut(|waiting| (waiting.pop_front(), !waiting.is_empty()));
            if more {
                TURNS.with(Turns::come_round);
            }
            // Nobody waits any more when the run was cancelled meanwhile.
            let _ = next.map(|task| task.send(()));
        });
        channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Self { channel, _on_message: on_message }
    }

    fn come_round(&self) {
        // Posting undefined to an open port cannot fail.
        self.channel.port2().post_message(&JsValue::UNDEFINED).unwrap_throw();
    }
}

/// Gives up the thread; resolves when the event loop has come round to this task again.
pub(super) async fn turn() {
    let (sender, turn) = oneshot::channel();
    let first = WAITING.with_borrow_mut(|waiting| {
        waiting.push_back(sender);
        waiting.len() == 1
    });
    if first {
        TURNS.with(Turns::come_round);
    }
    // Cannot be dropped unsent: the queue lives as long as the thread.
    let _ = turn.await;
}

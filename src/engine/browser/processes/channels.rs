//! Queues between processes: a message port from the task that puts to the task that takes. Nothing is shared, so who puts knows
//! only how much room there is left: it has as many credits as the queue has places, and gets one back for each message taken.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use futures::channel::oneshot;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{MessageChannel, MessageEvent, MessagePort};

use crate::engine::browser::requests::text;
use crate::plan::{ObjectKind, Plan, Step};

/// Where in a described end its port stands: queue, capacity, port.
pub(super) const PORT: u32 = 2;

/// Makes a channel for each queue of the plan; for each task the ends that it needs.
pub(super) fn connect(plan: &Plan) -> Result<Vec<Array>, String> {
    let ends: Vec<Array> = plan.tasks.iter().map(|_| Array::new()).collect();
    for (queue, object) in (0..).zip(&plan.objects) {
        let ObjectKind::Queue { capacity } = object.kind else { continue };
        let channel = MessageChannel::new().map_err(text)?;
        for (task, ends) in plan.tasks.iter().zip(&ends) {
            let puts = task.steps.iter().any(|step| matches!(step, Step::Put { queue: to, .. } if *to == queue));
            let takes = task.steps.iter().any(|step| matches!(step, Step::Take(from) if *from == queue));
            for (has, port) in [(puts, channel.port1()), (takes, channel.port2())] {
                if has {
                    ends.push(&Array::of3(&queue.into(), &capacity.into(), &port));
                }
            }
        }
    }
    Ok(ends)
}

/// One end of a queue.
pub(super) struct End {
    port: MessagePort,
    inbox: Rc<Inbox>,
    /// Messages put by this end until now.
    put: Cell<u32>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

/// What has come through the port and was not taken yet.
struct Inbox {
    /// Room that is left, for the end that puts.
    credits: Cell<u32>,
    messages: RefCell<VecDeque<Message>>,
    waiting: RefCell<Option<oneshot::Sender<()>>>,
}

/// A message that was received.
#[derive(Clone, Copy)]
pub(super) struct Message {
    /// What it says.
    pub(super) value: u32,
    /// Which one of the queue it is.
    pub(super) number: u32,
}

impl End {
    /// The end that `connect` described; with the number of its queue.
    pub(super) fn open(described: &Array) -> (u32, Self) {
        let number = |index| described.get(index).as_f64().unwrap_or_default() as u32;
        let port: MessagePort = described.get(PORT).unchecked_into();
        let inbox =
            Rc::new(Inbox { credits: Cell::new(number(1)), messages: RefCell::default(), waiting: RefCell::default() });
        let heard = Rc::clone(&inbox);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| heard.hear(&event.data()));
        port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        (number(0), Self { port, inbox, put: Cell::new(0), _on_message: on_message })
    }

    /// Whether a message can be put, or one be taken, without waiting.
    pub(super) fn is_ready(&self, to_put: bool) -> bool {
        if to_put { self.inbox.credits.get() > 0 } else { !self.inbox.messages.borrow().is_empty() }
    }

    /// Resolves when something has come through the port.
    pub(super) async fn change(&self) {
        let (tell, told) = oneshot::channel();
        self.inbox.waiting.replace(Some(tell));
        // Cannot be dropped unsent: one task at a time waits here.
        let _ = told.await;
    }

    /// The number that the next message put will have.
    pub(super) fn next_number(&self) -> u32 {
        self.put.get()
    }

    /// Posts a message of so many bytes; there must be room for it.
    pub(super) fn put(&self, value: u32, bytes: u32) {
        let number = self.put.replace(self.put.get() + 1);
        self.inbox.credits.set(self.inbox.credits.get().saturating_sub(1));
        let message = Array::of3(&value.into(), &number.into(), &Uint8Array::new_with_length(bytes));
        self.port.post_message(&message).unwrap_throw();
    }

    /// Takes a message, if there is one.
    pub(super) fn take(&self) -> Option<Message> {
        self.inbox.messages.borrow_mut().pop_front()
    }

    /// Gives the place of a message that was taken back to who puts.
    pub(super) fn give_place_back(&self) {
        self.port.post_message(&JsValue::TRUE).unwrap_throw();
    }
}

impl Drop for End {
    fn drop(&mut self) {
        // Left open: what was put last may still be on its way. It goes with its process, or is forgotten with its task.
        self.port.set_onmessage(None);
    }
}

impl Inbox {
    fn hear(&self, said: &JsValue) {
        match said.dyn_ref::<Array>() {
            Some(message) => {
                let number = |index| message.get(index).as_f64().unwrap_or_default() as u32;
                self.messages.borrow_mut().push_back(Message { value: number(0), number: number(1) });
            }
            None => self.credits.set(self.credits.get() + 1),
        }
        if let Some(waiting) = self.waiting.take() {
            let _ = waiting.send(());
        }
    }
}

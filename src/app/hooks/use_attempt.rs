//! Something that takes a while and can be given up: by another attempt, by the learner, or since whoever wanted it is gone.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::{AbortHandle, abortable};
use yew::platform::spawn_local;
use yew::prelude::*;

/// The attempt that goes on, if one does.
#[derive(Clone)]
pub struct Attempt(Rc<RefCell<Option<AbortHandle>>>);

impl Attempt {
    /// Begins `work` instead of what goes on.
    pub fn begin(&self, work: impl Future<Output = ()> + 'static) {
        self.give_up();
        let (work, abort) = abortable(work);
        self.0.replace(Some(abort));
        spawn_local(async move {
            // Given up: somebody else has said so.
            let _ = work.await;
        });
    }

    /// Drops what goes on, wherever it is.
    pub fn give_up(&self) {
        self.0.borrow_mut().take().iter().for_each(AbortHandle::abort);
    }
}

/// One attempt at a time, given up when the component goes.
#[hook]
pub fn use_attempt() -> Attempt {
    let attempt = Attempt(use_mut_ref(|| None));
    let given_up = attempt.clone();
    use_effect_with((), move |()| move || given_up.give_up());
    attempt
}

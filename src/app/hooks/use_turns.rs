//! Parts of a page that come one after another, each in a task of its own: in between the browser answers its user.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How many of so many parts are to be shown: none at first, and from task to task one more.
#[hook]
pub fn use_turns(of: usize) -> usize {
    let shown = use_state(|| 0);
    {
        let shown = shown.clone();
        use_effect_with((*shown, of), move |(now, of)| {
            let next = now + 1;
            let turn = (*now < *of).then(|| Timeout::new(0, move || shown.set(next)));
            move || drop(turn)
        });
    }
    of.min(*shown)
}

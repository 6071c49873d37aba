//! The lessons, and how far the learner has come; here progress can be forgotten.

use yew::prelude::*;

use crate::app::components::lesson::LessonPath;
use crate::app::components::{Tone, notice};
use crate::app::dom;
use crate::app::progress::{Deed, use_progress};
use crate::lesson::Progress;

/// The path of lessons.
#[component]
pub fn Lessons() -> Html {
    use_effect_with((), |()| dom::set_title("Lessons"));
    let kept = use_progress();
    let asking = use_state(|| false);
    let ask = {
        let asking = asking.clone();
        move |now| {
            let asking = asking.clone();
            Callback::from(move |_: MouseEvent| asking.set(now))
        }
    };
    let forget = {
        let (kept, asking) = (kept.clone(), asking.clone());
        Callback::from(move |_: MouseEvent| {
            kept.dispatch(Deed::Forget);
            asking.set(false);
        })
    };
    html! {
        <div class="lessons">
            <h1>{ "Lessons" }</h1>
            <p class="lead">{ "Each takes about ten minutes: predict what will happen, run it here, compare, and say why." }</p>
            if let Some(problem) = &kept.problem {
                { notice(Tone::Warning, "progress-problem", html! { <>{ problem }</> }) }
            }
            if dom::storage().is_none() {
                { notice(Tone::Note, "no-storage", html! { <>
                    { "This window keeps nothing, so your progress lasts as long as the page is open." }
                </> }) }
            }
            <LessonPath />
            if kept.progress != Progress::default() {
                <div class="forget">
                    if *asking {
                        <span>{ "Forget all answers and predictions?" }</span>
                        <button class="secondary" data-test="forget-now" onclick={forget}>{ "Forget them" }</button>
                        <button class="secondary" onclick={ask(false)}>{ "Keep them" }</button>
                    } else {
                        <button class="secondary" data-test="forget" onclick={ask(true)}>{ "Reset progress" }</button>
                    }
                </div>
            }
        </div>
    }
}

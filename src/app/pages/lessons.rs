//! The lessons, and how far the learner has come; here progress can be forgotten.

use yew::prelude::*;

use crate::app::components::lesson::{LessonPath, ProgressFile};
use crate::app::components::{Tone, notice};
use crate::app::dom;
use crate::app::hooks::use_refocus;
use crate::app::progress::{Deed, use_progress};
use crate::lesson::Progress;

/// The path of lessons.
#[component]
pub fn Lessons() -> Html {
    use_effect_with((), |()| dom::set_title("Lessons"));
    let kept = use_progress();
    let asking = use_state(|| false);
    let forgotten = use_state(|| false);
    let (place, refocus) = use_refocus();
    let ask = {
        let (asking, refocus) = (asking.clone(), refocus.clone());
        move |now| {
            let (asking, refocus) = (asking.clone(), refocus.clone());
            Callback::from(move |_: MouseEvent| {
                refocus.emit(());
                asking.set(now);
            })
        }
    };
    let forget = {
        let (kept, asking, forgotten) = (kept.clone(), asking.clone(), forgotten.clone());
        Callback::from(move |_: MouseEvent| {
            refocus.emit(());
            kept.dispatch(Deed::Forget);
            asking.set(false);
            forgotten.set(true);
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
            <h2 class="progress-title">{ "Your progress" }</h2>
            <p>{ "It is kept in this browser and nowhere else. To have it in another one, save it as a file and open it there." }</p>
            <ProgressFile />
            <div ref={place} tabindex="-1" class="forget">
                if kept.progress == Progress::default() {
                    if *forgotten {
                        <p role="status" data-test="forgotten">{ "All answers and predictions are forgotten." }</p>
                    }
                } else if *asking {
                    <span>{ "Forget all answers and predictions?" }</span>
                    <button class="secondary" data-test="forget-now" onclick={forget}>{ "Forget them" }</button>
                    <button class="secondary" onclick={ask(false)}>{ "Keep them" }</button>
                } else {
                    <button class="secondary" data-test="forget" onclick={ask(true)}>{ "Reset progress" }</button>
                }
            </div>
        </div>
    }
}

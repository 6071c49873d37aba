//! A task below its demo: what is to be achieved, the conditions as a list that each run ticks off, and what is said to the first that is
//! missed.

use yew::prelude::*;

use crate::lesson::claim::Judged;
use crate::lesson::{Condition, Measured, Task};

/// A task, as `measured` leaves it. `is_done`: it was done before. The hints stand below its conditions.
pub fn task(task: &Task, measured: &Measured, is_done: bool, hints: Html) -> Html {
    let judged: Vec<_> = match measured.is_empty() {
        true => vec![None; task.conditions.len()],
        false => task.judge(measured).into_iter().map(Some).collect(),
    };
    let heading = format!("{}-task", task.id);
    html! {
        <section key={task.id.clone()} class={classes!("lesson-task", is_done.then_some("done"))} data-test="task" data-task={task.id.clone()}
            data-done={is_done.to_string()} aria-labelledby={heading.clone()}>
            <h3 id={heading} class="act-head">
                { "Your task" }
                if is_done {
                    <span class="done-badge" data-test="task-done">{ "✓ Done" }</span>
                }
            </h3>
            <div class="prose">{ Html::from_html_unchecked(task.prompt_html.clone().into()) }</div>
            <ul class="conditions" data-test="conditions">
                { for task.conditions.iter().zip(&judged).map(|(of, judged)| condition(of, judged.as_ref())) }
            </ul>
            { hints }
            <div role="status">{ reply(task, &judged, is_done) }</div>
        </section>
    }
}

fn condition(of: &Condition, judged: Option<&Judged>) -> Html {
    let (class, sign, said) = match judged {
        None => ("open", "○", ""),
        Some(judged) if judged.is_met() => ("met", "✓", "met: "),
        Some(_) => ("missed", "✗", "missed: "),
    };
    html! {
        <li key={of.claim.text.clone()} {class} data-test="condition" data-state={class}>
            <span class="sign" aria-hidden="true">{ sign }</span>
            <div>
                <span class="visually-hidden">{ said }</span>
                { of.claim.words() }
                if let Some(judged) = judged {
                    <p class="came" data-test="came">{ &judged.words }{ "." }</p>
                }
            </div>
        </li>
    }
}

/// What is said of the newest run. Who has done the task may go on trying without being told what is missing.
fn reply(task: &Task, judged: &[Option<Judged>], is_done: bool) -> Html {
    let missed = task.conditions.iter().zip(judged).find_map(|(condition, judged)| {
        judged.as_ref().filter(|judged| !judged.is_met()).map(|judged| (condition, judged))
    });
    let has_run = judged.iter().any(Option::is_some);
    match missed {
        // The author replies to runs that can be judged.
        Some((_, Judged { holds: None, words })) if !is_done => html! {
            <div class="reply wrong" data-test="task-reply">
                <p class="reply-head"><span aria-hidden="true">{ "✗ " }</span>{ format!("Not yet. {words}.") }</p>
            </div>
        },
        Some((condition, _)) if !is_done => html! {
            <div class="reply wrong" data-test="task-reply">
                <p class="reply-head"><span aria-hidden="true">{ "✗ " }</span>{ "Not yet." }</p>
                { Html::from_html_unchecked(condition.reply_html.clone().into()) }
            </div>
        },
        None if has_run => html! {
            <div class="reply right" data-test="task-reply">
                <p class="reply-head"><span aria-hidden="true">{ "✓ " }</span>{ "Done: this run meets every condition." }</p>
            </div>
        },
        _ => html! {},
    }
}

//! A question with its answers; every answer has a reply of its own.

use yew::prelude::*;

use crate::app::progress::{Deed, use_progress};
use crate::lesson::{Answers, Choice, Question};

/// Which question of which lesson.
#[derive(Properties, PartialEq)]
pub struct QuestionViewProps {
    /// The lesson's id.
    pub lesson: AttrValue,
    /// The question.
    pub question: Question,
}

/// A question.
#[component]
pub fn QuestionView(props: &QuestionViewProps) -> Html {
    let QuestionViewProps { lesson, question } = props;
    let kept = use_progress();
    let chosen = kept.progress.answer(lesson, question).map(|answer| answer.option.clone());
    let Answers::Single { options } = &question.answers;
    let choose = |option: &Choice| {
        let (kept, lesson, question, option) = (kept.clone(), lesson.to_string(), question.clone(), option.id.clone());
        Callback::from(move |_: Event| kept.dispatch(Deed::Answer(lesson.clone(), question.clone(), option.clone())))
    };
    let reply = chosen.as_deref().and_then(|id| question.option(id));
    html! {
        <fieldset class="question" data-test="question" data-question={question.id.clone()}>
            <legend>{ Html::from_html_unchecked(question.prompt_html.clone().into()) }</legend>
            for option in options {
                <label key={option.id.clone()} class="option">
                    <input type="radio" name={question.id.clone()} data-test={format!("option-{}", option.id)}
                        checked={chosen.as_deref() == Some(&*option.id)} onchange={choose(option)} />
                    <div class="option-text">{ Html::from_html_unchecked(option.html.clone().into()) }</div>
                </label>
            }
            <div role="status">
                if let Some(reply) = reply {
                    <div class={classes!("reply", if reply.correct { "right" } else { "wrong" })} data-test="reply" data-correct={reply.correct.to_string()}>
                        <p class="reply-head">
                            <span aria-hidden="true">{ if reply.correct { "✓ " } else { "✗ " } }</span>
                            { if reply.correct { "Right." } else { "Not this one. Read why, and choose again." } }
                        </p>
                        { Html::from_html_unchecked(reply.reply_html.clone().into()) }
                    </div>
                }
            </div>
        </fieldset>
    }
}

//! A question, whichever kind it is of: its prompt, what the kind draws, the button that answers, what came of it, and hints.

mod choices;
mod line;
mod number;
mod order;
mod trace;

use yew::prelude::*;

use super::hints::Hints;
use crate::app::hooks::use_refocus;
use crate::app::progress::{Deed, use_progress};
use crate::lesson::question::{Judged, Part};
use crate::lesson::{Answers, Given, Question};

/// Which question of which lesson.
#[derive(Properties, PartialEq)]
pub struct QuestionViewProps {
    /// The lesson's id.
    pub lesson: AttrValue,
    /// The question.
    pub question: Question,
    /// Hints to it, as HTML each; perhaps none.
    pub hints: Vec<String>,
}

/// What the kinds draw: a question as it stands.
struct Standing<'a> {
    question: &'a Question,
    /// What is laid, chosen or marked now.
    draft: Option<&'a Given>,
    /// What was answered last, and what is said of it.
    answered: Option<(&'a Given, &'a Judged<'a>)>,
    /// Takes another draft.
    lay: Callback<Given>,
}

impl Standing<'_> {
    /// Whether it has been answered rightly, so that nothing is answered any more.
    fn has_ended(&self) -> bool {
        self.answered.is_some_and(|(_, judged)| judged.right)
    }

    /// For each part whether it was judged right, and so stays as it is.
    fn fixed(&self) -> Vec<bool> {
        self.answered.map_or_else(Vec::new, |(_, judged)| judged.parts.iter().map(|part| part.right).collect())
    }
}

/// A question.
#[component]
pub fn QuestionView(props: &QuestionViewProps) -> Html {
    let QuestionViewProps { lesson, question, hints } = props;
    let kept = use_progress();
    let given = kept.progress.answer(lesson, question).map(|answer| &answer.given);
    let judged = given.and_then(|given| question.judge(given));
    let ended = judged.as_ref().is_some_and(|judged| judged.right);
    // Who answers again goes on from the answer before.
    let draft = use_state_eq(|| given.cloned().or_else(|| question.untouched()));
    let typed = use_state_eq(|| if let Some(Given::Number(value)) = given { value.to_string() } else { String::new() });
    let problem = use_state_eq(|| None::<String>);
    let held = use_memo((), |()| order::Held::default());
    let (place, refocus) = use_refocus();

    let is_typed = matches!(question.answers, Answers::Number(_));
    let ready = is_typed || draft.as_ref().is_some_and(|draft| question.judge(draft).is_some());
    let answer = {
        let (kept, lesson, question) = (kept.clone(), lesson.to_string(), question.clone());
        let (draft, typed, problem) = (draft.clone(), typed.clone(), problem.clone());
        Callback::from(move |by_button: bool| {
            let given = match &question.answers {
                Answers::Number(number) => number.read(&typed).map(Given::Number),
                _ => draft.as_ref().cloned().ok_or_else(String::new),
            };
            problem.set(given.as_ref().err().cloned());
            let Ok(given) = given else { return };
            // The button goes away, and what is said takes its place.
            if by_button && question.judge(&given).is_some_and(|judged| judged.right) {
                refocus.emit(());
            }
            kept.dispatch(Deed::Answer(lesson.clone(), question.clone(), given));
        })
    };
    let standing = Standing {
        question,
        draft: draft.as_ref(),
        answered: given.zip(judged.as_ref()),
        lay: Callback::from({
            let draft = draft.setter();
            move |given| draft.set(Some(given))
        }),
    };
    let asked = match &question.answers {
        Answers::Single { options } => choices::single(&standing, options),
        Answers::Multiple { options } => choices::multiple(&standing, options),
        Answers::Number(number) => number::number(&standing, number, &typed, problem.as_deref(), &answer),
        Answers::Order { items } => order::order(&standing, items, &held),
        Answers::Line(lines) => line::line(&standing, lines),
        Answers::Trace(trace) => trace::trace(&standing, trace),
    };
    html! {
        <fieldset class="question" data-test="question" data-question={question.id.clone()}>
            <legend>{ Html::from_html_unchecked(question.prompt_html.clone().into()) }</legend>
            { asked }
            if !ended {
                <div class="question-foot">
                    <button class="primary" disabled={!ready} data-test="answer" onclick={answer.reform(|_: MouseEvent| true)}>{ "Answer" }</button>
                </div>
            }
            <div ref={place} tabindex="-1" role="status" class="outcome">
                if let Some((given, judged)) = standing.answered {
                    { outcome(question, given, judged, !hints.is_empty()) }
                }
            </div>
            if !hints.is_empty() {
                <Hints hints={hints.clone()} {ended} />
            }
        </fieldset>
    }
}

/// What came of the answer; where it is of one part only, the reply to that stands here.
fn outcome(question: &Question, given: &Given, judged: &Judged, has_hints: bool) -> Html {
    let right = judged.right;
    let whole = judged
        .parts
        .first()
        .filter(|_| matches!(question.answers, Answers::Single { .. } | Answers::Number(_) | Answers::Line(_)));
    html! {
        <div class={classes!("reply", if right { "right" } else { "wrong" })} data-test="reply" data-correct={right.to_string()}>
            <p class="reply-head">
                <span aria-hidden="true">{ if right { "✓ " } else { "✗ " } }</span>
                { judged.words(question, given) }
                if !right && has_hints {
                    { " There are hints below." }
                }
            </p>
            { Html::from_html_unchecked(whole.map(|part| part.reply_html.to_owned()).unwrap_or_default().into()) }
        </div>
    }
}

/// What is said of a part of an answer, beside that part; nothing where there is nothing to say.
fn reply(part: Option<&Part>) -> Html {
    let Some(Part { right, reply_html }) = part.filter(|part| !part.reply_html.is_empty()) else { return html! {} };
    html! {
        <div class={classes!("part-reply", if *right { "right" } else { "wrong" })} data-test="part-reply" data-correct={right.to_string()}>
            <span aria-hidden="true">{ if *right { "✓" } else { "✗" } }</span>
            <div>{ Html::from_html_unchecked((*reply_html).to_owned().into()) }</div>
        </div>
    }
}

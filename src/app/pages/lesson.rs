//! A lesson: its steps one at a time, each with an address of its own.

use yew::prelude::*;
use yew_router::prelude::*;

use super::not_found::NotFound;
use crate::app::components::lesson::{Fetch, PRESENTED, Presenter, StepView, Terms};
use crate::app::dom;
use crate::app::hooks::use_json;
use crate::app::progress::{Deed, use_progress};
use crate::lesson::{Lesson, lesson_path};

/// Which lesson, and which step.
#[derive(Properties, PartialEq)]
pub struct LessonPageProps {
    /// The lesson's id.
    pub id: AttrValue,
    /// The step's number, from 1, or its id; `None` for where the learner left off.
    pub step: Option<AttrValue>,
}

/// A lesson's page.
#[component]
pub fn LessonPage(props: &LessonPageProps) -> Html {
    let (lesson, retry) = use_json::<Lesson>(lesson_path(&props.id).into());
    let step = props.step.clone();
    // Until it has been read, or if there is none.
    use_effect_with(props.id.clone(), |_| dom::set_title("Lesson"));
    let show = Callback::from(move |lesson| html! { <Told {lesson} step={step.clone()} /> });
    html! { <Fetch<Lesson> fetched={lesson} {retry} {show} what="lesson" /> }
}

#[derive(Properties, PartialEq)]
struct ToldProps {
    lesson: std::rc::Rc<Lesson>,
    step: Option<AttrValue>,
}

#[component]
fn Told(props: &ToldProps) -> Html {
    let lesson = &props.lesson;
    let kept = use_progress();
    let article = use_node_ref();
    let presenting = use_location().is_some_and(|location| location.query_str() == PRESENTED);
    let number = match &props.step {
        Some(step) => lesson.number_of(step),
        None => Some(kept.progress.last_step(&lesson.id).and_then(|id| lesson.number_of(id)).unwrap_or(1)),
    };
    let Some((number, step)) = number.and_then(|number| Some((number, lesson.steps.get(number - 1)?))) else {
        return html! { <NotFound /> };
    };
    {
        let (title, deed) = (format!("{} · {}", step.title, lesson.title), (lesson.id.clone(), step.id.clone()));
        use_effect_with(deed, move |(lesson, step)| {
            dom::set_title(&title);
            kept.dispatch(Deed::Step(lesson.clone(), step.clone()));
        });
    }
    let address = |number: usize| format!("#/lesson/{}/{number}{}", lesson.id, if presenting { PRESENTED } else { "" });
    html! {
        <article ref={article.clone()} class="lesson" data-test="lesson">
            <header class="lesson-head">
                <div class="lesson-meta">
                    if !presenting {
                        <a href="#/lessons">{ "Lessons" }</a>{ format!(" · about {} minutes · ", lesson.minutes) }
                        <a href={format!("lessons/{}.html", lesson.id)} data-test="plain-page">{ "plain page, for print" }</a>{ " · " }
                    }
                    <Presenter lesson={lesson.id.clone()} {number} of={lesson.steps.len()} {presenting} />
                </div>
                <h1>{ &lesson.title }</h1>
                <nav aria-label="Steps">
                    <ol class="steps-nav">
                        for (index, step) in lesson.steps.iter().enumerate() {
                            <li key={step.id.clone()}>
                                <a href={address(index + 1)} aria-current={(index + 1 == number).then_some("step")}>{ &step.title }</a>
                            </li>
                        }
                    </ol>
                </nav>
            </header>
            <StepView key={step.id.clone()} lesson={lesson.clone()} {number} />
            <nav class="step-foot" aria-label="Previous and next step">
                if number > 1 {
                    <a class="previous" rel="prev" href={address(number - 1)} data-test="previous-step">{ "← " }{ &lesson.steps[number - 2].title }</a>
                }
                if number < lesson.steps.len() {
                    <a class="next" rel="next" href={address(number + 1)} data-test="next-step">{ &lesson.steps[number].title }{ " →" }</a>
                } else {
                    <a class="next" href="#/lessons" data-test="all-lessons">{ "All lessons →" }</a>
                }
            </nav>
            <Terms {article} {number} />
        </article>
    }
}

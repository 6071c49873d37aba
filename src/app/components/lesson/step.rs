//! One step of a lesson: its blocks in their order.

use std::rc::Rc;

use yew::prelude::*;

use super::lesson_demo::LessonDemo;
use super::question::QuestionView;
use crate::app::components::listing::listing;
use crate::app::components::listing_tabs::ListingTabs;
use crate::app::hooks::use_turns;
use crate::lesson::{Block, Lesson, Step};

/// Which step of which lesson.
#[derive(Properties)]
pub struct StepViewProps {
    /// The lesson.
    pub lesson: Rc<Lesson>,
    /// The step's number, from 1.
    pub number: usize,
}

impl PartialEq for StepViewProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.lesson, &other.lesson) && self.number == other.number
    }
}

/// A step. What there is to do in it comes from task to task: all at once would hold the page up for a tenth of a second on a phone, and
/// the words before it are read first.
#[component]
pub fn StepView(props: &StepViewProps) -> Html {
    let step = props.lesson.steps.get(props.number - 1);
    let turns = use_turns(step.map_or(0, Step::turns));
    let Some(step) = step else { return html! {} };
    let lesson = AttrValue::from(props.lesson.id.clone());
    let block = |(index, (block, is_whole)): (usize, (&Block, bool))| match block {
        Block::Prose { html } => {
            html! { <div key={index} class="prose">{ Html::from_html_unchecked(html.clone().into()) }</div> }
        }
        Block::Listing(text) => match &text.runs {
            None => html! { <div key={index}>{ listing(text) }</div> },
            Some(runs) => html! { <ListingTabs key={index} listing={text.clone()} runs={runs.clone()} /> },
        },
        Block::Question(question) => {
            let hints = step.hints_of(&question.id).to_vec();
            html! { <QuestionView key={question.id.clone()} lesson={lesson.clone()} question={question.clone()} {hints} /> }
        }
        Block::Demo(demo) => html! {
            <LessonDemo key={demo.id.clone()} lesson={lesson.clone()} block={demo.clone()} {is_whole} prediction={step.prediction_of(&demo.id).cloned()}
                tasks={step.tasks_of(&demo.id).map(|task| (task.clone(), step.hints_of(&task.id).to_vec())).collect::<Vec<_>>()}
                programs={props.lesson.programs_of(&demo.id).cloned().map(Rc::new).collect::<Vec<_>>()} />
        },
        // Asked beside the run that they hold back, or are judged by; shown with what they are for. All have keys, the title too:
        // what has come stays as it is when the next comes.
        Block::Prediction(_) | Block::Task(_) | Block::Hints { .. } => html! { <key={index}></> },
        Block::Aside { title, html } => html! {
            // Without a name of its own, or it would be a landmark within the page's main part.
            <aside key={index} class="aside" data-test="aside">
                <h3>{ title }</h3>
                <div class="prose">{ Html::from_html_unchecked(html.clone().into()) }</div>
            </aside>
        },
        Block::Summary { html } => html! {
            <div key={index} class="summary" data-test="summary">
                <h3>{ "What to keep" }</h3>
                <div class="prose">{ Html::from_html_unchecked(html.clone().into()) }</div>
            </div>
        },
    };
    html! {
        <section class="step" data-test="step" aria-busy={(turns < step.turns()).then_some("true")} data-step={step.id.clone()} aria-labelledby="step-title">
            <h2 key="title" id="step-title">{ &step.title }</h2>
            { for step.after(turns).into_iter().enumerate().map(block) }
        </section>
    }
}

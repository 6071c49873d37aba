//! An embedded step of a lesson. Its reader does what it asks; a host cannot.

use std::rc::Rc;

use yew::prelude::*;

use super::use_presence;
use crate::app::components::lesson::{Fetch, StepView};
use crate::app::components::{Tone, notice};
use crate::app::hooks::{Fetched, use_host, use_json};
use crate::app::workbench::use_workbench;
use crate::embed::{Heard, Host, Said, Unfollowed, follow};
use crate::lesson::{Lesson, lesson_path};

/// Which step, and whose.
#[derive(Properties, PartialEq)]
pub struct EmbeddedStepProps {
    /// The lesson's id.
    pub lesson: AttrValue,
    /// The step's number, from 1, or its id.
    pub step: AttrValue,
    /// Who is talked to.
    pub host: Option<Host>,
}

/// An embedded step.
#[component]
pub fn EmbeddedStep(props: &EmbeddedStepProps) -> Html {
    let (lesson, retry) = use_json::<Lesson>(lesson_path(&props.lesson).into());
    let has_engines = use_workbench().engines.is_some();
    let say = use_host(
        &props.host,
        Callback::from(|heard| match heard {
            Heard::Theme { .. } => follow(heard, None),
            Heard::Run | Heard::Cancel => Err(Unfollowed::NothingToRun),
        }),
    );
    let number = match &lesson {
        Fetched::There(lesson) => lesson.number_of(&props.step).filter(|number| *number <= lesson.steps.len()),
        _ => None,
    };
    use_presence(&say, has_engines && number.is_some());
    let problem = match &lesson {
        Fetched::Missing => Some(format!("There is no lesson “{}”.", props.lesson)),
        Fetched::There(_) if number.is_none() => {
            Some(format!("The lesson “{}” has no step “{}”.", props.lesson, props.step))
        }
        Fetched::Failed(why) => Some(format!("The lesson could not be loaded. {why}")),
        _ => None,
    };
    use_effect_with(problem.clone(), move |problem| {
        if let Some(message) = problem.clone() {
            say.emit(Said::Error { message });
        }
    });
    if let (Some(problem), Fetched::Missing | Fetched::There(_)) = (problem, &lesson) {
        return notice(Tone::Error, "embed-problem", html! { <>{ problem }</> });
    }
    let show = Callback::from(move |lesson: Rc<Lesson>| {
        html! { <article class="lesson"><StepView {lesson} number={number.unwrap_or(1)} /></article> }
    });
    html! { <Fetch<Lesson> fetched={lesson} {retry} {show} what="lesson" /> }
}

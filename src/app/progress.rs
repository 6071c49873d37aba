//! The learner's progress, kept in this browser alone. Without a storage it lasts as long as the page is open.

use std::rc::Rc;

use yew::html::ChildrenProps;
use yew::prelude::*;

use super::{dom, json};
use crate::lesson::progress::STORAGE_KEY;
use crate::lesson::{Given, Predicted, Prediction, Progress, Question, Task};

/// Something the learner did.
pub enum Deed {
    /// Came to this step of this lesson.
    Step(String, String),
    /// Answered this.
    Answer(String, Question, Given),
    /// Predicted; `None` for 'just show me'.
    Predict(String, Prediction, Option<Predicted>),
    /// Did this task.
    Done(String, Task),
    /// Took this from a file.
    Take(Progress),
    /// Wants to start afresh.
    Forget,
}

/// The progress as the app holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What was done.
    pub progress: Progress,
    /// What was wrong with what was found in the storage.
    pub problem: Option<AttrValue>,
}

impl Reducible for Kept {
    type Action = Deed;

    fn reduce(self: Rc<Self>, deed: Deed) -> Rc<Self> {
        let progress = match deed {
            Deed::Step(lesson, step) => self.progress.with_step(&lesson, &step),
            Deed::Answer(lesson, question, given) => self.progress.with_answer(&lesson, &question, &given),
            Deed::Predict(lesson, prediction, predicted) => {
                self.progress.with_prediction(&lesson, &prediction, predicted)
            }
            Deed::Done(lesson, task) => self.progress.with_task(&lesson, &task),
            Deed::Take(progress) => progress,
            Deed::Forget => Progress::default(),
        };
        if progress == self.progress {
            return self;
        }
        dom::keep(STORAGE_KEY, &json::write(&progress));
        Rc::new(Self { progress, problem: None })
    }
}

/// What components read and dispatch to.
pub type ProgressHandle = UseReducerHandle<Kept>;

/// Reads the progress and hands it down.
#[component]
pub fn ProgressProvider(props: &ChildrenProps) -> Html {
    let kept = use_reducer_eq(|| match dom::kept(STORAGE_KEY) {
        Some(text) => {
            let (progress, problem) = Progress::accept(json::read(&text));
            Kept { progress, problem: problem.map(AttrValue::from) }
        }
        None => Kept { progress: Progress::default(), problem: None },
    });
    html! { <ContextProvider<ProgressHandle> context={kept}>{ props.children.clone() }</ContextProvider<ProgressHandle>> }
}

/// The progress.
#[hook]
pub fn use_progress() -> ProgressHandle {
    use_context::<ProgressHandle>().expect("the app provides progress")
}

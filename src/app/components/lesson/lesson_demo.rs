//! A demo in a lesson: the prediction that comes before its run, the demo, and what the run says of the prediction.

use std::rc::Rc;

use yew::prelude::*;

use super::prediction::{PredictionView, judgement};
use crate::app::components::demo::{DemoView, Measured};
use crate::app::components::{Tone, notice};
use crate::app::progress::use_progress;
use crate::demo::{self, Setup};
use crate::lesson::{DemoBlock, Listing, Predicted, Prediction};

/// Which demo, and what is asked before it.
#[derive(Properties, PartialEq)]
pub struct LessonDemoProps {
    /// The lesson's id.
    pub lesson: AttrValue,
    /// The demo.
    pub block: DemoBlock,
    /// What is asked before its run.
    pub prediction: Option<Prediction>,
    /// The programs that its engines stand for.
    pub programs: Vec<Rc<Listing>>,
}

/// A demo in a lesson.
#[component]
pub fn LessonDemo(props: &LessonDemoProps) -> Html {
    let measured = use_state(Measured::default);
    let progress = use_progress().progress.clone();
    let setup = use_memo(props.block.clone(), setup_of);
    let Some(demo) = demo::find(&props.block.demo) else {
        return notice(Tone::Error, "problem", html! { <>{ format!("There is no demo “{}”.", props.block.demo) }</> });
    };
    let guess =
        props.prediction.as_ref().map(|prediction| (prediction, progress.prediction(&props.lesson, prediction)));
    let lock = matches!(guess, Some((_, None))).then_some("Predict first, above; or choose “Just show me”.");
    let predicted = match &guess {
        Some((_, Some(Some(Predicted::First { engine, ratio })))) => Some((*engine, *ratio)),
        _ => None,
    };
    let on_measured = {
        let measured = measured.clone();
        Callback::from(move |now| measured.set(now))
    };
    html! {
        <div class="lesson-demo">
            if let Some(prediction) = &props.prediction {
                <PredictionView lesson={props.lesson.clone()} prediction={prediction.clone()} run={!measured.is_empty()} />
            }
            <DemoView {demo} setup={(*setup).clone()} {lock} {predicted} {on_measured} programs={props.programs.clone()} />
            if let Some((prediction, Some(Some(predicted)))) = guess {
                { judgement(prediction, predicted, &measured) }
            }
        </div>
    }
}

/// What the lesson's block chooses; its compiler has checked that it is in range.
fn setup_of(block: &DemoBlock) -> Setup {
    let Some(demo) = demo::find(&block.demo) else { return Setup::new(&demo::NINE_REQUESTS) };
    let engines: Vec<_> = block.engines.iter().map(|engine| engine.key()).collect();
    let parameters = block.parameters.iter().map(|(key, value)| format!("&{key}={value}"));
    Setup::parse(demo, &format!("engines={}{}", engines.join(","), parameters.collect::<String>())).0
}

//! A demo in a lesson: the prediction that comes before its run, the demo, what the run says of the prediction, and the tasks that are done
//! with it.

use std::rc::Rc;

use yew::prelude::*;

use super::hints::Hints;
use super::prediction::{PredictionView, judgement};
use super::task::task;
use crate::app::components::demo::DemoView;
use crate::app::components::{Tone, notice};
use crate::app::progress::{Deed, use_progress};
use crate::demo::{self, Setup};
use crate::lesson::claim::Judged;
#[cfg(feature = "faults")]
use crate::lesson::claim::{Claim, Holds};
use crate::lesson::{Asked, DemoBlock, Listing, Measured, Prediction, Task, overlay};
#[cfg(feature = "faults")]
use crate::trace::stats::stats;

/// Which demo, and what is asked before it.
#[derive(Properties, PartialEq)]
pub struct LessonDemoProps {
    /// The lesson's id.
    pub lesson: AttrValue,
    /// The demo.
    pub block: DemoBlock,
    /// What is asked before its run.
    pub prediction: Option<Prediction>,
    /// What is to be achieved with it, with the hints to that.
    pub tasks: Vec<(Task, Vec<String>)>,
    /// The programs that its engines stand for.
    pub programs: Vec<Rc<Listing>>,
    /// Whether all of it is to be shown, or what is asked before its run alone.
    pub is_whole: bool,
}

/// A demo in a lesson.
#[component]
pub fn LessonDemo(props: &LessonDemoProps) -> Html {
    let measured = use_state(Measured::default);
    let kept = use_progress();
    let progress = &kept.progress;
    let setup = use_memo(props.block.clone(), setup_of);
    let Some(demo) = demo::find(&props.block.demo) else {
        return notice(Tone::Error, "problem", html! { <>{ format!("There is no demo “{}”.", props.block.demo) }</> });
    };
    let guess =
        props.prediction.as_ref().map(|prediction| (prediction, progress.prediction(&props.lesson, prediction)));
    let lock = match &guess {
        Some((Prediction { asked: Asked::Myth { .. }, .. }, None)) => {
            Some("Say first what you think, above; or choose “Just show me”.")
        }
        Some((_, None)) => Some("Predict first, above; or choose “Just show me”."),
        _ => None,
    };
    let predicted = match &guess {
        Some((prediction, Some(Some(predicted)))) => overlay(prediction, predicted, &measured),
        _ => None,
    };
    let answer = guess
        .and_then(|(prediction, guess)| Some((prediction, guess?.cloned().or_else(|| prediction.asked.answer())?)));
    let on_measured = {
        let (measured, kept, lesson) = (measured.clone(), kept.clone(), props.lesson.to_string());
        let tasks = props.tasks.clone();
        Callback::from(move |now: Measured| {
            for (task, _) in tasks.iter().filter(|(task, _)| task.judge(&now).iter().all(Judged::is_met)) {
                kept.dispatch(Deed::Done(lesson.clone(), task.clone()));
            }
            measured.set(now);
        })
    };
    html! {
        <div class="lesson-demo" data-test="lesson-demo" data-block={props.block.id.clone()}>
            if let Some(prediction) = &props.prediction {
                <PredictionView lesson={props.lesson.clone()} prediction={prediction.clone()} run={!measured.is_empty()} />
            }
            if props.is_whole {
                <DemoView {demo} setup={(*setup).clone()} folded=true sweeps={setup.sweep.is_some()} {lock} predicted={predicted.map(Rc::new)} {on_measured} programs={props.programs.clone()} />
                if let Some((prediction, answer)) = answer {
                    { judgement(prediction, &answer, &measured) }
                }
                { for props.tasks.iter().map(|(of, hints)| set_task(of, hints.clone(), &measured, progress.is_done(&props.lesson, of))) }
                { judged_claims(&props.block, &measured) }
            }
        </div>
    }
}

/// A task, with its hints until it is done.
fn set_task(of: &Task, hints: Vec<String>, measured: &Measured, ended: bool) -> Html {
    let hints = if hints.is_empty() {
        html! {}
    } else {
        html! { <Hints {hints} {ended} /> }
    };
    task(of, measured, ended, hints)
}

/// What the lesson's block chooses; its compiler has checked that it is in range.
fn setup_of(block: &DemoBlock) -> Setup {
    let Some(demo) = demo::find(&block.demo) else { return Setup::new(&demo::NINE_REQUESTS) };
    Setup::parse(demo, &block.link()).0
}

/// What the run says of the block's claims, for those who test the lessons: learners read it in the charts.
#[cfg(feature = "faults")]
fn judged_claims(block: &DemoBlock, measured: &Measured) -> Html {
    let claim = |claim: &Claim| {
        let judged = claim.judge(measured);
        let holds = match judged.holds {
            Some(Holds::Exactly) => "exactly",
            Some(Holds::Nearly) => "nearly",
            Some(Holds::Not) => "not",
            None => "unknown",
        };
        html! { <li key={claim.text.clone()} data-test="claim" data-claim={claim.text.clone()} data-holds={holds}>{ judged.words }</li> }
    };
    if measured.is_empty() {
        html! {}
    } else {
        // Of which run it is.
        let came = measured.iter().map(|run| format!("{}:{} ", run.engine.key(), stats(&run.trace).makespan_ms));
        html! { <ul hidden=true data-test="claims" data-came={came.collect::<String>()}>{ for block.claims.iter().map(claim) }</ul> }
    }
}

#[cfg(not(feature = "faults"))]
fn judged_claims(_: &DemoBlock, _: &Measured) -> Html {
    html! {}
}

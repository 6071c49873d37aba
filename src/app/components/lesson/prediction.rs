//! A prediction: which engine will finish first, and by how much; made before the run, and held against it afterwards.

use yew::prelude::*;

use crate::app::components::demo::Measured;
use crate::app::hooks::use_refocus;
use crate::app::progress::{Deed, use_progress};
use crate::engine::EngineId;
use crate::lesson::{Predicted, Prediction, judge};

/// What is to be predicted.
#[derive(Properties, PartialEq)]
pub struct PredictionViewProps {
    /// The lesson's id.
    pub lesson: AttrValue,
    /// What is asked.
    pub prediction: Prediction,
    /// Whether the run has been made, after which nothing is predicted any more.
    pub run: bool,
}

/// Asks for a prediction, and shows the one that was made.
#[component]
pub fn PredictionView(props: &PredictionViewProps) -> Html {
    let PredictionViewProps { lesson, prediction, run } = props;
    let kept = use_progress();
    let guess = kept.progress.prediction(lesson, prediction);
    let changing = use_state(|| false);
    let (place, refocus) = use_refocus();
    let first = use_state(|| None::<Option<EngineId>>);
    let ratio = use_state(|| None::<f64>);
    if let Some(guess) = guess
        && (!*changing || *run)
    {
        let change = {
            let (changing, refocus) = (changing.clone(), refocus.clone());
            Callback::from(move |_: MouseEvent| {
                refocus.emit(());
                changing.set(true);
            })
        };
        return html! {
            <div ref={place} tabindex="-1" class="prediction made" data-test="prediction-made">
                <p>{ said(guess) }</p>
                if !run {
                    <button class="secondary" data-test="predict-again" onclick={change}>{ "Change" }</button>
                }
            </div>
        };
    }
    let complete = match (*first, *ratio) {
        (Some(None), _) => Some(Predicted::Same),
        (Some(Some(engine)), Some(ratio)) => Some(Predicted::First { engine, ratio }),
        _ => None,
    };
    let decide = |predicted: Option<Predicted>| {
        let (kept, changing, refocus) = (kept.clone(), changing.clone(), refocus.clone());
        let (lesson, prediction) = (lesson.to_string(), prediction.clone());
        Callback::from(move |_: MouseEvent| {
            refocus.emit(());
            kept.dispatch(Deed::Predict(lesson.clone(), prediction.clone(), predicted));
            changing.set(false);
        })
    };
    let choose_first = |engine: Option<EngineId>| {
        let first = first.clone();
        Callback::from(move |_: Event| first.set(Some(engine)))
    };
    let choose_ratio = |times: f64| {
        let ratio = ratio.clone();
        Callback::from(move |_: Event| ratio.set(Some(times)))
    };
    html! {
        <div ref={place} tabindex="-1" class="prediction" data-test="prediction" role="group" aria-label="Your prediction">
            <fieldset>
                <legend>{ Html::from_html_unchecked(prediction.first_prompt_html.clone().into()) }</legend>
                for option in &prediction.first {
                    <label key={option.engine.map_or("same", EngineId::key)} class="option">
                        <input type="radio" name={format!("{}-first", prediction.id)} checked={*first == Some(option.engine)}
                            data-test={format!("predict-first-{}", option.engine.map_or("same", EngineId::key))} onchange={choose_first(option.engine)} />
                        <div class="option-text">{ Html::from_html_unchecked(option.html.clone().into()) }</div>
                    </label>
                }
            </fieldset>
            // Who expects no difference is not asked how large it is.
            if !matches!(*first, Some(None)) {
                <fieldset class="ratios">
                    <legend>{ Html::from_html_unchecked(prediction.ratio_prompt_html.clone().into()) }</legend>
                    for option in &prediction.ratios {
                        <label key={option.ratio.to_string()} class="option">
                            <input type="radio" name={format!("{}-ratio", prediction.id)} checked={*ratio == Some(option.ratio)}
                                data-test={format!("predict-ratio-{}", option.ratio)} onchange={choose_ratio(option.ratio)} />
                            <div class="option-text">{ Html::from_html_unchecked(option.html.clone().into()) }</div>
                        </label>
                    }
                </fieldset>
            }
            <div class="prediction-foot">
                <button class="primary" data-test="predict" disabled={complete.is_none()} onclick={decide(complete)}>{ "That is my prediction" }</button>
                <button class="secondary" data-test="just-show-me" onclick={decide(None)}>{ "Just show me" }</button>
            </div>
        </div>
    }
}

/// A prediction in words.
fn said(guess: Option<Predicted>) -> String {
    match guess {
        None => "You wanted to see it without a prediction.".to_owned(),
        Some(Predicted::Same) => "Your prediction: all take about the same time.".to_owned(),
        Some(Predicted::First { engine, ratio }) => {
            format!("Your prediction: “{}” finishes first, about {ratio} times as fast as the slowest.", engine.name())
        }
    }
}

/// Holds a prediction against what was measured; nothing before all of its engines have run.
pub fn judgement(prediction: &Prediction, predicted: Predicted, measured: &Measured) -> Html {
    let judged = judge(prediction, &predicted, measured);
    let right = judged.as_ref().is_some_and(|judged| judged.right_first && judged.right_ratio);
    html! {
        <div role="status">
            if let Some(judged) = judged {
                <div class={classes!("reply", if right { "right" } else { "wrong" })} data-test="judgement"
                    data-right={right.to_string()}>
                    <p class="reply-head">
                        <span aria-hidden="true">{ if right { "✓ " } else { "✗ " } }</span>
                        { &judged.words }
                    </p>
                    { Html::from_html_unchecked(judged.reply_html.into()) }
                </div>
            }
        </div>
    }
}

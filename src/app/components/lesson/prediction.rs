//! A prediction: a chart, a value or bars; made before the run, and held against it afterwards.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::board::{Held, board};
use super::myth::{quoted, truths};
use super::small_chart::small_chart;
use crate::app::hooks::use_refocus;
use crate::app::progress::{Deed, use_progress};
use crate::lesson::{Asked, ChartOption, Measured, Predicted, Prediction, Slider, judge};

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
    // Who changes a prediction goes on from it.
    let draft = use_state_eq(|| guess.flatten().cloned().or_else(|| prediction.asked.untouched()));
    let held = use_memo((), |()| Held::default());
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
                { said(prediction, guess) }
                if !run {
                    <button class="secondary" data-test="predict-again" onclick={change}>{ "Change" }</button>
                }
            </div>
        };
    }
    let decide = |predicted: Option<Predicted>| {
        let (kept, changing, refocus) = (kept.clone(), changing.clone(), refocus.clone());
        let (lesson, prediction) = (lesson.to_string(), prediction.clone());
        Callback::from(move |_: MouseEvent| {
            refocus.emit(());
            kept.dispatch(Deed::Predict(lesson.clone(), prediction.clone(), predicted.clone()));
            changing.set(false);
        })
    };
    let choose = {
        let draft = draft.setter();
        Callback::from(move |predicted| draft.set(Some(predicted)))
    };
    let answers = match (&prediction.asked, &*draft) {
        (Asked::Charts { options }, draft) => charts(prediction, options, draft.as_ref(), &choose),
        (Asked::Slider(of), draft) => slider(prediction, of, draft.as_ref(), &choose),
        (Asked::Bars(of), Some(Predicted::Starts(starts_ms))) => html! {
            <>
                <p class="hint">{ "Drag the bars, or go to one with Tab and move it with the arrow keys: Page Up and Page Down move it by its own length. With Shift the bars below it go along." }</p>
                { board(of, starts_ms, &held, &choose.reform(Predicted::Starts)) }
            </>
        },
        (Asked::Bars(_), _) => html! {},
        (Asked::Myth { .. }, draft) => truths(prediction, draft.as_ref(), &choose),
    };
    let is_myth = matches!(prediction.asked, Asked::Myth { .. });
    let (what, decision) = match is_myth {
        true => ("Often heard", "That is my answer"),
        false => ("Your prediction", "That is my prediction"),
    };
    html! {
        <div ref={place} tabindex="-1" class="prediction" data-test="prediction" role="group" aria-label={what}>
            <fieldset>
                <legend>
                    { if is_myth { quoted(prediction) } else { Html::from_html_unchecked(prediction.prompt_html.clone().into()) } }
                </legend>
                { answers }
            </fieldset>
            <div class="prediction-foot">
                <button class="primary" data-test="predict" disabled={draft.is_none()} onclick={decide((*draft).clone())}>{ decision }</button>
                <button class="secondary" data-test="just-show-me" onclick={decide(None)}>{ "Just show me" }</button>
            </div>
        </div>
    }
}

fn charts(
    prediction: &Prediction,
    options: &[ChartOption],
    draft: Option<&Predicted>,
    choose: &Callback<Predicted>,
) -> Html {
    let end_ms = prediction.asked.end_ms();
    let option = |option: &ChartOption| {
        let chart = Predicted::Chart(option.id.clone());
        let checked = draft == Some(&chart);
        let onchange = choose.reform(move |_: Event| chart.clone());
        html! {
            <label key={option.id.clone()} class="option">
                <input type="radio" name={prediction.id.clone()} {checked} data-test={format!("predict-{}", option.id)} {onchange} />
                <div class="option-text">
                    { Html::from_html_unchecked(option.html.clone().into()) }
                    { small_chart(&option.bars, end_ms) }
                </div>
            </label>
        }
    };
    html! { <div class="chart-options">{ for options.iter().map(option) }</div> }
}

fn slider(prediction: &Prediction, slider: &Slider, draft: Option<&Predicted>, choose: &Callback<Predicted>) -> Html {
    let stops = Rc::new(slider.stops());
    let value = if let Some(Predicted::Value(value)) = draft { Some(*value) } else { None };
    let place = value.and_then(|value| stops.iter().position(|stop| *stop == value)).unwrap_or(stops.len() / 2);
    let words = value.map_or("not set yet".to_owned(), |value| slider.words(value));
    let (first, last) = (stops.first().copied().unwrap_or_default(), stops.last().copied().unwrap_or_default());
    let oninput = {
        let stops = Rc::clone(&stops);
        choose.reform(move |event: InputEvent| {
            let at = event.target_unchecked_into::<HtmlInputElement>().value_as_number() as usize;
            Predicted::Value(stops.get(at).copied().unwrap_or(first))
        })
    };
    html! {
        <div class={classes!("slider", value.is_none().then_some("untouched"))}>
            <output for={format!("{}-value", prediction.id)} data-test="slider-value">{ &words }</output>
            <input id={format!("{}-value", prediction.id)} type="range" min="0" max={(stops.len() - 1).to_string()} step="1" value={place.to_string()}
                aria-label="Your prediction" aria-valuetext={words.clone()} data-test="slider" {oninput} />
            <p class="slider-ends" aria-hidden="true"><span>{ slider.words(first) }</span><span>{ slider.words(last) }</span></p>
        </div>
    }
}

/// A prediction that was made: in words, and as the picture that it is.
fn said(prediction: &Prediction, guess: Option<&Predicted>) -> Html {
    let asked = &prediction.asked;
    if let Asked::Myth { .. } = asked {
        let said = match guess {
            Some(Predicted::Truth(truth)) => format!("You said “{}”.", truth.words()),
            _ => "You wanted to see it before you say anything.".into(),
        };
        return html! { <div>{ quoted(prediction) }<p>{ said }</p></div> };
    }
    let Some(predicted) = guess else { return html! { <p>{ "You wanted to see it without a prediction." }</p> } };
    let name = match (asked, predicted) {
        (Asked::Charts { options }, Predicted::Chart(id)) => {
            options.iter().find(|option| option.id == *id).map(|option| option.html.clone())
        }
        (Asked::Slider(slider), Predicted::Value(value)) => Some(slider.words(*value)),
        _ => None,
    };
    let bars = asked.chart(predicted);
    html! {
        <>
            <p>{ "Your prediction" }{ name.is_some().then_some(": ") }{ Html::from_html_unchecked(name.unwrap_or_default().into()) }</p>
            if !bars.is_empty() {
                { small_chart(&bars, asked.end_ms()) }
            }
        </>
    }
}

/// Holds a prediction against what was measured; nothing before its engines have run.
pub fn judgement(prediction: &Prediction, predicted: &Predicted, measured: &Measured) -> Html {
    html! {
        <div role="status">
            if let Some(judged) = judge(prediction, predicted, measured) {
                <div class={classes!("reply", if judged.right { "right" } else { "wrong" })} data-test="judgement"
                    data-right={judged.right.to_string()}>
                    <p class="reply-head">
                        <span aria-hidden="true">{ if judged.right { "✓ " } else { "✗ " } }</span>
                        { &judged.words }
                    </p>
                    { Html::from_html_unchecked(judged.reply_html.into()) }
                </div>
            }
        </div>
    }
}

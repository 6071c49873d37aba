//! A chart with blanks, and for each of them the states to choose from.

use yew::prelude::*;

use super::{Standing, reply};
use crate::app::components::lesson::small_chart::{axis, rules, share, stroke};
use crate::lesson::question::{Blank, BlankOption, TraceWithBlanks};
use crate::lesson::{Given, Stretch};
use crate::timeline::words::duration;

/// Height of a row, CSS px: a letter stands in it.
const ROW_PX: f64 = 22.0;
/// A sample of a stroke, CSS px.
const SAMPLE_PX: f64 = 32.0;

/// The chart and the choices.
pub fn trace(standing: &Standing, trace: &TraceWithBlanks) -> Html {
    let Some(Given::Blanks(chosen)) = standing.draft else { return html! {} };
    let filled = standing.fixed();
    html! {
        <>
            <div class="gaps">
                { for (0..).zip(&trace.tasks).map(|(task, name)| row(trace, task, name, &filled)) }
                <div class="gaps-axis" aria-hidden="true">
                    <span />
                    <svg class="small-chart" height="20">{ axis(trace.end_ms, 0.0) }</svg>
                </div>
            </div>
            { for trace.blanks.iter().enumerate().map(|(number, of)| blank(standing, trace, chosen, &filled, number, of)) }
        </>
    }
}

fn row(trace: &TraceWithBlanks, task: u32, name: &str, filled: &[bool]) -> Html {
    let gap = |blank: &Blank| {
        let (x, width) = (share(blank.start_ms, trace.end_ms), share(blank.end_ms - blank.start_ms, trace.end_ms));
        let middle = share((blank.start_ms + blank.end_ms) / 2.0, trace.end_ms);
        html! {
            <>
                <rect class="gap" {x} {width} y="1.5" height={(ROW_PX - 3.0).to_string()} rx="3" />
                <text class="gap-letter" x={middle} y={(ROW_PX / 2.0).to_string()} text-anchor="middle" dominant-baseline="central">{ blank.letter }</text>
            </>
        }
    };
    html! {
        <div key={task} class="gaps-row">
            <span class="gaps-name">{ name }</span>
            <svg class="small-chart" role="img" aria-label={format!("{name}: {}", trace.words(task, filled))} height={ROW_PX.to_string()}>
                { rules(trace.end_ms, "100%") }
                { for trace.seen(task, filled).map(|bar| stroke(bar, 4.0, ROW_PX - 8.0, trace.end_ms)) }
                { for trace.hidden(task, filled).map(gap) }
            </svg>
        </div>
    }
}

fn blank(
    standing: &Standing,
    trace: &TraceWithBlanks,
    chosen: &[String],
    filled: &[bool],
    number: usize,
    of: &Blank,
) -> Html {
    let is_fixed = filled.get(number).copied().unwrap_or(false);
    let option = |option: &BlankOption| {
        let given = {
            let mut chosen = chosen.to_vec();
            chosen[number].clone_from(&option.id);
            Given::Blanks(chosen)
        };
        let sample = option.state.map(|state| {
            let bar = Stretch { task: of.task, state, start_ms: 0.1, end_ms: 0.9 };
            html! { <svg class="small-chart" width={SAMPLE_PX.to_string()} height="14" aria-hidden="true">{ stroke(&bar, 0.0, 14.0, 1.0) }</svg> }
        });
        html! {
            <label key={option.id.clone()} class={classes!("option", is_fixed.then_some("fixed"))}>
                <input type="radio" name={format!("{}-{}", standing.question.id, of.letter)} checked={chosen[number] == option.id} disabled={is_fixed}
                    data-test={format!("blank-{}-{}", of.letter, option.id)} onchange={standing.lay.reform(move |_: Event| given.clone())} />
                <span>{ option.words() }</span>
                { sample }
            </label>
        }
    };
    html! {
        <fieldset key={number} class="blank part">
            <legend>
                <span class="blank-letter">{ of.letter }</span>
                { format!("{} at {}", trace.tasks[of.task as usize], duration(of.at_ms, 1.0)) }
                { Html::from_html_unchecked(of.html.clone().into()) }
            </legend>
            <div class="blank-options">{ for of.options.iter().map(option) }</div>
            { reply(standing.answered.and_then(|(_, judged)| judged.parts.get(number))) }
        </fieldset>
    }
}

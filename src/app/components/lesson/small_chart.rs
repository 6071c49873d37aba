//! A small chart: what tasks do over time, in the strokes of the large ones, as vectors that take the page's colours. Without names and
//! without an end of its own: charts to choose from share one axis.

use yew::prelude::*;

use crate::lesson::{Stretch, chart_words};
use crate::timeline::colour::task_colour;
use crate::timeline::words::duration;
use crate::trace::{State, TaskId};

/// Height of a row, CSS px.
const ROW_PX: f64 = 11.0;
/// Height of the axis below, CSS px.
const AXIS_PX: f64 = 20.0;

/// The chart on an axis that ends at `end_ms`.
pub fn small_chart(bars: &[Stretch], end_ms: f64) -> Html {
    let rows = bars.iter().map(|bar| bar.task + 1).max().unwrap_or(0);
    let height_px = f64::from(rows) * ROW_PX;
    html! {
        <svg class="small-chart" role="img" aria-label={chart_words(bars)} height={(height_px + AXIS_PX).to_string()}>
            { rules(end_ms, &height_px.to_string()) }
            { for bars.iter().map(|bar| stroke(bar, f64::from(bar.task) * ROW_PX, ROW_PX, end_ms)) }
            { axis(end_ms, height_px) }
        </svg>
    }
}

/// A time as a share of the axis.
pub fn share(at_ms: f64, end_ms: f64) -> String {
    format!("{:.2}%", at_ms / end_ms * 100.0)
}

/// The times at which there is a rule, ms: four to ten of them.
fn rule_times(end_ms: f64) -> impl Iterator<Item = f64> {
    let power = 10_f64.powf((end_ms / 4.0).log10().floor());
    let step_ms = [5.0, 2.0, 1.0].into_iter().map(|of| of * power).find(|step_ms| end_ms / step_ms >= 4.0);
    let step_ms = step_ms.unwrap_or(end_ms);
    (0..).map(move |number| f64::from(number) * step_ms).take_while(move |at_ms| *at_ms <= end_ms)
}

/// The vertical rules of an axis, down to this y.
pub fn rules(end_ms: f64, bottom: &str) -> Html {
    let rule = |at_ms: f64| {
        let x = share(at_ms, end_ms);
        html! { <line class="rule" x1={x.clone()} x2={x} y1="0" y2={bottom.to_owned()} /> }
    };
    rule_times(end_ms).map(rule).collect()
}

/// The times below the rules; `y_px` is the upper edge.
pub fn axis(end_ms: f64, y_px: f64) -> Html {
    // On the narrowest screens there is room for three.
    let every = rule_times(end_ms).count().div_ceil(3);
    let last = 0.96 * end_ms;
    // No coarser than the rules, or a label would name another time than its rule stands at.
    let resolution_ms = rule_times(end_ms).nth(1).map_or(100.0, |step_ms| step_ms.min(100.0));
    let label = |at_ms: f64| {
        let anchor = if at_ms == 0.0 {
            "start"
        } else if at_ms > last {
            "end"
        } else {
            "middle"
        };
        html! { <text x={share(at_ms, end_ms)} y={(y_px + 14.0).to_string()} text-anchor={anchor}>{ if at_ms == 0.0 { "0".to_owned() } else { duration(at_ms, resolution_ms) } }</text> }
    };
    rule_times(end_ms).step_by(every).map(label).collect()
}

/// What a task does in a row with this upper edge and height, CSS px.
pub fn stroke(bar: &Stretch, y_px: f64, height_px: f64, end_ms: f64) -> Html {
    let colour = task_colour(TaskId(bar.task));
    let (fill, line) = match bar.state {
        State::Starting | State::Overhead => ("var(--overhead)".to_owned(), "var(--overhead-line)".to_owned()),
        _ => (format!("var(--task-{colour})"), format!("var(--task-line-{colour})")),
    };
    let (x, right) = (share(bar.start_ms, end_ms), share(bar.end_ms, end_ms));
    let width = share(bar.end_ms - bar.start_ms, end_ms);
    let middle = (y_px + height_px / 2.0).to_string();
    let along = |class: &'static str| html! { <line {class} x1={x.clone()} x2={right.clone()} y1={middle.clone()} y2={middle.clone()} stroke={line.clone()} /> };
    match bar.state {
        State::Running | State::Starting | State::Overhead => {
            let (y, height) = ((y_px + 1.0).to_string(), (height_px - 2.0).to_string());
            html! { <rect {x} {y} {width} {height} {fill} stroke={line} /> }
        }
        State::Ready => along("ready"),
        State::WaitingForLock => along("locked"),
        State::WaitingForIo => html! {
            <>
                { along("waits") }
                <circle cx={x.clone()} cy={middle.clone()} r="2.5" stroke={line.clone()} />
                <circle cx={right.clone()} cy={middle.clone()} r="2.5" stroke={line.clone()} />
            </>
        },
    }
}

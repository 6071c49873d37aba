//! The lines of a program, of which one is to be marked: a group of radio buttons, one for each line.

use yew::prelude::*;

use super::Standing;
use crate::lesson::Given;
use crate::lesson::question::Lines;

/// The program.
pub fn line(standing: &Standing, lines: &Lines) -> Html {
    let marked = if let Some(Given::Line(line)) = standing.draft { Some(*line) } else { None };
    let answered = match standing.answered {
        Some((Given::Line(line), judged)) => Some((*line, if judged.right { "right" } else { "wrong" })),
        _ => None,
    };
    let line = |(number, html): (u32, &str)| {
        let code = html! { <code>{ Html::from_html_unchecked(html.to_owned().into()) }</code> };
        if html.trim().is_empty() {
            return html! { <div key={number} class="mark-line"><span class="line-number">{ number }</span>{ code }</div> };
        }
        let judged = answered.filter(|(line, _)| *line == number).map(|(_, judged)| judged);
        html! {
            <label key={number} class={classes!("mark-line", judged)}>
                <input type="radio" class="visually-hidden" name={standing.question.id.clone()} checked={marked == Some(number)}
                    disabled={standing.has_ended()} data-test={format!("line-{number}")}
                    onchange={standing.lay.reform(move |_: Event| Given::Line(number))} />
                <span class="line-number"><span class="visually-hidden">{ "Line " }</span>{ number }</span>
                { code }
            </label>
        }
    };
    html! {
        <>
            <p class="hint">{ "Mark a line: click it, or go to the program with Tab and to a line with the arrow keys." }</p>
            <div class="mark-lines">{ for (1..).zip(lines.html.lines()).map(line) }</div>
        </>
    }
}

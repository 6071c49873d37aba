//! A number that is typed, with its unit.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Standing;
use crate::lesson::question::Number;

/// The field; Enter answers, and the focus stays there: `answer` takes whether the button was pressed. `problem` is why what was typed is no answer.
pub fn number(
    standing: &Standing,
    number: &Number,
    typed: &UseStateHandle<String>,
    problem: Option<&str>,
    answer: &Callback<bool>,
) -> Html {
    let id = format!("{}-number", standing.question.id);
    let error = format!("{id}-error");
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| typed.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let onkeydown = {
        let (answer, has_ended) = (answer.clone(), standing.has_ended());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !has_ended {
                answer.emit(false);
            }
        })
    };
    html! {
        <>
            <div class="number">
                <input {id} type="text" inputmode="decimal" autocomplete="off" value={(**typed).clone()} readonly={standing.has_ended()}
                    aria-label={if number.unit.is_empty() { "Your answer".to_owned() } else { format!("Your answer, in {}", number.unit) }}
                    aria-invalid={problem.is_some().to_string()} aria-describedby={problem.is_some().then(|| error.clone())}
                    data-test="number" {oninput} {onkeydown} />
                if !number.unit.is_empty() {
                    <span class="unit" aria-hidden="true">{ &number.unit }</span>
                }
            </div>
            <p id={error} class="field-error" role="status" data-test="number-error">{ problem.unwrap_or_default() }</p>
        </>
    }
}

//! Something to turn: for a number, a field that keeps what was typed, steppers, the range in words, and the error at the
//! field; for a choice, a list.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::demo::{Action, Field};
use crate::plan::Parameter;

/// The field and what to do when it changes.
#[derive(Properties, PartialEq)]
pub struct ParameterFieldProps {
    /// The field as it stands.
    pub field: Field,
    /// Whether it cannot be changed now.
    pub disabled: bool,
    /// Called with each change.
    pub change: Callback<Action>,
}

/// Something to turn.
#[component]
pub fn ParameterField(props: &ParameterFieldProps) -> Html {
    let Parameter { key, label, unit, .. } = *props.field.parameter();
    let error = props.field.value().err();
    // More than one demo may stand on a page.
    let id = use_memo((), |()| format!("{key}-{}", (js_sys::Math::random() * 1e9) as u32));
    if !props.field.choices().is_empty() {
        return choice(props, &id);
    }
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let oninput = {
        let change = props.change.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            change.emit(Action::Type(key, input.value()));
        })
    };
    let nudge = |steps: i64| {
        let change = props.change.clone();
        Callback::from(move |_: MouseEvent| change.emit(Action::Nudge(key, steps)))
    };
    let onkeydown = {
        let change = props.change.clone();
        Callback::from(move |event: KeyboardEvent| {
            let steps = match event.key().as_str() {
                "ArrowUp" => 1,
                "ArrowDown" => -1,
                "PageUp" => 10,
                "PageDown" => -10,
                _ => return,
            };
            event.prevent_default();
            change.emit(Action::Nudge(key, steps));
        })
    };
    html! {
        <div class="field">
            <label for={id.to_string()}>{ label }</label>
            <div class="stepper">
                <button type="button" aria-label={format!("{label}: less")} disabled={props.disabled} onclick={nudge(-1)}>{ "−" }</button>
                <input id={id.to_string()} data-test={format!("param-{key}")} type="text" inputmode="numeric" autocomplete="off"
                    value={props.field.text().to_owned()} disabled={props.disabled} aria-invalid={error.is_some().to_string()}
                    aria-describedby={if error.is_some() { format!("{error_id} {hint_id}") } else { hint_id.clone() }}
                    {oninput} {onkeydown} />
                <button type="button" aria-label={format!("{label}: more")} disabled={props.disabled} onclick={nudge(1)}>{ "+" }</button>
                if !unit.is_empty() {
                    <span class="unit">{ unit }</span>
                }
            </div>
            <span id={hint_id} class="hint">{ props.field.range_words() }</span>
            if let Some(error) = error {
                <p id={error_id} class="field-error" role="alert" data-test="field-error">{ error }</p>
            }
        </div>
    }
}

/// A list of names, one of which is chosen.
fn choice(ParameterFieldProps { field, disabled, change }: &ParameterFieldProps, id: &str) -> Html {
    let Parameter { key, label, .. } = *field.parameter();
    let chosen = field.value().ok();
    let onchange = {
        let change = change.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            change.emit(Action::Type(key, select.value()));
        })
    };
    let option = |(value, name): (u32, &&'static str)| {
        html! { <option key={*name} value={value.to_string()} selected={chosen == Some(value)}>{ *name }</option> }
    };
    html! {
        <div class="field">
            <label for={id.to_owned()}>{ label }</label>
            <select id={id.to_owned()} data-test={format!("param-{key}")} disabled={*disabled} {onchange}>
                { for (0..).zip(field.choices()).map(option) }
            </select>
        </div>
    }
}

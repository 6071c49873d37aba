//! The learner's own addresses: a field for them, what it needs of the servers, and the error at the field.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::demo::Action;
use crate::plan::{MOST_URLS, UrlProblem};

/// The field with `text` in it. `number` is that of the demo: more than one may stand on a page.
pub fn urls_field(
    number: u32,
    (text, problem): (&str, Option<UrlProblem>),
    disabled: bool,
    change: &Callback<Action>,
) -> Html {
    // A field that nobody has filled in yet is not wrong; the button says that it waits for it.
    let error = problem.filter(|_| !text.trim().is_empty());
    let [id, hint_id, error_id] = ["", "-hint", "-error"].map(|part| format!("urls-{number}{part}"));
    let oninput = {
        let change = change.clone();
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            change.emit(Action::TypeUrls(area.value()));
        })
    };
    html! {
        <div class="field urls">
            <label for={id.clone()}>{ "Addresses" }</label>
            <textarea {id} data-test="urls" rows="4" spellcheck="false" autocomplete="off" autocapitalize="off"
                placeholder={"https://example.org/data.json"} value={text.to_owned()} {disabled}
                aria-invalid={error.is_some().to_string()} aria-describedby={format!("{error_id} {hint_id}")} {oninput} />
            if let Some(error) = error {
                <p id={error_id} class="field-error" role="alert" data-test="field-error">{ error.to_string() }</p>
            }
            <p id={hint_id} class="hint">
                { format!("One address a line, {MOST_URLS} at most. Their servers must allow other sites to read their answers (CORS). \
                    Nothing but these requests leaves this browser.") }
            </p>
        </div>
    }
}

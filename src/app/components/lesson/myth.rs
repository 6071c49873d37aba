//! A myth as it is asked before a run: the claim as a quotation, and what one may call it.

use yew::prelude::*;

use crate::lesson::{Predicted, Prediction, Truth};

/// The claim, under the words that say where it comes from.
pub fn quoted(myth: &Prediction) -> Html {
    html! {
        <>
            <span class="act-head">{ "Often heard" }</span>
            <blockquote class="often-heard">{ Html::from_html_unchecked(myth.prompt_html.clone().into()) }</blockquote>
        </>
    }
}

/// The three answers.
pub fn truths(myth: &Prediction, draft: Option<&Predicted>, choose: &Callback<Predicted>) -> Html {
    let option = |truth: Truth| {
        let checked = draft == Some(&Predicted::Truth(truth));
        let onchange = choose.reform(move |_: Event| Predicted::Truth(truth));
        html! {
            <label key={truth.key()} class="option">
                <input type="radio" name={myth.id.clone()} {checked} data-test={format!("myth-{}", truth.key())} {onchange} />
                <div class="option-text">{ truth.words() }</div>
            </label>
        }
    };
    html! { <div class="truths">{ for Truth::ALL.into_iter().map(option) }</div> }
}

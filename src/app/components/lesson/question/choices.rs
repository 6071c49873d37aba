//! Options to choose from: one of them, or as many as are right.

use yew::prelude::*;

use super::{Standing, reply};
use crate::lesson::{Choice, Given};

/// Options of which one is right.
pub fn single(standing: &Standing, options: &[Choice]) -> Html {
    let chosen = if let Some(Given::Choice(id)) = standing.draft { Some(id.as_str()) } else { None };
    let name = &standing.question.id;
    let option = |option: &Choice| {
        let given = Given::Choice(option.id.clone());
        html! {
            <label key={option.id.clone()} class="option">
                <input type="radio" name={name.clone()} data-test={format!("option-{}", option.id)} checked={chosen == Some(&*option.id)}
                    disabled={standing.has_ended()} onchange={standing.lay.reform(move |_: Event| given.clone())} />
                <div class="option-text">{ Html::from_html_unchecked(option.html.clone().into()) }</div>
            </label>
        }
    };
    options.iter().map(option).collect()
}

/// Options of which several may be right. One that was judged rightly stays as it is.
pub fn multiple(standing: &Standing, options: &[Choice]) -> Html {
    let chosen = if let Some(Given::Choices(ids)) = standing.draft { ids.as_slice() } else { &[] };
    let fixed = standing.fixed();
    let option = |(number, option): (usize, &Choice)| {
        let checked = chosen.contains(&option.id);
        let is_fixed = fixed.get(number).copied().unwrap_or(false);
        let chosen_then = |is_chosen: &dyn Fn(&Choice) -> bool| {
            Given::Choices(options.iter().filter(|option| is_chosen(option)).map(|option| option.id.clone()).collect())
        };
        let given = chosen_then(&|other| if other.id == option.id { !checked } else { chosen.contains(&other.id) });
        html! {
            <div key={option.id.clone()} class="part">
                <label class={classes!("option", is_fixed.then_some("fixed"))}>
                    <input type="checkbox" data-test={format!("option-{}", option.id)} {checked} disabled={is_fixed}
                        onchange={standing.lay.reform(move |_: Event| given.clone())} />
                    <div class="option-text">{ Html::from_html_unchecked(option.html.clone().into()) }</div>
                </label>
                { reply(standing.answered.and_then(|(_, judged)| judged.parts.get(number))) }
            </div>
        }
    };
    html! {
        <>
            <p class="hint">{ "One or more are right." }</p>
            { for options.iter().enumerate().map(option) }
        </>
    }
}

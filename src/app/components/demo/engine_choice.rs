//! Which engines run: a box to tick for each, with what it stands for in Python and what it really does here.

use yew::prelude::*;

use crate::demo::Action;
use crate::engine::EngineId;

/// A box to tick for each engine, or why it cannot be ticked; those `chosen` are ticked, and `change` hears of it.
pub fn engine_choice(
    choices: Vec<(EngineId, Option<&'static str>)>,
    chosen: &[EngineId],
    disabled: bool,
    change: &Callback<Action>,
) -> Html {
    let choice = |(engine, refusal): (EngineId, Option<&'static str>)| {
        let ticked = chosen.contains(&engine);
        let onchange = {
            let change = change.clone();
            Callback::from(move |_: Event| change.emit(Action::Toggle(engine)))
        };
        html! {
            <label key={engine.key()} class="engine">
                <input type="checkbox" data-test="engine-choice" data-engine={engine.key()} checked={ticked}
                    disabled={disabled || (refusal.is_some() && !ticked)} {onchange} />
                <span class="engine-name">{ engine.name() }</span>
                <span class="engine-python">{ "in Python: " }<span class="python">{ engine.in_python() }</span></span>
                <span class="engine-does">{ engine.really_does() }</span>
                if let Some(why) = refusal {
                    <span class="engine-refusal" data-test="engine-refusal">{ format!("Cannot run this plan: {why}.") }</span>
                }
            </label>
        }
    };
    html! {
        <fieldset class="engines">
            <legend>{ "Run it on" }</legend>
            { for choices.into_iter().map(choice) }
        </fieldset>
    }
}

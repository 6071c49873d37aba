//! Which engines run: a box to tick for each, with what it stands for in Python and what it really does here.

use yew::prelude::*;

use crate::demo::Action;
use crate::engine::EngineId;

/// A box to tick for each engine that is `offered`; those `chosen` are ticked, and `change` hears of it.
pub fn engine_choice(offered: Vec<EngineId>, chosen: &[EngineId], disabled: bool, change: &Callback<Action>) -> Html {
    let choice = |engine: EngineId| {
        let ticked = chosen.contains(&engine);
        let onchange = {
            let change = change.clone();
            Callback::from(move |_: Event| change.emit(Action::Toggle(engine)))
        };
        html! {
            <label key={engine.key()} class="engine">
                <input type="checkbox" data-test="engine-choice" data-engine={engine.key()} checked={ticked}
                    {disabled} {onchange} />
                <span class="engine-name">{ engine.name() }</span>
                <span class="engine-python">{ "in Python: " }<span class="python">{ engine.in_python() }</span></span>
                <span class="engine-does">{ engine.really_does() }</span>
            </label>
        }
    };
    html! {
        <fieldset class="engines">
            <legend>{ "Run it on" }</legend>
            { for offered.into_iter().map(choice) }
        </fieldset>
    }
}

//! Which engines run: a box to tick for each, with what it stands for in Python and what it really does here.

use yew::prelude::*;

use crate::demo::Action;
use crate::engine::EngineId;

/// The engines and what to do when one is chosen.
#[derive(Properties, PartialEq)]
pub struct EngineChoiceProps {
    /// Those chosen, in the order they run.
    pub chosen: Vec<EngineId>,
    /// Whether nothing can be chosen now.
    pub disabled: bool,
    /// Called with what is chosen or dropped.
    pub change: Callback<Action>,
}

/// A box to tick for each engine.
#[component]
pub fn EngineChoice(props: &EngineChoiceProps) -> Html {
    let choice = |engine: EngineId| {
        let place = props.chosen.iter().position(|chosen| *chosen == engine);
        let onchange = {
            let change = props.change.clone();
            Callback::from(move |_: Event| change.emit(Action::Toggle(engine)))
        };
        html! {
            <label key={engine.key()} class="engine">
                <input type="checkbox" data-test="engine-choice" data-engine={engine.key()} checked={place.is_some()}
                    disabled={props.disabled} {onchange} />
                <span class="engine-name">{ engine.name() }</span>
                <span class="engine-python">{ "in Python: " }<span class="python">{ engine.in_python() }</span></span>
                <span class="engine-does">{ engine.really_does() }</span>
            </label>
        }
    };
    html! {
        <fieldset class="engines">
            <legend>{ "Run it on" }</legend>
            { for EngineId::ALL.into_iter().map(choice) }
        </fieldset>
    }
}

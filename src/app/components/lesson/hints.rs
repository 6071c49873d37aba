//! Hints, shown one after another to who asks for them.

use yew::prelude::*;

use crate::app::hooks::use_refocus;

/// The hints to a question or task.
#[derive(Properties, PartialEq)]
pub struct HintsProps {
    /// The hints, as HTML each.
    pub hints: Vec<String>,
    /// Whether they have served their purpose: no more are offered.
    pub ended: bool,
}

/// The hints that have been asked for, and the button for the next.
#[component]
pub fn Hints(props: &HintsProps) -> Html {
    let HintsProps { hints, ended } = props;
    let asked = use_state_eq(|| 0_usize);
    let (place, refocus) = use_refocus();
    let onclick = {
        let (asked, all) = (asked.clone(), hints.len());
        Callback::from(move |_: MouseEvent| {
            // The button goes away with the last.
            if *asked + 1 == all {
                refocus.emit(());
            }
            asked.set(*asked + 1);
        })
    };
    html! {
        <div class="hints" data-test="hints">
            <ol ref={place} tabindex="-1" aria-live="polite" aria-label="Hints">
                for (number, hint) in hints.iter().take(*asked).enumerate() {
                    <li key={number} data-test="hint">{ Html::from_html_unchecked(hint.clone().into()) }</li>
                }
            </ol>
            if *asked < hints.len() && !ended {
                <button class="quiet" data-test="next-hint" {onclick}>{ format!("Hint {} of {}", *asked + 1, hints.len()) }</button>
            }
        </div>
    }
}

//! An address that leads nowhere.

use yew::prelude::*;

use crate::app::dom;

/// Says so, and leads on.
#[component]
pub fn NotFound() -> Html {
    use_effect_with((), |()| dom::set_title("No such page"));
    html! {
        <div class="not-found">
            <h1>{ "There is no such page" }</h1>
            <p class="lead">{ "The link may be mistyped, or the page may have moved." }</p>
            <p>
                <a href="#/">{ "Start at the beginning" }</a>{ ", see the " }<a href="#/lessons">{ "lessons" }</a>
                { " or the " }<a href="#/demos">{ "demos" }</a>{ "." }
            </p>
        </div>
    }
}

//! All demos, each with what it shows.

use yew::prelude::*;

use crate::app::dom;
use crate::demo::Group;

/// The list of demos.
#[component]
pub fn Demos() -> Html {
    use_effect_with((), |()| dom::set_title("Demos"));
    html! {
        <div class="demos">
            <h1>{ "Demos" }</h1>
            <p class="lead">
                { "Every one runs here, with the engines and the numbers that you choose. A link keeps your choice. " }
                { "Plans of your own are written in the " }
                <a href="#/playground">{ "playground" }</a>{ "." }
            </p>
            for group in Group::ALL {
                <section key={group.title()} class="demo-group">
                    <h2>{ group.title() }</h2>
                    <ul class="demo-list">
                        for demo in group.demos() {
                            <li key={demo.id} class="demo-card">
                                <a href={format!("#/demo/{}", demo.id)}>{ demo.title }</a>
                                <p>{ demo.sentence }</p>
                            </li>
                        }
                    </ul>
                </section>
            }
        </div>
    }
}

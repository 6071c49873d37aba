//! A program to read, and what runs here in its place.

use yew::prelude::*;

use crate::lesson::Listing;

/// A listing.
pub fn listing(listing: &Listing) -> Html {
    let Listing { title, language, html, engine, .. } = listing;
    html! {
        <figure class="listing">
            <figcaption class="listing-title">{ title }</figcaption>
            // Scrolls sideways where it is too wide, so the keyboard has to reach it.
            <pre tabindex="0" aria-label={title.clone()}><code class={format!("language-{language}")}>{ Html::from_html_unchecked(html.clone().into()) }</code></pre>
            if let Some(engine) = engine {
                <p class="runs-here"><strong>{ "What runs here in its place: " }{ engine.name() }{ ". " }</strong>{ engine.really_does() }</p>
            }
        </figure>
    }
}

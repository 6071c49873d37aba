//! A program to read: whole, with what runs here in its place; or line by line, with a gutter for marks.

use yew::prelude::*;

use crate::lesson::{Listing, Runs};

/// A listing as a lesson shows it.
pub fn listing(listing: &Listing) -> Html {
    let Listing { title, html, .. } = listing;
    html! {
        <figure class="listing">
            <figcaption class="listing-title">{ title }</figcaption>
            { program(listing, NodeRef::default(), Html::from_html_unchecked(html.clone().into())) }
            { runs_here(listing) }
        </figure>
    }
}

/// The part of this project's source that runs in the place of a listing.
pub fn rust(listing: &Listing, Runs { file, name, html }: &Runs) -> Html {
    html! {
        <figure class="listing">
            <figcaption class="listing-title">
                <code>{ name }</code><span class="file-name">{ " in " }<code>{ file }</code></span>
            </figcaption>
            <pre tabindex="0" aria-label={format!("{name} in {file}")}><code class="language-rust">{ Html::from_html_unchecked(html.clone().into()) }</code></pre>
            { runs_here(listing) }
        </figure>
    }
}

fn runs_here(listing: &Listing) -> Html {
    let Some(engine) = listing.engine else { return html! {} };
    html! { <p class="runs-here"><strong>{ "What runs here in its place: " }{ engine.name() }{ ". " }</strong>{ engine.really_does() }</p> }
}

/// Its lines, each an element in `node` that begins with a gutter. No highlighting goes over the end of a line. What is in the gutters
/// is no part of the program.
pub fn lines(listing: &Listing, node: NodeRef) -> Html {
    let line = |(number, html): (usize, &str)| {
        html! {
            <span key={number} class="line" data-test="line" data-line={number.to_string()}>
                <span class="gutter" aria-hidden="true" />
                <span>{ Html::from_html_unchecked(html.to_owned().into()) }{ "\n" }</span>
            </span>
        }
    };
    program(listing, node, html! { <>{ for (1..).zip(listing.html.lines()).map(line) }</> })
}

fn program(Listing { title, language, .. }: &Listing, node: NodeRef, inside: Html) -> Html {
    html! {
        // Scrolls sideways where it is too wide, so the keyboard has to reach it.
        <pre tabindex="0" aria-label={title.clone()}><code ref={node} class={format!("language-{language}")}>{ inside }</code></pre>
    }
}

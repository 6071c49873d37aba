//! The foot of every page: what is real, and that nothing leaves the browser unasked.

use yew::prelude::*;

/// The foot of every page.
pub fn footer() -> Html {
    html! {
        <footer class="site-footer">
            <p>
                { "What a demo shows is measured here, in your browser, when you press Run. Nothing leaves it, except requests to addresses that you type yourself. " }
                <a href="#/about">{ "How it measures" }</a>{ " · " }<a href="#/demos">{ "Demos" }</a>{ " · " }
                <a href="#/gallery">{ "Embed\u{a0}a\u{a0}demo" }</a>{ " · " }
                <a href="#/guide">{ "Which\u{a0}one,\u{a0}when?" }</a>{ " · " }
                <a href="#/trace">{ "Open a\u{a0}trace" }</a>{ " · " }<a href="#/teachers">{ "For\u{a0}teachers" }</a>
            </p>
        </footer>
    }
}

//! Signs on buttons.

use yew::prelude::*;

/// A sign 16 units wide and high, drawn by an SVG path. It says nothing by itself: its button has a label.
pub fn icon(path: &'static str) -> Html {
    html! { <svg viewBox="0 0 16 16" aria-hidden="true"><path d={path} /></svg> }
}

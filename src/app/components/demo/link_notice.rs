//! What could not be read of a link.

use yew::prelude::*;

use crate::app::components::{Tone, notice};
use crate::demo::LinkProblem;

/// A notice with what was wrong, if anything was.
pub fn link_notice(problems: &[LinkProblem]) -> Html {
    if problems.is_empty() {
        return html! {};
    }
    let says = html! { <>
        <p>{ "Not everything in this link could be read:" }</p>
        <ul>
            for problem in problems {
                <li>{ problem.to_string() }</li>
            }
        </ul>
    </> };
    notice(Tone::Warning, "link-problem", says)
}

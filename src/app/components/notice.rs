//! A message that stands out of the text: something to know, to mind, or that went wrong.

use yew::prelude::*;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// To know.
    Note,
    /// To mind.
    Warning,
    /// Went wrong; read out at once.
    Error,
}

/// A message that stands out; `test` is its name for tests.
pub fn notice(tone: Tone, test: &'static str, says: Html) -> Html {
    let (class, role, name) = match tone {
        Tone::Note => ("notice note", "note", "Note"),
        Tone::Warning => ("notice warning", "note", "Mind"),
        Tone::Error => ("notice error", "alert", "Problem"),
    };
    html! {
        <div {class} {role} data-test={test}>
            <span class="notice-name">{ name }</span>
            <div class="notice-text">{ says }</div>
        </div>
    }
}

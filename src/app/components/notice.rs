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

/// What a notice says.
#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    /// How it is meant.
    pub tone: Tone,
    /// Name for tests.
    #[prop_or_default]
    pub test: Option<AttrValue>,
    /// What it says.
    pub children: Html,
}

/// A message that stands out.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let (class, role, name) = match props.tone {
        Tone::Note => ("notice note", "note", "Note"),
        Tone::Warning => ("notice warning", "note", "Mind"),
        Tone::Error => ("notice error", "alert", "Problem"),
    };
    html! {
        <div {class} {role} data-test={props.test.clone()}>
            <span class="notice-name">{ name }</span>
            <div class="notice-text">{ props.children.clone() }</div>
        </div>
    }
}

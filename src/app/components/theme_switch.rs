//! The switch between light, dark, and what the system says.

use yew::prelude::*;

use crate::app::preferences::{Theme, use_preferences};

/// One button that goes through auto, light and dark, and says where it stands.
#[component]
pub fn ThemeSwitch() -> Html {
    let preferences = use_preferences();
    let place = Theme::ALL.iter().position(|theme| *theme == preferences.theme).unwrap_or_default();
    let next = Theme::ALL[(place + 1) % Theme::ALL.len()];
    let name = match preferences.theme {
        Theme::Auto => "Auto",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    };
    let onclick = {
        let choose = preferences.choose.clone();
        Callback::from(move |_: MouseEvent| choose.emit(next))
    };
    let label = format!("Colours: {}. Switch to {}.", name.to_lowercase(), next.key());
    html! {
        <button class="theme-switch" data-test="theme" data-theme={preferences.theme.key()} aria-label={label} {onclick}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
                <circle class="theme-disc" cx="8" cy="8" r="6" />
                <path class="theme-half" d="M8 2a6 6 0 0 1 0 12z" />
            </svg>
            <span>{ name }</span>
        </button>
    }
}

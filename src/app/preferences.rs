//! Light or dark: what the visitor chose, and what it comes to with the system's own preference. Charts are painted with colours
//! read from the stylesheet, so they have to know when it changes.

use gloo::events::EventListener;
use web_sys::Element;
use yew::html::ChildrenProps;
use yew::prelude::*;

use super::dom;

const STORAGE_KEY: &str = "interleave.theme";
const DARK_QUERY: &str = "(prefers-color-scheme: dark)";

/// What the visitor chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Name in the storage and in the stylesheet.
    pub fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What the page opens with: what its visitor chose, or where it is embedded, what its address says, as boot.js has shown it.
    fn first() -> Self {
        let kept = if dom::is_embedded() { shown() } else { dom::kept(STORAGE_KEY) };
        Self::ALL.into_iter().find(|theme| Some(theme.key()) == kept.as_deref()).unwrap_or_default()
    }
}

/// What components read.
#[derive(Clone, PartialEq)]
pub struct Preferences {
    /// What the visitor chose.
    pub theme: Theme,
    /// Whether the page is dark now.
    pub dark: bool,
    /// Chooses.
    pub choose: Callback<Theme>,
}

/// Keeps the choice and hands it down.
#[component]
pub fn PreferencesProvider(props: &ChildrenProps) -> Html {
    let theme = use_state(Theme::first);
    let system_dark = use_state(|| dom::media_matches(DARK_QUERY));
    {
        let system_dark = system_dark.clone();
        use_effect_with((), move |()| {
            let list = dom::window().match_media(DARK_QUERY).ok().flatten();
            let listener =
                list.map(|list| EventListener::new(&list.clone(), "change", move |_| system_dark.set(list.matches())));
            move || drop(listener)
        });
    }
    let choose = {
        let theme = theme.clone();
        Callback::from(move |chosen: Theme| {
            if !dom::is_embedded() {
                dom::keep(STORAGE_KEY, chosen.key());
            }
            show(chosen);
            theme.set(chosen);
        })
    };
    use_effect_with(*theme, |theme| {
        let on = |name: &'static str, theme: Theme| EventListener::new(&dom::window(), name, move |_| show(theme));
        // Charts are printed light too; they listen after this, and read the colours then.
        let listeners = [on("beforeprint", Theme::Light), on("afterprint", *theme)];
        move || drop(listeners)
    });
    let dark = match *theme {
        Theme::Auto => *system_dark,
        Theme::Light => false,
        Theme::Dark => true,
    };
    let preferences = Preferences { theme: *theme, dark, choose };
    html! { <ContextProvider<Preferences> context={preferences}>{ props.children.clone() }</ContextProvider<Preferences>> }
}

fn root() -> Option<Element> {
    dom::window().document().and_then(|document| document.document_element())
}

/// What the page looks like.
fn shown() -> Option<String> {
    root()?.get_attribute("data-theme")
}

/// Has the page look like that.
fn show(theme: Theme) {
    if let Some(root) = root() {
        let _ = root.set_attribute("data-theme", theme.key());
    }
}

/// The preferences.
#[hook]
pub fn use_preferences() -> Preferences {
    use_context::<Preferences>().expect("the app provides preferences")
}

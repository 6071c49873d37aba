//! The table of keys, made from the table that is obeyed.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::timeline::view::keys::{KEYS, KeyHelp};

/// How to close it.
#[derive(Properties, PartialEq)]
pub struct KeysHelpProps {
    /// Called when it is to go.
    pub on_close: Callback<()>,
}

/// All keys of a chart; it takes the focus while it is there.
#[component]
pub fn KeysHelp(props: &KeysHelpProps) -> Html {
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with((), move |()| {
            if let Some(place) = place.cast::<HtmlElement>() {
                let _ = place.focus();
            }
        });
    }
    let onkeydown = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Escape" | "?") {
                event.prevent_default();
                on_close.emit(());
            }
        })
    };
    let close = props.on_close.reform(|_| ());
    html! {
        <section ref={place} class="keys" data-test="keys" tabindex="-1" aria-label="Keys of a chart" {onkeydown}>
            <header>
                <h3>{ "In a chart that has the focus" }</h3>
                <button type="button" data-test="keys-close" onclick={close}>{ "Close" }</button>
            </header>
            <dl>{ for KEYS.iter().map(line) }</dl>
            <p class="hint">
                { "Wheel: zoom in a chart with the focus, or with Ctrl anywhere; with Shift, move. Drag: move. Shift and drag: select a stretch of time. \
                   Two fingers: zoom and move. Drag on the axis: move the playhead." }
            </p>
        </section>
    }
}

fn line(help: &KeyHelp) -> Html {
    html! {
        <div key={help.words}>
            <dt>{ for help.shown.iter().map(|key| html! { <kbd key={*key}>{ key }</kbd> }) }</dt>
            <dd>{ help.words }</dd>
        </div>
    }
}

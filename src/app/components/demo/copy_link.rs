//! Copies a link that opens this demo with the same engines and values.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::JsFuture;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::app::dom::{address_of, window};
use crate::demo::{Demo, Setup};

/// What the link opens.
#[derive(Properties, PartialEq)]
pub struct CopyLinkProps {
    /// The demo.
    pub demo: &'static Demo,
    /// What is chosen; `None` while something typed is wrong.
    pub setup: Option<Setup>,
}

/// What became of a copy.
#[derive(Clone, Copy, PartialEq)]
enum Copied {
    Yes,
    Refused,
}

/// A button that copies, and says that it did; where the browser forbids it, the link is shown to be copied by hand.
#[component]
pub fn CopyLink(props: &CopyLinkProps) -> Html {
    let said = use_state(|| None::<Copied>);
    let Some(setup) = &props.setup else { return html! {} };
    let link = address_of(&format!("/demo/{}?{}", props.demo.id, setup.write(props.demo)));
    let onclick = {
        let (said, link) = (said.clone(), link.clone());
        Callback::from(move |_: MouseEvent| {
            let (said, link) = (said.clone(), link.clone());
            spawn_local(async move {
                let copied = match clipboard() {
                    Some(clipboard) => JsFuture::from(clipboard.write_text(&link)).await.is_ok(),
                    None => false,
                };
                said.set(Some(if copied { Copied::Yes } else { Copied::Refused }));
                if copied {
                    Timeout::new(2_500, move || said.set(None)).forget();
                }
            });
        })
    };
    html! {
        <>
            <button type="button" class="quiet" data-test="copy-link" data-link={link.clone()} {onclick}>
                { if *said == Some(Copied::Yes) { "Link copied" } else { "Copy link" } }
            </button>
            if *said == Some(Copied::Refused) {
                <input class="link-by-hand" readonly=true value={link} aria-label="Link to this demo, to be copied by hand" />
            }
        </>
    }
}

/// The clipboard; `None` on a page that is not served securely.
fn clipboard() -> Option<web_sys::Clipboard> {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    (!clipboard.is_undefined()).then(|| window().navigator().clipboard())
}

//! Small dealings with the browser that several components need: the window, its storage, the title, the address.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Clipboard, Storage, Window};

#[wasm_bindgen]
extern "C" {
    /// Leaves a mark in the browser's record of how the page came up, for developers and `cargo xtask bench`.
    #[wasm_bindgen(js_namespace = performance)]
    pub fn mark(name: &str);

    /// Tells developers what they would want to know; visitors are told on the page.
    #[wasm_bindgen(js_namespace = console)]
    pub fn warn(what: &str);
}

/// The page's window.
///
/// # Panics
/// In a worker, where no component is ever mounted.
pub fn window() -> Window {
    web_sys::window().expect("components are mounted on a page")
}

/// The browser's storage; `None` where it is switched off or forbidden, as in some iframes.
pub fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept under `key`.
pub fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps `value` under `key`. A storage that is full or switched off loses it, and the page works on without.
pub fn keep(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    if let Some(document) = window().document() {
        document.set_title(&format!("{title} · Interleave"));
    }
}

/// The address of this page with another route behind its `#`.
pub fn address_of(route: &str) -> String {
    let href = window().location().href().unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    format!("{page}#{route}")
}

/// Puts a text on the clipboard.
///
/// # Errors
/// Why it is not there, as the end of a sentence.
pub async fn copy(text: &str) -> Result<(), &'static str> {
    let clipboard = clipboard().ok_or("this page was not served securely, by https")?;
    JsFuture::from(clipboard.write_text(text)).await.map(drop).map_err(|_| "the browser does not let this page copy")
}

/// The clipboard; `None` on a page that is not served securely.
fn clipboard() -> Option<Clipboard> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    (!clipboard.is_undefined()).then(|| window().navigator().clipboard())
}

/// Selects the text of the element with this id, so that its reader can copy it.
pub fn select_text(id: &str) {
    let element = window().document().and_then(|document| document.get_element_by_id(id));
    if let (Some(element), Ok(Some(selection))) = (element, window().get_selection()) {
        // Refused for what is no longer on the page.
        let _ = selection.select_all_children(&element);
    }
}

/// Whether this page is a demo in somebody else's: nothing of the site is around it, and it keeps nothing of the visitor's choices.
pub fn is_embedded() -> bool {
    window().location().hash().is_ok_and(|hash| hash.starts_with("#/embed/"))
}

/// Has the address say another route, past the router, which would make the page anew. A browser that limits how often refuses it; the
/// next one counts.
pub fn replace_route(route: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address_of(route)));
    }
}

/// Whether a media query holds now.
pub fn media_matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Whether the visitor has asked for less motion.
pub fn reduced_motion() -> bool {
    media_matches("(prefers-reduced-motion: reduce)")
}

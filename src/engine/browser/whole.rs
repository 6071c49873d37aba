//! The whole program, of which a first visit is given a part to begin with. Whatever needs more, and must not be interrupted or held up, waits
//! for it here. Where the program is in one piece there is nothing to wait for. How it is split is no concern of the program; the page's
//! scripts say how to ask for the rest.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Of the page's global object: gives a promise, if the program is not in one piece.
const ASK: &str = "wholeProgram";

/// Resolves when the whole program is in place. If it cannot be had, the page says so in the place of all else, and this never resolves.
pub async fn whole() {
    let ask = Reflect::get(&js_sys::global(), &ASK.into()).ok().and_then(|ask| ask.dyn_into::<Function>().ok());
    if let Some(promised) = ask.and_then(|ask| ask.call0(&JsValue::UNDEFINED).ok()) {
        let _ = JsFuture::from(Promise::resolve(&promised)).await;
    }
}

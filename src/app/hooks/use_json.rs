//! A JSON file of this site as a value: on its way, there, or failed with the reason and a way to try again.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use js_sys::{Object, Promise, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::app::dom::window;
use crate::app::json;

/// What has become of a file.
#[derive(Debug)]
pub enum Fetched<T> {
    /// It is on its way.
    Loading,
    /// It is there.
    There(Rc<T>),
    /// There is no such file.
    Missing,
    /// It did not come, or cannot be read; why, in words.
    Failed(AttrValue),
}

// Not derived: that would ask for a T that can be cloned.
impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Loading => Self::Loading,
            Self::There(value) => Self::There(Rc::clone(value)),
            Self::Missing => Self::Missing,
            Self::Failed(why) => Self::Failed(why.clone()),
        }
    }
}

/// The file at `path` (relative to the page), and a callback that fetches it again.
#[hook]
pub fn use_json<T: DeserializeOwned + 'static>(path: AttrValue) -> (Fetched<T>, Callback<()>) {
    use_json_when(true, path)
}

/// As [`use_json`], from when it is wanted first: until then it is on its way.
#[hook]
pub fn use_json_when<T: DeserializeOwned + 'static>(wanted: bool, path: AttrValue) -> (Fetched<T>, Callback<()>) {
    let attempt = use_state(|| 0_u32);
    let fetched = use_state(|| (path.clone(), Fetched::Loading));
    {
        let fetched = fetched.clone();
        use_effect_with((wanted, path.clone(), *attempt), move |(wanted, path, _)| {
            let path = path.clone();
            let wanted = Rc::new(std::cell::Cell::new(*wanted));
            let still_wanted = Rc::clone(&wanted);
            if wanted.get() {
                fetched.set((path.clone(), Fetched::Loading));
                spawn_local(async move {
                    let result = fetch(&path).await;
                    // Reading a lesson takes as long as showing it.
                    TimeoutFuture::new(0).await;
                    if still_wanted.get() {
                        fetched.set((path, result));
                    }
                });
            }
            move || wanted.set(false)
        });
    }
    let retry = {
        let attempt = attempt.clone();
        Callback::from(move |()| attempt.set(*attempt + 1))
    };
    // What was fetched for another path is not this file.
    let current = if fetched.0 == path { fetched.1.clone() } else { Fetched::Loading };
    (current, retry)
}

async fn fetch<T: DeserializeOwned>(path: &str) -> Fetched<T> {
    match text(path).await {
        Ok(Some(text)) => match json::read(&text) {
            Ok(value) => Fetched::There(Rc::new(value)),
            Err(error) => Fetched::Failed(format!("The file cannot be read: {error}.").into()),
        },
        Ok(None) => Fetched::Missing,
        Err(why) => Fetched::Failed(why.into()),
    }
}

/// The file's text; `None` if there is no such file.
async fn text(path: &str) -> Result<Option<String>, String> {
    if let Some(text) = fetched_before(path).await {
        return Ok(Some(text));
    }
    let response: Response =
        JsFuture::from(window().fetch_with_str(&of_this_version(path))).await.map_err(said)?.unchecked_into();
    match response.status() {
        404 => return Ok(None),
        _ if !response.ok() => return Err(format!("The server answered with status {}.", response.status())),
        _ => {}
    }
    let body = JsFuture::from(response.text().map_err(said)?).await.map_err(said)?;
    Ok(body.as_string())
}

/// The address of a file as it was when this page was deployed: the service worker keeps it, even where the server has another by now.
fn of_this_version(path: &str) -> String {
    let page = window().document().and_then(|document| document.document_element());
    let version = page.and_then(|page| page.get_attribute("data-deployment")).unwrap_or_default();
    format!("{path}?v={version}")
}

/// What www/boot.js has fetched while the app was on its way, once.
async fn fetched_before(path: &str) -> Option<String> {
    let fetched: Object = Reflect::get(&window(), &"fetched".into()).ok()?.dyn_into().ok()?;
    let text: Promise = Reflect::get(&fetched, &path.into()).ok()?.dyn_into().ok()?;
    // Who tries again wants it anew.
    Reflect::delete_property(&fetched, &path.into()).ok()?;
    JsFuture::from(text).await.ok()?.as_string()
}

fn said(error: JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    format!("The browser said: {}.", message.unwrap_or_else(|| "no reason".into()).trim_end_matches('.'))
}

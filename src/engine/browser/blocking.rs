//! Requests that block the page's own thread, as a plain loop's do. Browsers differ in what they allow, so it is tried: a
//! blocking `XMLHttpRequest` where the service worker gets it (Firefox); else a worker that fetches while the page's thread looks
//! at shared memory until the answer is there (Chromium, isolated); else a timer, and the trace says so.

use js_sys::{Atomics, Int32Array, Object, Reflect, SharedArrayBuffer};
use wasm_bindgen::prelude::*;
use web_sys::{Worker, XmlHttpRequest};

use super::clock::now_ms;
use super::requests::{self, ANSWERED_BY, PING, address, check_answer, failed, text};
use crate::engine::RunError;
use crate::plan::Request;
use crate::trace::RequestsBy;

#[wasm_bindgen(module = "/src/engine/browser/fetcher.js")]
extern "C" {
    #[wasm_bindgen(js_name = startFetcher)]
    fn start_fetcher() -> Worker;
}

/// How long an answer may take beyond the request's own delay, ms, before a blocked page gives it up.
const PATIENCE_MS: f64 = 5_000.0;

/// A way to make a request and block until it is answered.
pub(super) enum Blocking {
    /// A blocking `XMLHttpRequest`.
    Xhr,
    /// A worker that fetches.
    Fetcher(Fetcher),
    /// The clock alone; says why.
    Timer(String),
    /// The plan makes no requests.
    NotNeeded,
}

impl Blocking {
    /// Finds the way that this browser allows.
    pub(super) async fn find() -> Self {
        match requests::responder().await {
            RequestsBy::ServiceWorker => {}
            RequestsBy::Timer(why) => return Self::Timer(why),
            RequestsBy::Nobody => return Self::Timer("there is nobody to answer".into()),
        }
        // Not an address that only the service worker knows, for which a server would show an error.
        if xhr("sw.js?probe", PING).is_ok() {
            return Self::Xhr;
        }
        match Fetcher::start().await {
            Ok(fetcher) => Self::Fetcher(fetcher),
            Err(why) => Self::Timer(format!("this browser hands no blocking request to a service worker, and {why}")),
        }
    }

    /// Who answers, for the provenance.
    pub(super) fn by(&self) -> RequestsBy {
        match self {
            Self::Xhr | Self::Fetcher(_) => RequestsBy::ServiceWorker,
            Self::Timer(why) => RequestsBy::Timer(why.clone()),
            Self::NotNeeded => RequestsBy::Nobody,
        }
    }

    /// Sends a request and blocks the page's thread until it is answered; returns the number of bytes received.
    pub(super) fn send(&self, request: Request) -> Result<u64, RunError> {
        let received = match self {
            Self::Xhr => xhr(&address(request), request),
            Self::Fetcher(fetcher) => fetcher.fetch(request),
            Self::Timer(_) | Self::NotNeeded => {
                // Nothing may sleep on the page's thread, so all that is left is to look at the clock.
                let until_ms = now_ms() + f64::from(request.delay_ms);
                while now_ms() < until_ms {}
                Ok(request.bytes.into())
            }
        };
        received.map_err(|why| failed(request, why))
    }
}

fn xhr(address: &str, request: Request) -> Result<u64, String> {
    let xhr = XmlHttpRequest::new().map_err(text)?;
    xhr.open_with_async("GET", address, false).map_err(text)?;
    // A blocking request may only be read as text; this charset keeps one character a byte.
    xhr.override_mime_type("text/plain; charset=x-user-defined").map_err(text)?;
    xhr.send().map_err(text)?;
    let id = xhr.get_response_header(ANSWERED_BY).map_err(text)?;
    check_answer(id, xhr.status().map_err(text)?, request)?;
    let body = xhr.response().map_err(text)?;
    Ok(u64::from(body.dyn_ref::<js_sys::JsString>().map_or(0, js_sys::JsString::length)))
}

/// A worker that fetches for a blocked page. Dropping it ends it.
pub(super) struct Fetcher {
    worker: Worker,
    /// State, status, bytes received; see `fetcher.js`.
    words: Int32Array,
}

impl Drop for Fetcher {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Fetcher {
    /// Starts it and has it fetch once while the page is not blocked: a browser needs the page's thread for the first time.
    async fn start() -> Result<Self, String> {
        if Reflect::get(&js_sys::global(), &"SharedArrayBuffer".into())
            .is_ok_and(|constructor| constructor.is_undefined())
        {
            return Err("the page has no memory to share with a worker that could fetch".into());
        }
        let words = Int32Array::new(&SharedArrayBuffer::new(12));
        let fetcher = Self { worker: start_fetcher(), words };
        let began_ms = now_ms();
        fetcher.ask(PING)?;
        while !fetcher.answered() {
            if now_ms() - began_ms > PATIENCE_MS {
                return Err("the worker that should fetch does not answer".into());
            }
            gloo::timers::future::TimeoutFuture::new(5).await;
        }
        fetcher.answer(PING).map(|_| fetcher)
    }

    fn fetch(&self, request: Request) -> Result<u64, String> {
        let until_ms = now_ms() + f64::from(request.delay_ms) + PATIENCE_MS;
        self.ask(request)?;
        while !self.answered() {
            if now_ms() > until_ms {
                return Err("no answer came".into());
            }
        }
        self.answer(request)
    }

    fn ask(&self, request: Request) -> Result<(), String> {
        Atomics::store(&self.words, 0, 0).map_err(text)?;
        let message = Object::new();
        let words = JsValue::from(&self.words);
        let (address, id) = (page_address(request)?.into(), request.id.to_string().into());
        for (key, value) in [("words", words), ("address", address), ("id", id)] {
            Reflect::set(&message, &key.into(), &value).map_err(text)?;
        }
        self.worker.post_message(&message).map_err(text)
    }

    fn answered(&self) -> bool {
        Atomics::load(&self.words, 0).is_ok_and(|state| state == 1)
    }

    fn answer(&self, request: Request) -> Result<u64, String> {
        let status = self.words.get_index(1) as u16;
        check_answer((status != 0).then(|| request.id.to_string()), status, request)?;
        Ok(self.words.get_index(2).unsigned_abs().into())
    }
}

/// Absolute, because a worker's own address is another than the page's.
fn page_address(request: Request) -> Result<String, String> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("there is no page")?;
    let base = document.base_uri().map_err(text)?.ok_or("the page has no address")?;
    let url = web_sys::Url::new_with_base(&address(request), &base).map_err(text)?;
    Ok(url.href())
}

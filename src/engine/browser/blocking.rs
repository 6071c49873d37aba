//! Requests that block the page's own thread, as a plain loop's do. Browsers differ in what they allow, so it is tried: a
//! blocking `XMLHttpRequest` where the service worker gets it (Firefox); else a worker that fetches while the page's thread looks
//! at shared memory until the answer is there (Chromium, isolated); else a timer, and the trace says so.

use js_sys::{Atomics, Int32Array, Object, Reflect, SharedArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Worker, XmlHttpRequest};

use super::clock::now_ms;
use super::requests::{self, ANSWERED_BY, PING, address, check_answer, expected_id, stand_in, text, timed_out};
use crate::plan::{Plan, Request, Target};
use crate::trace::RequestsBy;

#[wasm_bindgen(module = "/src/engine/browser/fetcher.js")]
extern "C" {
    #[wasm_bindgen(js_name = startFetcher)]
    fn start_fetcher() -> Worker;
}

/// How long an answer may take beyond the request's own delay, ms, before a blocked page gives it up.
const PATIENCE_MS: f64 = 5_000.0;

/// Room for an answer, bytes.
const LARGEST_BYTES: u32 = 2_000_000;

/// A way to make a request and block until it is answered.
pub(super) enum Blocking {
    /// A blocking `XMLHttpRequest`; who answers it.
    Xhr(RequestsBy),
    /// A worker that fetches.
    Fetcher(Fetcher),
    /// The clock alone; says why.
    Timer(String),
    /// The plan makes no requests.
    NotNeeded,
}

impl Blocking {
    /// Finds the way that this browser allows.
    pub(super) async fn find(plan: &Plan) -> Self {
        let by = requests::responder(plan).await;
        match &by {
            // No browser is asked what a simulated network answers.
            RequestsBy::Nobody | RequestsBy::Simulation => return Self::NotNeeded,
            RequestsBy::Timer(why) => return Self::Timer(why.clone()),
            // Any browser lets a page block on other servers.
            RequestsBy::Servers => return Self::Xhr(by),
            RequestsBy::ServiceWorker => {}
        }
        // Not an address that only the service worker knows, for which a server would show an error.
        if xhr("sw.js?probe", Some("0")).is_ok() {
            return Self::Xhr(by);
        }
        match Fetcher::start().await {
            Ok(fetcher) => Self::Fetcher(fetcher),
            Err(why) => Self::Timer(format!("this browser hands no blocking request to a service worker, and {why}")),
        }
    }

    /// Who answers, for the provenance.
    pub(super) fn by(&self) -> RequestsBy {
        match self {
            Self::Xhr(by) => by.clone(),
            Self::Fetcher(_) => RequestsBy::ServiceWorker,
            Self::Timer(why) => RequestsBy::Timer(why.clone()),
            Self::NotNeeded => RequestsBy::Nobody,
        }
    }

    /// Makes an attempt at a request and blocks the page's thread until it is answered; the bytes received, or why there are
    /// none. A blocking call cannot be broken off: where its time is up before it is answered, it has failed when it comes back.
    pub(super) fn send(&self, request: &Request, attempt: u32) -> Result<Vec<u8>, String> {
        let by = self.by();
        let began_ms = now_ms();
        let answer = match (self, &request.target) {
            (Self::Fetcher(fetcher), _) => fetcher.fetch(request, attempt),
            (Self::Timer(_) | Self::NotNeeded, Target::Slow { delay_ms, bytes, failures }) => {
                // Nothing may sleep on the page's thread, so all that is left is to look at the clock.
                while now_ms() < began_ms + f64::from(*delay_ms) {}
                stand_in(*bytes, attempt < *failures)
            }
            _ => xhr(&address(request, attempt, &by), expected_id(request, &by).as_deref()),
        };
        let is_late = request.timeout_ms > 0 && now_ms() - began_ms > request.timeout_ms.into();
        if is_late { Err(timed_out(request.timeout_ms)) } else { answer }
    }
}

fn xhr(address: &str, expected_id: Option<&str>) -> Result<Vec<u8>, String> {
    let xhr = XmlHttpRequest::new().map_err(text)?;
    xhr.open_with_async("GET", address, false).map_err(text)?;
    // A blocking request may only be read as text; this charset keeps one character a byte.
    xhr.override_mime_type("text/plain; charset=x-user-defined").map_err(text)?;
    xhr.send().map_err(text)?;
    let status = xhr.status().map_err(text)?;
    match expected_id {
        Some(expected) => {
            let id = xhr.get_response_header(ANSWERED_BY).map_err(text)?;
            check_answer(id.as_deref(), status, expected)?;
        }
        None if !(200..300).contains(&status) => return Err(format!("answered with status {status}")),
        None => {}
    }
    let body = xhr.response().map_err(text)?;
    // The charset puts the upper half of the bytes elsewhere, but leaves their low eight bits.
    Ok(body.dyn_ref::<js_sys::JsString>().map_or_else(Vec::new, |body| body.iter().map(|unit| unit as u8).collect()))
}

/// A worker that fetches for a blocked page. Dropping it ends it.
pub(super) struct Fetcher {
    worker: Worker,
    /// State, status, bytes received; see `fetcher.js`.
    words: Int32Array,
    /// The answer, as far as there is room for it.
    body: Uint8Array,
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
        let body = Uint8Array::new(&SharedArrayBuffer::new(LARGEST_BYTES));
        let fetcher = Self { worker: start_fetcher(), words, body };
        let began_ms = now_ms();
        fetcher.ask(&PING, 0)?;
        while !fetcher.answered() {
            if now_ms() - began_ms > PATIENCE_MS {
                return Err("the worker that should fetch does not answer".into());
            }
            gloo::timers::future::TimeoutFuture::new(5).await;
        }
        fetcher.answer(&PING).map(|_| fetcher)
    }

    fn fetch(&self, request: &Request, attempt: u32) -> Result<Vec<u8>, String> {
        let until_ms = now_ms() + f64::from(request.target.delay_ms()) + PATIENCE_MS;
        self.ask(request, attempt)?;
        while !self.answered() {
            if now_ms() > until_ms {
                return Err("no answer came".into());
            }
        }
        self.answer(request)
    }

    fn ask(&self, request: &Request, attempt: u32) -> Result<(), String> {
        Atomics::store(&self.words, 0, 0).map_err(text)?;
        let message = Object::new();
        let (words, body) = (JsValue::from(&self.words), JsValue::from(&self.body));
        let address = page_address(&address(request, attempt, &RequestsBy::ServiceWorker))?.into();
        let id = request.id.to_string().into();
        for (key, value) in [("words", words), ("body", body), ("address", address), ("id", id)] {
            Reflect::set(&message, &key.into(), &value).map_err(text)?;
        }
        self.worker.post_message(&message).map_err(text)
    }

    fn answered(&self) -> bool {
        Atomics::load(&self.words, 0).is_ok_and(|state| state == 1)
    }

    fn answer(&self, request: &Request) -> Result<Vec<u8>, String> {
        let status = self.words.get_index(1) as u16;
        let id = request.id.to_string();
        check_answer((status != 0).then_some(id.as_str()), status, &id)?;
        let length = self.words.get_index(2).unsigned_abs();
        if length > self.body.length() {
            return Err(format!(
                "an answer of {length} bytes is larger than the {LARGEST_BYTES} that a blocked page can take"
            ));
        }
        Ok(self.body.subarray(0, length).to_vec())
    }
}

/// Absolute, because a worker's own address is another than the page's.
pub(super) fn page_address(relative: &str) -> Result<String, String> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("there is no page")?;
    let base = document.base_uri().map_err(text)?.ok_or("the page has no address")?;
    let url = web_sys::Url::new_with_base(relative, &base).map_err(text)?;
    Ok(url.href())
}

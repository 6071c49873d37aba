//! Requests that are really sent: `slow/<ms>?bytes=<n>&id=<k>` is answered by the page's service worker after that time, so
//! each is a real `fetch()` on any static host. Where there is no service worker a timer stands in, and the trace says so. Used on
//! the page and in processes.

use std::pin::pin;

use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response, ServiceWorkerContainer};

use super::clock::now_ms;
use crate::plan::{Plan, Request, Step, Target};
use crate::trace::RequestsBy;

#[wasm_bindgen]
extern "C" {
    /// The one of the page, or of a worker.
    fn fetch(address: &str, options: &RequestInit) -> js_sys::Promise;
}

/// The service worker puts it on its answers, so that a server's page for a missing file is not taken for one.
pub(super) const ANSWERED_BY: &str = "x-interleave-id";

/// How long a service worker may take to come up and answer, ms.
const COMES_UP_WITHIN_MS: u32 = 4_000;

/// Sees to it that somebody answers the requests of `plan`, and says who will.
pub(super) async fn responder(plan: &Plan) -> RequestsBy {
    if !plan.makes_requests() {
        RequestsBy::Nobody
    } else if asks_service_worker(plan) {
        service_worker().await
    } else {
        RequestsBy::Servers
    }
}

/// Whether not all requests of `plan` go to servers of the learner's own.
pub(super) fn asks_service_worker(plan: &Plan) -> bool {
    plan.steps().any(|step| matches!(step, Step::Io(request) if !matches!(request.target, Target::Url(_))))
}

/// Sees to it that the service worker answers; a timer, and why, if it does not.
pub(super) async fn service_worker() -> RequestsBy {
    let up = async {
        let container = service_workers()?;
        register(&container).await?;
        send(&PING, 0, &RequestsBy::ServiceWorker, "").await
    };
    match select(pin!(up), TimeoutFuture::new(COMES_UP_WITHIN_MS)).await {
        Either::Left((Ok(_), _)) => RequestsBy::ServiceWorker,
        Either::Left((Err(why), _)) => RequestsBy::Timer(why),
        Either::Right(_) => RequestsBy::Timer("the service worker did not start in time".into()),
    }
}

/// A request that only asks whether somebody answers.
pub(super) const PING: Request =
    Request { id: 0, target: Target::Slow { delay_ms: 0, bytes: 0, failures: 0 }, timeout_ms: 0, retries: 0 };

fn service_workers() -> Result<ServiceWorkerContainer, String> {
    let navigator = web_sys::window().ok_or("there is no page")?.navigator();
    // Private windows of some browsers, and pages that are not secure, have none; web-sys does not know that.
    let container = js_sys::Reflect::get(&navigator, &"serviceWorker".into()).map_err(text)?;
    container
        .dyn_into()
        .map_err(|_| "this window has no service workers (a private window, or not a secure address)".into())
}

/// Registers `sw.js` beside the page and waits until it has taken the page over.
async fn register(container: &ServiceWorkerContainer) -> Result<(), String> {
    JsFuture::from(container.register("./sw.js")).await.map_err(text)?;
    let ready = JsFuture::from(container.ready().map_err(text)?).await.map_err(text)?;
    if container.controller().is_none() {
        let taken_over = js_sys::Promise::new(&mut |resolve, _| {
            let once = web_sys::AddEventListenerOptions::new();
            once.set_once(true);
            container
                .add_event_listener_with_callback_and_add_event_listener_options("controllerchange", &resolve, &once)
                .unwrap_throw();
        });
        // After a hard reload the page is not controlled although the worker is active: it has to be asked.
        let worker = ready.unchecked_into::<web_sys::ServiceWorkerRegistration>().active();
        worker.ok_or("the service worker is gone")?.post_message(&"claim".into()).map_err(text)?;
        JsFuture::from(taken_over).await.map_err(text)?;
    }
    Ok(())
}

/// Makes an attempt at a request, at once; the future resolves to the bytes received, or to why there are none. Dropping it
/// aborts the request. `base` is the address of the page where that is not the caller's own, else empty.
pub(super) fn send(
    request: &Request,
    attempt: u32,
    by: &RequestsBy,
    base: &str,
) -> impl Future<Output = Result<Vec<u8>, String>> + use<> {
    let timeout_ms = request.timeout_ms;
    let sent = match (&request.target, by) {
        (Target::Slow { delay_ms, bytes, failures }, RequestsBy::Timer(_)) => {
            let answer = stand_in(*bytes, attempt < *failures);
            Sent::Timer(TimeoutFuture::new(*delay_ms), answer)
        }
        _ => Sent::Fetch(AbortOnDrop::fetch(&(base.to_owned() + &address(request, attempt, by)))),
    };
    let expected = expected_id(request, by);
    async move {
        let answer = pin!(async {
            match sent {
                Sent::Timer(timer, answer) => {
                    timer.await;
                    answer
                }
                Sent::Fetch(fetch) => fetch.receive(expected.as_deref()).await,
            }
        });
        if timeout_ms == 0 {
            return answer.await;
        }
        match select(answer, TimeoutFuture::new(timeout_ms)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(timed_out(timeout_ms)),
        }
    }
}

/// What a timer answers in the place of the service worker.
pub(super) fn stand_in(bytes: u32, fails: bool) -> Result<Vec<u8>, String> {
    if fails { Err(bad_status(FAILING_STATUS)) } else { Ok(vec![0; bytes as usize]) }
}

pub(super) fn timed_out(timeout_ms: u32) -> String {
    format!("no answer within {timeout_ms} ms")
}

enum Sent {
    Fetch(AbortOnDrop),
    Timer(TimeoutFuture, Result<Vec<u8>, String>),
}

struct AbortOnDrop {
    abort: AbortController,
    address: String,
    response: js_sys::Promise,
}

impl AbortOnDrop {
    fn fetch(address: &str) -> Self {
        let abort = AbortController::new().expect("every browser with wasm has AbortController");
        let options = RequestInit::new();
        options.set_signal(Some(&abort.signal()));
        Self { response: fetch(address, &options), address: address.to_owned(), abort }
    }

    async fn receive(&self, expected_id: Option<&str>) -> Result<Vec<u8>, String> {
        let response = JsFuture::from(self.response.clone()).await.map_err(|error| self.explain(error))?;
        let response: Response = response.unchecked_into();
        // The answer is there when all of it is: its head may come before.
        let body = JsFuture::from(response.array_buffer().map_err(text)?).await.map_err(text)?;
        match expected_id {
            Some(expected) => {
                let id = response.headers().get(ANSWERED_BY).map_err(text)?;
                check_answer(id.as_deref(), response.status(), expected)?;
            }
            None if !response.ok() => return Err(bad_status(response.status())),
            None => {}
        }
        Ok(js_sys::Uint8Array::new(&body).to_vec())
    }

    /// Browsers say of a foreign address only that it failed, on purpose: why is none of a page's business.
    fn explain(&self, error: JsValue) -> String {
        let said = text(error);
        if !self.address.contains("://") || self.address.contains("/slow/") {
            return said;
        }
        format!(
            "{said}: either nobody answers at {}, or its server does not let other sites read its answers (CORS: it would \
             have to send the header Access-Control-Allow-Origin). A browser does not tell a page which",
            self.address
        )
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// The status of an attempt that is to fail.
const FAILING_STATUS: u16 = 503;

/// Relative to the page, so it lies in the service worker's scope under any path.
pub(super) fn address(request: &Request, attempt: u32, by: &RequestsBy) -> String {
    let id = request.id;
    match &request.target {
        Target::Slow { delay_ms, bytes, failures } => {
            let status = if attempt < *failures { format!("&status={FAILING_STATUS}") } else { String::new() };
            format!("slow/{delay_ms}?bytes={bytes}&id={id}&sent={}{status}", now_ms())
        }
        Target::Picture { delay_ms, number } => match by {
            RequestsBy::ServiceWorker => {
                format!("slow/{delay_ms}?file=pictures/{number}.png&id={id}&sent={}", now_ms())
            }
            _ => format!("pictures/{number}.png"),
        },
        Target::Url(url) => url.clone(),
    }
}

/// The id that the service worker has to put on its answer; `None` for an answer of somebody else.
pub(super) fn expected_id(request: &Request, by: &RequestsBy) -> Option<String> {
    let is_ours = !matches!(request.target, Target::Url(_)) && *by == RequestsBy::ServiceWorker;
    is_ours.then(|| request.id.to_string())
}

pub(super) fn check_answer(id: Option<&str>, status: u16, expected: &str) -> Result<(), String> {
    match id {
        Some(id) if status == 200 && id == expected => Ok(()),
        Some(_) => Err(bad_status(status)),
        None => Err(format!("the service worker did not answer it, and the server did with status {status}")),
    }
}

fn bad_status(status: u16) -> String {
    format!("answered with status {status}")
}

/// What a browser says of an error.
pub(super) fn text(error: JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_else(|| "the browser does not say why".into()),
    }
}

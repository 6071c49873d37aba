//! Requests that are really sent: `slow/<ms>?bytes=<n>&id=<k>` is answered by the page's service worker after that time, so
//! each is a real `fetch()` on any static host. Where there is no service worker a timer stands in, and the trace says so.

use js_sys::ArrayBuffer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response, ServiceWorkerContainer};

use crate::engine::RunError;
use crate::plan::Request;
use crate::trace::RequestsBy;

/// The service worker puts it on its answers, so that a server's page for a missing file is not taken for one.
pub(super) const ANSWERED_BY: &str = "x-interleave-id";

/// How long a service worker may take to come up and answer, ms.
const COMES_UP_WITHIN_MS: u32 = 4_000;

/// Sees to it that the service worker answers, and says who will.
pub(super) async fn responder() -> RequestsBy {
    let up = async {
        let container = service_workers()?;
        register(&container).await?;
        send(PING, &RequestsBy::ServiceWorker).await.map_err(|error| error.to_string())
    };
    let timeout = gloo::timers::future::TimeoutFuture::new(COMES_UP_WITHIN_MS);
    match futures::future::select(std::pin::pin!(up), timeout).await {
        futures::future::Either::Left((Ok(_), _)) => RequestsBy::ServiceWorker,
        futures::future::Either::Left((Err(why), _)) => RequestsBy::Timer(why),
        futures::future::Either::Right(_) => RequestsBy::Timer("the service worker did not start in time".into()),
    }
}

/// A request that only asks whether somebody answers.
pub(super) const PING: Request = Request { delay_ms: 0, bytes: 0, id: 0 };

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

/// Sends a request at once; the future resolves to the number of bytes received. Dropping it aborts the request.
pub(super) fn send(request: Request, by: &RequestsBy) -> impl Future<Output = Result<u64, RunError>> + use<> {
    let sent = match by {
        RequestsBy::ServiceWorker => Sent::Fetch(AbortOnDrop::fetch(request)),
        RequestsBy::Timer(_) | RequestsBy::Nobody => {
            Sent::Timer(gloo::timers::future::TimeoutFuture::new(request.delay_ms))
        }
    };
    async move {
        match sent {
            Sent::Timer(timer) => {
                timer.await;
                Ok(u64::from(request.bytes))
            }
            Sent::Fetch(fetch) => fetch.receive(request).await.map_err(|why| failed(request, why)),
        }
    }
}

enum Sent {
    Timer(gloo::timers::future::TimeoutFuture),
    Fetch(AbortOnDrop),
}

struct AbortOnDrop {
    abort: AbortController,
    response: js_sys::Promise,
}

impl AbortOnDrop {
    fn fetch(request: Request) -> Self {
        let abort = AbortController::new().expect("every browser with wasm has AbortController");
        let options = RequestInit::new();
        options.set_signal(Some(&abort.signal()));
        let window = web_sys::window().expect("requests are sent from a page");
        Self { response: window.fetch_with_str_and_init(&address(request), &options), abort }
    }

    async fn receive(&self, request: Request) -> Result<u64, String> {
        let response: Response = JsFuture::from(self.response.clone()).await.map_err(text)?.unchecked_into();
        let id = response.headers().get(ANSWERED_BY).map_err(text)?;
        check_answer(id, response.status(), request)?;
        let body = JsFuture::from(response.array_buffer().map_err(text)?).await.map_err(text)?;
        Ok(u64::from(body.unchecked_into::<ArrayBuffer>().byte_length()))
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// Relative to the page, so it lies in the service worker's scope under any path.
pub(super) fn address(Request { delay_ms, bytes, id }: Request) -> String {
    format!("slow/{delay_ms}?bytes={bytes}&id={id}")
}

pub(super) fn check_answer(id: Option<String>, status: u16, request: Request) -> Result<(), String> {
    match id {
        Some(id) if status == 200 && id == request.id.to_string() => Ok(()),
        Some(_) => Err(format!("the service worker answered with status {status}")),
        None => Err(format!("the service worker did not answer it, and the server did with status {status}")),
    }
}

pub(super) fn failed(request: Request, why: String) -> RunError {
    RunError::Request { id: request.id + 1, why }
}

/// What a browser says of an error.
pub(super) fn text(error: JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_else(|| "the browser does not say why".into()),
    }
}

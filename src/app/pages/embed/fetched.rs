//! A trace from an address: fetched piece by piece, so that it can be cut off, and then opened as a file is.

use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, File, ReadableStreamDefaultReader, ReferrerPolicy, RequestCredentials, RequestInit, Response,
};

use crate::app::dom::window;
use crate::embed::{Download, DownloadProblem, SILENT_FOR_MS, TraceUrl};
use crate::engine::OpenedFile;
use crate::engine::browser::{now_ms, open_file};

/// Ends a request that is no longer wanted, wherever it is.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The trace at `url`; `tell` hears how many bytes have come. A future that is dropped ends the request and the worker that reads.
///
/// # Errors
/// Why there is none, in words for who reads the page.
pub async fn trace(url: &TraceUrl, tell: impl Fn(f64)) -> Result<OpenedFile, DownloadProblem> {
    let pieces = fetched(url, tell).await?;
    let file = File::new_with_blob_sequence(&pieces, &url.name()).map_err(said)?;
    drop(pieces);
    // Nothing is shown beside it that would have to make room.
    open_file(&file, async |_| ()).await.map_err(|error| DownloadProblem::Unreadable(error.to_string()))
}

async fn fetched(url: &TraceUrl, tell: impl Fn(f64)) -> Result<Array, DownloadProblem> {
    let began_ms = now_ms();
    let abort = AbortOnDrop(AbortController::new().map_err(said)?);
    let options = RequestInit::new();
    options.set_signal(Some(&abort.0.signal()));
    options.set_credentials(RequestCredentials::Omit);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let response = within(window().fetch_with_str_and_init(url.as_str(), &options), Download::default()).await?;
    let response: Response = response.unchecked_into();
    let length = response.headers().get("content-length").ok().flatten();
    let mut download = Download::begin(response.status(), length.as_deref())?;
    let pieces = Array::new();
    let Some(body) = response.body() else { return Ok(pieces) };
    let reader = ReadableStreamDefaultReader::new(&body).map_err(said)?;
    loop {
        let read = within(reader.read(), download).await?;
        let piece = Reflect::get(&read, &"value".into()).map_err(said)?;
        // At the end there is none.
        let Ok(piece) = piece.dyn_into::<Uint8Array>() else { return Ok(pieces) };
        download = download.after(piece.length().into(), now_ms() - began_ms)?;
        tell(download.bytes);
        pieces.push(&piece);
    }
}

/// What a promise comes to, unless nothing comes for too long.
async fn within(promise: js_sys::Promise, so_far: Download) -> Result<JsValue, DownloadProblem> {
    match select(JsFuture::from(promise), TimeoutFuture::new(SILENT_FOR_MS)).await {
        Either::Left((came, _)) => came.map_err(said),
        Either::Right(_) => Err(DownloadProblem::Silent { bytes: so_far.bytes }),
    }
}

fn said(error: JsValue) -> DownloadProblem {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    DownloadProblem::unreachable(&message.unwrap_or_else(|| "no reason".into()))
}

//! The page's end of the line to a process: starts it, tells it things and hears what it says. Dropping the line ends the process,
//! whatever it is doing.

use std::pin::pin;

use futures::channel::mpsc;
use futures::future::{Either, select};
use futures::stream::StreamExt;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Object, Reflect, WebAssembly};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::requests::text;
use crate::engine::RunError;

#[wasm_bindgen(module = "/src/engine/browser/process.js")]
extern "C" {
    #[wasm_bindgen(js_name = processScript, catch)]
    async fn process_script(glue: &JsValue, threads: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = startProcess, catch)]
    fn start_process(script: &JsValue, module: &JsValue, threads: u32) -> Result<Worker, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static GLUE: JsValue;

    /// What a process says; see `process.js`.
    pub(super) type Said;
    #[wasm_bindgen(method, getter)]
    pub(super) fn kind(this: &Said) -> String;
    #[wasm_bindgen(method, getter)]
    pub(super) fn message(this: &Said) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn memory(this: &Said) -> WebAssembly::Memory;
    #[wasm_bindgen(method, getter)]
    pub(super) fn layout(this: &Said) -> Vec<u32>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn tasks(this: &Said) -> Option<Vec<u32>>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn values(this: &Said) -> Vec<u64>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn failures(this: &Said) -> Array;
    #[wasm_bindgen(method, getter)]
    pub(super) fn objects(this: &Said) -> Vec<u64>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn events(this: &Said) -> Option<Vec<u32>>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn outputs(this: &Said) -> Array;
    #[wasm_bindgen(method, getter, js_name = memoryBytes)]
    pub(super) fn memory_bytes(this: &Said) -> u32;
}

/// How long a process that comes up may be silent, ms, and how much longer for each thread beyond four. A few tens are usual.
const SILENT_FOR_MS: u32 = 1_500;
const PER_THREAD_MS: u32 = 100;
const LOOK_MS: u32 = 100;

/// A worker at the other end, and what it says.
pub(super) struct Line {
    worker: Worker,
    said: mpsc::UnboundedReceiver<Result<Said, RunError>>,
    _listeners: [Closure<dyn FnMut(JsValue)>; 2],
}

impl Drop for Line {
    fn drop(&mut self) {
        // What it has said already concerns nobody, and finds no closure any more.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Line {
    /// Starts a process with so many threads, none for one that does tasks itself, and waits until it is up.
    pub(super) async fn start(threads: u32) -> Result<(Self, Said), RunError> {
        let lost = |why: JsValue| RunError::WorkerLost(text(why));
        let glue = GLUE.with(JsValue::clone);
        let script = process_script(&glue, threads).await.map_err(lost)?;
        let mut line = Self::new(start_process(&script, &wasm_bindgen::module(), threads).map_err(lost)?);
        let patience_ms = SILENT_FOR_MS + PER_THREAD_MS * threads.saturating_sub(4);
        loop {
            let said = line.heard_within(patience_ms).await?;
            // Before that it says that it listens, and what it has done.
            if said.kind() == "up" {
                return Ok((line, said));
            }
        }
    }

    fn new(worker: Worker) -> Self {
        let (say, said) = mpsc::unbounded();
        let fail = say.clone();
        // The receiver is gone once the process has been ended; what it says after that concerns nobody.
        let on_message = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            // A browser copies the message when it is first looked at.
            let data = event.unchecked_into::<MessageEvent>().data().unchecked_into();
            let _ = say.unbounded_send(Ok(data));
        });
        let on_error = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let message = event.dyn_ref::<ErrorEvent>().map_or("its script did not load".into(), ErrorEvent::message);
            let _ = fail.unbounded_send(Err(RunError::WorkerLost(message)));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Self { worker, said, _listeners: [on_message, on_error] }
    }

    /// The next thing that it says; an error if it is that something went wrong.
    pub(super) async fn heard(&mut self) -> Result<Said, RunError> {
        let said = self.said.next().await.unwrap_or_else(|| Err(RunError::WorkerLost("it went silent".into())))?;
        let message = || said.message().unwrap_or_default();
        match said.kind().as_str() {
            "failed" => Err(RunError::WorkerLost(message())),
            "panicked" => Err(RunError::Panicked(message())),
            _ => Ok(said),
        }
    }

    /// The answer to something that takes it no time; an error if it says nothing.
    pub(super) async fn answer(&mut self) -> Result<Said, RunError> {
        self.heard_within(SILENT_FOR_MS).await
    }

    /// What is heard, unless it says nothing for so long.
    pub(super) async fn heard_within(&mut self, patience_ms: u32) -> Result<Said, RunError> {
        let mut heard = pin!(self.heard());
        // Look after look: while the page itself had no turn, as when the whole machine stood still, it would have heard nothing.
        for _ in 0..patience_ms.div_ceil(LOOK_MS) {
            match select(heard, TimeoutFuture::new(LOOK_MS)).await {
                Either::Left((heard, _)) => return heard,
                Either::Right((_, unheard)) => heard = unheard,
            }
        }
        let seconds = f64::from(patience_ms) / 1_000.0;
        Err(RunError::WorkerLost(format!("it said nothing for {seconds:.1} s")))
    }

    /// Tells it something: named values, and what of them is handed over and not copied.
    pub(super) fn tell(&self, values: &[(&str, JsValue)], handed_over: &Array) -> Result<(), RunError> {
        let message = Object::new();
        for (name, value) in values {
            Reflect::set(&message, &(*name).into(), value).unwrap_throw();
        }
        let told = self.worker.post_message_with_transfer(&message, handed_over);
        told.map_err(|error| RunError::WorkerLost(text(error)))
    }
}

//! The page's side of a pool: starts the process, hands it a plan, and while it runs reads the threads' rings through a view
//! at every frame and sends the requests they ask for. It never waits with the thread blocked.

use futures::channel::mpsc;
use futures::stream::{FuturesUnordered, StreamExt};
use futures::{FutureExt, pin_mut, select};
use js_sys::{Int32Array, Object, Reflect, WebAssembly};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::mailbox::{self, LAST_WORDS_BYTES, LAST_WORDS_HEADER};
use super::view::View;
use crate::engine::browser::{frames, requests};
use crate::engine::{Live, RunError};
use crate::plan::{Plan, Request};
use crate::trace::ring::{self, Window};
use crate::trace::{LaneId, RequestsBy, TraceError};

#[wasm_bindgen(module = "/src/engine/browser/pool/process.js")]
extern "C" {
    #[wasm_bindgen(js_name = startProcess, catch)]
    fn start_process(glue: &JsValue, module: &JsValue, threads: u32) -> Result<Worker, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static GLUE: JsValue;

    /// What the process says; see `process.js`.
    type Said;
    #[wasm_bindgen(method, getter)]
    fn kind(this: &Said) -> String;
    #[wasm_bindgen(method, getter)]
    fn message(this: &Said) -> String;
    #[wasm_bindgen(method, getter)]
    fn memory(this: &Said) -> WebAssembly::Memory;
    #[wasm_bindgen(method, getter)]
    fn layout(this: &Said) -> Vec<u32>;
    #[wasm_bindgen(method, getter)]
    fn results(this: &Said) -> Vec<f64>;
}

/// How long a process may take to come up, ms. About 100 are usual.
const UP_WITHIN_MS: u32 = 10_000;
/// How long the page may go without looking at the rings where it draws no frames, ms.
const LOOK_AT_LEAST_EVERY_MS: u32 = 100;

/// A pool's process that is up. Dropping it ends the process with all its threads, whatever they are doing.
pub(super) struct Process {
    line: Line,
    last_words: View,
    doorbell: View,
    /// Ring and letter box of each thread.
    desks: Vec<(View, View)>,
}

/// The worker at the other end, and what it says.
struct Line {
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
    fn new(worker: Worker) -> Self {
        let (say, said) = mpsc::unbounded();
        let fail = say.clone();
        // The receiver is gone once the process has been ended; what it says after that concerns nobody.
        let on_message = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let _ = say.unbounded_send(Ok(event.unchecked_into::<MessageEvent>().data().unchecked_into()));
        });
        let on_error = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let message = event.dyn_ref::<ErrorEvent>().map_or("its script did not load".into(), ErrorEvent::message);
            let _ = fail.unbounded_send(Err(RunError::WorkerLost(message)));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Self { worker, said, _listeners: [on_message, on_error] }
    }
}

impl Process {
    /// Starts a process with `threads` threads and waits until it is up.
    pub(super) async fn start(threads: u32) -> Result<Self, RunError> {
        let lost = |why: JsValue| RunError::WorkerLost(requests::text(why));
        let worker = GLUE.with(|glue| start_process(glue, &wasm_bindgen::module(), threads)).map_err(lost)?;
        let mut line = Line::new(worker);
        let timeout = gloo::timers::future::TimeoutFuture::new(UP_WITHIN_MS);
        let up = std::pin::pin!(async {
            understood(line.said.next().await, || None)?; // that it listens
            understood(line.said.next().await, || None) // that it is up
        });
        let up = match futures::future::select(up, timeout).await {
            futures::future::Either::Left((up, _)) => up?,
            futures::future::Either::Right(_) => {
                return Err(RunError::WorkerLost(format!("it did not come up within {} s", UP_WITHIN_MS / 1_000)));
            }
        };
        let words = Int32Array::new(&up.memory().buffer());
        let layout: Vec<View> = up.layout().into_iter().map(|address| View::new(&words, address)).collect();
        let [last_words, doorbell, desks @ ..] = &layout[..] else {
            return Err(RunError::WorkerLost("it does not say where its rings are".into()));
        };
        let desks = desks.chunks_exact(2).map(|desk| (desk[0].clone(), desk[1].clone())).collect();
        Ok(Self { last_words: last_words.clone(), doorbell: doorbell.clone(), desks, line })
    }

    /// How many threads it has.
    pub(super) fn threads(&self) -> u32 {
        self.desks.len() as u32
    }

    /// Puts `plan` into the memory that its threads share.
    pub(super) async fn load(&mut self, plan: &Plan) -> Result<(), RunError> {
        let plan = serde_wasm_bindgen::to_value(plan).map_err(|error| RunError::WorkerLost(error.to_string()))?;
        self.tell("plan", &plan)?;
        understood(self.line.said.next().await, || last_words(&self.last_words)).map(drop)
    }

    fn tell(&self, what: &str, value: &JsValue) -> Result<(), RunError> {
        let message = Object::new();
        Reflect::set(&message, &what.into(), value).unwrap_throw();
        self.line.worker.post_message(&message).map_err(|error| RunError::WorkerLost(requests::text(error)))
    }

    /// Runs the plan that was loaded on its threads, recording the k-th on the k-th of `lanes`.
    pub(super) async fn run(&mut self, by: &RequestsBy, live: &Live, lanes: &[LaneId]) -> Result<Vec<u64>, RunError> {
        let dropped_before = self.dropped();
        self.tell("origin", &live.origin_ms().into())?;
        let mut answers = FuturesUnordered::new();
        let rung = rung(&self.doorbell).fuse();
        pin_mut!(rung);
        loop {
            self.read_rings(live, lanes, dropped_before)?;
            if let Some(message) = last_words(&self.last_words) {
                return Err(RunError::Panicked(message));
            }
            for (_, letter_box) in &self.desks {
                answers.extend(answer(letter_box, by));
            }
            let frame = frames::next_frame_within(LOOK_AT_LEAST_EVERY_MS).fuse();
            pin_mut!(frame);
            select! {
                said = self.line.said.next() => {
                    let results = understood(said, || last_words(&self.last_words))?.results();
                    self.read_rings(live, lanes, dropped_before)?;
                    return Ok(results.into_iter().map(|result| result as u64).collect());
                }
                () = rung => rung.set(self::rung(&self.doorbell).fuse()),
                answered = answers.select_next_some() => answered?,
                () = frame => {}
            }
        }
    }

    /// Events that found no room since the process is up.
    fn dropped(&self) -> u64 {
        self.desks.iter().map(|(ring, _)| u64::from(ring::dropped(ring))).sum()
    }

    fn read_rings(&self, live: &Live, lanes: &[LaneId], dropped_before: u64) -> Result<(), TraceError> {
        // Asked first: what is lost from now on is told with the next reading.
        let dropped = self.dropped().saturating_sub(dropped_before);
        live.amend_provenance(|provenance| provenance.dropped_events = dropped);
        for ((ring, _), lane) in self.desks.iter().zip(lanes) {
            for event in ring::drain(ring) {
                live.record_event(*lane, event, dropped > 0)?;
            }
        }
        Ok(())
    }
}

/// What the process said, unless it is that something went wrong.
fn understood(
    said: Option<Result<Said, RunError>>,
    last_words: impl FnOnce() -> Option<String>,
) -> Result<Said, RunError> {
    let said = said.unwrap_or_else(|| Err(RunError::WorkerLost("it went silent".into())))?;
    match said.kind().as_str() {
        "failed" => Err(last_words().map_or_else(|| RunError::WorkerLost(said.message()), RunError::Panicked)),
        _ => Ok(said),
    }
}

/// The message of a panic in the process, if there was one.
fn last_words(view: &View) -> Option<String> {
    (view.load(0) == mailbox::READABLE).then(|| {
        let mut words = [0; LAST_WORDS_BYTES / 4];
        view.copy(LAST_WORDS_HEADER, &mut words);
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let length = (view.load(1) as usize).min(bytes.len());
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    })
}

/// Sends the request in a letter box, if there is a new one; the future puts the answer back and wakes the thread.
fn answer<'a>(letter_box: &'a View, by: &RequestsBy) -> Option<impl Future<Output = Result<(), RunError>> + use<'a>> {
    if letter_box.load(mailbox::STATE) != mailbox::ASKED {
        return None;
    }
    letter_box.store(mailbox::STATE, mailbox::TAKEN);
    let [delay_ms, bytes, id] = [mailbox::DELAY_MS, mailbox::BYTES, mailbox::ID].map(|word| letter_box.load(word));
    let response = requests::send(Request { delay_ms, bytes, id }, by);
    Some(async move {
        letter_box.store(mailbox::RECEIVED, response.await? as u32);
        letter_box.store(mailbox::STATE, mailbox::ANSWERED);
        letter_box.notify(mailbox::STATE);
        Ok(())
    })
}

/// Resolves soon after the doorbell is rung; it is watched from now on, not from the first poll, so that no ring is missed by
/// who then looks into the letter boxes. Where a browser cannot wait without blocking, never: the page then looks at every
/// frame, which it does anyhow.
fn rung(doorbell: &View) -> impl Future<Output = ()> + use<> {
    let changed = doorbell.changed(0);
    async move {
        match changed {
            Some(changed) => changed.await,
            None => std::future::pending().await,
        }
    }
}

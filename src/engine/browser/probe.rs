//! What this browser can do, found by trying it: a flag may promise what a browser then does not do.

use futures::channel::oneshot;
use js_sys::{Object, Reflect, WebAssembly};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageChannel, Window};

use super::clock;

/// What was found out about this browser and machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// Logical processors that the browser reports.
    pub cores: u32,
    /// Smallest step of its clock, ms.
    pub clock_resolution_ms: f64,
    /// Whether the page is cross-origin isolated.
    pub isolated: bool,
    /// Whether a memory can be shared with a worker; if not, why and what would bring it.
    pub shared_memory: Result<(), NoSharedMemory>,
}

/// Why threads that share a memory cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSharedMemory {
    /// What is missing, as a sentence.
    pub why: String,
    /// What would bring it, as a sentence.
    pub remedy: String,
}

/// An event of the window: an engine is wanted that needs a memory to be shared, and cannot be had. www/service.js may bring it about.
pub(super) const WANTS_THREADS: &str = "interleave-wants-threads";
/// An event of the window: something runs, so www/service.js may not reload the page.
pub(super) const RUNS: &str = "interleave-runs";

/// How long a posted memory may take to arrive, ms.
const ARRIVES_WITHIN_MS: u32 = 2_000;

impl Machine {
    /// Finds out. Takes a few ms.
    pub async fn probe() -> Self {
        let window = web_sys::window().expect("engines run on a page");
        let isolated = Reflect::get(&window, &"crossOriginIsolated".into()).is_ok_and(|flag| flag.is_truthy());
        Self {
            cores: cores(&window),
            clock_resolution_ms: clock::resolution_ms(),
            isolated,
            shared_memory: share_a_memory().await.map_err(|said| explain(isolated, &said)),
        }
    }
}

fn cores(window: &Window) -> u32 {
    (window.navigator().hardware_concurrency() as u32).max(1)
}

/// Tells www/service.js, where the page has it.
pub(super) fn announce(event: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new(event)) {
        // Fails only for an event that is under way already.
        let _ = window.dispatch_event(&event);
    }
}

fn explain(isolated: bool, said: &str) -> NoSharedMemory {
    if isolated {
        NoSharedMemory {
            why: format!("This browser says that it can share a memory between threads, but does not do it ({said})."),
            remedy: "Current Chromium and Firefox do.".into(),
        }
    } else {
        NoSharedMemory {
            why: "Threads need a page that is cross-origin isolated, and this one is not.".into(),
            remedy: "Opened in a tab of its own and reloaded once, it isolates itself by its service worker. Where that is refused, \
                     as in some private windows, its server has to send the headers Cross-Origin-Opener-Policy: same-origin and \
                     Cross-Origin-Embedder-Policy: require-corp."
                .into(),
        }
    }
}

/// Posts a shared memory through a channel; the error is what the browser said.
async fn share_a_memory() -> Result<(), String> {
    let descriptor = Object::new();
    for (key, value) in [("initial", JsValue::from(1)), ("maximum", 1.into()), ("shared", true.into())] {
        Reflect::set(&descriptor, &key.into(), &value).unwrap_throw();
    }
    let memory = WebAssembly::Memory::new(&descriptor).map_err(super::requests::text)?;
    let channel = MessageChannel::new().map_err(super::requests::text)?;
    let (arrived, arrival) = oneshot::channel();
    let on_message = Closure::once(move || {
        let _ = arrived.send(());
    });
    channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    channel.port2().post_message(&memory).map_err(super::requests::text)?;
    let timeout = gloo::timers::future::TimeoutFuture::new(ARRIVES_WITHIN_MS);
    match futures::future::select(arrival, timeout).await {
        futures::future::Either::Left((Ok(()), _)) => Ok(()),
        _ => Err("it did not arrive".into()),
    }
}

//! What runs inside a pool's process: the threads that take tasks from one queue and record into their rings. `process.js`
//! calls the exported functions here; nothing of it runs on the page.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use js_sys::{Atomics, Int32Array, WebAssembly};
use wasm_bindgen::prelude::*;
// Not called from here: naming the crate makes its exports part of the module, for `process.js`.
use wasm_bindgen_rayon as _;

use super::mailbox::{ANSWERED, ASKED, DOORBELL, IDLE, LAST_WORDS, LetterBox};
use crate::engine::browser::clock::now_ms;
use crate::plan::{Plan, Request, Step, Task};
use crate::trace::ring::{Event, EventKind, Ring};
use crate::trace::{State, TaskId};

/// What each thread shares with the page.
#[derive(Default)]
struct Desk {
    ring: Ring,
    letter_box: LetterBox,
}

static DESKS: OnceLock<Box<[Desk]>> = OnceLock::new();

/// What is run next.
static PLAN: Mutex<Option<Plan>> = Mutex::new(None);

/// Makes the desks of `threads` threads and returns where everything lies, as byte addresses: the last words, the doorbell,
/// then ring and letter box of each thread.
#[wasm_bindgen]
pub fn pool_layout(threads: u32) -> Vec<u32> {
    std::panic::set_hook(Box::new(|info| {
        let said = info.payload_as_str().unwrap_or("a panic without words");
        LAST_WORDS.leave(said);
    }));
    let desks = DESKS.get_or_init(|| (0..threads).map(|_| Desk::default()).collect());
    let common = [address(&LAST_WORDS), address(&DOORBELL)];
    common.into_iter().chain(desks.iter().flat_map(|desk| [address(&desk.ring), address(&desk.letter_box)])).collect()
}

/// The memory that all threads of this process share.
#[wasm_bindgen]
pub fn pool_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// Keeps a plan, as it was posted, for the next run.
///
/// # Errors
/// Why it cannot be read.
#[wasm_bindgen]
pub fn pool_load(plan: JsValue) -> Result<(), String> {
    let plan = serde_wasm_bindgen::from_value(plan).map_err(|error| format!("the plan cannot be read: {error}"))?;
    *PLAN.lock().unwrap_or_else(PoisonError::into_inner) = Some(plan);
    Ok(())
}

/// Runs the plan that was loaded, with a clock that starts at `origin_ms`, on all threads, and blocks until every task has
/// ended.
///
/// # Errors
/// What went wrong, in words.
#[wasm_bindgen]
pub fn pool_run(origin_ms: f64) -> Result<Vec<f64>, String> {
    let plan = PLAN.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or("there is no plan to run")?;
    let desks = DESKS.get().ok_or("the pool has not been laid out")?;
    let next = AtomicUsize::new(0);
    let results = Mutex::new(vec![0.0; plan.tasks.len()]);
    rayon::broadcast(|thread| -> Result<(), String> {
        let desk = &desks[thread.index()];
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = plan.tasks.get(index) else { return Ok(()) };
            let result = carry_out(desk, TaskId(index as u32), task, origin_ms)?;
            // Counts below 2^53 are exact as f64, which is what a message can carry.
            results.lock().unwrap_or_else(PoisonError::into_inner)[index] = result as f64;
        }
    })
    .into_iter()
    .collect::<Result<(), String>>()?;
    Ok(results.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn carry_out(desk: &Desk, id: TaskId, task: &Task, origin_ms: f64) -> Result<u64, String> {
    let push = |kind| desk.ring.push(Event { at_ms: now_ms() - origin_ms, kind });
    let mut result = 0;
    for step in &task.steps {
        let state = if matches!(step, Step::Io(_)) { State::WaitingForIo } else { State::Running };
        push(EventKind::Begin(id, state));
        let value = match step {
            Step::Compute(work) => Ok(work.pieces().sum()),
            Step::Io(request) => ask(&desk.letter_box, *request),
        };
        push(EventKind::End);
        result += value?;
    }
    push(EventKind::Done(id));
    Ok(result)
}

/// Has the page send the request, and really blocks this thread until it is answered.
fn ask(letter_box: &LetterBox, request: Request) -> Result<u64, String> {
    letter_box.delay_ms.store(request.delay_ms, Ordering::Relaxed);
    letter_box.bytes.store(request.bytes, Ordering::Relaxed);
    letter_box.id.store(request.id, Ordering::Relaxed);
    letter_box.state.store(ASKED, Ordering::Release);
    let words = Int32Array::new(&wasm_bindgen::memory().unchecked_into::<WebAssembly::Memory>().buffer());
    DOORBELL.fetch_add(1, Ordering::Release);
    Atomics::notify(&words, word_index(&DOORBELL)).map_err(|_| "the page cannot be woken")?;
    loop {
        let state = letter_box.state.load(Ordering::Acquire);
        if state == ANSWERED {
            letter_box.state.store(IDLE, Ordering::Relaxed);
            return Ok(letter_box.received.load(Ordering::Relaxed).into());
        }
        Atomics::wait(&words, word_index(&letter_box.state), state as i32).map_err(|_| "this thread may not sleep")?;
    }
}

fn address<T>(place: &T) -> u32 {
    std::ptr::from_ref(place).addr() as u32
}

/// Index of a word in a view of the whole memory as 32-bit words.
fn word_index(word: &AtomicU32) -> u32 {
    address(word) / 4
}

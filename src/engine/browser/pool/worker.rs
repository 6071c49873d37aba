//! What runs inside a pool's process: the threads that take tasks from one queue and record into their rings. `process.js`
//! calls the exported functions here; nothing of it runs on the page.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use futures::FutureExt;
use js_sys::{Array, BigUint64Array};
use wasm_bindgen::prelude::*;
// Not called from here: naming the crate makes its exports part of the module, for `process.js`.
use wasm_bindgen_rayon as _;

use super::gil::Gil;
use super::mailbox::{COMMON, LAST_WORDS};
use super::objects::{Shared, lock};
use super::thread::{Desk, Team, Thread, address, ring};
use crate::engine::browser::on_panic;
use crate::engine::script::{self, Host};
use crate::plan::{Plan, TaskResult};
use crate::trace::event::EventKind;
use crate::trace::{ObjectId, TaskId};

static DESKS: OnceLock<Box<[Desk]>> = OnceLock::new();

/// What is run next.
static PLAN: Mutex<Option<Plan>> = Mutex::new(None);

/// What the threads of the newest run share.
static TEAM: Mutex<Option<Arc<Team>>> = Mutex::new(None);

/// What the tasks of the newest run gave back. The page reads what they produced here, so it stays until the next plan comes.
static RESULTS: Mutex<Vec<TaskResult>> = Mutex::new(Vec::new());

/// Makes the desks of `threads` threads and returns where everything lies, as byte addresses: the last words, what concerns the
/// process, then ring and letter box of each thread.
#[wasm_bindgen]
pub fn pool_layout(threads: u32) -> Vec<u32> {
    on_panic(|said| LAST_WORDS.leave(said));
    let desks = DESKS.get_or_init(|| (0..threads).map(|_| Desk::default()).collect());
    let common = [address(&raw const LAST_WORDS), address(&raw const COMMON)];
    let places = desks.iter().flat_map(|desk| [address(&raw const desk.ring), address(&raw const desk.letter_box)]);
    common.into_iter().chain(places).collect()
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
    let plan: Plan =
        serde_wasm_bindgen::from_value(plan).map_err(|error| format!("the plan cannot be read: {error}"))?;
    *lock(&RESULTS) = vec![TaskResult::default(); plan.tasks.len()];
    *lock(&PLAN) = Some(plan);
    // Here and not when it is started: from then on the page looks at it.
    COMMON.ended.store(0, Ordering::Release);
    Ok(())
}

/// Starts the plan that was loaded, with a clock that starts at `origin_ms`, on all threads. With a switch interval (ms) they have
/// a GIL. It does not wait for them: a worker that is blocked cannot be ended at once, and its threads would go on for seconds.
///
/// # Errors
/// What went wrong, in words.
#[wasm_bindgen]
pub fn pool_run(origin_ms: f64, switch_interval_ms: Option<u32>) -> Result<(), String> {
    let plan = lock(&PLAN).take().ok_or("there is no plan to run")?;
    let desks = DESKS.get().ok_or("the pool has not been laid out")?;
    let team = Arc::new(Team {
        objects: plan.objects.iter().map(Shared::new).collect(),
        // The page has given it the number after the plan's own objects.
        gil: switch_interval_ms.map(|interval_ms| (Gil::new(interval_ms), ObjectId(plan.objects.len() as u32))),
        origin_ms,
        hand_overs: AtomicU32::new(0),
        plan,
        next: AtomicUsize::new(0),
    });
    *lock(&TEAM) = Some(Arc::clone(&team));
    rayon::spawn_broadcast(move |context| {
        let number = context.index();
        Thread::new(number as u32, &desks[number], &team).do_tasks();
        COMMON.ended.fetch_add(1, Ordering::Release);
        ring();
    });
    Ok(())
}

/// Shows that the process lives.
#[wasm_bindgen]
pub fn pool_beat() {
    COMMON.pulse.fetch_add(1, Ordering::Relaxed);
}

/// Values and failures of the tasks, and the last values of the objects, of a run that all threads have ended.
///
/// # Errors
/// If there was none.
#[wasm_bindgen]
pub fn pool_results() -> Result<Array, String> {
    let team = lock(&TEAM).take().ok_or("there was no run")?;
    let results = lock(&RESULTS);
    let values: Vec<u64> = results.iter().map(|result| result.value).collect();
    let failures: Array = results.iter().map(|result| JsValue::from(result.failure.as_deref())).collect();
    let objects: Vec<u64> = team.objects.iter().map(Shared::value).collect();
    let [values, objects] = [values, objects].map(|numbers| BigUint64Array::from(&numbers[..]).into());
    Ok(Array::of3(&values, &failures, &objects))
}

impl Thread<'_> {
    /// Takes one task after another from the queue until none is left.
    fn do_tasks(&self) {
        loop {
            let index = self.team.next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = self.team.plan.tasks.get(index) else { return };
            let id = TaskId(index as u32);
            self.take_gil(id);
            let result = script::carry_out(self, id, task).now_or_never().expect("on a thread waiting blocks");
            self.let_gil_go(id);
            hand_in(self, id, result);
        }
    }
}

/// Leaves what the task gave back where it can be read, and says that it has ended.
fn hand_in(thread: &Thread, task: TaskId, result: TaskResult) {
    let output = EventKind::Output {
        task,
        // The bytes do not move when the result does.
        address: address(result.output.as_ptr()),
        bytes: result.output.len() as u32,
    };
    lock(&RESULTS)[task.0 as usize] = result;
    thread.record(output);
    thread.record(EventKind::Done(task));
}

//! What runs inside a process: one task after another, as they are posted. What happens is recorded into batches of events that
//! are posted to the page, since there is no memory that it could look into. `process.js` calls the exported function.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, BigUint64Array, Object, Reflect, Uint8Array, Uint32Array, WebAssembly};
use wasm_bindgen::prelude::*;
use web_sys::MessageEvent;

use super::channels::End;
use crate::engine::OnCore;
use crate::engine::browser::clock::now_ms;
use crate::engine::browser::files::worker as files;
use crate::engine::browser::on_panic;
use crate::engine::browser::requests::{self, PING};
use crate::engine::browser::simulation::worker as simulation;
use crate::engine::browser::turns::turn;
use crate::engine::script::{self, Host, compute_on_thread};
use crate::plan::{Computation, Plan, Request, Step, Task, TaskResult};
use crate::trace::event::{Event, EventKind};
use crate::trace::{FlowKind, ObjectId, Reading, RequestsBy, State, TaskId};

/// What a process says that the service worker does not answer.
pub(super) const UNSERVED: &str = "unserved";

/// How long events and results are kept back at most while the process computes, ms: three frames.
const BATCH_MS: f64 = 50.0;

#[wasm_bindgen]
extern "C" {
    /// Posts to the page.
    #[wasm_bindgen(js_name = postMessage)]
    fn post_message(message: &JsValue);
}

/// What a process was told before its first task.
struct Briefing {
    plan: Plan,
    /// Address of the page, since a worker's own is another.
    base: String,
    by: RequestsBy,
}

thread_local! {
    static BRIEFING: RefCell<Option<Rc<Briefing>>> = const { RefCell::new(None) };
    /// Events that were not posted yet, as words.
    static EVENTS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    /// What came of tasks and was not posted yet.
    static RESULTS: RefCell<Vec<(TaskId, TaskResult)>> = const { RefCell::new(Vec::new()) };
    /// The clock's reading when the errand before was done, ms.
    static FREE_SINCE_MS: Cell<f64> = const { Cell::new(0.0) };
}

/// Reads what was posted, a plan or some of its tasks; does these, and posts what came of them. Or it is a file to be
/// opened, a trace to be written, or a plan to be simulated.
///
/// # Errors
/// What went wrong, in words.
#[wasm_bindgen]
pub async fn process_do(event: MessageEvent) -> Result<(), String> {
    // A browser copies the message when it is first looked at.
    let data = event.data();
    let part = |name: &str| Reflect::get(&data, &name.into()).unwrap_or(JsValue::UNDEFINED);
    if let Ok(file) = part("file").dyn_into() {
        files::open(&file).await;
        return Ok(());
    }
    if let Ok(trace) = part("trace").dyn_into() {
        files::write(&trace, &part("format").as_string().unwrap_or_default());
        return Ok(());
    }
    let job = part("simulate");
    if !job.is_undefined() {
        simulation::simulate(job).await;
        return Ok(());
    }
    let plan = part("plan");
    if !plan.is_undefined() {
        let plan: Plan = serde_wasm_bindgen::from_value(plan).map_err(|error| error.to_string())?;
        let by = part("timer").as_string().map_or(RequestsBy::ServiceWorker, RequestsBy::Timer);
        let base = part("base").as_string().unwrap_or_default();
        let asks = by == RequestsBy::ServiceWorker && requests::asks_service_worker(&plan);
        let is_served = !asks || is_served(&by, &base).await;
        BRIEFING.set(Some(Rc::new(Briefing { plan, base, by })));
        on_panic(|said| post_message(&message("panicked", &[("message", said.into())])));
        post_message(&message(if is_served { "loaded" } else { UNSERVED }, &[]));
        return Ok(());
    }
    let number = |name| part(name).as_f64().unwrap_or_default();
    let (first, end, origin_ms) = (number("first") as u32, number("end") as u32, number("origin"));
    let (step, answer) = (part("step").as_f64(), part("answer").dyn_into::<Uint8Array>());
    let argument = part("argument").dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec());
    let ends = part("ends").dyn_into::<Array>().unwrap_or_default();
    let ends = ends.iter().map(|end| End::open(&Array::from(&end))).collect();
    let briefing = BRIEFING.with_borrow(Clone::clone).ok_or("a task came before its plan")?;
    let posted_ms = Cell::new(now_ms() - origin_ms);
    let process = number("number") as u32;
    let host = Process { number: process, briefing: &briefing, origin_ms, ends, posted_ms, on_core: OnCore::new() };
    // On its way since it was posted; but until the errand before it was done, that took nobody any time.
    let since_ms = number("sent").max(FREE_SINCE_MS.get() - origin_ms);
    host.record_at(since_ms, EventKind::Begin(TaskId(first), State::Overhead, None));
    host.record(EventKind::End);
    for id in (first..end).map(TaskId) {
        let task = briefing.plan.tasks.get(id.0 as usize).ok_or("the plan has no such task")?;
        let (result, bytes) = match (step, &answer) {
            (Some(step), Ok(answer)) => compute(&host, id, task, step as usize, answer.to_vec()).await?,
            _ => (script::carry_out(&host, id, task).await, task.result_bytes),
        };
        host.record(EventKind::Begin(id, State::Overhead, None));
        RESULTS.with_borrow_mut(|results| results.push((id, result)));
        // Who waits for a step on the page waits for all that comes of it.
        if bytes > 0 || step.is_some() {
            post(bytes);
        }
        host.record(EventKind::End);
        host.record(EventKind::Done(id));
    }
    drop(argument);
    process_flush();
    FREE_SINCE_MS.set(now_ms());
    Ok(())
}

/// Does one step of a task that is carried out on the page; what came of it, and how many bytes go back with that: the task's result, if it
/// computes no more after this.
async fn compute(
    host: &Process<'_>,
    id: TaskId,
    task: &Task,
    step: usize,
    answer: Vec<u8>,
) -> Result<(TaskResult, u32), String> {
    let Some(Step::Compute(work)) = task.steps.get(step) else { return Err("the task has no such work".into()) };
    let is_last = !task.steps[step + 1..].iter().any(|step| matches!(step, Step::Compute(_)));
    let (value, computed) = script::work_here(host, id, *work, answer).await;
    let result = TaskResult { value, output: computed.output, failure: computed.failure };
    Ok((result, if is_last { task.result_bytes } else { 0 }))
}

/// Posts what happened and what came of tasks since the last time, if there is anything.
fn process_flush() {
    if EVENTS.with_borrow(|events| !events.is_empty()) {
        post(0);
    }
}

/// Posts what happened and what came of tasks since the last time, and so many bytes more. They are copied then, and not handed over.
fn post(bytes: u32) {
    let (events, results) = (EVENTS.take(), RESULTS.take());
    let mut parts: Vec<(&str, JsValue)> = vec![("events", Uint32Array::from(&events[..]).into())];
    if !results.is_empty() {
        let tasks: Vec<u32> = results.iter().map(|(task, _)| task.0).collect();
        let values: Vec<u64> = results.iter().map(|(_, result)| result.value).collect();
        let failures: Array = results.iter().map(|(_, result)| JsValue::from(result.failure.as_deref())).collect();
        let outputs: Array = results.iter().map(|(_, result)| Uint8Array::from(&result.output[..])).collect();
        parts.extend([
            ("tasks", Uint32Array::from(&tasks[..]).into()),
            ("values", BigUint64Array::from(&values[..]).into()),
            ("failures", failures.into()),
            ("outputs", outputs.into()),
            ("memoryBytes", memory_bytes().into()),
        ]);
    }
    if bytes > 0 {
        // Real bytes: pages that were never written to might not be copied.
        parts.push(("result", Uint8Array::new_with_length(bytes).fill(1, 0, bytes).into()));
    }
    post_message(&message("happened", &parts));
}

/// A message of this kind, with these parts.
/// Whether the service worker answers this process.
async fn is_served(by: &RequestsBy, base: &str) -> bool {
    // WebKit gives two processes that ask for the same at once one answer, whoever of them is served.
    let id = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    requests::send(&Request { id, ..PING }, 0, by, base).await.is_ok()
}

fn message(kind: &str, parts: &[(&str, JsValue)]) -> JsValue {
    let message = Object::new();
    for (name, value) in [("kind", kind.into())].iter().chain(parts) {
        Reflect::set(&message, &(*name).into(), value).unwrap_throw();
    }
    message.into()
}

/// Bytes of this process's memory.
fn memory_bytes() -> u32 {
    Uint8Array::new(&wasm_bindgen::memory().unchecked_into::<WebAssembly::Memory>().buffer()).length()
}

struct Process<'a> {
    number: u32,
    briefing: &'a Briefing,
    /// The clock's reading at the start of the run, ms.
    origin_ms: f64,
    ends: BTreeMap<u32, End>,
    /// When events were posted last, ms from the start of the run.
    posted_ms: Cell<f64>,
    on_core: OnCore,
}

impl Process<'_> {
    fn now(&self) -> f64 {
        now_ms() - self.origin_ms
    }

    fn record_at(&self, at_ms: f64, kind: EventKind) {
        EVENTS.with_borrow_mut(|events| events.extend(Event { at_ms, kind }.encode()));
    }

    /// Posts the events that are there.
    fn post(&self, at_ms: f64) {
        self.posted_ms.set(at_ms);
        process_flush();
    }

    /// Waits until a message can be put into a queue, or one be taken from it.
    async fn until_ready(&self, task: TaskId, queue: u32, end: &End, to_put: bool) {
        if end.is_ready(to_put) {
            return;
        }
        self.record(EventKind::Begin(task, State::WaitingForLock, Some(ObjectId(queue))));
        self.post(self.now());
        while !end.is_ready(to_put) {
            end.change().await;
        }
        self.record(EventKind::End);
    }

    fn changed(&self, queue: u32, change: i32) {
        self.record(EventKind::Count(ObjectId(queue), Reading::Changed(change)));
    }
}

impl Host for Process<'_> {
    fn who(&self) -> String {
        format!("process {}", self.number)
    }

    fn record(&self, kind: EventKind) {
        self.record_at(self.now(), kind);
    }

    async fn compute(&self, task: TaskId, computation: &mut Computation) -> u64 {
        let record = |at_ms, kind| self.record_at(at_ms, kind);
        let between = async |at_ms: f64| {
            if at_ms - self.posted_ms.get() < BATCH_MS {
                return None;
            }
            self.post(at_ms);
            // The browser ends a process between two turns of its event loop: one that computes without a pause only after seconds.
            turn().await;
            Some(self.now())
        };
        compute_on_thread(task, || computation.next_piece(), &self.on_core, || self.now(), record, between).await
    }

    async fn request(&self, task: TaskId, _: u32, request: &Request, attempt: u32) -> Result<Vec<u8>, String> {
        self.record(EventKind::Begin(task, State::WaitingForIo, None));
        self.post(self.now());
        let answer = requests::send(request, attempt, &self.briefing.by, &self.briefing.base).await;
        self.record(EventKind::End);
        answer
    }

    async fn share(&self, task: TaskId, step: &Step) -> u64 {
        let (Some(queue), to_put) = (step.object(), matches!(step, Step::Put { .. })) else { return 0 };
        let Some(end) = self.ends.get(&queue) else {
            unreachable!("plans that share a memory are not run on processes")
        };
        self.until_ready(task, queue, end, to_put).await;
        if let Step::Put { value, bytes, .. } = *step {
            // Before it is put: it is taken later.
            self.changed(queue, 1);
            self.record(EventKind::Leave(FlowKind::Message, (ObjectId(queue), end.next_number())));
            end.put(value, bytes);
            return 0;
        }
        let Some(message) = end.take() else { return 0 };
        self.changed(queue, -1);
        self.record(EventKind::Arrive(FlowKind::Message, (ObjectId(queue), message.number)));
        // After it is recorded: the next is put later.
        end.give_place_back();
        message.value.into()
    }
}

//! The page's side of a pool: hands the process a plan, and while it runs reads the threads' rings through a view again and again,
//! sends the requests they ask for, and looks whether they still live. It never waits with the thread blocked.

use futures::stream::{FuturesUnordered, StreamExt};
use futures::{FutureExt, pin_mut, select};
use js_sys::{Array, Int32Array, Object, Reflect, WebAssembly};
use wasm_bindgen::prelude::*;

use super::mailbox::{self, LAST_WORDS_BYTES, LAST_WORDS_HEADER};
use super::view::View;
use crate::engine::browser::clock::now_ms;
use crate::engine::browser::line::{Line, Said};
use crate::engine::browser::requests;
use crate::engine::{Live, Pulse, RunError};
use crate::plan::{Plan, Step};
use crate::trace::event::EventKind;
use crate::trace::ring::{self, Window};
use crate::trace::{LaneId, RequestsBy, TaskId};

/// How long the page goes without looking at the rings, ms: two frames. At every frame it would take time from the threads.
const LOOK_EVERY_MS: u32 = 33;

/// A pool's process that is up. Dropping it ends the process with all its threads, whatever they are doing.
pub(super) struct Team {
    line: Line,
    memory: WebAssembly::Memory,
    last_words: View,
    common: View,
    desks: Vec<Desk>,
}

impl Drop for Team {
    fn drop(&mut self) {
        // Before the line ends it: Chromium lets workers that compute go on for seconds.
        self.common.store(mailbox::STOP, 1);
    }
}

/// What the page sees of a thread.
struct Desk {
    ring: View,
    letter_box: View,
}

/// What a run is, as the page sees it.
pub(super) struct Run<'a> {
    pub(super) plan: &'a Plan,
    pub(super) live: &'a Live,
    /// The k-th thread is recorded on the k-th of these.
    pub(super) lanes: &'a [LaneId],
    pub(super) by: &'a RequestsBy,
    /// With a GIL: its switch interval, ms.
    pub(super) switch_interval_ms: Option<u32>,
}

/// An answer that waits for its thread to make room for it: which thread's, and its bytes, or the words of a failure.
type Answer = (usize, Result<Vec<u8>, String>);

impl Team {
    /// Starts a process with `threads` threads and waits until it is up.
    pub(super) async fn start(threads: u32) -> Result<Self, RunError> {
        let (line, up) = Line::start(threads).await?;
        let memory = up.memory();
        let words = Int32Array::new(&memory.buffer());
        let layout: Vec<View> = up.layout().into_iter().map(|address| View::new(&words, address)).collect();
        let [last_words, common, desks @ ..] = &layout[..] else {
            return Err(RunError::WorkerLost("it does not say where its rings are".into()));
        };
        let desk = |views: &[View]| Desk { ring: views[0].clone(), letter_box: views[1].clone() };
        let desks = desks.chunks_exact(2).map(desk).collect();
        Ok(Self { last_words: last_words.clone(), common: common.clone(), desks, memory, line })
    }

    /// How many threads it has.
    pub(super) fn threads(&self) -> u32 {
        self.desks.len() as u32
    }

    /// Bytes of the memory that they share.
    pub(super) fn memory_bytes(&self) -> u32 {
        js_sys::Uint8Array::new(&self.memory.buffer()).length()
    }

    /// Puts `plan` into the memory that its threads share.
    pub(super) async fn load(&mut self, plan: &Plan) -> Result<(), RunError> {
        let plan = serde_wasm_bindgen::to_value(plan).map_err(|error| RunError::WorkerLost(error.to_string()))?;
        self.line.tell(&[("plan", plan)], &Array::new())?;
        let loaded = self.line.answer().await;
        self.said(loaded).map(drop)
    }

    /// Runs the plan that was loaded on its threads; the last values of the plan's objects.
    pub(super) async fn run(&mut self, run: &Run<'_>) -> Result<Vec<u64>, RunError> {
        let dropped_before = self.dropped();
        let order = Object::new();
        Reflect::set(&order, &"origin".into(), &run.live.origin_ms().into()).unwrap_throw();
        Reflect::set(&order, &"interval".into(), &run.switch_interval_ms.into()).unwrap_throw();
        self.line.tell(&[("run", order.into())], &Array::new())?;
        let mut under_way = FuturesUnordered::new();
        let mut arrived: Vec<Answer> = Vec::new();
        let mut pulses = [(); 2].map(|()| Pulse::new(now_ms()));
        let rung = rung(&self.common).fuse();
        pin_mut!(rung);
        loop {
            // Asked first: a thread that has ended records nothing more.
            let has_ended = self.common.load(mailbox::ENDED) >= self.threads();
            self.read_rings(run, dropped_before)?;
            self.no_panic()?;
            run.live.no_deadlock(run.live.since_start(now_ms()))?;
            if has_ended {
                return self.results(run).await;
            }
            let [threads, process] = &mut pulses;
            if threads.has_stopped(self.beats(), now_ms()) {
                return Err(RunError::WorkerLost("its threads have stopped without a word".into()));
            }
            // Its threads may live on for a while when it is gone.
            if process.has_stopped(self.common.load(mailbox::PROCESS_PULSE), now_ms()) {
                return Err(RunError::WorkerLost("it has stopped without a word".into()));
            }
            for (number, desk) in self.desks.iter().enumerate() {
                self.deliver(number, &mut arrived);
                under_way.extend(send(number, &desk.letter_box, run));
            }
            let mut pause = gloo::timers::future::TimeoutFuture::new(LOOK_EVERY_MS).fuse();
            let heard = {
                let heard = self.line.heard().fuse();
                pin_mut!(heard);
                select! {
                    heard = heard => Some(heard),
                    () = rung => { rung.set(self::rung(&self.common).fuse()); None }
                    answer = under_way.select_next_some() => { arrived.extend(announce(&self.desks, answer)); None }
                    () = pause => None,
                }
            };
            if let Some(heard) = heard {
                self.said(heard)?;
            }
        }
    }

    /// Hands in what the tasks of a run that has ended gave back; the last values of the objects.
    async fn results(&mut self, run: &Run<'_>) -> Result<Vec<u64>, RunError> {
        self.line.tell(&[("results", true.into())], &Array::new())?;
        let heard = self.line.answer().await;
        let said = self.said(heard)?;
        let failures = said.failures();
        for (task, value) in said.values().into_iter().enumerate() {
            let failure = failures.get(task as u32).as_string();
            run.live.set_result(TaskId(task as u32), value, failure);
        }
        Ok(said.objects())
    }

    /// What the process said; if that is a failure, and a thread left last words, those.
    fn said(&self, heard: Result<Said, RunError>) -> Result<Said, RunError> {
        heard.or_else(|error| self.no_panic().and(Err(error)))
    }

    /// Whether no thread has panicked.
    fn no_panic(&self) -> Result<(), RunError> {
        last_words(&self.last_words).map_or(Ok(()), |message| Err(RunError::Panicked(message)))
    }

    /// Events that found no room since the process is up.
    fn dropped(&self) -> u64 {
        self.desks.iter().map(|desk| u64::from(ring::dropped(&desk.ring))).sum()
    }

    /// How far the threads' pulses have counted.
    fn beats(&self) -> u32 {
        self.desks.iter().fold(0, |sum, desk| sum.wrapping_add(desk.letter_box.load(mailbox::PULSE)))
    }

    fn read_rings(&self, run: &Run, dropped_before: u64) -> Result<(), RunError> {
        // Asked first: what is lost from now on is told with the next reading.
        let dropped = self.dropped().saturating_sub(dropped_before);
        run.live.amend_provenance(|provenance| provenance.dropped_events = dropped);
        for (desk, lane) in self.desks.iter().zip(run.lanes) {
            for event in ring::drain(&desk.ring) {
                if let EventKind::Output { task, address, bytes } = event.kind {
                    run.live.set_output(task, self.bytes(address, bytes).to_vec());
                }
                run.live.record_event(*lane, event, dropped > 0)?;
            }
        }
        Ok(())
    }

    /// Bytes of the process's memory. Its buffer is another object when it has grown.
    fn bytes(&self, address: u32, length: u32) -> js_sys::Uint8Array {
        js_sys::Uint8Array::new(&self.memory.buffer()).subarray(address, address.saturating_add(length))
    }

    /// Copies an answer to where its thread has made room for it.
    fn deliver(&self, number: usize, arrived: &mut Vec<Answer>) {
        let letter_box = &self.desks[number].letter_box;
        if letter_box.load(mailbox::STATE) != mailbox::ROOM {
            return;
        }
        if let Some(place) = arrived.iter().position(|(of, _)| *of == number) {
            let (_, answer) = arrived.swap_remove(place);
            let bytes = answer.unwrap_or_else(String::into_bytes);
            let room = self.bytes(letter_box.load(mailbox::ADDRESS), bytes.len() as u32);
            // A room of another length lies in a memory that makes no sense any more.
            if room.length() as usize == bytes.len() {
                room.copy_from(&bytes);
            }
        }
        letter_box.store(mailbox::STATE, mailbox::DELIVERED);
        letter_box.notify(mailbox::STATE);
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

/// Sends the request in a letter box, if there is a new one.
fn send(number: usize, letter_box: &View, run: &Run) -> Option<impl Future<Output = Answer> + use<>> {
    if letter_box.load(mailbox::STATE) != mailbox::ASKED {
        return None;
    }
    letter_box.store(mailbox::STATE, mailbox::TAKEN);
    let [task, step, attempt] = [mailbox::TASK, mailbox::STEP, mailbox::ATTEMPT].map(|word| letter_box.load(word));
    let step = run.plan.tasks.get(task as usize).and_then(|task| task.steps.get(step as usize));
    let Some(Step::Io(request)) = step else { return None };
    let response = requests::send(request, attempt, run.by, "");
    Some(async move { (number, response.await) })
}

/// Tells the thread how long its answer is, so that it makes room for it. The answer is still to be delivered, unless it has no bytes: then
/// the thread goes on at once, and whoever kept it would deliver it in the place of the next.
fn announce(desks: &[Desk], answer: Answer) -> Option<Answer> {
    let letter_box = &desks[answer.0].letter_box;
    let length = answer.1.as_ref().map_or_else(String::len, Vec::len);
    letter_box.store(mailbox::FAILED, answer.1.is_err().into());
    letter_box.store(mailbox::BYTES, length as u32);
    letter_box.store(mailbox::STATE, mailbox::ARRIVED);
    letter_box.notify(mailbox::STATE);
    (length > 0).then_some(answer)
}

/// Resolves soon after the doorbell is rung; it is watched from now on, not from the first poll, so that no ring is missed by
/// who then looks into the letter boxes. Where a browser cannot wait without blocking, never: the page then looks at every
/// frame, which it does anyhow.
fn rung(common: &View) -> impl Future<Output = ()> + use<> {
    let changed = common.changed(mailbox::DOORBELL);
    async move {
        match changed {
            Some(changed) => changed.await,
            None => std::future::pending().await,
        }
    }
}

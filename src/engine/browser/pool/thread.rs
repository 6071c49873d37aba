//! A thread of a pool as the place where a task is carried out: waiting really blocks it, and under a GIL it computes only while it
//! holds that.

use std::cell::RefCell;
use std::sync::MutexGuard;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use futures::FutureExt;
use js_sys::{Atomics, Int32Array, WebAssembly};
use wasm_bindgen::prelude::*;

use super::gil::{Gil, Taken};
use super::mailbox::{ARRIVED, ASKED, COMMON, DELIVERED, IDLE, LetterBox, ROOM};
use super::objects::Shared;
use crate::engine::OnCore;
use crate::engine::browser::clock::now_ms;
use crate::engine::script::{Host, compute_on_thread};
use crate::plan::{Computation, Plan, Request, Step};
use crate::trace::event::{Event, EventKind};
use crate::trace::ring::Ring;
use crate::trace::{FlowKind, MarkKind, ObjectId, State, TaskId};

/// How long a thread sleeps at most before it shows that it lives, ms.
const SLEEP_MS: f64 = 250.0;

/// What a thread shares with the page.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) ring: Ring,
    pub(super) letter_box: LetterBox,
}

/// What the threads of a run share.
pub(super) struct Team {
    pub(super) plan: Plan,
    /// The next task that nobody has taken.
    pub(super) next: AtomicUsize,
    pub(super) objects: Vec<Shared>,
    /// The GIL, if there is one, and which object of the trace it is.
    pub(super) gil: Option<(Gil, ObjectId)>,
    /// The clock's reading at the start of the run, ms.
    pub(super) origin_ms: f64,
    /// Numbers for hand-overs of locks.
    pub(super) hand_overs: AtomicU32,
}

/// A thread.
pub(super) struct Thread<'a> {
    pub(super) number: u32,
    pub(super) desk: &'a Desk,
    pub(super) team: &'a Team,
    on_core: OnCore,
    /// Locks that the task holds, by object.
    pub(super) held: RefCell<Vec<(u32, MutexGuard<'a, u32>)>>,
}

impl<'a> Thread<'a> {
    pub(super) fn new(number: u32, desk: &'a Desk, team: &'a Team) -> Self {
        Self { number, desk, team, on_core: OnCore::new(), held: RefCell::default() }
    }

    pub(super) fn now(&self) -> f64 {
        now_ms() - self.team.origin_ms
    }

    pub(super) fn record_at(&self, at_ms: f64, kind: EventKind) {
        self.desk.ring.push(Event { at_ms, kind });
    }

    /// Shows that it lives; unless the page has given the process up. Then it leaves its work by an exception, so that the browser,
    /// which lets what computes go on for seconds, can end it at once.
    fn beat(&self) {
        self.desk.letter_box.pulse.fetch_add(1, Ordering::Relaxed);
        if COMMON.stop.load(Ordering::Relaxed) != 0 {
            wasm_bindgen::throw_str("the page has given this process up");
        }
    }

    /// Takes the GIL, if there is one, for `task`.
    pub(super) fn take_gil(&self, task: TaskId) {
        let Some((gil, object)) = &self.team.gil else { return };
        let Taken { switched, number } = gil.try_take(self.number).unwrap_or_else(|| {
            self.record(EventKind::Begin(task, State::WaitingForLock, Some(*object)));
            let taken = gil.take(self.number, || {
                self.beat();
                self.record(EventKind::Mark(task, MarkKind::SwitchRequested));
            });
            self.record(EventKind::End);
            taken
        });
        self.record(EventKind::Hold(task, *object));
        if switched && number > 1 {
            self.record(EventKind::Arrive(FlowKind::LockHandOver, (*object, number)));
        }
    }

    /// Lets go of the GIL, if there is one.
    pub(super) fn let_gil_go(&self, task: TaskId) {
        let Some((gil, object)) = &self.team.gil else { return };
        self.record(EventKind::LetGo(task, *object));
        self.record(EventKind::Leave(FlowKind::LockHandOver, (*object, gil.next_switch())));
        gil.let_go(self.number);
    }

    /// Between two pieces: lives, and lets go of the GIL if it is asked for. When the next piece begins, if that took its time.
    fn check(&self, task: TaskId) -> Option<f64> {
        self.beat();
        let (gil, _) = self.team.gil.as_ref()?;
        gil.is_requested().then(|| {
            self.record(EventKind::End);
            self.let_gil_go(task);
            self.take_gil(task);
            let at_ms = self.now();
            self.record_at(at_ms, EventKind::Begin(task, State::Running, None));
            at_ms
        })
    }

    /// Lets go of the GIL in the middle of a piece, if it is asked for.
    pub(super) fn check_in_the_middle(&self, task: TaskId) {
        if let Some(at_ms) = self.check(task) {
            self.on_core.begin(at_ms);
        }
    }

    /// A piece goes on at `at_ms` after a pause that was recorded.
    pub(super) fn goes_on(&self, at_ms: f64) {
        self.on_core.begin(at_ms);
    }

    /// Blocks in `wait`, which waits for `object`, and lets others compute meanwhile.
    pub(super) fn block<T>(&self, task: TaskId, object: u32, wait: impl FnOnce() -> T) -> T {
        self.let_gil_go(task);
        self.record(EventKind::Begin(task, State::WaitingForLock, Some(ObjectId(object))));
        let result = wait();
        self.record(EventKind::End);
        self.take_gil(task);
        result
    }

    /// Computes `next_piece` to its end.
    pub(super) fn compute_pieces(&self, task: TaskId, next_piece: impl FnMut() -> Option<u64>) -> u64 {
        let record = |at_ms, kind| self.record_at(at_ms, kind);
        let now = || self.now();
        let computed = compute_on_thread(task, next_piece, &self.on_core, now, record, async |_| self.check(task));
        computed.now_or_never().expect("on a thread waiting blocks")
    }

    /// Has the page make an attempt at a request, and really blocks this thread until the answer is there.
    fn ask(&self, task: TaskId, step: u32, attempt: u32) -> Result<Vec<u8>, String> {
        let letter_box = &self.desk.letter_box;
        let words = words();
        let ring = |state| {
            letter_box.state.store(state, Ordering::Release);
            ring();
        };
        letter_box.task.store(task.0, Ordering::Relaxed);
        letter_box.step.store(step, Ordering::Relaxed);
        letter_box.attempt.store(attempt, Ordering::Relaxed);
        ring(ASKED);
        let mut answer = Vec::new();
        loop {
            self.beat();
            let state = letter_box.state.load(Ordering::Acquire);
            match state {
                ARRIVED => {
                    answer = vec![0; letter_box.bytes.load(Ordering::Relaxed) as usize];
                    letter_box.address.store(address(answer.as_ptr()), Ordering::Relaxed);
                    ring(if answer.is_empty() { DELIVERED } else { ROOM });
                }
                DELIVERED => {
                    letter_box.state.store(IDLE, Ordering::Relaxed);
                    let failed = letter_box.failed.load(Ordering::Relaxed) != 0;
                    return if failed { Err(String::from_utf8_lossy(&answer).into_owned()) } else { Ok(answer) };
                }
                _ => {
                    let sleep =
                        Atomics::wait_with_timeout(&words, word_index(&letter_box.state), state as i32, SLEEP_MS);
                    sleep.map_err(|_| "this thread may not sleep")?;
                }
            }
        }
    }
}

impl Host for Thread<'_> {
    fn who(&self) -> String {
        format!("thread {}", self.number + 1)
    }

    fn record(&self, kind: EventKind) {
        self.record_at(self.now(), kind);
    }

    async fn compute(&self, task: TaskId, computation: &mut Computation) -> u64 {
        self.compute_pieces(task, || computation.next_piece())
    }

    async fn request(&self, task: TaskId, step: u32, _: &Request, attempt: u32) -> Result<Vec<u8>, String> {
        self.let_gil_go(task);
        self.record(EventKind::Begin(task, State::WaitingForIo, None));
        let answer = self.ask(task, step, attempt);
        self.record(EventKind::End);
        self.take_gil(task);
        answer
    }

    async fn share(&self, task: TaskId, step: &Step) -> u64 {
        self.use_shared(task, step)
    }
}

/// The byte address of a place in this memory.
pub(super) fn address<T>(place: *const T) -> u32 {
    place.addr() as u32
}

/// A view of this memory as 32-bit words. Made anew each time: it does not grow with the memory.
fn words() -> Int32Array {
    Int32Array::new(&wasm_bindgen::memory().unchecked_into::<WebAssembly::Memory>().buffer())
}

/// Rings the doorbell.
pub(super) fn ring() {
    COMMON.doorbell.fetch_add(1, Ordering::Release);
    // Fails for a memory that is not shared or an index outside of it; neither is ever here.
    Atomics::notify(&words(), word_index(&COMMON.doorbell)).unwrap_throw();
}

/// Index of a word in a view of the whole memory as 32-bit words.
fn word_index(word: &AtomicU32) -> u32 {
    address(word) / 4
}

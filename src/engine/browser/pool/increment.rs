//! Incrementing a counter that threads share: without a lock, with one, atomically, or each thread for itself. What the machine does
//! is what the step says; between pieces of it the thread is seen to live, and lets go of a GIL.

use std::cell::Cell;
use std::hint::black_box;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::objects::{Shared, lock};
use super::thread::Thread;
use crate::plan::How;
use crate::trace::event::EventKind;
use crate::trace::{ObjectId, State, TaskId};

/// Increments in a piece, with and without a lock for each.
const PIECE: u32 = 5_000;
const LOCKED_PIECE: u32 = 1_000;
/// Memory accesses, one after another, from one instruction to the next: so that an increment takes tens of ns, as in CPython.
const LOOK_UP_STEPS: u32 = 12;
/// A wait for a lock is recorded if it is longer, ms: most are too short to be seen, and too many.
const LONG_WAIT_MS: f64 = 0.2;

thread_local! {
    /// The thread's own variable.
    static OWN: Cell<u32> = const { Cell::new(0) };
}

impl Thread<'_> {
    pub(super) fn increment(&self, task: TaskId, object: u32, times: u32, how: How) {
        let Shared::Counter(counter) = &self.team.objects[object as usize] else { return };
        let mutex = match how {
            How::Locked(lock) => match &self.team.objects[lock as usize] {
                Shared::Lock(mutex) => Some((mutex, lock)),
                _ => return,
            },
            How::Plain | How::Atomic | How::Local => None,
        };
        let length = if mutex.is_some() { LOCKED_PIECE } else { PIECE };
        let mut left = times;
        OWN.set(0);
        self.compute_pieces(task, || {
            let piece = left.min(length);
            if piece == 0 {
                return None;
            }
            left -= piece;
            match (how, mutex) {
                (How::Plain, _) => self.plain(task, counter, piece),
                (How::Atomic, _) => atomic(counter, piece),
                (How::Local, _) => local(piece),
                (How::Locked(_), Some((mutex, lock))) => self.locked(task, counter, mutex, lock, piece),
                (How::Locked(_), None) => {}
            }
            self.count(object, counter.load(Ordering::Relaxed));
            Some(0)
        });
        if how == How::Local {
            counter.fetch_add(OWN.get(), Ordering::Relaxed);
            self.count(object, counter.load(Ordering::Relaxed));
        }
    }

    /// `x = x + 1`, so many times. Under a GIL no other thread computes meanwhile, unless this one is asked to let go: that may
    /// fall between a load and its store, once in a piece.
    fn plain(&self, task: TaskId, counter: &AtomicU32, piece: u32) {
        load_add_store(counter, piece - 1);
        let loaded = counter.load(Ordering::Relaxed);
        self.check_in_the_middle(task);
        counter.store(loaded.wrapping_add(1), Ordering::Relaxed);
    }

    fn locked(&self, task: TaskId, counter: &AtomicU32, mutex: &Mutex<u32>, object: u32, piece: u32) {
        for _ in 0..piece {
            let guard = match mutex.try_lock() {
                Ok(guard) => guard,
                Err(_) => {
                    let since_ms = self.now();
                    let guard = lock(mutex);
                    let until_ms = self.now();
                    if until_ms - since_ms > LONG_WAIT_MS {
                        let waiting = EventKind::Begin(task, State::WaitingForLock, Some(ObjectId(object)));
                        let running = EventKind::Begin(task, State::Running, None);
                        let events = [(since_ms, EventKind::End), (since_ms, waiting), (until_ms, EventKind::End)];
                        events.into_iter().for_each(|(at_ms, kind)| self.record_at(at_ms, kind));
                        self.record_at(until_ms, running);
                        self.goes_on(until_ms);
                    }
                    guard
                }
            };
            load_add_store(counter, 1);
            drop(guard);
        }
    }
}

/// A load, an add and a store, as three instructions of an interpreter, which looks up after each what the next one is: others may
/// come between. Atomics that are used so are what a plain variable is to the machine, and to Rust no undefined behaviour.
#[inline(never)]
fn load_add_store(counter: &AtomicU32, times: u32) {
    for _ in 0..times {
        let value = look_up(counter.load(Ordering::Relaxed));
        counter.store(look_up(value.wrapping_add(1)), Ordering::Relaxed);
    }
}

/// Takes the time in which an interpreter finds its next instruction; `value` waits for it. Without it a thread that is interrupted
/// is hardly ever interrupted between a load and its store, and two that share one core, as on a busy machine, seldom lose an update.
#[inline(always)]
fn look_up(value: u32) -> u32 {
    (0..LOOK_UP_STEPS).fold(value, |value, _| black_box(value))
}

#[inline(never)]
fn atomic(counter: &AtomicU32, times: u32) {
    for _ in 0..times {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

#[inline(never)]
fn local(times: u32) {
    for _ in 0..times {
        OWN.set(black_box(OWN.get()) + 1);
    }
}

//! What lies in the memory of a pool's process for the page to read and write through a view: per thread a pulse and a letter box
//! for requests, what concerns the process as a whole, and room for the message of a panic. As 32-bit words, at the offsets given
//! here.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicU32, Ordering};

/// A thread's request, and its answer. The thread that asks sleeps on `state` until the page has answered. What is asked for
/// stands in the plan, which the page has too.
#[repr(C)]
#[derive(Default)]
pub(super) struct LetterBox {
    /// One of [`IDLE`], [`ASKED`], [`TAKEN`], [`ARRIVED`], [`ROOM`], [`DELIVERED`].
    pub(super) state: AtomicU32,
    pub(super) task: AtomicU32,
    /// Which step of the task is the request.
    pub(super) step: AtomicU32,
    pub(super) attempt: AtomicU32,
    /// Whether the answer's bytes are the words of a failure.
    pub(super) failed: AtomicU32,
    /// Length of the answer, bytes.
    pub(super) bytes: AtomicU32,
    /// Byte address where the thread has made room for it.
    pub(super) address: AtomicU32,
    /// Counts on while the thread works and while it waits for an answer.
    pub(super) pulse: AtomicU32,
}

/// Length of a letter box in words.
const LETTER_BOX_WORDS: usize = 8;
const _: () = assert!(size_of::<LetterBox>() == LETTER_BOX_WORDS * 4);

/// States of a letter box. The thread asks; the page takes the letter, and says how long the answer is when it has arrived; the
/// thread makes room for it; the page delivers it. One without bytes needs no room.
pub(super) const IDLE: u32 = 0;
pub(super) const ASKED: u32 = 1;
pub(super) const TAKEN: u32 = 2;
pub(super) const ARRIVED: u32 = 3;
pub(super) const ROOM: u32 = 4;
pub(super) const DELIVERED: u32 = 5;

/// Words of a letter box by their offsets, as the page sees them.
pub(super) const STATE: u32 = 0;
pub(super) const TASK: u32 = 1;
pub(super) const STEP: u32 = 2;
pub(super) const ATTEMPT: u32 = 3;
pub(super) const FAILED: u32 = 4;
pub(super) const BYTES: u32 = 5;
pub(super) const ADDRESS: u32 = 6;
pub(super) const PULSE: u32 = 7;

/// What concerns the process as a whole.
#[repr(C)]
pub(super) struct Common {
    /// Rung by a thread that has asked, made room or found no task left; the page sleeps on it.
    pub(super) doorbell: AtomicU32,
    /// Counts on as long as the process's first worker, which starts the others, lives and has a run.
    pub(super) pulse: AtomicU32,
    /// Threads that have found no task left in this run.
    pub(super) ended: AtomicU32,
    /// Not 0 once the page has given the process up: who computes stops.
    pub(super) stop: AtomicU32,
}

/// Words of `Common` by their offsets, as the page sees them.
pub(super) const DOORBELL: u32 = 0;
pub(super) const PROCESS_PULSE: u32 = 1;
pub(super) const ENDED: u32 = 2;
pub(super) const STOP: u32 = 3;

/// The one of this memory.
pub(super) static COMMON: Common =
    Common { doorbell: AtomicU32::new(0), pulse: AtomicU32::new(0), ended: AtomicU32::new(0), stop: AtomicU32::new(0) };

/// The message of the process's first panic. A panicking thread can tell nobody else: it never hears or says anything again.
#[repr(C)]
pub(super) struct LastWords {
    /// 0: none; 1: being written; 2: readable.
    state: AtomicU32,
    /// Bytes of text.
    length: AtomicU32,
    text: UnsafeCell<[u8; LAST_WORDS_BYTES]>,
}

/// The longest message kept, in bytes.
pub(super) const LAST_WORDS_BYTES: usize = 504;

/// Words of `LastWords` before its text.
pub(super) const LAST_WORDS_HEADER: u32 = 2;

/// The state in which the text may be read.
pub(super) const READABLE: u32 = 2;

// SAFETY: the text is written once, by the thread that moved `state` from 0 to 1, and read when `state` is 2.
unsafe impl Sync for LastWords {}

/// The one of this memory.
pub(super) static LAST_WORDS: LastWords =
    LastWords { state: AtomicU32::new(0), length: AtomicU32::new(0), text: UnsafeCell::new([0; LAST_WORDS_BYTES]) };

impl LastWords {
    /// Leaves `message`, cut to what fits, unless there is one already.
    pub(super) fn leave(&self, message: &str) {
        if self.state.compare_exchange(0, 1, Ordering::AcqRel, Ordering::Relaxed).is_err() {
            return;
        }
        let end = message.floor_char_boundary(LAST_WORDS_BYTES);
        // SAFETY: see `impl Sync`: this is the one thread that found 0.
        unsafe { (&mut *self.text.get())[..end].copy_from_slice(&message.as_bytes()[..end]) };
        self.length.store(end as u32, Ordering::Relaxed);
        self.state.store(READABLE, Ordering::Release);
    }
}

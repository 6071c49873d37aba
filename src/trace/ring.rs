//! How a worker tells what it does without a message: a ring of events per thread, in memory that the page can read.
//!
//! One thread writes, one reader reads; neither ever waits for the other. A full ring drops the event and counts it. The
//! writer is in the same memory; the reader may be in another, with only a window on this one ([`Window`]), which is why
//! everything it needs lies at fixed offsets of 32-bit words:
//!
//! ```text
//!  word 0  written   events written so far, modulo 2³²        (writer)
//!       1  read      events read so far, modulo 2³²           (reader)
//!       2  dropped   events that found the ring full          (writer)
//!       3  —
//!       4… events, CAPACITY × 6 words; see [`super::event`]
//! ```

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicU32, Ordering};

use super::event::{EVENT_WORDS, Event, decode_all};

/// Events a ring holds. At 60 frames a second the reader keeps up with 240,000 events a second on each thread.
pub const CAPACITY: u32 = 4_096;

/// Length of a ring in bytes.
pub const RING_BYTES: u32 = (HEADER_WORDS + CAPACITY * EVENT_WORDS) * 4;

const HEADER_WORDS: u32 = 4;
const WRITTEN: u32 = 0;
const READ: u32 = 1;
const DROPPED: u32 = 2;

/// The writer's side. It lies in the memory of the thread that writes.
#[repr(C, align(8))]
pub struct Ring {
    written: AtomicU32,
    read: AtomicU32,
    dropped: AtomicU32,
    _pad: u32,
    events: [UnsafeCell<[u32; EVENT_WORDS as usize]>; CAPACITY as usize],
}

const _: () = assert!(size_of::<Ring>() == RING_BYTES as usize);

// SAFETY: an event's cell is written by the one writer before `written` makes it visible (release/acquire), and not again
// before `read` has passed it.
unsafe impl Sync for Ring {}

impl Default for Ring {
    fn default() -> Self {
        Self {
            written: AtomicU32::new(0),
            read: AtomicU32::new(0),
            dropped: AtomicU32::new(0),
            _pad: 0,
            events: [const { UnsafeCell::new([0; EVENT_WORDS as usize]) }; CAPACITY as usize],
        }
    }
}

impl Ring {
    /// Drops what has been written and not read, as a reader in the same memory may when it wants none of it.
    pub fn forget(&self) {
        self.read.store(self.written.load(Ordering::Relaxed), Ordering::Release);
    }

    /// Writes an event; counts it as dropped if the ring is full. Never blocks.
    ///
    /// Only one thread may write to a ring at a time: this is not checked, it would cost more than the event.
    #[inline]
    pub fn push(&self, event: Event) {
        let written = self.written.load(Ordering::Relaxed);
        if written.wrapping_sub(self.read.load(Ordering::Acquire)) >= CAPACITY {
            self.dropped.store(self.dropped.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
            return;
        }
        let cell = &self.events[(written % CAPACITY) as usize];
        // SAFETY: see `impl Sync`; the reader does not look at this cell before `written` is raised below.
        unsafe { *cell.get() = event.encode() };
        self.written.store(written.wrapping_add(1), Ordering::Release);
    }
}

/// A window on the memory that a ring lies in, as 32-bit words from the ring's first on.
pub trait Window {
    /// Reads a word atomically.
    fn load(&self, word: u32) -> u32;
    /// Writes a word atomically.
    fn store(&self, word: u32, value: u32);
    /// Copies `into.len()` words from `word` on, not atomically.
    fn copy(&self, word: u32, into: &mut [u32]);
}

/// Takes all events that are new since the last call, in order, and gives their room back to the writer. An event that makes
/// no sense is left out: the memory may belong to a worker that has failed.
pub fn drain(ring: &impl Window) -> Vec<Event> {
    let (written, read) = (ring.load(WRITTEN), ring.load(READ));
    let fresh = written.wrapping_sub(read).min(CAPACITY);
    let first = read % CAPACITY;
    let until_wrap = fresh.min(CAPACITY - first);
    let mut words = vec![0; (fresh * EVENT_WORDS) as usize];
    let (before, after) = words.split_at_mut((until_wrap * EVENT_WORDS) as usize);
    ring.copy(HEADER_WORDS + first * EVENT_WORDS, before);
    ring.copy(HEADER_WORDS, after);
    ring.store(READ, written);
    decode_all(&words).collect()
}

/// How many events found the ring full.
pub fn dropped(ring: &impl Window) -> u32 {
    ring.load(DROPPED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::event::EventKind;
    use crate::trace::{State, TaskId};

    impl Window for Ring {
        fn load(&self, word: u32) -> u32 {
            [&self.written, &self.read, &self.dropped][word as usize].load(Ordering::Acquire)
        }

        fn store(&self, word: u32, value: u32) {
            [&self.written, &self.read, &self.dropped][word as usize].store(value, Ordering::Release);
        }

        fn copy(&self, word: u32, into: &mut [u32]) {
            let base = std::ptr::from_ref(self).cast::<u32>();
            for (index, into) in into.iter_mut().enumerate() {
                // SAFETY: within the ring (its length is asserted above), and the writer keeps off unread cells.
                *into = unsafe { base.add(word as usize + index).read() };
            }
        }
    }

    fn begin(at: u32) -> Event {
        Event { at_ms: f64::from(at) + 0.25, kind: EventKind::Begin(TaskId(at), State::WaitingForIo, None) }
    }

    #[test]
    fn what_is_pushed_is_drained_once_in_order() {
        let ring = Ring::default();
        let events = [
            begin(1),
            Event { at_ms: 2.5, kind: EventKind::End },
            Event { at_ms: 2.5, kind: EventKind::Done(TaskId(1)) },
            begin(3),
        ];
        events.iter().for_each(|event| ring.push(*event));
        assert_eq!(drain(&ring), events);
        assert_eq!(drain(&ring), []);
    }

    #[test]
    fn a_full_ring_counts_what_it_drops_and_keeps_what_it_has() {
        let ring = Ring::default();
        (0..CAPACITY + 3).for_each(|at| ring.push(begin(at)));
        assert_eq!(dropped(&ring), 3);
        assert_eq!(drain(&ring).len(), CAPACITY as usize);
    }

    #[test]
    fn it_goes_on_across_the_wrap_of_its_cells_and_of_its_counters() {
        let ring = Ring::default();
        ring.written.store(u32::MAX - 5, Ordering::Relaxed);
        ring.read.store(u32::MAX - 5, Ordering::Relaxed);
        for round in 0..3 {
            let events: Vec<_> = (0..CAPACITY - 1).map(|at| begin(at + round)).collect();
            events.iter().for_each(|event| ring.push(*event));
            assert_eq!(drain(&ring), events);
        }
        assert_eq!(dropped(&ring), 0);
    }

    #[test]
    fn nothing_is_lost_or_torn_between_two_threads() {
        let ring = Ring::default();
        let count = 200_000;
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for at in 0..count {
                    while ring.written.load(Ordering::Relaxed).wrapping_sub(ring.read.load(Ordering::Acquire))
                        >= CAPACITY
                    {
                        std::hint::spin_loop();
                    }
                    ring.push(begin(at));
                }
            });
            let mut next = 0;
            while next < count {
                for event in drain(&ring) {
                    assert_eq!(event, begin(next));
                    next += 1;
                }
            }
        });
    }
}

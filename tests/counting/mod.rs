//! An allocator that counts what it has given out to each thread, for tests and measurements of memory that is given out and taken back
//! by one thread; what others do meanwhile does not count.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static NOW: Cell<usize> = const { Cell::new(0) };
    static PEAK: Cell<usize> = const { Cell::new(0) };
}

/// Bytes given out to this thread and not taken back.
pub fn now() -> usize {
    NOW.get()
}

/// The most that it was since [`start_peak`], bytes.
pub fn peak() -> usize {
    PEAK.get()
}

/// Forgets the peak.
pub fn start_peak() {
    PEAK.set(now());
}

// SAFETY: the system's allocator does the work; only numbers are kept beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.get() + layout.size();
        NOW.set(now);
        PEAK.set(PEAK.get().max(now));
        // SAFETY: the caller's promise is the same as ours.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // What another thread was given may be given back here.
        NOW.set(NOW.get().saturating_sub(layout.size()));
        // SAFETY: the caller's promise is the same as ours.
        unsafe { System.dealloc(pointer, layout) }
    }
}

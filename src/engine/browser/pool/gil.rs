//! A global interpreter lock with CPython's protocol (ceval_gil.c): who waits asks for it after the switch interval, the holder lets
//! go at its next check, and one that was asked then waits until another has taken it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Nobody.
const NOBODY: u32 = u32::MAX;

/// The lock.
pub(super) struct Gil {
    state: Mutex<State>,
    /// Somebody let go.
    free: Condvar,
    /// Somebody else took it.
    switched: Condvar,
    /// A waiter asks the holder to let go.
    requested: AtomicBool,
    interval: Duration,
}

struct State {
    locked: bool,
    last_holder: u32,
    /// How often it went from one thread to another.
    switches: u32,
}

/// How a thread came by the lock.
pub(super) struct Taken {
    /// Whether it came from another thread.
    pub(super) switched: bool,
    /// Number of that hand-over.
    pub(super) number: u32,
}

impl Gil {
    /// A free lock with this switch interval, ms.
    pub(super) fn new(interval_ms: u32) -> Self {
        Self {
            state: Mutex::new(State { locked: false, last_holder: NOBODY, switches: 0 }),
            free: Condvar::new(),
            switched: Condvar::new(),
            requested: AtomicBool::new(false),
            interval: Duration::from_millis(interval_ms.into()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes it for `thread`, if it is free.
    pub(super) fn try_take(&self, thread: u32) -> Option<Taken> {
        let state = self.state();
        (!state.locked).then(|| self.taken(state, thread))
    }

    /// Waits for it and takes it; `asked` is called each time that the holder is asked to let go.
    pub(super) fn take(&self, thread: u32, mut asked: impl FnMut()) -> Taken {
        let mut state = self.state();
        while state.locked {
            let switches = state.switches;
            let waited = self.free.wait_timeout(state, self.interval).unwrap_or_else(PoisonError::into_inner);
            state = waited.0;
            // Not if it went to another meanwhile: that one has its whole interval.
            if waited.1.timed_out() && state.locked && state.switches == switches {
                self.requested.store(true, Ordering::Relaxed);
                asked();
            }
        }
        self.taken(state, thread)
    }

    fn taken(&self, mut state: MutexGuard<State>, thread: u32) -> Taken {
        state.locked = true;
        let switched = state.last_holder != thread;
        if switched {
            state.last_holder = thread;
            state.switches = state.switches.wrapping_add(1);
            self.switched.notify_all();
        }
        self.requested.store(false, Ordering::Relaxed);
        Taken { switched, number: state.switches }
    }

    /// Whether the holder is asked to let go.
    pub(super) fn is_requested(&self) -> bool {
        self.requested.load(Ordering::Relaxed)
    }

    /// The number that the next hand-over to another thread will have.
    pub(super) fn next_switch(&self) -> u32 {
        self.state().switches.wrapping_add(1)
    }

    /// Lets go; if it was asked for, waits until another has taken it.
    pub(super) fn let_go(&self, thread: u32) {
        let mut state = self.state();
        state.locked = false;
        self.free.notify_one();
        if self.is_requested() {
            // Whoever asked waits for nothing but this, and so takes it.
            while state.last_holder == thread && self.is_requested() {
                state = self.switched.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}

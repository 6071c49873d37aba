//! The objects that a plan's tasks share, made of the standard library's mutexes, condition variables and atomics in the memory
//! that the threads share. They know no recorder: whoever uses them hears whether it had to wait, and which hand-over it was.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::plan::{Object, ObjectKind};

/// An object in shared memory.
pub(super) enum Shared {
    /// The number is that of its last hand-over, 0 before the first.
    Lock(Mutex<u32>),
    /// A re-entrant lock, or a semaphore.
    Permits(Permits),
    Event(Signal),
    Barrier {
        parties: u32,
        signal: Signal,
    },
    Queue(Queue),
    Counter(AtomicU32),
}

impl Shared {
    pub(super) fn new(object: &Object) -> Self {
        match object.kind {
            ObjectKind::Lock => Self::Lock(Mutex::new(0)),
            ObjectKind::ReentrantLock => Self::Permits(Permits::new(1, true)),
            ObjectKind::Semaphore { permits } => Self::Permits(Permits::new(permits, false)),
            ObjectKind::Event => Self::Event(Signal::default()),
            ObjectKind::Barrier { parties } => Self::Barrier { parties, signal: Signal::default() },
            ObjectKind::Queue { capacity } => Self::Queue(Queue::new(capacity)),
            // What exists in virtual time alone is refused before a run; see `Plan::needs_virtual_time`.
            ObjectKind::Counter | ObjectKind::Condition => Self::Counter(AtomicU32::new(0)),
        }
    }

    /// Its last value; see [`crate::plan::Results::objects`].
    pub(super) fn value(&self) -> u64 {
        match self {
            Self::Counter(counter) => counter.load(Ordering::Relaxed).into(),
            Self::Queue(queue) => lock(&queue.state).messages.len() as u64,
            Self::Lock(_) | Self::Permits(_) | Self::Event(_) | Self::Barrier { .. } => 0,
        }
    }
}

/// Locks, also after a panic of another thread: that ends the run anyhow.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn wait<'a, T>(condition: &Condvar, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
    condition.wait(guard).unwrap_or_else(PoisonError::into_inner)
}

/// So many permits; a thread that has one may have it again for nothing, if the object is re-entrant.
pub(super) struct Permits {
    state: Mutex<PermitState>,
    freed: Condvar,
    is_reentrant: bool,
}

struct PermitState {
    free: u32,
    /// Threads that have one, each as often as it took it.
    owners: Vec<u32>,
    /// Number of the last hand-over.
    hand_over: u32,
}

impl Permits {
    fn new(permits: u32, is_reentrant: bool) -> Self {
        let state = PermitState { free: permits, owners: Vec::new(), hand_over: 0 };
        Self { state: Mutex::new(state), freed: Condvar::new(), is_reentrant }
    }

    /// Takes a permit without waiting; whether that went.
    pub(super) fn try_acquire(&self, thread: u32) -> bool {
        self.take(&mut lock(&self.state), thread)
    }

    /// Takes a permit; the number of the hand-over that brought it.
    pub(super) fn acquire(&self, thread: u32) -> u32 {
        let mut state = lock(&self.state);
        while !self.take(&mut state, thread) {
            state = wait(&self.freed, state);
        }
        state.hand_over
    }

    fn take(&self, state: &mut PermitState, thread: u32) -> bool {
        let again = self.is_reentrant && state.owners.contains(&thread);
        if !again && state.free == 0 {
            return false;
        }
        state.free -= u32::from(!again);
        state.owners.push(thread);
        true
    }

    /// Gives a permit back, as the hand-over of this number.
    pub(super) fn release(&self, thread: u32, hand_over: u32) {
        let mut state = lock(&self.state);
        let Some(place) = state.owners.iter().position(|owner| *owner == thread) else { return };
        state.owners.swap_remove(place);
        if self.is_reentrant && state.owners.contains(&thread) {
            return;
        }
        state.free += 1;
        state.hand_over = hand_over;
        self.freed.notify_one();
    }
}

/// Something that happens, once or again and again, and wakes all who wait for it.
#[derive(Default)]
pub(super) struct Signal {
    state: Mutex<SignalState>,
    happened: Condvar,
}

#[derive(Default)]
struct SignalState {
    /// How often it has happened.
    times: u32,
    /// How many wait at a barrier.
    arrived: u32,
}

impl Signal {
    /// Makes it happen.
    pub(super) fn set(&self) {
        lock(&self.state).times += 1;
        self.happened.notify_all();
    }

    /// Whether it has happened.
    pub(super) fn is_set(&self) -> bool {
        lock(&self.state).times > 0
    }

    /// Waits until it has happened more than `times` times.
    pub(super) fn await_more_than(&self, times: u32) {
        let mut state = lock(&self.state);
        while state.times <= times {
            state = wait(&self.happened, state);
        }
    }

    /// Comes to a barrier of so many parties: how often all have met before, and whether this is the last to come, with which
    /// `before_opening` is called and the others are woken.
    pub(super) fn arrive(&self, parties: u32, before_opening: impl FnOnce(u32)) -> (u32, bool) {
        let mut state = lock(&self.state);
        let times = state.times;
        state.arrived += 1;
        let is_last = state.arrived >= parties;
        if is_last {
            before_opening(times);
            state.arrived = 0;
            state.times += 1;
            self.happened.notify_all();
        }
        (times, is_last)
    }
}

/// Messages, first in, first out: a mutex and a condition variable for each direction.
pub(super) struct Queue {
    capacity: usize,
    state: Mutex<QueueState>,
    not_full: Condvar,
    not_empty: Condvar,
}

#[derive(Default)]
struct QueueState {
    messages: VecDeque<Message>,
    /// Messages ever put.
    put: u32,
}

/// A message.
pub(super) struct Message {
    /// What it says.
    pub(super) value: u32,
    /// Which one of the queue it is.
    pub(super) number: u32,
    /// What it carries; shared memory hands it over without a copy.
    _bytes: Vec<u8>,
}

impl Queue {
    fn new(capacity: u32) -> Self {
        Self {
            capacity: capacity.max(1) as usize,
            state: Mutex::default(),
            not_full: Condvar::new(),
            not_empty: Condvar::new(),
        }
    }

    /// Whether somebody who puts would wait.
    pub(super) fn is_full(&self) -> bool {
        lock(&self.state).messages.len() >= self.capacity
    }

    /// Whether somebody who takes would wait.
    pub(super) fn is_empty(&self) -> bool {
        lock(&self.state).messages.is_empty()
    }

    /// Waits until there is room.
    pub(super) fn await_room(&self) {
        let mut state = lock(&self.state);
        while state.messages.len() >= self.capacity {
            state = wait(&self.not_full, state);
        }
    }

    /// Waits until there is a message.
    pub(super) fn await_message(&self) {
        let mut state = lock(&self.state);
        while state.messages.is_empty() {
            state = wait(&self.not_empty, state);
        }
    }

    /// Puts a message, if there is room; `seen` is told its number and how many there are now, while nobody else can look.
    pub(super) fn try_put(&self, value: u32, bytes: u32, seen: impl FnOnce(u32, usize)) -> bool {
        let mut state = lock(&self.state);
        if state.messages.len() >= self.capacity {
            return false;
        }
        let number = state.put;
        state.put += 1;
        state.messages.push_back(Message { value, number, _bytes: vec![0; bytes as usize] });
        seen(number, state.messages.len());
        self.not_empty.notify_one();
        true
    }

    /// Takes a message, if there is one; `seen` is told how many are left.
    pub(super) fn try_take(&self, seen: impl FnOnce(&Message, usize)) -> Option<Message> {
        let mut state = lock(&self.state);
        let message = state.messages.pop_front()?;
        seen(&message, state.messages.len());
        self.not_full.notify_one();
        Some(message)
    }
}

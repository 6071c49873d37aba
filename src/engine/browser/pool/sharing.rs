//! What a thread does with the objects that tasks share. What it records of them comes before others can see it, and what it
//! hears of them after: so that a lock is let go before it is taken, and a message put before it is received.

use std::sync::atomic::Ordering;

use super::objects::{Shared, lock};
use super::thread::Thread;
use crate::engine::script::Host;
use crate::plan::Step;
use crate::trace::event::EventKind;
use crate::trace::{FlowKind, ObjectId, Reading, TaskId};

impl Thread<'_> {
    /// Takes a step that uses what tasks share; its result.
    pub(super) fn use_shared(&self, task: TaskId, step: &Step) -> u64 {
        match *step {
            Step::Acquire(object) => self.acquire(task, object),
            Step::Release(object) => self.release(task, object),
            Step::Increment { counter, times, how } => self.increment(task, counter, times, how),
            Step::Put { queue, value, bytes } => self.put(task, queue, value, bytes),
            Step::Take(queue) => return self.take(task, queue),
            Step::Set(object) => {
                if let Shared::Event(signal) = &self.team.objects[object as usize] {
                    self.wake(EventKind::Leave, object, 0);
                    signal.set();
                }
            }
            Step::Await(object) => {
                if let Shared::Event(signal) = &self.team.objects[object as usize]
                    && !signal.is_set()
                {
                    self.block(task, object, || signal.await_more_than(0));
                    self.wake(EventKind::Arrive, object, 0);
                }
            }
            Step::Arrive(object) => {
                if let Shared::Barrier { parties, signal } = &self.team.objects[object as usize] {
                    let (times, is_last) = signal.arrive(*parties, |times| self.wake(EventKind::Leave, object, times));
                    if !is_last {
                        self.block(task, object, || signal.await_more_than(times));
                        self.wake(EventKind::Arrive, object, times);
                    }
                }
            }
            // What exists in virtual time alone is refused before a run; see `Plan::needs_virtual_time`.
            Step::Wait { .. } | Step::Notify { .. } | Step::Spawn(_) | Step::Join(_) | Step::Yield => {}
            Step::Compute(_) | Step::Io(_) => {}
        }
        0
    }

    fn acquire(&self, task: TaskId, object: u32) {
        let hand_over = match &self.team.objects[object as usize] {
            Shared::Lock(mutex) => {
                let free = mutex.try_lock().ok();
                let waited = free.is_none();
                let guard = free.unwrap_or_else(|| self.block(task, object, || lock(mutex)));
                let number = *guard;
                self.held.borrow_mut().push((object, guard));
                waited.then_some(number)
            }
            Shared::Permits(permits) => {
                (!permits.try_acquire(self.number)).then(|| self.block(task, object, || permits.acquire(self.number)))
            }
            _ => return,
        };
        self.record(EventKind::Hold(task, ObjectId(object)));
        if let Some(number) = hand_over.filter(|number| *number > 0) {
            self.record(EventKind::Arrive(FlowKind::LockHandOver, (ObjectId(object), number)));
        }
    }

    fn release(&self, task: TaskId, object: u32) {
        let number = self.team.hand_overs.fetch_add(1, Ordering::Relaxed) + 1;
        // Before it is let go: whoever takes it does so later.
        self.record(EventKind::LetGo(task, ObjectId(object)));
        self.record(EventKind::Leave(FlowKind::LockHandOver, (ObjectId(object), number)));
        match &self.team.objects[object as usize] {
            Shared::Permits(permits) => permits.release(self.number, number),
            _ => {
                let mut held = self.held.borrow_mut();
                if let Some(place) = held.iter().rposition(|(held, _)| *held == object) {
                    *held[place].1 = number;
                    drop(held.remove(place));
                }
            }
        }
    }

    fn wake(&self, kind: fn(FlowKind, (ObjectId, u32)) -> EventKind, object: u32, number: u32) {
        self.record(kind(FlowKind::Wake, (ObjectId(object), number)));
    }

    fn put(&self, task: TaskId, object: u32, value: u32, bytes: u32) {
        let Shared::Queue(queue) = &self.team.objects[object as usize] else { return };
        let seen = |number, depth: usize| {
            self.record(EventKind::Leave(FlowKind::Message, (ObjectId(object), number)));
            self.count(object, depth as u32);
        };
        while !queue.try_put(value, bytes, seen) {
            if queue.is_full() {
                self.block(task, object, || queue.await_room());
            }
        }
    }

    fn take(&self, task: TaskId, object: u32) -> u64 {
        let Shared::Queue(queue) = &self.team.objects[object as usize] else { return 0 };
        loop {
            let taken = queue.try_take(|message, depth| {
                self.record(EventKind::Arrive(FlowKind::Message, (ObjectId(object), message.number)));
                self.count(object, depth as u32);
            });
            match taken {
                Some(message) => return message.value.into(),
                None if queue.is_empty() => self.block(task, object, || queue.await_message()),
                None => {}
            }
        }
    }

    pub(super) fn count(&self, object: u32, value: u32) {
        self.record(EventKind::Count(ObjectId(object), Reading::Is(value)));
    }
}

//! The objects that tasks share, as they stand at an instant. Whoever waits is let on in the order in which it came, and what it waited
//! for is given to it at once: nobody can take it in between, and the same plan always runs the same way.

use std::collections::VecDeque;

use super::program::Ns;
use crate::plan::ObjectKind;
use crate::trace::LaneId;

/// An object. Tasks are named by their numbers.
#[derive(Clone, Debug)]
pub(super) enum Thing {
    /// A lock, a re-entrant lock or a semaphore.
    Lock(Lock),
    Event {
        has_happened: bool,
        waiting: Vec<u32>,
    },
    Barrier {
        parties: u32,
        waiting: Vec<u32>,
    },
    Queue {
        capacity: usize,
        /// Where and when each was put.
        messages: VecDeque<(LaneId, Ns)>,
        putting: VecDeque<u32>,
        taking: VecDeque<u32>,
    },
    Counter(Counter),
    /// Who waits, for which lock after that, and how often it held it.
    Condition(VecDeque<(u32, u32, u32)>),
}

/// A lock or a semaphore.
#[derive(Clone, Debug)]
pub(super) struct Lock {
    free: u32,
    is_reentrant: bool,
    /// Who holds it, how often.
    pub owners: Vec<(u32, u32)>,
    /// Who waits, and how often it will hold it then.
    waiting: VecDeque<(u32, u32)>,
}

/// A number that all change.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter {
    pub value: u64,
    /// Until when plain increments of any task are in the value.
    until: Ns,
}

impl Thing {
    pub fn new(kind: ObjectKind) -> Self {
        let lock =
            |free, is_reentrant| Self::Lock(Lock { free, is_reentrant, owners: Vec::new(), waiting: VecDeque::new() });
        match kind {
            ObjectKind::Lock => lock(1, false),
            ObjectKind::ReentrantLock => lock(1, true),
            ObjectKind::Semaphore { permits } => lock(permits, false),
            ObjectKind::Event => Self::Event { has_happened: false, waiting: Vec::new() },
            ObjectKind::Barrier { parties } => Self::Barrier { parties, waiting: Vec::new() },
            ObjectKind::Queue { capacity } => Self::Queue {
                capacity: capacity as usize,
                messages: VecDeque::new(),
                putting: VecDeque::new(),
                taking: VecDeque::new(),
            },
            ObjectKind::Counter => Self::Counter(Counter::default()),
            ObjectKind::Condition => Self::Condition(VecDeque::new()),
        }
    }

    /// Its value at the end; see [`crate::plan::Results::objects`].
    pub fn value(&self) -> u64 {
        match self {
            Self::Counter(counter) => counter.value,
            Self::Queue { messages, .. } => messages.len() as u64,
            _ => 0,
        }
    }
}

impl Lock {
    /// Takes it for `task`, so often, or puts the task in line; whether it has it now.
    pub fn acquire(&mut self, task: u32, times: u32) -> bool {
        let own = self.owners.iter_mut().find(|(owner, _)| self.is_reentrant && *owner == task);
        if let Some((_, depth)) = own {
            *depth += times;
            return true;
        }
        if self.free == 0 {
            self.waiting.push_back((task, times));
            return false;
        }
        self.free -= 1;
        self.owners.push((task, times));
        true
    }

    /// Lets go of it once; who has it next, and how often, if that is somebody who waited.
    pub fn release(&mut self, task: u32) -> Option<(u32, u32)> {
        let place = self.owners.iter().position(|(owner, _)| *owner == task)?;
        self.owners[place].1 -= 1;
        if self.owners[place].1 > 0 {
            return None;
        }
        self.owners.remove(place);
        match self.waiting.pop_front() {
            Some(next) => {
                self.owners.push(next);
                Some(next)
            }
            None => {
                self.free += 1;
                None
            }
        }
    }

    /// How often `task` holds it.
    pub fn depth(&self, task: u32) -> u32 {
        self.owners.iter().filter(|(owner, _)| *owner == task).map(|(_, depth)| *depth).sum()
    }
}

impl Counter {
    /// `count` indivisible increments.
    pub fn add(&mut self, count: u64) {
        self.value += count;
    }

    /// So many increments of load, add and store, one after another from `since` to `now`. Who increments at the same time on another
    /// core loads what this one loads and stores what it stores: of two such increments one is lost. `loaded` is what the first of them
    /// loaded before its task lost the core in the middle of it: it stores that and 1, whatever others did meanwhile.
    pub fn add_plainly(&mut self, mut count: u64, since: Ns, now: Ns, loaded: &mut Option<u64>) {
        if count == 0 {
            return;
        }
        if let Some(loaded) = loaded.take() {
            self.value = loaded + 1;
            count -= 1;
        }
        let alone = u128::from(now.saturating_sub(since.max(self.until)));
        let whole = u128::from(now - since);
        self.value += if whole == 0 { count } else { (u128::from(count) * alone).div_ceil(whole) as u64 };
        self.until = self.until.max(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(kind: ObjectKind) -> Lock {
        match Thing::new(kind) {
            Thing::Lock(lock) => lock,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_lock_goes_to_who_came_first() {
        let mut lock = lock(ObjectKind::Lock);
        assert_eq!([1, 2, 3, 1].map(|task| lock.acquire(task, 1)), [true, false, false, false]);
        assert_eq!([lock.release(1), lock.release(2)], [Some((2, 1)), Some((3, 1))]);
        assert_eq!([lock.release(3), lock.release(1), lock.release(1)], [Some((1, 1)), None, None]);
        assert!(lock.acquire(9, 1));
    }

    #[test]
    fn a_reentrant_lock_is_free_when_it_was_let_go_as_often_as_taken() {
        let mut lock = lock(ObjectKind::ReentrantLock);
        assert_eq!([1, 1, 2].map(|task| lock.acquire(task, 1)), [true, true, false]);
        assert_eq!((lock.release(1), lock.depth(1), lock.release(1)), (None, 1, Some((2, 1))));
    }

    #[test]
    fn a_semaphore_has_so_many_permits() {
        let mut lock = lock(ObjectKind::Semaphore { permits: 2 });
        assert_eq!([1, 2, 3].map(|task| lock.acquire(task, 1)), [true, true, false]);
        assert_eq!(lock.release(2), Some((3, 1)));
    }

    #[test]
    fn increments_at_the_same_time_count_once() {
        let mut counter = Counter::default();
        counter.add_plainly(100, 0, 100, &mut None);
        counter.add_plainly(100, 0, 100, &mut None);
        assert_eq!(counter.value, 100);
        counter.add_plainly(100, 50, 150, &mut None);
        assert_eq!(counter.value, 150);
        counter.add_plainly(10, 200, 210, &mut Some(7));
        assert_eq!(counter.value, 8 + 9, "what was loaded before overwrites all that came between");
    }
}

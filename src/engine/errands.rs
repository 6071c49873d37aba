//! Which tasks a process of a pool is given next, and when. Each message costs the page and the process time that is taken from the
//! work, so while many tasks are left an errand is several of them. Pure: it knows tasks by their number only.

use std::cell::Cell;
use std::ops::Range;

/// How many errands a process has before it, the one that it does among them: so that it need not wait for the page, whose thread has
/// to have a core to answer. Python's pools do the same.
const AHEAD: usize = 2;
/// Into how many errands for each process the tasks that are left are divided.
const DIVIDED_BY: usize = 4;

/// How errands are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Several tasks at a time, and the next before the last is done.
    Chunks,
    /// One task at a time, and the next before the last is done.
    Single,
    /// One task at a time, and the next when the last is done: it is done by a process of its own, or waits for another task.
    Alone,
}

/// The tasks that nobody has taken.
#[derive(Debug)]
pub struct Errands {
    next: Cell<usize>,
    tasks: usize,
    processes: usize,
    manner: Manner,
}

impl Errands {
    /// All of so many `tasks`, for so many `processes`.
    pub fn new(tasks: usize, processes: usize, manner: Manner) -> Self {
        Self { next: Cell::new(0), tasks, processes: processes.max(1), manner }
    }

    fn left(&self) -> usize {
        self.tasks - self.next.get()
    }

    /// How many tasks the next errand is: the fewer the fewer are left, so that all processes come to their end together.
    fn size(&self) -> usize {
        match self.manner {
            Manner::Chunks => (self.left() / (self.processes * DIVIDED_BY)).max(1),
            Manner::Single | Manner::Alone => 1,
        }
    }

    /// The next errand, for a process that has `at_work` tasks to do. `None` if there is none, or none for this process yet: the
    /// last ones go to whoever is free first.
    pub fn take(&self, at_work: usize) -> Option<Range<usize>> {
        let enough = self.manner != Manner::Alone && at_work < AHEAD * self.size() && self.left() > self.processes;
        if self.left() == 0 || (at_work > 0 && !enough) {
            return None;
        }
        let first = self.next.get();
        self.next.set(first + self.size());
        Some(first..self.next.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The errands that are made if each process does its first errand before another is given any.
    fn made(errands: &Errands, processes: usize) -> Vec<Range<usize>> {
        let mut all = Vec::new();
        let mut at_work: Vec<Vec<usize>> = vec![Vec::new(); processes];
        loop {
            let before = (all.len(), at_work.clone());
            for mine in &mut at_work {
                while let Some(errand) = errands.take(mine.iter().sum()) {
                    mine.push(errand.len());
                    all.push(errand);
                }
                if !mine.is_empty() {
                    mine.remove(0);
                }
            }
            if (all.len(), &at_work) == (before.0, &before.1) {
                return all;
            }
        }
    }

    proptest! {
        #[test]
        fn every_task_is_given_once(tasks in 0..300_usize, processes in 1..9_usize, manner in 0..3_usize) {
            let manner = [Manner::Chunks, Manner::Single, Manner::Alone][manner];
            let all = made(&Errands::new(tasks, processes, manner), processes);
            prop_assert_eq!(all.into_iter().flatten().collect::<Vec<_>>(), (0..tasks).collect::<Vec<_>>());
        }
    }

    #[test]
    fn errands_become_smaller_and_the_last_are_single_tasks() {
        let sizes: Vec<_> = made(&Errands::new(40, 2, Manner::Chunks), 2).iter().map(Range::len).collect();
        assert_eq!(sizes[..4], [5, 4, 3, 3]);
        assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes.ends_with(&[1, 1, 1]), "{sizes:?}");
    }

    #[test]
    fn a_process_has_one_errand_ahead_unless_few_are_left() {
        let errands = Errands::new(5, 2, Manner::Single);
        assert_eq!([errands.take(0), errands.take(1), errands.take(2)], [Some(0..1), Some(1..2), None]);
        assert_eq!([errands.take(0), errands.take(1), errands.take(0)], [Some(2..3), None, Some(3..4)]);
    }

    #[test]
    fn who_works_alone_is_given_nothing_ahead() {
        let errands = Errands::new(5, 2, Manner::Alone);
        assert_eq!([errands.take(0), errands.take(1)], [Some(0..1), None]);
    }
}

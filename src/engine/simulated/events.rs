//! Time goes on: from one event to the next, in an order that depends on nothing but the plan, the machine and the scheduler. Here is
//! also how tasks come to be carried out, and how they end.

use std::cmp::Reverse;

use super::Policy;
use super::program::Ns;
use super::world::World;
use crate::trace::{FlowKind, LaneId, MarkKind, State};

/// Something that is going to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub at: Ns,
    /// At one instant, what comes from elsewhere happens before what ends on a core: who arrives as a time slice ends is in line first.
    /// Then what was foreseen first.
    order: u64,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// A task can begin.
    Arrives(u32),
    /// A strand has come up.
    IsUp(u32),
    /// The answer to a strand's request is here, or the time for it is over.
    Answered(u32),
    /// Somebody has waited long enough for the GIL to ask for it, if it is still the alarm of this number.
    GilIsAskedFor(u32),
    /// What a core does ends, or its time slice, if it is still the stretch of this number.
    CoreEnds(u32, u32),
}

impl World {
    /// This is going to happen.
    pub fn foresee(&mut self, at: Ns, what: What) {
        self.foreseen += 1;
        let is_of_core = matches!(what, What::CoreEnds(..));
        self.events.push(Reverse(Event { at, order: u64::from(is_of_core) << 63 | self.foreseen, what }));
    }

    /// Goes on by so many instants at most; whether it has come to an end: all tasks have ended, or nothing will ever happen again.
    pub fn step(&mut self, most: u64) -> bool {
        for _ in 0..most {
            if self.tasks_left == 0 {
                return true;
            }
            let Some(at) = self.next_at() else { return true };
            self.boost_until(at);
            self.now = at;
            while let Some(event) = self.pop_at(at) {
                self.happens(event.what);
            }
            self.settle();
        }
        false
    }

    fn next_at(&mut self) -> Option<Ns> {
        while let Some(Reverse(event)) = self.events.peek() {
            if self.still_holds(event.what) {
                return Some(event.at);
            }
            self.events.pop();
        }
        None
    }

    fn pop_at(&mut self, at: Ns) -> Option<Event> {
        while self.events.peek().is_some_and(|Reverse(event)| event.at == at) {
            let Reverse(event) = self.events.pop()?;
            if self.still_holds(event.what) {
                return Some(event);
            }
        }
        None
    }

    /// Whether an event that was foreseen still happens.
    fn still_holds(&self, what: What) -> bool {
        match what {
            What::Arrives(_) | What::IsUp(_) | What::Answered(_) => true,
            What::GilIsAskedFor(number) => self.gil.as_ref().is_some_and(|gil| gil.is_alarm(number)),
            What::CoreEnds(core, stretch) => self.cores[core as usize].stretch == stretch,
        }
    }

    fn happens(&mut self, what: What) {
        match what {
            What::Arrives(task) => self.arrives(task),
            What::IsUp(strand) => self.is_up(strand),
            What::Answered(strand) => self.answered(strand),
            What::GilIsAskedFor(_) => self.gil_is_asked_for(),
            What::CoreEnds(core, _) => self.core_ends(core),
        }
    }

    /// Brings all tasks back to the first level, as often as that is due until `at`: between two events once is enough.
    fn boost_until(&mut self, at: Ns) {
        let Some((next, period)) = self.boost.filter(|(next, _)| *next <= at) else { return };
        self.boost = Some((next + ((at - next) / period + 1) * period, period));
        self.ready.boost();
        for strand in &mut self.strands {
            (strand.level, strand.used) = (0, 0);
        }
        let first = self.slices.first().copied().unwrap_or(Ns::MAX);
        self.now = next;
        for core in 0..self.cores.len() as u32 {
            self.account_for(core);
            self.cores[core as usize].slice = first;
        }
        // What was counted against the level until now is forgotten.
        self.strands.iter_mut().for_each(|strand| strand.used = 0);
    }

    fn arrives(&mut self, task: u32) {
        self.runs[task as usize].arrived = Some(self.now);
        if !self.is_pool() {
            self.strands[task as usize].task = Some(task);
            return self.start(task);
        }
        match self.free_workers.pop() {
            Some(Reverse(worker)) => self.assign(worker, task),
            None => {
                self.came += 1;
                self.pending.push(Reverse((self.rank(task), self.came, task)));
            }
        }
    }

    /// What a task that waits in a pool's queue is ranked by.
    fn rank(&self, task: u32) -> u64 {
        let script = &self.program.scripts[task as usize];
        match self.policy {
            Policy::Priority { .. } => script.priority.into(),
            Policy::ShortestFirst { .. } => script.total,
            _ => 0,
        }
    }

    /// A strand comes up.
    pub fn start(&mut self, strand: u32) {
        if self.starts == 0 {
            return self.is_up(strand);
        }
        self.turn(strand, Some(State::Starting), None);
        self.foresee(self.now + self.starts, What::IsUp(strand));
    }

    fn is_up(&mut self, strand: u32) {
        self.turn(strand, None, None);
        match self.strands[strand as usize].task {
            Some(task) => self.hand(strand, task),
            None => self.is_free(strand),
        }
    }

    /// A worker of a pool takes the next task, or waits for one.
    pub fn is_free(&mut self, worker: u32) {
        match self.pending.pop() {
            Some(Reverse((.., task))) => self.assign(worker, task),
            None => self.free_workers.push(Reverse(worker)),
        }
    }

    /// A worker of a pool takes a task; one that is started for it comes up first.
    fn assign(&mut self, worker: u32, task: u32) {
        if !self.is_fresh() {
            return self.hand(worker, task);
        }
        self.strands[worker as usize].task = Some(task);
        self.start(worker);
    }

    /// From now on a strand carries out a task.
    fn hand(&mut self, strand: u32, task: u32) {
        let it = &mut self.strands[strand as usize];
        (it.task, it.level, it.used) = (Some(task), 0, 0);
        let (is_pool, is_fresh) = (self.is_pool(), self.is_fresh());
        let run = &mut self.runs[task as usize];
        run.strand = Some(strand);
        if let Some(arrived) = run.arrived.filter(|_| is_pool) {
            let came_up = if is_fresh { self.starts } else { 0 };
            run.ready += self.now - arrived - came_up;
        }
        if let Some(from) = run.spawned {
            self.log.flow(FlowKind::Spawn, from, (self.strands[strand as usize].lane, self.now));
        }
        self.make_ready(strand);
    }

    /// The task on a core has come to its end. A worker goes on with the next one, but at the end of the line: who comes first is
    /// served first, be it by whichever worker.
    pub fn end_task(&mut self, core: u32, strand: u32, task: u32) {
        let (lane, _): (LaneId, Ns) = self.here(strand);
        self.turn(strand, None, None);
        if self.runs[task as usize].has_failed {
            self.log.mark(lane, task, self.now, MarkKind::Failed);
        }
        self.runs[task as usize].ended = Some(self.now);
        self.tasks_left -= 1;
        self.log.task_ended(task);
        let joiners = std::mem::take(&mut self.runs[task as usize].joiners);
        joiners.into_iter().for_each(|other| self.wake(strand, other));
        self.stop(core);
        self.vacate(core);
        if !self.is_pool() || self.pending.is_empty() {
            self.let_go_of_gil(strand, task);
        }
        self.strands[strand as usize].task = None;
        if self.is_pool() {
            if let Some(Reverse((.., next))) = self.pending.peek() {
                self.keep_gil(strand, task, *next);
            }
            self.is_free(strand);
        }
    }
}

//! The GIL, by CPython's protocol: a thread computes only while it has it. Who waits for it asks for it after a switch interval, unless it
//! changed hands meanwhile; the holder lets go then, and wherever it waits. It goes to who has waited longest, where CPython leaves that to
//! the system. So one thread at most is ready or runs, and the cores' policy never has a choice.

use std::collections::VecDeque;

use super::events::What;
use super::program::Ns;
use super::strand::Strand;
use super::world::World;
use crate::trace::{FlowKind, MarkKind, State};

/// The GIL. Strands are named by their numbers.
#[derive(Clone, Debug)]
pub(super) struct Gil {
    interval: Ns,
    holder: Option<u32>,
    waiting: VecDeque<Waiting>,
    /// Whether the holder is asked to let go.
    is_asked_for: bool,
    /// When somebody asks next, and the number of that: an event of another is out of date.
    alarm: Option<Ns>,
    alarms: u32,
}

/// A strand that waits. It looks up from time to time: an interval after it came, and so on.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    strand: u32,
    since: Ns,
    /// The first time that it will look up after an interval in which the GIL did not change hands.
    asks_at: Ns,
}

impl Gil {
    pub fn new(interval: Ns) -> Self {
        Self { interval, holder: None, waiting: VecDeque::new(), is_asked_for: false, alarm: None, alarms: 0 }
    }

    /// Whether an alarm of this number has not been changed.
    pub fn is_alarm(&self, number: u32) -> bool {
        self.alarms == number
    }

    /// The GIL changes hands now: what those who wait for it have waited is of no account until they look up, which at this instant they
    /// have done already.
    fn changes_hands(&mut self, now: Ns) {
        self.is_asked_for = false;
        for it in &mut self.waiting {
            it.asks_at = it.since + ((now - it.since) / self.interval + 2) * self.interval;
        }
    }

    pub fn has(&self, strand: u32) -> bool {
        self.holder == Some(strand)
    }

    /// The holder, if it is asked to let go.
    pub fn asked(&self) -> Option<u32> {
        self.holder.filter(|_| self.is_asked_for)
    }

    pub fn is_wanted(&self) -> bool {
        !self.waiting.is_empty()
    }
}

impl World {
    /// Whether a strand can compute as far as the GIL goes. If not, it waits and is made ready when it has it.
    pub fn gets_gil(&mut self, strand: u32) -> bool {
        let Some(gil) = self.gil.as_mut().filter(|gil| !gil.has(strand)) else { return true };
        if gil.holder.is_none() {
            self.give_gil(strand);
            return true;
        }
        let asks_at = self.now + gil.interval;
        gil.waiting.push_back(Waiting { strand, since: self.now, asks_at });
        let is_next = gil.alarm.is_none_or(|alarm| asks_at < alarm);
        self.turn(strand, Some(State::WaitingForLock), self.log.gil);
        if is_next {
            self.set_alarm(Some(asks_at));
        }
        false
    }

    /// One event for all who wait: when the first of them asks.
    fn set_alarm(&mut self, at: Option<Ns>) {
        let Some(gil) = self.gil.as_mut().filter(|gil| gil.alarm != at) else { return };
        gil.alarm = at;
        gil.alarms = gil.alarms.wrapping_add(1);
        let number = gil.alarms;
        at.into_iter().for_each(|at| self.foresee(at, What::GilIsAskedFor(number)));
    }

    fn set_next_alarm(&mut self) {
        let next = self.gil.as_ref().and_then(|gil| gil.waiting.iter().map(|it| it.asks_at).min());
        self.set_alarm(next);
    }

    fn give_gil(&mut self, strand: u32) {
        let (Some(gil), Some(object)) = (&mut self.gil, self.log.gil) else { return };
        gil.holder = Some(strand);
        gil.changes_hands(self.now);
        self.log.hold(self.strands[strand as usize].lane, self.task_of(strand), object, self.now);
    }

    /// A strand lets go of the GIL, if it has it: it goes to who has waited longest.
    pub fn let_go_of_gil(&mut self, strand: u32, task: u32) {
        let (Some(gil), Some(object)) = (&mut self.gil, self.log.gil) else { return };
        if !gil.has(strand) {
            return;
        }
        gil.holder = None;
        let next = gil.waiting.pop_front();
        self.log.let_go(task, object, self.now);
        if let Some(Waiting { strand: next, .. }) = next {
            self.give_gil(next);
            self.set_next_alarm();
            self.log.flow(FlowKind::LockHandOver, self.here(strand), (self.strands[next as usize].lane, self.now));
            self.make_ready(next);
        }
    }

    /// A strand goes on with another task, and keeps the GIL if it has it.
    pub fn keep_gil(&mut self, strand: u32, from: u32, to: u32) {
        let Some(object) = self.log.gil.filter(|_| self.gil.as_ref().is_some_and(|gil| gil.has(strand))) else {
            return;
        };
        self.log.let_go(from, object, self.now);
        self.log.hold(self.strands[strand as usize].lane, to, object, self.now);
    }

    /// Somebody has waited for a switch interval in which the GIL did not change hands, or several have.
    pub fn gil_is_asked_for(&mut self) {
        let (now, Some(gil)) = (self.now, &mut self.gil) else { return };
        gil.is_asked_for = true;
        for it in gil.waiting.iter_mut().filter(|it| it.asks_at == now) {
            it.asks_at += gil.interval;
            let Strand { lane, task: Some(task), .. } = self.strands[it.strand as usize] else { continue };
            self.log.mark(lane, task, now, MarkKind::SwitchRequested);
        }
        self.is_unsettled = true;
        self.set_next_alarm();
    }
}

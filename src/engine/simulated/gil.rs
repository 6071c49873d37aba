//! The GIL, by CPython's protocol: a thread computes only while it has it. Who waits for it asks for it after a switch interval, unless it
//! changed hands meanwhile; the holder lets go then, and wherever it waits. It goes to who has waited longest, where CPython leaves that to
//! the system. So one thread at most is ready or runs, and the cores' policy never has a choice.

use std::collections::VecDeque;

use super::events::What;
use super::program::Ns;
use super::world::World;
use crate::trace::{FlowKind, MarkKind, State};

/// The GIL. Strands are named by their numbers.
#[derive(Clone, Debug)]
pub(super) struct Gil {
    interval: Ns,
    holder: Option<u32>,
    waiting: VecDeque<u32>,
    /// How often it changed hands.
    switches: u64,
    /// Whether the holder is asked to let go.
    is_asked_for: bool,
}

impl Gil {
    pub fn new(interval: Ns) -> Self {
        Self { interval, holder: None, waiting: VecDeque::new(), switches: 0, is_asked_for: false }
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
        gil.waiting.push_back(strand);
        self.turn(strand, Some(State::WaitingForLock), self.log.gil);
        self.wait_an_interval(strand);
        false
    }

    fn wait_an_interval(&mut self, strand: u32) {
        let Some(gil) = &self.gil else { return };
        let it = &mut self.strands[strand as usize];
        (it.gil_waits, it.gil_switches) = (it.gil_waits.wrapping_add(1), gil.switches);
        let (at, number) = (self.now + gil.interval, it.gil_waits);
        self.foresee(at, What::WantsGil(strand, number));
    }

    fn give_gil(&mut self, strand: u32) {
        let (Some(gil), Some(object)) = (&mut self.gil, self.log.gil) else { return };
        gil.holder = Some(strand);
        gil.switches += 1;
        gil.is_asked_for = false;
        // A wait that is over is not looked at any more.
        self.strands[strand as usize].gil_waits = self.strands[strand as usize].gil_waits.wrapping_add(1);
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
        if let Some(next) = next {
            self.give_gil(next);
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

    /// A strand has waited for a switch interval.
    pub fn wants_gil(&mut self, strand: u32) {
        let switches = self.gil.as_ref().map_or(0, |gil| gil.switches);
        if self.strands[strand as usize].gil_switches == switches {
            let task = self.task_of(strand);
            self.log.mark(self.strands[strand as usize].lane, task, self.now, MarkKind::SwitchRequested);
            self.gil.iter_mut().for_each(|gil| gil.is_asked_for = true);
            self.is_unsettled = true;
        }
        self.wait_an_interval(strand);
    }
}

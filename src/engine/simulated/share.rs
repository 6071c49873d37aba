//! What a task does to others: takes and lets go, signals, hands messages over, starts and waits for tasks, asks the network. All of it
//! takes no time; what takes time is waiting.

use super::events::What;
use super::program::Op;
use super::things::Thing;
use super::world::World;
use crate::trace::{FlowKind, MarkKind, ObjectId, State};

/// What becomes of a task after such an operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Next {
    /// It goes on with the next.
    GoesOn,
    /// It waits; whoever lets it on says where it goes on.
    Waits(State, Option<ObjectId>),
    /// It lets others have a turn, then goes on with the next.
    Yields,
}

const fn waits_for(object: u32) -> Next {
    Next::Waits(State::WaitingForLock, Some(ObjectId(object)))
}

impl World {
    /// Carries out an operation that takes no time, of the task that `strand` carries out on a core.
    pub fn share(&mut self, strand: u32, op: Op) -> Next {
        let task = self.task_of(strand);
        match (op, op_object(op).map(|object| &mut self.things[object as usize])) {
            (Op::Acquire(object), Some(Thing::Lock(lock))) => {
                if !lock.acquire(task, 1) {
                    return waits_for(object);
                }
                self.log.hold(self.strands[strand as usize].lane, task, ObjectId(object), self.now);
            }
            (Op::Release(object), Some(Thing::Lock(_))) => self.let_go(strand, object),
            (Op::Set(_), Some(Thing::Event { has_happened, waiting })) => {
                *has_happened = true;
                let waiting = std::mem::take(waiting);
                waiting.into_iter().for_each(|other| self.wake(strand, other));
            }
            (Op::Await(object), Some(Thing::Event { has_happened: false, waiting })) => {
                waiting.push(task);
                return waits_for(object);
            }
            (Op::Arrive(object), Some(Thing::Barrier { parties, waiting })) => {
                if waiting.len() + 1 < *parties as usize {
                    waiting.push(task);
                    return waits_for(object);
                }
                let waiting = std::mem::take(waiting);
                waiting.into_iter().for_each(|other| self.wake(strand, other));
            }
            (Op::Put(queue), _) => return self.put(strand, queue),
            (Op::Take(queue), _) => return self.take(strand, queue),
            (Op::Wait { condition, lock }, _) => {
                let depth = self.let_all_go(strand, lock);
                if let Thing::Condition(waiting) = &mut self.things[condition as usize] {
                    waiting.push_back((task, lock, depth));
                }
                return waits_for(condition);
            }
            (Op::Notify { condition, all }, Some(Thing::Condition(waiting))) => {
                let count = if all { waiting.len() } else { waiting.len().min(1) };
                let woken: Vec<_> = waiting.drain(..count).collect();
                if woken.is_empty() {
                    self.unheard.push((condition, task, self.now));
                }
                woken.into_iter().for_each(|(other, lock, depth)| self.let_reacquire(strand, other, lock, depth));
            }
            (Op::Spawn(other), _) => {
                self.runs[other as usize].spawned = Some(self.here(strand));
                if !self.is_pool() {
                    self.strands[other as usize].last_core = self.strands[strand as usize].last_core;
                }
                self.foresee(self.now + self.program.scripts[other as usize].arrival, What::Arrives(other));
            }
            (Op::Join(other), _) if self.runs[other as usize].ended.is_none() => {
                self.runs[other as usize].joiners.push(task);
                return Next::Waits(State::WaitingForLock, self.log.ends[other as usize]);
            }
            (Op::Yield, _) => {
                let (lane, at) = self.here(strand);
                self.log.mark(lane, task, at, MarkKind::Yield);
                return Next::Yields;
            }
            (Op::Request(_), _) => {
                self.ask(strand);
                return Next::Waits(State::WaitingForIo, None);
            }
            // An event that has happened, a task that has ended; all else was found to fit before the run.
            _ => {}
        }
        Next::GoesOn
    }

    /// `other` goes on with its next operation, because of what `strand` did.
    pub fn wake(&mut self, strand: u32, other: u32) {
        self.let_on(strand, other, FlowKind::Wake);
    }

    fn let_on(&mut self, strand: u32, other: u32, why: FlowKind) {
        let Some(waiter) = self.runs[other as usize].strand else { return };
        self.log.flow(why, self.here(strand), (self.strands[waiter as usize].lane, self.now));
        self.runs[other as usize].at += 1;
        self.make_ready(waiter);
    }

    fn let_go(&mut self, strand: u32, object: u32) {
        let task = self.task_of(strand);
        self.log.let_go(task, ObjectId(object), self.now);
        let Thing::Lock(lock) = &mut self.things[object as usize] else { return };
        if let Some((other, times)) = lock.release(task) {
            self.holds(other, object, times);
            self.let_on(strand, other, FlowKind::LockHandOver);
        }
    }

    /// Lets go of a lock as often as it is held; how often that was.
    fn let_all_go(&mut self, strand: u32, object: u32) -> u32 {
        let task = self.task_of(strand);
        let Thing::Lock(lock) = &self.things[object as usize] else { return 0 };
        let depth = lock.depth(task);
        (0..depth).for_each(|_| self.let_go(strand, object));
        depth
    }

    fn holds(&mut self, task: u32, object: u32, times: u32) {
        let Some(strand) = self.runs[task as usize].strand else { return };
        let lane = self.strands[strand as usize].lane;
        (0..times).for_each(|_| self.log.hold(lane, task, ObjectId(object), self.now));
    }

    /// `other` was told what it waited for, and needs its lock back.
    fn let_reacquire(&mut self, strand: u32, other: u32, object: u32, depth: u32) {
        let Thing::Lock(lock) = &mut self.things[object as usize] else { return };
        if lock.acquire(other, depth) {
            self.holds(other, object, depth);
            return self.wake(strand, other);
        }
        let Some(waiter) = self.runs[other as usize].strand else { return };
        self.log.flow(FlowKind::Wake, self.here(strand), (self.strands[waiter as usize].lane, self.now));
        self.turn(waiter, Some(State::WaitingForLock), Some(ObjectId(object)));
    }

    fn put(&mut self, strand: u32, queue: u32) -> Next {
        let (task, here) = (self.task_of(strand), self.here(strand));
        let Thing::Queue { capacity, messages, putting, taking } = &mut self.things[queue as usize] else {
            return Next::GoesOn;
        };
        if messages.len() >= *capacity {
            putting.push_back(task);
            return waits_for(queue);
        }
        messages.push_back(here);
        let (depth, taker) = (messages.len(), taking.pop_front());
        self.log.count(queue, depth as u64, self.now);
        if let Some(taker) = taker {
            if let Thing::Queue { messages, .. } = &mut self.things[queue as usize] {
                messages.pop_front();
            }
            self.log.count(queue, depth as u64 - 1, self.now);
            self.let_on(strand, taker, FlowKind::Message);
        }
        Next::GoesOn
    }

    fn take(&mut self, strand: u32, queue: u32) -> Next {
        let (task, here) = (self.task_of(strand), self.here(strand));
        let Thing::Queue { messages, putting, taking, .. } = &mut self.things[queue as usize] else {
            return Next::GoesOn;
        };
        let Some(from) = messages.pop_front() else {
            taking.push_back(task);
            return waits_for(queue);
        };
        let (depth, putter) = (messages.len(), putting.pop_front());
        self.log.flow(FlowKind::Message, from, here);
        self.log.count(queue, depth as u64, self.now);
        if let Some(putter) = putter {
            let lane = self.runs[putter as usize].strand.map(|putter| self.strands[putter as usize].lane);
            if let Thing::Queue { messages, .. } = &mut self.things[queue as usize] {
                messages.extend(lane.map(|lane| (lane, self.now)));
            }
            self.log.count(queue, depth as u64 + 1, self.now);
            self.wake(strand, putter);
        }
        Next::GoesOn
    }

    /// Makes an attempt at a request, when there is a connection for it.
    fn ask(&mut self, strand: u32) {
        let (lane, at) = self.here(strand);
        self.log.mark(lane, self.task_of(strand), at, MarkKind::RequestSent);
        if self.free_connections == 0 {
            return self.waiting_for_connection.push_back(strand);
        }
        self.free_connections -= 1;
        self.connect(strand);
    }

    fn connect(&mut self, strand: u32) {
        let run = &self.runs[self.task_of(strand) as usize];
        let script = &self.program.scripts[self.task_of(strand) as usize];
        let Some(Op::Request(request)) = script.ops.get(run.at) else { return };
        let (length, _) = self.program.attempt(*request, run.attempt);
        self.foresee(self.now + length, What::Answered(strand));
    }

    /// An attempt has an answer, or has taken too long.
    pub fn answered(&mut self, strand: u32) {
        match self.waiting_for_connection.pop_front() {
            Some(next) => self.connect(next),
            None => self.free_connections += 1,
        }
        let task = self.task_of(strand);
        let (run, script) = (&mut self.runs[task as usize], &self.program.scripts[task as usize]);
        let Some(Op::Request(request)) = script.ops.get(run.at) else { return };
        let (_, is_last) = self.program.attempt(*request, run.attempt);
        let succeeds = is_last && self.program.requests[*request as usize].succeeds;
        match (is_last, succeeds) {
            (true, true) => (run.at, run.attempt) = (run.at + 1, 0),
            (true, false) => (run.at, run.has_failed) = (script.ops.len(), true),
            (false, _) => run.attempt += 1,
        }
        let kind = if succeeds { MarkKind::Response } else { MarkKind::RequestFailed };
        self.log.mark(self.strands[strand as usize].lane, task, self.now, kind);
        self.make_ready(strand);
    }
}

fn op_object(op: Op) -> Option<u32> {
    match op {
        Op::Acquire(object) | Op::Release(object) | Op::Set(object) | Op::Await(object) | Op::Arrive(object) => {
            Some(object)
        }
        Op::Notify { condition, .. } => Some(condition),
        _ => None,
    }
}

//! The part of a recorder that is about objects which tasks share: who holds a lock, what a counter says, which end of an arrow
//! belongs to which. What it hears comes from several threads, each in order, but not in one order: so it sorts.

use std::collections::BTreeMap;

use super::recorder::{Recorder, in_order};
use super::{Counter, Flow, FlowKind, Hold, LaneId, ObjectId, TaskId, TraceError};

/// Names one arrow among those of its kind: an object, and a number that its two ends agree on.
pub type FlowKey = (ObjectId, u32);

/// What a counter says at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It is this.
    Is(u32),
    /// It has changed by this.
    Changed(i32),
}

/// A lock or permit that somebody has and has not let go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) object: ObjectId,
    pub(super) task: TaskId,
    lane: LaneId,
    start_ms: f64,
    /// How often it was taken and not let go.
    depth: u32,
}

/// What is known of shared objects.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    pub(super) held: Vec<Held>,
    pub(super) holds: Vec<Hold>,
    readings: BTreeMap<ObjectId, Vec<(f64, Reading)>>,
    departures: BTreeMap<(FlowKind, FlowKey), (LaneId, f64)>,
    /// Arrivals that were heard of before their departure.
    arrivals: Vec<((FlowKind, FlowKey), (LaneId, f64))>,
}

impl Shared {
    pub(super) fn hold(&mut self, lane: LaneId, task: TaskId, object: ObjectId, at_ms: f64) {
        match self.held.iter_mut().find(|held| (held.object, held.task) == (object, task)) {
            Some(held) => held.depth += 1,
            None => self.held.push(Held { object, task, lane, start_ms: at_ms, depth: 1 }),
        }
    }

    pub(super) fn let_go(&mut self, task: TaskId, object: ObjectId, at_ms: f64) -> Result<(), TraceError> {
        let index = self.held.iter().position(|held| (held.object, held.task) == (object, task));
        let index = index.ok_or(TraceError::NotHeld { task, object })?;
        in_order(Some(self.held[index].start_ms), at_ms)?;
        self.held[index].depth -= 1;
        if self.held[index].depth == 0 {
            let Held { lane, start_ms, .. } = self.held.swap_remove(index);
            self.holds.push(Hold { object, task, lane, start_ms, end_ms: at_ms });
        }
        Ok(())
    }

    /// Ends what is held at `at_ms`: what a run that was cut short leaves behind.
    pub(super) fn let_all_go(&mut self, at_ms: f64) {
        for Held { object, task, lane, start_ms, .. } in self.held.drain(..) {
            self.holds.push(Hold { object, task, lane, start_ms, end_ms: at_ms.max(start_ms) });
        }
    }

    pub(super) fn count(&mut self, object: ObjectId, at_ms: f64, reading: Reading) {
        let readings = self.readings.entry(object).or_default();
        let place = readings.partition_point(|(before_ms, _)| *before_ms <= at_ms);
        readings.insert(place, (at_ms, reading));
    }

    /// The counters, each with its value over time. A queue never has fewer than no messages: where two clocks differ by a step,
    /// a message may seem to be taken before it was put.
    pub(super) fn counters(&self) -> Vec<Counter> {
        let counter = |(object, readings): (&ObjectId, &Vec<(f64, Reading)>)| {
            let value = |sum: &mut i64, (at_ms, reading): &(f64, Reading)| {
                match reading {
                    Reading::Is(value) => *sum = i64::from(*value),
                    Reading::Changed(change) => *sum += i64::from(*change),
                }
                Some((*at_ms, (*sum).max(0) as f64))
            };
            Counter { object: *object, samples: readings.iter().scan(0, value).collect() }
        };
        self.readings.iter().map(counter).collect()
    }
}

impl Recorder {
    /// Records an arrow.
    ///
    /// # Errors
    /// [`TraceError::OutOfOrder`] if it arrives before it leaves; unknown lane or time.
    pub fn flow(&mut self, flow: Flow) -> Result<(), TraceError> {
        for (lane, at_ms) in [flow.from, flow.to] {
            self.lane(lane)?;
            self.check_time(at_ms)?;
        }
        in_order(Some(flow.from.1), flow.to.1)?;
        self.flows.push(flow);
        self.end_ms = self.end_ms.max(flow.to.1);
        Ok(())
    }

    /// One end of an arrow: it leaves `lane` at `at_ms`. Other ends may have been recorded already.
    ///
    /// # Errors
    /// [`TraceError::OutOfOrder`] if it would arrive before it leaves, by more than two clocks differ; unknown lane or time.
    pub fn leave(&mut self, lane: LaneId, kind: FlowKind, key: FlowKey, at_ms: f64) -> Result<(), TraceError> {
        self.lane(lane)?;
        self.check_time(at_ms)?;
        let from = (lane, at_ms);
        let met = self.shared.arrivals.iter().filter(|(name, _)| *name == (kind, key));
        let flows = met.map(|(_, to)| self.joined(kind, from, *to)).collect::<Result<Vec<_>, _>>()?;
        self.shared.arrivals.retain(|(name, _)| *name != (kind, key));
        self.shared.departures.insert((kind, key), from);
        self.end_ms = self.end_ms.max(at_ms);
        flows.into_iter().try_for_each(|flow| self.flow(flow))
    }

    /// The other end of an arrow: it arrives on `lane` at `at_ms`.
    ///
    /// # Errors
    /// As [`Self::leave`].
    pub fn arrive(&mut self, lane: LaneId, kind: FlowKind, key: FlowKey, at_ms: f64) -> Result<(), TraceError> {
        self.lane(lane)?;
        self.check_time(at_ms)?;
        match self.shared.departures.get(&(kind, key)) {
            Some(from) => self.flow(self.joined(kind, *from, (lane, at_ms))?),
            None => {
                self.shared.arrivals.push(((kind, key), (lane, at_ms)));
                self.end_ms = self.end_ms.max(at_ms);
                Ok(())
            }
        }
    }

    /// An arrow between moments of two clocks: what differs by no more than they do is the same moment.
    fn joined(&self, kind: FlowKind, from: (LaneId, f64), to: (LaneId, f64)) -> Result<Flow, TraceError> {
        in_order(Some(from.1 - self.clocks_differ_ms), to.1)?;
        Ok(Flow { kind, from, to: (to.0, to.1.max(from.1)) })
    }

    /// `task` has `object`, a lock or a permit, from `at_ms` on.
    ///
    /// # Errors
    /// Unknown lane, task, object or time.
    pub fn hold(&mut self, lane: LaneId, task: TaskId, object: ObjectId, at_ms: f64) -> Result<(), TraceError> {
        self.lane(lane)?;
        self.check_task(Some(task))?;
        self.check_object(object)?;
        self.check_time(at_ms)?;
        self.shared.hold(lane, task, object, at_ms);
        self.end_ms = self.end_ms.max(at_ms);
        Ok(())
    }

    /// `task` lets go of `object` at `at_ms`.
    ///
    /// # Errors
    /// [`TraceError::NotHeld`]; not a time.
    pub fn let_go(&mut self, task: TaskId, object: ObjectId, at_ms: f64) -> Result<(), TraceError> {
        self.check_time(at_ms)?;
        self.shared.let_go(task, object, at_ms)?;
        self.end_ms = self.end_ms.max(at_ms);
        Ok(())
    }

    /// Records what the counter `object` says at `at_ms`. Readings of several threads may come in any order.
    ///
    /// # Errors
    /// Unknown object; not a time.
    pub fn count(&mut self, object: ObjectId, at_ms: f64, reading: Reading) -> Result<(), TraceError> {
        self.check_object(object)?;
        self.check_time(at_ms)?;
        self.shared.count(object, at_ms, reading);
        self.end_ms = self.end_ms.max(at_ms);
        Ok(())
    }
}

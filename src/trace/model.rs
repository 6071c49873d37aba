//! The nouns of a trace. Plain data: who may put what together is the recorder's business.

use std::fmt;
use std::num::NonZeroU32;

use super::{LaneKind, Mark, Provenance, Source, State};

/// Index of a lane in [`Trace::lanes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LaneId(pub u16);

/// Index of a task in [`Trace::tasks`] and in the plan the trace was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(pub u32);

/// Index of an object that tasks share, in [`Trace::objects`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId(pub u32);

impl fmt::Display for ObjectId {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "object {}", self.0)
    }
}

impl fmt::Display for LaneId {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "lane {}", self.0)
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "task {}", self.0)
    }
}

// A trace may have millions.
const _: () = assert!(size_of::<Slice>() == 32);

/// A stretch of one task on one lane, in one state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slice {
    /// Whose stretch it is; `None` for what belongs to the lane itself, such as a thread that is starting.
    pub task: Option<TaskId>,
    /// What the task is doing.
    pub state: State,
    /// One more than the object's id: beside an `Option<ObjectId>` a slice would take 40 bytes.
    object: Option<NonZeroU32>,
    /// When it began, in ms from the start of the run.
    pub start_ms: f64,
    /// When it ended, in ms from the start of the run; never before `start_ms`.
    pub end_ms: f64,
}

impl Slice {
    /// A slice that waits for no object.
    pub fn new(task: Option<TaskId>, state: State, start_ms: f64, end_ms: f64) -> Self {
        Self { task, state, object: None, start_ms, end_ms }
    }

    /// The same slice, waiting for `object`.
    #[must_use]
    pub fn waiting_for(self, object: Option<ObjectId>) -> Self {
        Self { object: object.and_then(|object| NonZeroU32::new(object.0.wrapping_add(1))), ..self }
    }

    /// What it waits for, if that is an object that tasks share.
    pub fn object(&self) -> Option<ObjectId> {
        self.object.map(|above| ObjectId(above.get() - 1))
    }

    /// Length in ms.
    pub fn duration_ms(&self) -> f64 {
        self.end_ms - self.start_ms
    }
}

/// Why a flow's second end follows from its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FlowKind {
    /// A task started another.
    Spawn,
    /// An event made a waiting task ready.
    Wake,
    /// A message was sent and received.
    Message,
    /// A lock was let go and taken by the next.
    LockHandOver,
    /// An imported file says that one follows from the other, and not why.
    Follows,
}

impl FlowKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Spawn, Self::Wake, Self::Message, Self::LockHandOver, Self::Follows];
}

/// An arrow between two moments on two lanes; the second never lies before the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Why the second moment follows from the first.
    pub kind: FlowKind,
    /// Lane and time (ms) it leaves from.
    pub from: (LaneId, f64),
    /// Lane and time (ms) it arrives at.
    pub to: (LaneId, f64),
}

/// A value over time: a shared counter, the depth of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Counter {
    /// What is counted.
    pub object: ObjectId,
    /// (time in ms, value from then on), sorted by time.
    pub samples: Vec<(f64, f64)>,
}

/// A stretch in which a task held a lock or a permit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hold {
    /// What was held.
    pub object: ObjectId,
    /// Who held it.
    pub task: TaskId,
    /// Where the task was.
    pub lane: LaneId,
    /// When it was taken, ms from the start of the run.
    pub start_ms: f64,
    /// When it was let go, ms from the start of the run.
    pub end_ms: f64,
}

/// Where work happens: a core, a thread, the event loop, a task in flight, the page's heartbeat.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    pub(super) kind: LaneKind,
    pub(super) label: String,
    pub(super) below: Option<LaneId>,
    pub(super) slices: Vec<Slice>,
    pub(super) marks: Vec<Mark>,
}

impl Lane {
    /// What kind of place it is.
    pub fn kind(&self) -> LaneKind {
        self.kind
    }

    /// Its name, as the chart shows it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The lane that it continues, for an imported one: slices of one thread that lie within others, or overlap them, go to
    /// further lanes below the thread's first. `None` for a lane that stands for itself.
    pub fn below(&self) -> Option<LaneId> {
        self.below
    }

    /// Its slices, sorted by time; none overlaps another.
    pub fn slices(&self) -> &[Slice] {
        &self.slices
    }

    /// Its marks, sorted by time.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }
}

/// An immutable log of one run. See the [module](super) for its shape and laws.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    pub(super) tasks: Vec<String>,
    pub(super) objects: Vec<String>,
    pub(super) lanes: Vec<Lane>,
    pub(super) holds: Vec<Hold>,
    pub(super) flows: Vec<Flow>,
    pub(super) counters: Vec<Counter>,
    pub(super) provenance: Provenance,
    pub(super) end_ms: f64,
}

impl Trace {
    /// Labels of the tasks, by [`TaskId`].
    pub fn tasks(&self) -> &[String] {
        &self.tasks
    }

    /// Labels of the objects that tasks share, by [`ObjectId`].
    pub fn objects(&self) -> &[String] {
        &self.objects
    }

    /// Who held which lock or permit, and when; in the order in which they were let go.
    pub fn holds(&self) -> &[Hold] {
        &self.holds
    }

    /// The lanes, by [`LaneId`].
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// The arrows between lanes, in the order they were recorded.
    pub fn flows(&self) -> &[Flow] {
        &self.flows
    }

    /// The values over time.
    pub fn counters(&self) -> &[Counter] {
        &self.counters
    }

    /// Where the numbers come from.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// This trace for a page that did not make it: what was measured was recorded elsewhere. What was simulated is the same everywhere.
    #[must_use]
    pub fn from_elsewhere(mut self) -> Self {
        if self.provenance.source == Source::Measured {
            self.provenance.source = Source::Recorded;
        }
        self
    }

    /// Until when was watched, in ms from the start of the run: no slice or mark lies after it.
    pub fn end_ms(&self) -> f64 {
        self.end_ms
    }

    /// Every slice with its lane, lane by lane and in order of time within a lane; without lanes that show again what others show.
    pub fn slices(&self) -> impl Iterator<Item = (LaneId, &Slice)> {
        let lanes = self.lanes.iter().enumerate().filter(|(_, lane)| !lane.kind.repeats_others());
        lanes.flat_map(|(index, lane)| lane.slices.iter().map(move |slice| (LaneId(index as u16), slice)))
    }
}

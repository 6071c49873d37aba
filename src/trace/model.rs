//! The nouns of a trace. Plain data: who may put what together is the recorder's business.

use std::fmt;

use super::Provenance;

/// Index of a lane in [`Trace::lanes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LaneId(pub u16);

/// Index of a task in [`Trace::tasks`] and in the plan the trace was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(pub u32);

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

/// What kind of place a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LaneKind {
    /// The page's own thread, running tasks one after another.
    MainThread,
    /// The event loop: the page's thread, switching between tasks where they await.
    EventLoop,
    /// A worker thread of a pool.
    Thread,
    /// A task in flight that occupies no thread: it waits for I/O, or is ready and waits for the loop.
    InFlight,
    /// The frames that the page really drew.
    Heartbeat,
}

impl LaneKind {
    /// Whether a slice on such a lane occupies a processor or a thread, so that the lane has a utilisation.
    pub fn is_worker(self) -> bool {
        matches!(self, Self::MainThread | Self::EventLoop | Self::Thread)
    }
}

/// What a task is doing during a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// A worker or process is coming up.
    Starting,
    /// Could run, but has no core.
    Ready,
    /// Computing.
    Running,
    /// Waiting for a response, a disk, a timer.
    WaitingForIo,
    /// Waiting for a lock that another task holds.
    WaitingForLock,
    /// Switching, copying, serialising: time that does no work of the task's own.
    Overhead,
}

impl State {
    /// Every state, in the order a legend lists them.
    pub const ALL: [Self; 6] =
        [Self::Running, Self::WaitingForIo, Self::WaitingForLock, Self::Ready, Self::Starting, Self::Overhead];

    /// The state in words, as legend, table and announcements say it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::WaitingForIo => "waiting for I/O",
            Self::WaitingForLock => "waiting for a lock",
            Self::Overhead => "overhead",
        }
    }
}

/// A stretch of one task on one lane, in one state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slice {
    /// Whose stretch it is; `None` for what belongs to the lane itself, such as a thread that is starting.
    pub task: Option<TaskId>,
    /// What the task is doing.
    pub state: State,
    /// When it began, in ms from the start of the run.
    pub start_ms: f64,
    /// When it ended, in ms from the start of the run; never before `start_ms`.
    pub end_ms: f64,
}

impl Slice {
    /// Length in ms.
    pub fn duration_ms(&self) -> f64 {
        self.end_ms - self.start_ms
    }
}

/// What happened at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// The page drew a frame.
    Frame,
    /// A request left.
    RequestSent,
    /// Its response arrived.
    Response,
    /// The task gave up its turn although it could have gone on.
    Yield,
}

/// An instant on a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// When, in ms from the start of the run.
    pub at_ms: f64,
    /// The task concerned, if any.
    pub task: Option<TaskId>,
    /// What happened.
    pub kind: MarkKind,
}

/// Why a flow's second end follows from its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FlowKind {
    /// A task started another.
    Spawn,
    /// An event made a waiting task ready.
    Wake,
    /// A message was sent and received.
    Message,
    /// A lock was let go and taken by the next.
    LockHandOver,
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
    /// What is counted, as the chart's label.
    pub name: String,
    /// (time in ms, value from then on), sorted by time.
    pub samples: Vec<(f64, f64)>,
}

/// Where work happens: a thread, the event loop, a task in flight, the page's heartbeat.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    pub(super) kind: LaneKind,
    pub(super) label: String,
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
    pub(super) lanes: Vec<Lane>,
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

    /// Until when was watched, in ms from the start of the run: no slice or mark lies after it.
    pub fn end_ms(&self) -> f64 {
        self.end_ms
    }

    /// Every slice with its lane, lane by lane and in order of time within a lane.
    pub fn slices(&self) -> impl Iterator<Item = (LaneId, &Slice)> {
        let lanes = self.lanes.iter().enumerate();
        lanes.flat_map(|(index, lane)| lane.slices.iter().map(move |slice| (LaneId(index as u16), slice)))
    }
}

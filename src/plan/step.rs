//! Plans, tasks and steps: plain data that says what is to be run, and nothing of how.

use serde::{Deserialize, Serialize};

use super::{Request, Work};

/// What is to be run: tasks in the order in which they are handed out, and the objects that they share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The tasks; a trace's `TaskId` is the index here.
    pub tasks: Vec<Task>,
    /// What the tasks share; a trace's `ObjectId` is the index here.
    pub objects: Vec<Object>,
}

impl Plan {
    /// Tasks that share nothing.
    pub fn of(tasks: Vec<Task>) -> Self {
        Self { tasks, objects: Vec::new() }
    }

    /// Every step of every task.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.tasks.iter().flat_map(|task| &task.steps)
    }

    /// How often the counter with this number is incremented.
    pub fn increments(&self, wanted: u32) -> u64 {
        let times = |step: &Step| match *step {
            Step::Increment { counter, times, .. } if counter == wanted => u64::from(times),
            _ => 0,
        };
        self.steps().map(times).sum()
    }

    /// Whether any step makes a request.
    pub fn makes_requests(&self) -> bool {
        self.steps().any(|step| matches!(step, Step::Io(_)))
    }

    /// Whether tasks wait for one another, so that each needs a worker of its own.
    pub fn interacts(&self) -> bool {
        self.steps().any(|step| step.object().is_some() || matches!(step, Step::Spawn(_) | Step::Join(_)))
    }

    /// Whether it can be carried out in virtual time alone: it says when a task arrives or which comes first, or has steps that no
    /// engine of the browser knows.
    pub fn needs_virtual_time(&self) -> bool {
        let is_new = |step: &Step| {
            matches!(step, Step::Wait { .. } | Step::Notify { .. } | Step::Spawn(_) | Step::Join(_) | Step::Yield)
        };
        self.steps().any(is_new) || self.tasks.iter().any(|task| task.priority != 0 || task.arrival_ms != 0)
    }

    /// Whether tasks use objects that exist only where a memory is shared; queues can be had without.
    pub fn shares_memory(&self) -> bool {
        self.steps().any(|step| step.object().is_some() && !matches!(step, Step::Put { .. } | Step::Take(_)))
    }
}

/// Something that tasks share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// Short name, as charts and messages show it: “lock A”.
    pub label: String,
    /// What it is.
    pub kind: ObjectKind,
}

/// What tasks can share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ObjectKind {
    /// One task at a time holds it; who asks twice waits for itself.
    Lock,
    /// One task at a time holds it, as often as it likes.
    ReentrantLock,
    /// So many tasks at a time hold it.
    Semaphore {
        /// How many.
        permits: u32,
    },
    /// Happens once; who waits for it goes on then.
    Event,
    /// Nobody passes before all parties have come; then it can be used again.
    Barrier {
        /// How many have to come.
        parties: u32,
    },
    /// Messages, first in, first out. Who puts waits while it is full, who takes waits while it is empty.
    Queue {
        /// Most messages in it.
        capacity: u32,
    },
    /// A number that all can change.
    Counter,
    /// Tasks that hold a lock wait here, without it, until another says that what they wait for may have come.
    Condition,
}

/// Steps that are taken one after another. Its result is the sum of its steps' results.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Short name, as charts show it.
    pub label: String,
    /// What it does, in order.
    pub steps: Vec<Step>,
    /// Bytes of its argument, copied where memory is not shared.
    pub argument_bytes: u32,
    /// Bytes of its result, besides what its steps produce, copied where memory is not shared.
    pub result_bytes: u32,
    /// Where a scheduler goes by priorities: the lower, the more urgent.
    #[serde(default)]
    pub priority: u32,
    /// When it can begin, ms from the start of the run; for a task that another spawns, from then on.
    #[serde(default)]
    pub arrival_ms: u32,
}

impl Task {
    /// A task with nothing to copy, as urgent as any, that can begin at once.
    pub fn new(label: impl Into<String>, steps: Vec<Step>) -> Self {
        Self { label: label.into(), steps, ..Self::default() }
    }
}

/// One thing a task does. Numbers of objects are indices in [`Plan::objects`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Step {
    /// Uses a processor. Its result is the work's.
    Compute(Work),
    /// Waits for a response. Its result is the number of bytes received; a work that follows can use them.
    Io(Request),
    /// Takes a lock or a semaphore's permit; waits until it can be had.
    Acquire(u32),
    /// Lets go of a lock or permit.
    Release(u32),
    /// Adds 1 to a counter, many times.
    Increment {
        /// The counter.
        counter: u32,
        /// How often.
        times: u32,
        /// By which means.
        how: How,
    },
    /// Makes an event happen.
    Set(u32),
    /// Waits for an event.
    Await(u32),
    /// Waits at a barrier.
    Arrive(u32),
    /// Puts a message into a queue; waits while it is full.
    Put {
        /// The queue.
        queue: u32,
        /// What the message says; the result of the step that takes it.
        value: u32,
        /// Length of the message, bytes.
        bytes: u32,
    },
    /// Takes a message from a queue; waits while it is empty. Its result is the message's value.
    Take(u32),
    /// Lets go of a lock that it holds, waits for a condition, and takes the lock again.
    Wait {
        /// The condition.
        condition: u32,
        /// The lock.
        lock: u32,
    },
    /// Wakes who waits for a condition. Nobody remembers it: who comes to wait later waits for the next.
    Notify {
        /// The condition.
        condition: u32,
        /// All of them, or the one that has waited longest.
        all: bool,
    },
    /// Starts another task of the plan, by its number, which does not begin before that.
    Spawn(u32),
    /// Waits for the end of another task of the plan, by its number.
    Join(u32),
    /// Gives others a turn although it could go on.
    Yield,
}

impl Step {
    /// The object that it uses; for an increment, the counter.
    pub fn object(&self) -> Option<u32> {
        match *self {
            Self::Compute(_) | Self::Io(_) | Self::Spawn(_) | Self::Join(_) | Self::Yield => None,
            Self::Acquire(object) | Self::Release(object) | Self::Set(object) | Self::Await(object) => Some(object),
            Self::Arrive(object) | Self::Take(object) => Some(object),
            Self::Wait { condition, .. } | Self::Notify { condition, .. } => Some(condition),
            Self::Increment { counter, .. } => Some(counter),
            Self::Put { queue, .. } => Some(queue),
        }
    }
}

/// How a counter is incremented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// A load, an add and a store: what `x = x + 1` is. Loses updates of others between load and store.
    Plain,
    /// One indivisible instruction.
    Atomic,
    /// A load, an add and a store while a lock is held.
    Locked(u32),
    /// Into a variable of the thread's own; added to the counter once, at the end.
    Local,
}

/// What a run gives back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// Of each task, in the plan's order.
    pub tasks: Vec<TaskResult>,
    /// The last value of each object: of a counter its number, of a queue how many messages are left in it; else 0.
    pub objects: Vec<u64>,
}

/// What a task gives back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskResult {
    /// Sum of its steps' results.
    pub value: u64,
    /// What its work produced, if that is more than a number: pixels, digests, text.
    pub output: Vec<u8>,
    /// Why it did not come to its end; what others do is not touched by that.
    pub failure: Option<String>,
}

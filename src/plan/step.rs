//! Plans, tasks and steps: plain data that says what is to be run, and nothing of how.

use serde::{Deserialize, Serialize};

use super::Work;

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

    /// Whether any step makes a request.
    pub fn makes_requests(&self) -> bool {
        self.steps().any(|step| matches!(step, Step::Io(_)))
    }

    /// Whether tasks wait for one another, so that each needs a worker of its own.
    pub fn interacts(&self) -> bool {
        self.steps().any(|step| step.object().is_some())
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
}

impl Task {
    /// A task with nothing to copy.
    pub fn new(label: impl Into<String>, steps: Vec<Step>) -> Self {
        Self { label: label.into(), steps, argument_bytes: 0, result_bytes: 0 }
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
}

impl Step {
    /// The object that it uses; for an increment, the counter.
    pub fn object(&self) -> Option<u32> {
        match *self {
            Self::Compute(_) | Self::Io(_) => None,
            Self::Acquire(object) | Self::Release(object) | Self::Set(object) | Self::Await(object) => Some(object),
            Self::Arrive(object) | Self::Take(object) => Some(object),
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

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Tells the requests of a run apart.
    pub id: u32,
    /// What is asked for.
    pub target: Target,
    /// How long one attempt may take, ms; 0 for as long as it likes.
    pub timeout_ms: u32,
    /// How often it is tried again after a failure.
    pub retries: u32,
}

impl Request {
    /// How long it keeps its task waiting in all, every attempt included, ms; `None` where that cannot be known.
    pub fn waits_ms(&self) -> Option<u32> {
        let (delay_ms, failures) = match &self.target {
            Target::Slow { delay_ms, failures, .. } => (*delay_ms, *failures),
            Target::Picture { delay_ms, .. } => (*delay_ms, 0),
            Target::Url(_) => return None,
        };
        let gives_up = self.timeout_ms > 0 && delay_ms > self.timeout_ms;
        let (attempt_ms, failures) = if gives_up { (self.timeout_ms, self.retries) } else { (delay_ms, failures) };
        Some(attempt_ms * (failures.min(self.retries) + 1))
    }
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// So many bytes, after a delay.
    Slow {
        /// Time until the answer, ms.
        delay_ms: u32,
        /// Length of the answer's body, bytes.
        bytes: u32,
        /// The first so many attempts are answered by an error.
        failures: u32,
    },
    /// A picture of the page's own, after a delay.
    Picture {
        /// Time until the answer, ms.
        delay_ms: u32,
        /// Which of the pictures.
        number: u32,
    },
    /// Whatever the learner asks for.
    Url(String),
}

impl Target {
    /// Time until the answer, ms, where it is known.
    pub fn delay_ms(&self) -> u32 {
        match self {
            Self::Slow { delay_ms, .. } | Self::Picture { delay_ms, .. } => *delay_ms,
            Self::Url(_) => 0,
        }
    }
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

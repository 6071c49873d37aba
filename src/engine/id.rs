//! The engines by name: how links, attributes and the screen call them.

/// Ways of carrying out a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EngineId {
    /// Each task to its end on the page's own thread; waiting blocks it.
    MainThread,
    /// Async tasks on the page's thread, each awaited before the next is started.
    AwaitEach,
    /// Async tasks on the page's thread, all started at once; they switch where one awaits or yields.
    Gather,
    /// Worker threads over one shared memory take the tasks from one queue.
    ThreadPool,
}

impl EngineId {
    /// All of them, in the order the screen lists them: slowest first, so that each next one shows a gain.
    pub const ALL: [Self; 4] = [Self::MainThread, Self::AwaitEach, Self::Gather, Self::ThreadPool];

    /// Name in links and attributes.
    pub fn key(self) -> &'static str {
        match self {
            Self::MainThread => "main",
            Self::AwaitEach => "await-each",
            Self::Gather => "gather",
            Self::ThreadPool => "threads",
        }
    }

    /// The engine with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.key() == key)
    }

    /// Name on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::MainThread => "Main thread",
            Self::AwaitEach => "Event loop, one after another",
            Self::Gather => "Event loop, all at once",
            Self::ThreadPool => "Thread pool",
        }
    }

    /// What stands for it in Python.
    pub fn in_python(self) -> &'static str {
        match self {
            Self::MainThread => "a plain loop",
            Self::AwaitEach => "await in a for loop",
            Self::Gather => "asyncio.gather",
            Self::ThreadPool => "ThreadPoolExecutor, on a build with no GIL",
        }
    }

    /// What it really does here, in one sentence.
    pub fn really_does(self) -> &'static str {
        match self {
            Self::MainThread => "Runs each task to its end on this page’s own thread; meanwhile the page is frozen.",
            Self::AwaitEach => "Awaits each async task on this page’s thread before it starts the next.",
            Self::Gather => "Starts all async tasks on this page’s thread; they take turns where one awaits or yields.",
            Self::ThreadPool => "Hands the tasks to Web Workers that share one memory; the page stays free.",
        }
    }
}

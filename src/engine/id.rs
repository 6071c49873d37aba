//! The engines by name: how links, attributes and the screen call them, and which plans each can carry out.

use super::simulated;
use crate::plan::parameter::{
    CORES, INTERVAL, LIMIT, MACHINE, PROCESSES, SCHEDULER, THREADS, TIME_SLICE, WITH_GIL, WORKERS,
};
use crate::plan::{ObjectKind, Parameter, Plan, Step, Task};

/// Ways of carrying out a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EngineId {
    /// Each task to its end on the page's own thread; waiting blocks it.
    MainThread,
    /// Async tasks on the page's thread, each awaited before the next is started.
    AwaitEach,
    /// Async tasks on the page's thread, so many at a time.
    Limited,
    /// Async tasks on the page's thread, all started at once; they switch where one awaits or yields.
    Gather,
    /// Worker threads over one shared memory that compute only while they hold one lock.
    GilThreads,
    /// Worker threads over one shared memory take the tasks from one queue.
    ThreadPool,
    /// A process for each task, started for it and ended after it.
    FreshProcesses,
    /// Processes that are kept, each with a memory of its own.
    Processes,
    /// Async tasks on the page's thread, so many at a time, that have what they compute done by processes.
    Executor,
    /// A machine and a scheduler in virtual time: nothing runs.
    Simulated,
}

impl EngineId {
    /// All of them, in the order the screen lists them: slowest first, so that each next one shows a gain, and at last what can be
    /// compared with all of them.
    pub const ALL: [Self; 10] = [
        Self::MainThread,
        Self::AwaitEach,
        Self::Limited,
        Self::Gather,
        Self::GilThreads,
        Self::ThreadPool,
        Self::FreshProcesses,
        Self::Processes,
        Self::Executor,
        Self::Simulated,
    ];

    /// Those that really carry a plan out, in the same order.
    pub fn all_real() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|engine| engine.is_real())
    }

    /// Name in links and attributes.
    pub fn key(self) -> &'static str {
        match self {
            Self::MainThread => "main",
            Self::AwaitEach => "await-each",
            Self::Limited => "limited",
            Self::Gather => "gather",
            Self::GilThreads => "gil",
            Self::ThreadPool => "threads",
            Self::FreshProcesses => "fresh-processes",
            Self::Processes => "processes",
            Self::Executor => "executor",
            Self::Simulated => "simulated",
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
            Self::Limited => "Event loop, a few at a time",
            Self::Gather => "Event loop, all at once",
            Self::GilThreads => "Threads with a GIL",
            Self::ThreadPool => "Thread pool",
            Self::FreshProcesses => "A process for each task",
            Self::Processes => "Process pool",
            Self::Executor => "Event loop with a process pool",
            Self::Simulated => "Simulated",
        }
    }

    /// What stands for it in Python.
    pub fn in_python(self) -> &'static str {
        match self {
            Self::MainThread => "a plain loop",
            Self::AwaitEach => "await in a for loop",
            Self::Limited => "asyncio.gather with an asyncio.Semaphore",
            Self::Gather => "asyncio.gather",
            Self::GilThreads => "threading, ThreadPoolExecutor on CPython",
            Self::ThreadPool => "ThreadPoolExecutor, on a build with no GIL",
            Self::FreshProcesses => "multiprocessing.Process for each task",
            Self::Processes => "ProcessPoolExecutor",
            Self::Executor => "asyncio with loop.run_in_executor",
            Self::Simulated => "no program, but the textbook’s picture",
        }
    }

    /// What it really does here, in one sentence.
    pub fn really_does(self) -> &'static str {
        match self {
            Self::MainThread => "Runs each task to its end on this page’s own thread; meanwhile the page is frozen.",
            Self::AwaitEach => "Awaits each async task on this page’s thread before it starts the next.",
            Self::Limited => "Starts async tasks on this page’s thread, never more at a time than a semaphore lets in.",
            Self::Gather => "Starts all async tasks on this page’s thread; they take turns where one awaits or yields.",
            Self::GilThreads => "Hands the tasks to Web Workers that compute only while they hold one real lock.",
            Self::ThreadPool => "Hands the tasks to Web Workers that share one memory; the page stays free.",
            Self::FreshProcesses => "Starts a Web Worker with its own memory for each task, and ends it afterwards.",
            Self::Processes => {
                "Posts each task to a Web Worker with a memory of its own; arguments and results are copied."
            }
            Self::Executor => {
                "Waits in async tasks on this page’s thread, so many at a time, and posts what computes to Web Workers."
            }
            Self::Simulated => {
                "Works out in virtual time what a machine of your choice would do; nothing is computed, sent or measured."
            }
        }
    }

    /// Whether it really carries a plan out, so that there are results, and times that were measured.
    pub fn is_real(self) -> bool {
        self != Self::Simulated
    }

    /// Whether it runs on threads that share a memory, which not every page has.
    pub fn needs_shared_memory(self) -> bool {
        matches!(self, Self::GilThreads | Self::ThreadPool)
    }

    /// Whether it carries out the tasks on workers, and so has a number of them.
    pub fn has_workers(self) -> bool {
        matches!(self, Self::GilThreads | Self::ThreadPool) || self.has_processes()
    }

    /// Whether its workers are processes.
    pub fn has_processes(self) -> bool {
        matches!(self, Self::FreshProcesses | Self::Processes | Self::Executor)
    }

    /// What may be turned about it. A plan whose tasks wait for one another (`interacts`) decides itself how many workers it
    /// has.
    pub fn parameters(self, interacts: bool) -> &'static [&'static Parameter] {
        match self {
            Self::MainThread | Self::AwaitEach | Self::Gather => &[],
            Self::Limited => const { &[&LIMIT] },
            Self::GilThreads if interacts => const { &[&INTERVAL] },
            Self::GilThreads => const { &[&THREADS, &INTERVAL] },
            Self::ThreadPool | Self::FreshProcesses | Self::Processes if interacts => &[],
            Self::ThreadPool => const { &[&THREADS] },
            Self::FreshProcesses | Self::Processes => const { &[&PROCESSES] },
            Self::Executor => const { &[&PROCESSES, &LIMIT] },
            Self::Simulated if interacts => {
                const { &[&INTERVAL, &CORES, &SCHEDULER, &TIME_SLICE, &WITH_GIL, &MACHINE] }
            }
            Self::Simulated => const { &[&INTERVAL, &CORES, &WORKERS, &SCHEDULER, &TIME_SLICE, &WITH_GIL, &MACHINE] },
        }
    }

    /// Whether it can carry out `plan` at all, in whichever browser. Only in virtual time can tasks be given an order of their own
    /// ([`Plan::needs_virtual_time`]).
    pub fn can_run(self, plan: &Plan) -> bool {
        self.refusal(plan).is_none()
    }

    /// Why it cannot carry out `plan` in any browser, as a clause: “its tasks …”.
    pub fn refusal(self, plan: &Plan) -> Option<&'static str> {
        if self.is_real() && plan.needs_virtual_time() {
            return Some("it has arrival times, priorities or steps that exist in virtual time alone");
        }
        match self {
            Self::Simulated if plan.tasks.is_empty() => Some("it has no tasks"),
            Self::Simulated => (!simulated::can_simulate(plan)).then_some("how long it takes cannot be known before"),
            Self::GilThreads | Self::ThreadPool => None,
            Self::FreshProcesses | Self::Processes if plan.shares_memory() => {
                Some("its tasks share objects in one memory, and processes share none")
            }
            Self::FreshProcesses | Self::Processes => (!queues_have_two_ends(plan))
                .then_some("a queue between processes has one task that puts and another that takes"),
            Self::MainThread | Self::AwaitEach | Self::Limited | Self::Gather | Self::Executor => {
                plan.interacts().then_some("its tasks wait for one another, and each needs a worker of its own")
            }
        }
    }

    /// The next rung of the ladder, for a plan that this engine cannot carry out here.
    pub fn instead(self, plan: &Plan) -> Option<Self> {
        let ladder = [Self::ThreadPool, Self::Processes, Self::Gather];
        let below = match self {
            Self::GilThreads | Self::ThreadPool => &ladder[1..],
            Self::FreshProcesses | Self::Processes | Self::Executor => &ladder[2..],
            Self::MainThread | Self::AwaitEach | Self::Limited | Self::Gather | Self::Simulated => &[],
        };
        below.iter().copied().find(|engine| engine.can_run(plan))
    }
}

/// Whether each queue has one task at most that puts and one at most that takes, and not the same, as a channel between two processes has.
fn queues_have_two_ends(plan: &Plan) -> bool {
    let users = |is_end: fn(&Step, u32) -> bool, queue| {
        let uses = move |task: &Task| task.steps.iter().any(|step| is_end(step, queue));
        (0..).zip(&plan.tasks).filter(move |(_, task)| uses(task)).map(|(number, _)| number).collect::<Vec<u32>>()
    };
    let queues = (0_u32..).zip(&plan.objects).filter(|(_, object)| matches!(object.kind, ObjectKind::Queue { .. }));
    queues.into_iter().all(|(queue, _)| {
        let puts = users(|step, queue| matches!(step, Step::Put { queue: to, .. } if *to == queue), queue);
        let takes = users(|step, queue| matches!(step, Step::Take(from) if *from == queue), queue);
        puts.len() <= 1 && takes.len() <= 1 && (puts.is_empty() || puts != takes)
    })
}

#[cfg(test)]
#[path = "id_tests.rs"]
mod tests;

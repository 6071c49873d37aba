//! The engines by name: how links, attributes and the screen call them, and which plans each can carry out.

use crate::plan::parameter::{INTERVAL, LIMIT, PROCESSES, THREADS};
use crate::plan::{ObjectKind, Parameter, Plan, Step};

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
}

impl EngineId {
    /// All of them, in the order the screen lists them: slowest first, so that each next one shows a gain.
    pub const ALL: [Self; 8] = [
        Self::MainThread,
        Self::AwaitEach,
        Self::Limited,
        Self::Gather,
        Self::GilThreads,
        Self::ThreadPool,
        Self::FreshProcesses,
        Self::Processes,
    ];

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
        }
    }

    /// Whether it runs on threads that share a memory, which not every page has.
    pub fn needs_shared_memory(self) -> bool {
        matches!(self, Self::GilThreads | Self::ThreadPool)
    }

    /// Whether it carries out the tasks on workers, and so has a number of them.
    pub fn has_workers(self) -> bool {
        matches!(self, Self::GilThreads | Self::ThreadPool | Self::FreshProcesses | Self::Processes)
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
        }
    }

    /// Whether it can carry out `plan` at all, in whichever browser. None of these can give tasks an order of their own
    /// ([`Plan::needs_virtual_time`]): that is for the simulated engine.
    pub fn can_run(self, plan: &Plan) -> bool {
        if plan.needs_virtual_time() {
            return false;
        }
        match self {
            Self::GilThreads | Self::ThreadPool => true,
            Self::FreshProcesses | Self::Processes => !plan.shares_memory() && queues_have_two_ends(plan),
            Self::MainThread | Self::AwaitEach | Self::Limited | Self::Gather => !plan.interacts(),
        }
    }

    /// The next rung of the ladder, for a plan that this engine cannot carry out here.
    pub fn instead(self, plan: &Plan) -> Option<Self> {
        let ladder = [Self::ThreadPool, Self::Processes, Self::Gather];
        let below = match self {
            Self::GilThreads | Self::ThreadPool => &ladder[1..],
            Self::FreshProcesses | Self::Processes => &ladder[2..],
            Self::MainThread | Self::AwaitEach | Self::Limited | Self::Gather => &[],
        };
        below.iter().copied().find(|engine| engine.can_run(plan))
    }
}

/// Whether each queue has one task that puts and one that takes, as a channel between two processes has.
fn queues_have_two_ends(plan: &Plan) -> bool {
    let users = |is_end: fn(&Step, u32) -> bool, queue| {
        plan.tasks.iter().filter(|task| task.steps.iter().any(|step| is_end(step, queue))).count()
    };
    let queues = (0_u32..).zip(&plan.objects).filter(|(_, object)| matches!(object.kind, ObjectKind::Queue { .. }));
    queues.into_iter().all(|(queue, _)| {
        users(|step, queue| matches!(step, Step::Put { queue: to, .. } if *to == queue), queue) == 1
            && users(|step, queue| matches!(step, Step::Take(from) if *from == queue), queue) == 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::catalogue::WORKLOADS;
    use crate::plan::{Task, Values};

    fn able(id: &str) -> String {
        let workload = WORKLOADS.iter().find(|workload| workload.id == id).unwrap();
        let plan = (workload.plan)(&Values::default());
        let able = EngineId::ALL.into_iter().filter(|engine| engine.can_run(&plan));
        able.map(EngineId::key).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_are_found() {
        for engine in EngineId::ALL {
            assert_eq!(EngineId::from_key(engine.key()), Some(engine));
        }
        assert_eq!(EngineId::from_key("warp"), None);
    }

    #[test]
    fn what_tasks_share_decides_who_can_run_them() {
        let all = "main await-each limited gather gil threads fresh-processes processes";
        for (id, engines) in [
            ("requests", all),
            ("mandelbrot", all),
            ("pipeline", "gil threads fresh-processes processes"),
            ("publish", "gil threads fresh-processes processes"),
            ("producer-consumer", "gil threads"),
            ("race", "gil threads"),
            ("barrier", "gil threads"),
        ] {
            assert_eq!(able(id), engines, "{id}");
        }
    }

    #[test]
    fn what_needs_virtual_time_is_refused_by_all() {
        let task = |step| Plan::of(vec![Task::new("task", vec![step]), Task::new("other", vec![])]);
        let late = Plan::of(vec![Task { arrival_ms: 1, ..Task::default() }]);
        let urgent = Plan::of(vec![Task { priority: 1, ..Task::default() }]);
        let condition = Step::Notify { condition: 0, all: true };
        for plan in [task(Step::Yield), task(Step::Spawn(1)), task(Step::Join(1)), task(condition), late, urgent] {
            assert!(plan.needs_virtual_time(), "{plan:?}");
            assert!(EngineId::ALL.into_iter().all(|engine| !engine.can_run(&plan)), "{plan:?}");
            assert_eq!(EngineId::ThreadPool.instead(&plan), None);
        }
    }

    #[test]
    fn the_ladder_leads_down_to_who_can() {
        let plan = |id: &str| (WORKLOADS.iter().find(|w| w.id == id).unwrap().plan)(&Values::default());
        assert_eq!(EngineId::ThreadPool.instead(&plan("primes")), Some(EngineId::Processes));
        assert_eq!(EngineId::Processes.instead(&plan("primes")), Some(EngineId::Gather));
        assert_eq!(EngineId::ThreadPool.instead(&plan("pipeline")), Some(EngineId::Processes));
        assert_eq!(EngineId::ThreadPool.instead(&plan("race")), None);
        assert_eq!(EngineId::Gather.instead(&plan("primes")), None);
    }
}

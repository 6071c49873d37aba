//! Who decides what runs: the policy by which cores choose among threads that are ready, who the tasks are handed to, and whether
//! one lock stands before all computing. Plain data with its ranges; the choosing itself is `ready`'s.

use serde::{Deserialize, Serialize};

use super::SimulationError;
use super::machine::duration_above_zero;

/// A scheduler.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scheduler {
    /// How a core chooses.
    pub policy: Policy,
    /// Who the tasks are handed to, in the order in which they arrive; where the policy has an order of its own, in that.
    pub workers: Workers,
    /// Whether threads compute only while they hold one lock, as CPython's do: who waits for it asks for it after the machine's switch
    /// interval, if it did not change hands meanwhile; its holder lets go then, and wherever it waits.
    pub gil: bool,
    /// A task is starved that has been ready for longer than this without a core, ms.
    pub starved_after_ms: f64,
}

/// How a core chooses among what is ready.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Policy {
    /// A core stays with a task until it has ended, also while it waits: a plain loop.
    RunToEnd,
    /// Whoever has been ready for longest, until it waits.
    FirstComeFirstServed,
    /// The same, but for a time slice at most; then it is the next one's turn.
    RoundRobin {
        /// Length of a time slice, ms.
        slice_ms: f64,
    },
    /// The most urgent; among equals, whoever has been ready for longest.
    Priority {
        /// Whether a more urgent task takes the core from a less urgent one.
        preemptive: bool,
    },
    /// The task with the least computing left.
    ShortestFirst {
        /// Whether a task with less left takes the core from one with more.
        preemptive: bool,
    },
    /// Each core has a deque: it adds and takes at one end, and one with nothing to do steals from the other end of the next core's
    /// that has something.
    WorkStealing,
    /// Queues, each less urgent than the one before; a task that has used up its time on a level goes down, wherever it waited meanwhile.
    Feedback {
        /// How long a task may compute on each level, ms; on the last, how long its turns are.
        slices_ms: Vec<f64>,
        /// After how long all tasks come back to the first level, ms; `None` for never.
        boost_ms: Option<f64>,
    },
}

/// Who carries out the tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Workers {
    /// The program's own thread, one task after another.
    MainThread,
    /// A thread for each task, started for it.
    ThreadEach,
    /// A process for each task, started for it.
    ProcessEach,
    /// So many threads, which take the tasks from one queue.
    Threads(u32),
    /// So many processes, which take the tasks from one queue.
    Processes(u32),
    /// So many processes at a time, each started for one task.
    FreshProcesses(u32),
    /// So many event loops, each on a core: a task keeps its loop until it waits or yields, and occupies none while it waits.
    EventLoops(u32),
}

/// Most workers of a pool, and most levels of feedback queues.
const MOST_WORKERS: u32 = 4_096;
const MOST_LEVELS: usize = 64;

impl Scheduler {
    /// A scheduler without a GIL. A task that is ready for a second is starved.
    pub fn new(policy: Policy, workers: Workers) -> Self {
        Self { policy, workers, gil: false, starved_after_ms: 1_000.0 }
    }

    /// An event loop: nobody has its turn taken away.
    pub fn cooperative() -> Self {
        Self::new(Policy::FirstComeFirstServed, Workers::EventLoops(1))
    }

    /// What it is, in words.
    pub fn words(&self) -> String {
        let policy = match &self.policy {
            Policy::RunToEnd => "each task to its end".to_owned(),
            Policy::FirstComeFirstServed => "first come, first served".to_owned(),
            Policy::RoundRobin { slice_ms } => format!("round robin, {slice_ms} ms"),
            Policy::Priority { preemptive } => format!("by priority, {}", manner(*preemptive)),
            Policy::ShortestFirst { preemptive: false } => "shortest first".to_owned(),
            Policy::ShortestFirst { preemptive: true } => "shortest remaining time first".to_owned(),
            Policy::WorkStealing => "work stealing".to_owned(),
            Policy::Feedback { slices_ms, .. } => format!("feedback queue of {} levels", slices_ms.len()),
        };
        let workers = match self.workers {
            Workers::MainThread => "main thread".to_owned(),
            Workers::ThreadEach => "a thread for each task".to_owned(),
            Workers::ProcessEach => "a process for each task".to_owned(),
            Workers::Threads(1) => "1 thread".to_owned(),
            Workers::Threads(count) => format!("{count} threads"),
            Workers::Processes(1) => "1 process".to_owned(),
            Workers::Processes(count) => format!("{count} processes"),
            Workers::FreshProcesses(1) => "a process for each task, one at a time".to_owned(),
            Workers::FreshProcesses(count) => format!("a process for each task, {count} at a time"),
            Workers::EventLoops(1) => "1 event loop".to_owned(),
            Workers::EventLoops(count) => format!("{count} event loops"),
        };
        format!("{policy}; {workers}{}", if self.gil { " with a GIL" } else { "" })
    }

    /// Whether it can be simulated.
    ///
    /// # Errors
    /// [`SimulationError::OutOfRange`], [`SimulationError::Contradiction`].
    pub fn check(&self) -> Result<(), SimulationError> {
        duration_above_zero("bound for starvation", self.starved_after_ms)?;
        if let Workers::Threads(count)
        | Workers::Processes(count)
        | Workers::FreshProcesses(count)
        | Workers::EventLoops(count) = self.workers
            && !(1..=MOST_WORKERS).contains(&count)
        {
            let allowed = format!("a whole number from 1 to {MOST_WORKERS}");
            return Err(SimulationError::out_of_range("workers", allowed, count));
        }
        match &self.policy {
            Policy::RoundRobin { slice_ms } => duration_above_zero("time slice", *slice_ms)?,
            Policy::Feedback { slices_ms, boost_ms } => {
                if !(1..=MOST_LEVELS).contains(&slices_ms.len()) {
                    let allowed = format!("from 1 to {MOST_LEVELS}");
                    return Err(SimulationError::out_of_range(
                        "levels of the feedback queue",
                        allowed,
                        slices_ms.len(),
                    ));
                }
                slices_ms.iter().try_for_each(|ms| duration_above_zero("time on a level", *ms))?;
                boost_ms.map_or(Ok(()), |ms| duration_above_zero("time between boosts", ms))?;
            }
            _ => {}
        }
        if self.is_cooperative() && self.policy.takes_turns_away() {
            let why = "on an event loop nobody’s turn is taken away; choose a policy without time slices that preempts nobody";
            return Err(SimulationError::Contradiction(why));
        }
        if self.gil && self.policy == Policy::RunToEnd {
            let why = "a core that stays with a task while it waits keeps others from ever letting go of the GIL; choose another policy";
            return Err(SimulationError::Contradiction(why));
        }
        if self.gil && !matches!(self.workers, Workers::ThreadEach | Workers::Threads(_)) {
            let why = "a GIL is for threads; a process has its own, and an event loop or the main thread nobody to share it with";
            return Err(SimulationError::Contradiction(why));
        }
        Ok(())
    }

    pub(super) fn is_cooperative(&self) -> bool {
        matches!(self.workers, Workers::EventLoops(_))
    }

    pub(super) fn has_processes(&self) -> bool {
        matches!(self.workers, Workers::ProcessEach | Workers::Processes(_) | Workers::FreshProcesses(_))
    }
}

impl Policy {
    /// Whether a task can lose its core although it could go on.
    fn takes_turns_away(&self) -> bool {
        matches!(self, Self::RoundRobin { .. } | Self::Feedback { .. }) || self.is_preemptive()
    }

    /// Whether a task that becomes ready can take the core from another.
    pub(super) fn is_preemptive(&self) -> bool {
        matches!(
            self,
            Self::Priority { preemptive: true } | Self::ShortestFirst { preemptive: true } | Self::Feedback { .. }
        )
    }
}

fn manner(preemptive: bool) -> &'static str {
    if preemptive { "preemptive" } else { "not preemptive" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(policy: Policy, workers: Workers) -> String {
        Scheduler::new(policy, workers).check().unwrap_err().to_string()
    }

    #[test]
    fn what_is_refused_says_what_is_allowed() {
        assert_eq!(
            says(Policy::RoundRobin { slice_ms: 0.0 }, Workers::ThreadEach),
            "time slice must be above 0 and at most 1000000000 ms; 0 is not"
        );
        assert_eq!(
            says(Policy::FirstComeFirstServed, Workers::Threads(0)),
            "workers must be a whole number from 1 to 4096; 0 is not"
        );
        let feedback = Policy::Feedback { slices_ms: vec![], boost_ms: None };
        assert_eq!(says(feedback, Workers::ThreadEach), "levels of the feedback queue must be from 1 to 64; 0 is not");
    }

    #[test]
    fn what_excludes_each_other_is_refused() {
        assert!(says(Policy::RoundRobin { slice_ms: 1.0 }, Workers::EventLoops(1)).contains("event loop"));
        assert!(says(Policy::Priority { preemptive: true }, Workers::EventLoops(1)).contains("event loop"));
        assert_eq!(Scheduler::cooperative().check(), Ok(()));
        let scheduler = Scheduler { gil: true, ..Scheduler::new(Policy::FirstComeFirstServed, Workers::Processes(2)) };
        assert!(scheduler.check().unwrap_err().to_string().contains("a GIL is for threads"));
    }
}

//! What a simulated run comes to: its trace, the times of each task that textbooks compare schedulers by, and what went wrong in it.

use super::super::deadlock;
use super::log::ms;
use super::program::Ns;
use super::stuck::{self, Standstill};
use super::world::World;
use crate::trace::stats::{Stats, stats};
use crate::trace::{LaneId, LaneKind, MarkKind, Provenance, TaskId, Trace, TraceError, Waiter};

/// A simulated run.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// What happened.
    pub trace: Trace,
    /// The times of each task, in the plan's order.
    pub tasks: Vec<TaskTimes>,
    /// The last value of each object; see [`crate::plan::Results::objects`].
    pub objects: Vec<u64>,
    /// What went wrong.
    pub findings: Findings,
}

/// When a task was where, ms. What has not happened by the end of the run is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TaskTimes {
    /// When it could begin, from the start of the run.
    pub arrival_ms: Option<f64>,
    /// From then until it first had a core.
    pub response_ms: Option<f64>,
    /// From its arrival until its end.
    pub turnaround_ms: Option<f64>,
    /// How long it was ready and had no core, or waited in a pool's queue.
    pub waiting_ms: f64,
    /// How long it computed.
    pub running_ms: f64,
}

/// What went wrong in a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Tasks that waited when nothing could happen any more, with what they hold and wait for.
    pub stuck: Vec<Waiter>,
    /// Circles among them: each task waits for something that the next one has, the last for the first.
    pub cycles: Vec<Vec<TaskId>>,
    /// Notifications that came before those they were meant for.
    pub lost_wake_ups: Vec<LostWakeUp>,
    /// Tasks that were ready for longer than the scheduler's bound.
    pub starved: Vec<Starved>,
    /// Tasks that had not ended when nothing could happen any more, those that never began among them.
    pub unfinished: Vec<TaskId>,
}

/// A task that was ready for too long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Starved {
    /// Who.
    pub task: TaskId,
    /// Since when it was ready, ms from the start of the run.
    pub from_ms: f64,
    /// When it had a core at last, or the run ended, ms.
    pub to_ms: f64,
}

/// A notification that nobody was waiting for, and a task that waits for the same condition ever since.
#[derive(Clone, Debug, PartialEq)]
pub struct LostWakeUp {
    /// The condition, as an index into the plan's objects.
    pub condition: u32,
    /// Who notified.
    pub notifier: TaskId,
    /// When, ms.
    pub at_ms: f64,
    /// Who waits.
    pub waiter: TaskId,
    /// Since when, ms.
    pub waits_from_ms: f64,
}

impl Simulated {
    /// From the start of the run to the end of its last slice, ms.
    pub fn makespan_ms(&self) -> f64 {
        self.stats().makespan_ms
    }

    /// The numbers that every trace has.
    pub fn stats(&self) -> Stats {
        stats(&self.trace)
    }

    /// Who holds what and waits for what where nothing could happen any more, in words; `None` if all tasks came to their end.
    pub fn standstill(&self) -> Option<String> {
        let stuck = &self.findings.stuck;
        (!stuck.is_empty()).then(|| deadlock::words(&self.trace, stuck))
    }

    /// Of each core, the share of the makespan in which it ran tasks, 0 to 1.
    pub fn utilisation(&self) -> Vec<(LaneId, f64)> {
        crate::trace::stats::utilisation_of(&self.trace, |kind| kind == LaneKind::Core)
    }

    /// The mean over all tasks of one of their times, ms; `None` if a task does not have it.
    pub fn mean_ms(&self, time: impl Fn(&TaskTimes) -> Option<f64>) -> Option<f64> {
        let times = self.tasks.iter().map(time).collect::<Option<Vec<_>>>()?;
        (!times.is_empty()).then(|| times.iter().sum::<f64>() / times.len() as f64)
    }
}

/// A standstill would last for ever; it is shown for this part of the run before it, at least for [`LEAST_SHOWN`].
const SHOWN_PART: Ns = 10;
/// A millisecond.
const LEAST_SHOWN: Ns = 1_000_000;

impl World {
    /// Ends a run that goes on no more.
    pub fn finish(mut self, provenance: Provenance) -> Result<Simulated, TraceError> {
        let unfinished = (0..).zip(&self.runs).filter(|(_, run)| run.ended.is_none());
        let unfinished: Vec<_> = unfinished.map(|(task, _)| TaskId(task)).collect();
        let Standstill { stuck, cycles, lost_wake_ups, since } = stuck::look(&self);
        for (waiter, since) in stuck.iter().zip(&since) {
            let is_lost = lost_wake_ups.iter().any(|lost| lost.waiter == waiter.task);
            let kind = if is_lost { MarkKind::LostWakeUp } else { MarkKind::Deadlock };
            self.log.mark(waiter.lane, waiter.task.0, *since, kind);
        }
        if self.tasks_left > 0 {
            self.now += (self.now / SHOWN_PART).max(LEAST_SHOWN);
        }
        for strand in 0..self.strands.len() as u32 {
            self.turn(strand, None, None);
        }
        let tasks = self.runs.iter().map(|run| {
            let since_arrival = |at: Option<Ns>| Some(ms(at? - run.arrived?));
            TaskTimes {
                arrival_ms: run.arrived.map(ms),
                response_ms: since_arrival(run.first_ran),
                turnaround_ms: since_arrival(run.ended),
                waiting_ms: ms(run.ready),
                running_ms: ms(run.ran),
            }
        });
        Ok(Simulated {
            tasks: tasks.collect(),
            objects: self.things.iter().map(|thing| thing.value()).collect(),
            findings: Findings { stuck, cycles, lost_wake_ups, starved: self.starved, unfinished },
            trace: self.log.finish(self.now, provenance)?,
        })
    }
}

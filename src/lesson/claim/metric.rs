//! What can be measured of a run, in which unit, and how it comes out of the trace. It means the same for a simulated run and a real
//! one, though they do not show the same lanes: an event loop is simulated by threads that take turns.

use serde::{Deserialize, Serialize};

use crate::engine::EngineId;
use crate::lesson::CameTo;
use crate::lesson::why::peak;
use crate::trace::stats::{longest_frame_gap, stats};
use crate::trace::{Lane, MarkKind, State, Trace, within};

/// What can be measured of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Metric {
    /// From its start to the end of its last task, ms.
    Makespan,
    /// The share in which its tasks computed of the time of all cores that its workers could use, percent.
    Utilisation,
    /// Most tasks that computed at one instant.
    PeakRunning,
    /// Most tasks that waited for I/O at one instant.
    PeakWaiting,
    /// Updates of counters that were lost.
    Lost,
    /// Tasks that ended in a deadlock.
    Deadlocks,
    /// The longest time without a frame, ms.
    Frozen,
    /// Time in which workers came up, ms in all.
    Starting,
    /// Time for switching and copying, ms in all.
    Overhead,
    /// Time in which tasks waited for others, as for a lock, ms in all.
    Locked,
    /// Time in which tasks could have computed and had no core, ms in all.
    Ready,
    /// Workers that did anything for a task.
    Workers,
}

/// What a metric is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Ms,
    /// Percent.
    Percent,
    /// So many of something.
    Count,
}

impl Metric {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Makespan,
        Self::Utilisation,
        Self::PeakRunning,
        Self::PeakWaiting,
        Self::Lost,
        Self::Deadlocks,
        Self::Frozen,
        Self::Starting,
        Self::Overhead,
        Self::Locked,
        Self::Ready,
        Self::Workers,
    ];

    /// Its name in claims.
    pub fn key(self) -> &'static str {
        match self {
            Self::Makespan => "makespan",
            Self::Utilisation => "utilisation",
            Self::PeakRunning => "peak_running",
            Self::PeakWaiting => "peak_waiting",
            Self::Lost => "lost",
            Self::Deadlocks => "deadlocks",
            Self::Frozen => "frozen",
            Self::Starting => "starting",
            Self::Overhead => "overhead",
            Self::Locked => "locked",
            Self::Ready => "ready",
            Self::Workers => "workers",
        }
    }

    /// What it is counted in.
    pub fn unit(self) -> Unit {
        match self {
            Self::Utilisation => Unit::Percent,
            Self::PeakRunning | Self::PeakWaiting | Self::Lost | Self::Deadlocks | Self::Workers => Unit::Count,
            Self::Makespan | Self::Frozen | Self::Starting | Self::Overhead | Self::Locked | Self::Ready => Unit::Ms,
        }
    }

    /// Whether virtual time does not have it.
    pub fn needs_real_run(self) -> bool {
        matches!(self, Self::Lost | Self::Frozen)
    }

    /// What it was in a run; `None` if that run does not tell, as one that has no counters, or never ended.
    pub fn of(self, run: &CameTo) -> Option<f64> {
        let trace = &*run.trace;
        let in_state = |state| within(trace, 0.0, trace.end_ms()).in_state(state);
        match self {
            Self::Makespan => run.is_ended.then(|| stats(trace).makespan_ms),
            Self::Utilisation => utilisation(run),
            Self::PeakRunning => Some(stats(trace).peak_running.into()),
            Self::PeakWaiting => {
                let waits = trace.slices().map(|(_, slice)| slice);
                let waits = waits.filter(|slice| slice.state == State::WaitingForIo && slice.task.is_some());
                Some(peak(waits) as f64)
            }
            Self::Lost => run.lost.map(|lost| lost as f64),
            Self::Deadlocks => Some(deadlocked(trace) as f64),
            Self::Frozen => longest_frame_gap(trace).map(|(from_ms, to_ms)| to_ms - from_ms),
            Self::Starting => Some(in_state(State::Starting)),
            Self::Overhead => Some(in_state(State::Overhead)),
            Self::Locked => Some(in_state(State::WaitingForLock)),
            Self::Ready => Some(in_state(State::Ready)),
            Self::Workers => Some(workers(run) as f64),
        }
    }
}

/// The share of the cores' time, percent. More workers than cores have the cores alone.
fn utilisation(run: &CameTo) -> Option<f64> {
    let stats = stats(&run.trace);
    let workers = if on_the_page(run.engine) { 1 } else { worker_lanes(&run.trace).count() as u32 };
    let cores = match run.trace.provenance().cores {
        0 => workers,
        cores => workers.min(cores),
    };
    let whole_ms = stats.makespan_ms * f64::from(cores);
    (whole_ms > 0.0).then(|| (100.0 * stats.running_ms / whole_ms).min(100.0))
}

fn workers(run: &CameTo) -> usize {
    let works = |lane: &&Lane| lane.slices().iter().any(|slice| slice.task.is_some());
    if on_the_page(run.engine) { 1 } else { worker_lanes(&run.trace).filter(works).count() }
}

/// Whether the page's own thread does all the work.
fn on_the_page(engine: EngineId) -> bool {
    engine.is_real() && !engine.has_workers()
}

fn worker_lanes(trace: &Trace) -> impl Iterator<Item = &Lane> {
    trace.lanes().iter().filter(|lane| lane.kind().is_worker() && lane.below().is_none())
}

fn deadlocked(trace: &Trace) -> usize {
    let marks = trace.lanes().iter().flat_map(Lane::marks).filter(|mark| mark.kind == MarkKind::Deadlock);
    let mut tasks: Vec<_> = marks.filter_map(|mark| mark.task).map(|task| task.0).collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks.len()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::demo::{Demo, NINE_REQUESTS, PRIMES, Setup, find};
    use crate::engine::simulated::{Machine, like, simulate};

    /// What each metric was in a simulated run, as far as virtual time has it.
    fn of(demo: &'static Demo, query: &str) -> Vec<(&'static str, f64)> {
        let (setup, problems) = Setup::parse(demo, query);
        assert_eq!(problems, []);
        let (engine, plan) = (setup.engines[0], demo.plan(&setup.values));
        let machine = Machine { process_start_ms: 40.0, ..Machine::ideal(4) };
        let (machine, scheduler) = like(engine, &setup.options(engine), &plan, &machine.into()).unwrap();
        let simulated = simulate(&plan, &machine, &scheduler).unwrap();
        let is_ended = simulated.findings.unfinished.is_empty();
        let run = CameTo { is_ended, ..CameTo::ended(engine, Rc::new(simulated.trace)) };
        let known = |metric: Metric| Some((metric.key(), metric.of(&run)?.round())).filter(|(_, value)| *value > 0.0);
        Metric::ALL.into_iter().filter_map(known).collect()
    }

    #[test]
    fn requests_wait_at_once_or_one_after_another_on_one_thread() {
        assert_eq!(
            of(&NINE_REQUESTS, "engines=main"),
            [("makespan", 2_700.0), ("peak_waiting", 1.0), ("workers", 1.0)]
        );
        let [three, nine] =
            ["limited&limit=3", "gather"].map(|engine| of(&NINE_REQUESTS, &format!("engines={engine}")));
        assert_eq!(three, [("makespan", 900.0), ("peak_waiting", 3.0), ("workers", 1.0)]);
        assert_eq!(nine, [("makespan", 300.0), ("peak_waiting", 9.0), ("workers", 1.0)]);
    }

    #[test]
    fn cores_compute_or_lie_idle() {
        let value =
            |query: &str, key| of(&PRIMES, query).into_iter().find(|(of, _)| *of == key).map(|(_, value)| value);
        assert_eq!(value("engines=gather", "utilisation"), Some(100.0));
        assert_eq!(value("engines=threads&threads=2&tasks=1", "utilisation"), Some(50.0));
        assert_eq!(value("engines=threads&threads=2", "peak_running"), Some(2.0));
        assert_eq!(value("engines=threads&threads=2", "workers"), Some(2.0));
        // Eight threads have four cores.
        assert!(value("engines=threads&threads=8", "utilisation") > Some(60.0));
        assert!(value("engines=threads&threads=8", "ready") > Some(0.0));
        assert_eq!(value("engines=fresh-processes&processes=2&tasks=3", "starting"), Some(120.0));
    }

    #[test]
    fn tasks_in_a_deadlock_are_counted_and_have_no_makespan() {
        let stuck = of(find("deadlock").unwrap(), "engines=threads");
        assert!(stuck.contains(&("deadlocks", 2.0)), "{stuck:?}");
        assert!(stuck.iter().all(|(metric, _)| *metric != "makespan"), "{stuck:?}");
    }
}

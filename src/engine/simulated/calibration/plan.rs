//! What is measured to calibrate a browser: plans for the engines that it has, and what is read from their traces. A run takes some tens of
//! ms, so that a clock of a few ms is fine enough; all of them about three seconds.

use super::{Place, Quantity, Workers};
use crate::engine::EngineId;
use crate::plan::kernel::mandelbrot::{Scene, Tile};
use crate::plan::{How, Object, ObjectKind, Plan, Request, Step, Target, Task, Unit, Work};
use crate::trace::{Slice, State, TaskId, Trace};

/// Something to be measured.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// What it tells.
    pub quantity: Quantity,
    /// Who carries it out.
    pub engine: EngineId,
    /// With so many workers; [`ALL_CORES`] for as many as there are cores.
    workers: u32,
    /// Whether workers that are kept have to be ended before each run, for their start is what is measured.
    pub fresh: bool,
    /// So many runs at first, whose readings do not count: code becomes fast only as it runs.
    pub warm_up: u32,
    /// So many runs that count, the median of them.
    pub repeats: u32,
    plan: fn() -> Plan,
}

/// As many workers as there are cores, up to the number of which a pool is soon up.
const ALL_CORES: u32 = 0;
const MOST_WORKERS: u32 = 8;
/// What is computed where the pace differs: so many divisions in all, in so many tasks.
const PACED: u32 = 600_000;
const PACED_TASKS: u32 = 16;
/// Bytes that are copied.
const COPIED: u32 = 16 << 20;
/// Messages that each of two threads puts.
const PASSED: u32 = 300;
/// Increments of each kind.
const INCREMENTS: u32 = 1_000_000;
const LOCKED_INCREMENTS: u32 = 300_000;
/// A picture is decoded so often, since once is soon done.
const DECODED: u32 = 8;

/// The objects of a plan that increments, and their numbers.
const COUNTER: u32 = 0;
const LOCK: u32 = 1;
const START: u32 = 2;

/// All that is measured, in this order.
pub const PLAN: &[Measurement] = &[
    Measurement { fresh: true, workers: 2, ..of(Quantity::ProcessStart, EngineId::FreshProcesses, greeting) },
    Measurement { fresh: true, workers: 2, ..of(Quantity::ThreadStart, EngineId::ThreadPool, greeting) },
    Measurement { workers: 2, ..of(Quantity::Dispatch(Workers::Threads), EngineId::ThreadPool, two_at_once) },
    Measurement { workers: 2, ..of(Quantity::Dispatch(Workers::Processes), EngineId::Processes, two_at_once) },
    of(Quantity::Copy, EngineId::Processes, copying),
    Measurement { workers: 2, ..of(Quantity::Switch, EngineId::ThreadPool, passing) },
    work(Unit::Division, || Plan::of(vec![alone(Work::CountPrimes { from: 0, to: 600_000 })])),
    work(Unit::Element, || Plan::of(vec![alone(Work::Search { from: 0, to: 50_000_000, value: 1 })])),
    work(Unit::Iteration, || Plan::of(vec![alone(mandelbrot())])),
    work(Unit::Block, || Plan::of(vec![alone(Work::Sha256 { from: 0, to: 200 })])),
    work(Unit::Sentence, || Plan::of(vec![alone(Work::CountWords { from: 0, to: 200_000, word: 0 })])),
    work(Unit::Pixel, decoding),
    of(Quantity::Pace(Place::Page), EngineId::MainThread, paced),
    of(Quantity::Pace(Place::EventLoop), EngineId::Gather, paced),
    Measurement { workers: 2, ..of(Quantity::Pace(Place::Gil), EngineId::GilThreads, paced) },
    Measurement { workers: ALL_CORES, ..of(Quantity::Pace(Place::AllCores), EngineId::ThreadPool, paced) },
    increments(How::Plain, || incrementing(How::Plain, INCREMENTS)),
    increments(How::Atomic, || incrementing(How::Atomic, INCREMENTS)),
    increments(How::Locked(LOCK), || incrementing(How::Locked(LOCK), LOCKED_INCREMENTS)),
    increments(How::Local, || incrementing(How::Local, INCREMENTS)),
];

const fn of(quantity: Quantity, engine: EngineId, plan: fn() -> Plan) -> Measurement {
    Measurement { quantity, engine, workers: 1, fresh: false, warm_up: 1, repeats: 5, plan }
}

/// In a process, which every browser has: the kernels are the same as a thread's.
const fn work(unit: Unit, plan: fn() -> Plan) -> Measurement {
    of(Quantity::Work(unit), EngineId::Processes, plan)
}

const fn increments(how: How, plan: fn() -> Plan) -> Measurement {
    Measurement { workers: 2, ..of(Quantity::Increment(how), EngineId::ThreadPool, plan) }
}

impl Measurement {
    /// What is to be run.
    pub fn plan(&self) -> Plan {
        (self.plan)()
    }

    /// With how many workers, on a machine with so many cores.
    pub fn workers(&self, cores: u32) -> u32 {
        if self.workers == ALL_CORES { cores.clamp(1, MOST_WORKERS) } else { self.workers }
    }

    /// Whether it needs threads that share a memory, which not every page has.
    pub fn needs_threads(&self) -> bool {
        self.engine.needs_shared_memory()
    }

    /// Whether it needs a file of this site, which may not be to be had at the moment.
    pub(super) fn needs_pictures(&self) -> bool {
        self.quantity == Quantity::Work(Unit::Pixel)
    }

    /// What a run of its plan says, in ms by the quantity's unit; `None` if its trace does not show it.
    pub fn reading(&self, trace: &Trace) -> Option<f64> {
        let plan = self.plan();
        let per_unit = |ms: f64| Some(ms / plan.steps().map(units).sum::<f64>()).filter(|ms| *ms > 0.0);
        match self.quantity {
            Quantity::ProcessStart | Quantity::ThreadStart => {
                let starts = trace.slices().map(|(_, slice)| slice).filter(|slice| slice.state == State::Starting);
                starts.map(|slice| slice.duration_ms()).max_by(f64::total_cmp)
            }
            Quantity::Copy => {
                // The first task copies nothing: what its message took would have taken as long without the bytes.
                let copying = |task| total_ms(trace, State::Overhead, Some(TaskId(task)));
                Some((copying(1) - copying(0)) / f64::from(COPIED))
            }
            Quantity::Switch => {
                let (from_ms, to_ms) = at_work(trace)?;
                Some((to_ms - from_ms) / f64::from(2 * PASSED))
            }
            Quantity::Dispatch(_) => {
                // Not by the last of them: who has begun takes what there is to do meanwhile.
                let begun: Vec<_> =
                    trace.lanes().iter().filter_map(|lane| lane.slices().iter().find(|it| is_at_work(it))).collect();
                let sum_ms: f64 = begun.iter().map(|slice| slice.start_ms).sum();
                Some(sum_ms / begun.len() as f64).filter(|ms| ms.is_finite())
            }
            // One computes at a time, whatever it took to let the next one do so.
            Quantity::Pace(Place::EventLoop | Place::Gil) | Quantity::Increment(How::Locked(_)) => {
                let (from_ms, to_ms) = at_work(trace)?;
                per_unit(to_ms - from_ms)
            }
            // A core that another program had for a while counts as slow: so it will be the next time.
            Quantity::Work(_) | Quantity::Increment(_) | Quantity::Pace(_) => {
                per_unit(total_ms(trace, State::Running, None) + total_ms(trace, State::Ready, None))
            }
        }
    }
}

/// From when the first task began until the last one ended, ms.
fn at_work(trace: &Trace) -> Option<(f64, f64)> {
    let slices = || trace.slices().map(|(_, slice)| slice).filter(|slice| is_at_work(slice));
    let from_ms = slices().map(|slice| slice.start_ms).min_by(f64::total_cmp)?;
    Some((from_ms, slices().map(|slice| slice.end_ms).max_by(f64::total_cmp)?))
}

/// Whether it is a task's, and its worker is up.
fn is_at_work(slice: &Slice) -> bool {
    slice.task.is_some() && slice.state != State::Starting
}

/// How many units of work a step is.
fn units(step: &Step) -> f64 {
    match step {
        Step::Compute(work) => work.amount(0).map_or(0.0, |amount| amount.count),
        Step::Increment { times, .. } => f64::from(*times),
        _ => 0.0,
    }
}

/// Time in a state, of one task or of all, ms.
fn total_ms(trace: &Trace, state: State, task: Option<TaskId>) -> f64 {
    let slices = trace.slices().map(|(_, slice)| slice).filter(|slice| slice.state == state);
    slices.filter(|slice| task.is_none() || slice.task == task).map(|slice| slice.duration_ms()).sum()
}

fn alone(work: Work) -> Task {
    Task::new("calibration", vec![Step::Compute(work)])
}

fn greeting() -> Plan {
    Plan::of(vec![alone(Work::Hello), alone(Work::Hello)])
}

/// A task for each of two workers, long enough that one worker does not do both.
fn two_at_once() -> Plan {
    Plan::of(vec![alone(Work::Sha256 { from: 0, to: 100 }), alone(Work::Sha256 { from: 0, to: 100 })])
}

/// Computing in so many pieces that workers who come late find some left.
fn paced() -> Plan {
    let edge = |number: u32| PACED / PACED_TASKS * number;
    Plan::of((0..PACED_TASKS).map(|n| alone(Work::CountPrimes { from: edge(n), to: edge(n + 1) })).collect())
}

fn mandelbrot() -> Work {
    let (width, height) = (240, 180);
    Work::Mandelbrot { scene: Scene { width, height, iterations: 1_200 }, tile: Tile { x: 0, y: 0, width, height } }
}

/// A task without an argument, then one with.
fn copying() -> Plan {
    let task = |argument_bytes| Task { argument_bytes, ..alone(Work::Hello) };
    Plan::of(vec![task(0), task(COPIED)])
}

/// Two tasks that pass a message to and fro: each goes on only when the other has.
fn passing() -> Plan {
    let queue = |label: &str| Object { label: label.into(), kind: ObjectKind::Queue { capacity: 1 } };
    let put = |queue| Step::Put { queue, value: 1, bytes: 0 };
    let steps = |own: [Step; 2]| (0..PASSED).flat_map(|_| own.clone()).collect();
    let tasks =
        vec![Task::new("first", steps([put(0), Step::Take(1)])), Task::new("second", steps([Step::Take(0), put(1)]))];
    Plan { tasks, objects: vec![queue("there"), queue("back")] }
}

/// A picture, which is fetched anew each time: to decode it uses it up.
fn decoding() -> Plan {
    let fetch = |id| {
        let target = Target::Picture { delay_ms: 0, number: 1 };
        Step::Io(Request { id, target, timeout_ms: 0, retries: 0 })
    };
    let steps = (0..DECODED).flat_map(|id| [fetch(id), Step::Compute(Work::DecodePicture { times: 1 })]);
    Plan::of(vec![Task::new("calibration", steps.collect())])
}

/// Two threads at once, as in any race.
fn incrementing(how: How, times: u32) -> Plan {
    let object = |label: &str, kind| Object { label: label.into(), kind };
    let racer =
        || Task::new("calibration", vec![Step::Arrive(START), Step::Increment { counter: COUNTER, times, how }]);
    Plan {
        tasks: vec![racer(), racer()],
        objects: vec![
            object("counter", ObjectKind::Counter),
            object("lock", ObjectKind::Lock),
            object("start", ObjectKind::Barrier { parties: 2 }),
        ],
    }
}

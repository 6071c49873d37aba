//! The laws of the simulated engine, for plans, machines and schedulers at random.
#![cfg(not(target_arch = "wasm32"))]

mod simulated_common;

use interleave::engine::simulated::{
    Limits, Machine, Policy, Scheduler, Simulated, Simulation, SimulationError, Workers,
};
use interleave::plan::{How, Plan, Step, Task, Work};
use interleave::trace::exchange::binary;
use interleave::trace::{LaneKind, Slice, State, TaskId, Trace};
use proptest::prelude::*;
use simulated_common::machine;
use simulated_common::random::{anything, independent, machines, schedulers};

/// Sums of ms that are exact in ns.
const ROUNDING_MS: f64 = 1e-5;

/// What a task computes on the machines of these tests, ms.
fn work_ms(task: &Task) -> f64 {
    let of_step = |step: &Step| match *step {
        Step::Compute(Work::Sha256 { from, to }) => f64::from(to - from),
        Step::Increment { times, how: How::Plain, .. } => f64::from(times) * 0.01,
        Step::Increment { times, how: How::Locked(_), .. } => f64::from(times) * 0.02,
        Step::Increment { times, how: How::Atomic, .. } => f64::from(times) * 5e-5,
        Step::Increment { times, how: How::Local, .. } => f64::from(times) * 3e-5,
        _ => 0.0,
    };
    task.steps.iter().map(of_step).sum()
}

fn of_kind(trace: &Trace, kind: LaneKind) -> impl Iterator<Item = &[Slice]> {
    trace.lanes().iter().filter(move |lane| lane.kind() == kind).map(|lane| lane.slices())
}

fn is_busy(slice: &Slice) -> bool {
    matches!(slice.state, State::Running | State::Overhead)
}

/// Slices in order of their start, and whether none overlaps the next.
fn are_apart(mut slices: Vec<Slice>) -> bool {
    slices.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
    slices.windows(2).all(|pair| pair[0].end_ms <= pair[1].start_ms)
}

/// Whether work is conserved: whatever ended has computed what its plan says, and on lanes and cores alike.
fn work_is_conserved(plan: &Plan, run: &Simulated) -> bool {
    let ended = plan.tasks.iter().zip(&run.tasks).zip(0..);
    let each = ended
        .filter(|(_, task)| !run.findings.unfinished.contains(&TaskId(*task)))
        .all(|((task, times), _)| (times.running_ms - work_ms(task)).abs() < ROUNDING_MS);
    let running = |slices: &mut dyn Iterator<Item = Slice>| {
        slices.filter(|slice| slice.state == State::Running).map(|slice| slice.duration_ms()).sum::<f64>()
    };
    let told: f64 = run.tasks.iter().map(|task| task.running_ms).sum();
    let on_lanes = running(&mut run.trace.slices().map(|(_, slice)| *slice));
    let on_cores = running(&mut of_kind(&run.trace, LaneKind::Core).flatten().copied());
    each && (told - on_lanes).abs() < ROUNDING_MS && (told - on_cores).abs() < ROUNDING_MS
}

/// Whether no task is on two cores, and what cores did is what the lanes of those on them say.
fn cores_run_one_task_at_a_time(plan: &Plan, trace: &Trace) -> bool {
    let on_cores: Vec<Slice> = of_kind(trace, LaneKind::Core).flatten().copied().collect();
    let one_place = (0..plan.tasks.len() as u32)
        .all(|task| are_apart(on_cores.iter().filter(|slice| slice.task == Some(TaskId(task))).copied().collect()));
    let key =
        |slice: &Slice| (slice.start_ms.to_bits(), slice.end_ms.to_bits(), slice.task, format!("{:?}", slice.state));
    let mut theirs: Vec<_> = trace.slices().map(|(_, slice)| slice).filter(|slice| is_busy(slice)).map(key).collect();
    let mut ours: Vec<_> = on_cores.iter().map(key).collect();
    theirs.sort();
    ours.sort();
    one_place && theirs == ours
}

/// Whether a core that tasks may use is ever idle while one of them is ready.
fn nobody_waits_while_a_core_idles(trace: &Trace, usable: usize) -> bool {
    let cores: Vec<&[Slice]> = of_kind(trace, LaneKind::Core).take(usable).collect();
    let ready = trace.slices().map(|(_, slice)| slice).filter(|slice| slice.state == State::Ready);
    let is_covered = |core: &&[Slice], from_ms: f64, to_ms: f64| {
        let mut at_ms = from_ms;
        for slice in core.iter().filter(|slice| slice.end_ms > from_ms && slice.start_ms < to_ms) {
            if slice.start_ms > at_ms {
                return false;
            }
            at_ms = slice.end_ms;
        }
        at_ms >= to_ms
    };
    ready.into_iter().all(|slice| cores.iter().all(|core| is_covered(core, slice.start_ms, slice.end_ms)))
}

/// Whether a trace obeys the laws that `trace/mod.rs` states: reading it holds it against them. No slice is without length, and arrows
/// point forwards.
fn trace_is_lawful(trace: &Trace) -> bool {
    let have_length = trace.lanes().iter().flat_map(|lane| lane.slices()).all(|slice| slice.start_ms < slice.end_ms);
    let forwards = trace.flows().iter().all(|flow| flow.from.1 <= flow.to.1);
    have_length && forwards && binary::decode(&binary::encode(trace)).as_ref() == Ok(trace)
}

/// How many cores a scheduler uses.
fn usable(cores: u32, scheduler: &Scheduler) -> usize {
    match scheduler.workers {
        Workers::EventLoops(count) => count.min(cores) as usize,
        _ => cores as usize,
    }
}

/// A run that is given up soon where it does not come to its end.
fn simulate(plan: &Plan, machine: &Machine, scheduler: &Scheduler) -> Result<Simulated, SimulationError> {
    Simulation::new(plan, machine, scheduler, Limits { instants: 100_000, ..Limits::default() })?.finish()
}

/// Checks all laws that hold for every plan.
fn check(plan: &Plan, machine: &Machine, scheduler: &Scheduler) -> Result<(), TestCaseError> {
    let run = simulate(plan, machine, scheduler).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let trace = &run.trace;
    prop_assert!(trace_is_lawful(trace), "{trace:#?}");
    prop_assert!(work_is_conserved(plan, &run), "{:#?} {trace:#?}", run.tasks);
    prop_assert!(cores_run_one_task_at_a_time(plan, trace), "{trace:#?}");
    if scheduler.policy != Policy::RunToEnd {
        prop_assert!(nobody_waits_while_a_core_idles(trace, usable(machine.cores, scheduler)), "{trace:#?}");
    }
    if scheduler.gil {
        prop_assert!(are_apart(of_kind(trace, LaneKind::Core).flatten().copied().collect()), "{trace:#?}");
    }
    let said = run.findings.unfinished.is_empty() || !run.findings.stuck.is_empty();
    prop_assert!(said, "{:?}", run.findings);
    prop_assert_eq!(run.findings.stuck.len() <= run.findings.unfinished.len(), true);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn whatever_tasks_share_the_laws_hold(plan in anything(), machine in machines(), scheduler in schedulers(false)) {
        check(&plan, &machine, &scheduler)?;
    }

    #[test]
    fn independent_tasks_all_end(plan in independent(), machine in machines(), scheduler in schedulers(true)) {
        check(&plan, &machine, &scheduler)?;
        let run = simulate(&plan, &machine, &scheduler).unwrap();
        prop_assert_eq!(run.findings.unfinished, []);
    }

    #[test]
    fn the_same_is_always_the_same(
        plan in anything(), machine in machines(), scheduler in schedulers(false), portion in 1..50_u64,
    ) {
        let whole = simulate(&plan, &machine, &scheduler).unwrap();
        let mut in_portions = Simulation::new(&plan, &machine, &scheduler, Limits::default()).unwrap();
        while !in_portions.step(portion).unwrap() {}
        let in_portions = in_portions.finish().unwrap();
        prop_assert_eq!(format!("{whole:?}"), format!("{in_portions:?}"));
    }

    #[test]
    fn the_makespan_is_within_grahams_bound(
        lengths in prop::collection::vec(1..60_u32, 1..20), cores in 1..7_u32, scheduler in schedulers(false),
    ) {
        let scheduler = Scheduler { workers: Workers::ThreadEach, gil: false, ..scheduler };
        let run = simulate(&simulated_common::bursts(&lengths), &machine(cores), &scheduler).unwrap();
        let total = f64::from(lengths.iter().sum::<u32>());
        let longest = f64::from(lengths.iter().copied().max().unwrap_or_default());
        let m = f64::from(cores);
        let least = (total / m).max(longest);
        prop_assert!(run.makespan_ms() >= least - ROUNDING_MS);
        prop_assert!(run.makespan_ms() <= (2.0 - 1.0 / m) * least + ROUNDING_MS, "{} of {least}", run.makespan_ms());
    }

    #[test]
    fn nobody_runs_before_one_more_urgent_who_is_ready(plan in independent(), cores in 1..4_u32) {
        let run = simulated_common::run(&plan, cores, Policy::Priority { preemptive: true });
        let priority = |slice: &Slice| plan.tasks[slice.task.unwrap().0 as usize].priority;
        let all: Vec<Slice> = run.trace.slices().map(|(_, slice)| *slice).collect();
        for ready in all.iter().filter(|slice| slice.state == State::Ready) {
            for running in all.iter().filter(|slice| slice.state == State::Running) {
                let together = ready.end_ms.min(running.end_ms) - ready.start_ms.max(running.start_ms);
                prop_assert!(together <= 0.0 || priority(running) <= priority(ready), "{ready:?} {running:?}");
            }
        }
    }
}

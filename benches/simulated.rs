//! How fast runs are simulated, natively: plans with very many slices, whole. Prints one line of JSON per measurement, in millions of
//! slices a second.
#![expect(clippy::disallowed_types, reason = "this runs natively alone")]

use std::rc::Rc;
use std::time::Instant;

use interleave::engine::simulated::{Limits, MOST_CORES, Machine, Policy, Scheduler, Simulation, Workers};
use interleave::plan::{Object, ObjectKind, Plan, Request, Step, Target, Task, Work};
use interleave::timeline::{Chart, Grouping, LayoutOptions, Metrics, layout};
use interleave::trace::Trace;

const RUNS: usize = 9;
/// A wide screen, CSS px.
const WIDTH_PX: f64 = 1_440.0;

fn main() {
    let slices = Policy::RoundRobin { slice_ms: 1.0 };
    let feedback = Policy::Feedback { slices_ms: vec![1.0, 2.0, 4.0], boost_ms: Some(500.0) };
    let pool = Workers::Threads(16);
    let cases = [
        ("round-robin-1-core", computing(64, 6_000), 1, Scheduler::new(slices.clone(), Workers::ThreadEach)),
        ("round-robin-16-cores", computing(64, 6_000), 16, Scheduler::new(slices.clone(), Workers::ThreadEach)),
        ("round-robin-1024-cores", computing(2_048, 200), 1_024, Scheduler::new(slices, Workers::ThreadEach)),
        ("feedback-4-cores", computing(64, 6_000), 4, Scheduler::new(feedback, Workers::ThreadEach)),
        ("gil-4-cores", computing(8, 150_000), 4, gil()),
        ("event-loop", waiting(200, 1_000), 1, Scheduler::cooperative()),
        ("locks-4-cores", locking(16, 10_000), 4, Scheduler::new(Policy::FirstComeFirstServed, pool)),
        ("stealing-16-cores", waiting(200, 1_000), 16, Scheduler::new(Policy::WorkStealing, Workers::ThreadEach)),
    ];
    for (name, plan, cores, scheduler) in cases {
        let machine = Machine { switch_ms: 0.01, ..Machine::ideal(cores) };
        let (mut runs, mut count) = (Vec::new(), 0);
        // The first run warms up.
        for run in 0..=RUNS {
            let limits = Limits { slices: 20_000_000, ..Limits::default() };
            let began = Instant::now();
            let mut simulation =
                Simulation::new(&plan, &machine, &scheduler, limits).expect("a plan that can be simulated");
            simulation.step(u64::MAX).expect("within the limits");
            count = simulation.slices();
            let trace = Rc::new(simulation.finish().expect("a run without defects").trace);
            if run > 0 {
                runs.push(count as f64 / 1e6 / began.elapsed().as_secs_f64());
            }
            if run == RUNS && cores == MOST_CORES {
                chart(&trace);
            }
        }
        println!("BENCH {{\"name\":\"simulated-{name}-mslices-a-second\",\"runs\":{runs:.2?}}}");
        runs.sort_by(f64::total_cmp);
        eprintln!("{name}: {count} slices, median {:.2}, {:.2} to {:.2}", runs[RUNS / 2], runs[0], runs[RUNS - 1]);
    }
}

/// What it takes to make a chart of very many cores, and to lay it out.
fn chart(trace: &Rc<Trace>) {
    let began = Instant::now();
    let chart = Chart::new(Rc::clone(trace), Grouping::ByCore);
    let ready_ms = began.elapsed().as_secs_f64() * 1e3;
    let metrics = Metrics { max_view_px: 800.0, ..Metrics::for_width(WIDTH_PX) };
    let options = LayoutOptions::new(metrics.scale(0.0, trace.end_ms(), WIDTH_PX), metrics);
    let layouts: Vec<f64> = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            std::hint::black_box(layout(&chart, &options));
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    println!("BENCH {{\"name\":\"simulated-chart-{MOST_CORES}-cores-ready-ms\",\"runs\":[{ready_ms:.2}]}}");
    println!("BENCH {{\"name\":\"simulated-chart-{MOST_CORES}-cores-layout-ms\",\"runs\":{layouts:.3?}}}");
}

/// Threads that compute only while they hold one lock.
fn gil() -> Scheduler {
    Scheduler { gil: true, ..Scheduler::new(Policy::FirstComeFirstServed, Workers::ThreadEach) }
}

fn tasks(count: u32, steps: impl Fn(u32) -> Vec<Step>) -> Vec<Task> {
    (0..count).map(|number| Task::new(format!("task {number}"), steps(number))).collect()
}

/// Computes for so many blocks, six of which are a millisecond.
fn compute(blocks: u32) -> Step {
    Step::Compute(Work::Sha256 { from: 0, to: blocks })
}

fn computing(count: u32, blocks: u32) -> Plan {
    Plan::of(tasks(count, |_| vec![compute(blocks)]))
}

/// Tasks that wait for a moment and compute for a moment, again and again.
fn waiting(count: u32, times: u32) -> Plan {
    let request = |id, delay_ms| {
        Step::Io(Request { id, target: Target::Slow { delay_ms, bytes: 0, failures: 0 }, timeout_ms: 0, retries: 0 })
    };
    Plan::of(tasks(count, |task| (0..times).flat_map(|k| [request(k, 5 + (task + k) % 20), compute(1)]).collect()))
}

/// Tasks that all want one lock, again and again.
fn locking(count: u32, times: u32) -> Plan {
    let once = || [Step::Acquire(0), compute(1), Step::Release(0), compute(2)];
    let objects = vec![Object { label: "lock".into(), kind: ObjectKind::Lock }];
    Plan { tasks: tasks(count, |_| (0..times).flat_map(|_| once()).collect()), objects }
}

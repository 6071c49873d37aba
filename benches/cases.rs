//! What is simulated to measure how fast that goes, natively and in the browser alike: plans with very many slices.

use interleave::engine::simulated::{Limits, Machine, Policy, Scheduler, Simulation, Workers};
use interleave::plan::{Object, ObjectKind, Plan, Request, Step, Target, Task, Work};
use interleave::trace::Trace;

/// A plan with what it is simulated on.
pub struct Case {
    pub name: &'static str,
    pub plan: Plan,
    pub cores: u32,
    pub scheduler: Scheduler,
}

/// All of them.
pub fn cases() -> Vec<Case> {
    let slices = Policy::RoundRobin { slice_ms: 1.0 };
    let feedback = Policy::Feedback { slices_ms: vec![1.0, 2.0, 4.0], boost_ms: Some(500.0) };
    let pool = Workers::Threads(16);
    let cases = vec![
        ("round-robin-1-core", computing(64, 6_000), 1, Scheduler::new(slices.clone(), Workers::ThreadEach)),
        ("round-robin-16-cores", computing(64, 6_000), 16, Scheduler::new(slices.clone(), Workers::ThreadEach)),
        ("round-robin-1024-cores", computing(2_048, 200), 1_024, Scheduler::new(slices, Workers::ThreadEach)),
        ("feedback-4-cores", computing(64, 6_000), 4, Scheduler::new(feedback, Workers::ThreadEach)),
        ("gil-4-cores", computing(8, 150_000), 4, gil()),
        ("event-loop", waiting(200, 1_000), 1, Scheduler::cooperative()),
        ("locks-4-cores", locking(16, 10_000), 4, Scheduler::new(Policy::FirstComeFirstServed, pool)),
        ("stealing-16-cores", waiting(200, 1_000), 16, Scheduler::new(Policy::WorkStealing, Workers::ThreadEach)),
    ];
    cases.into_iter().map(|(name, plan, cores, scheduler)| Case { name, plan, cores, scheduler }).collect()
}

impl Case {
    /// Simulates it from its start to its end; the trace, and how many slices were made on the way.
    pub fn simulate(&self) -> (Trace, usize) {
        let machine = Machine { switch_ms: 0.01, ..Machine::ideal(self.cores) };
        let limits = Limits { slices: 20_000_000, ..Limits::default() };
        let simulation = Simulation::new(&self.plan, &machine, &self.scheduler, limits);
        let mut simulation = simulation.expect("a plan that can be simulated");
        simulation.step(u64::MAX).expect("within the limits");
        let count = simulation.slices();
        (simulation.finish().expect("a run without defects").trace, count)
    }
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

//! Plans, machines and schedulers at random.

use interleave::engine::simulated::{Delay, Machine, Policy, Scheduler, Workers};
use interleave::plan::{How, ObjectKind, Plan, Step, Task};
use proptest::prelude::*;

use super::{compute, io, machine, sharing, tasks};

/// What the plans share, by number.
const OBJECTS: [(&str, ObjectKind); 8] = [
    ("lock A", ObjectKind::Lock),
    ("lock B", ObjectKind::Lock),
    ("again", ObjectKind::ReentrantLock),
    ("permits", ObjectKind::Semaphore { permits: 2 }),
    ("event", ObjectKind::Event),
    ("barrier", ObjectKind::Barrier { parties: 2 }),
    ("queue", ObjectKind::Queue { capacity: 2 }),
    ("counter", ObjectKind::Counter),
];
/// The ninth object.
const CONDITION: u32 = 8;

/// Steps that make sense together.
fn fragment() -> impl Strategy<Value = Vec<Step>> {
    let simple = prop_oneof![
        6 => (0..20_u32).prop_map(|ms| vec![compute(ms)]),
        3 => (0..30_u32).prop_map(|ms| vec![io(ms)]),
        1 => Just(vec![Step::Yield]),
        1 => Just(vec![Step::Set(4)]),
        1 => Just(vec![Step::Await(4)]),
        1 => Just(vec![Step::Arrive(5)]),
        2 => (0..9_u32).prop_map(|bytes| vec![Step::Put { queue: 6, value: 1, bytes }]),
        1 => Just(vec![Step::Take(6)]),
        1 => (0..400_u32, 0..4_u32).prop_map(|(times, how)| {
            let how = [How::Plain, How::Atomic, How::Local, How::Locked(0)][how as usize];
            vec![Step::Increment { counter: 7, times, how }]
        }),
        1 => any::<bool>().prop_map(|all| vec![Step::Notify { condition: CONDITION, all }]),
        1 => Just(vec![Step::Acquire(0), Step::Wait { condition: CONDITION, lock: 0 }, Step::Release(0)]),
    ];
    simple.prop_recursive(3, 12, 3, |inner| {
        (0..4_u32, prop::collection::vec(inner, 0..3)).prop_map(|(object, parts)| {
            let inside = parts.into_iter().flatten();
            std::iter::once(Step::Acquire(object)).chain(inside).chain([Step::Release(object)]).collect()
        })
    })
}

/// A plan that uses everything; it may come to a standstill.
pub fn anything() -> impl Strategy<Value = Plan> {
    let task = prop::collection::vec(fragment(), 0..5).prop_map(|parts| parts.concat());
    let extras = (0..6_u32, 0..40_u32, prop::option::of((0..8_usize, 0..8_usize)), prop::option::of(0..8_u32));
    prop::collection::vec((task, extras), 1..8).prop_map(|drawn| {
        let count = drawn.len();
        let mut objects = OBJECTS.to_vec();
        objects.push(("condition", ObjectKind::Condition));
        let mut plan = sharing(&objects, drawn.iter().map(|(steps, _)| steps.clone()).collect());
        for (number, (_, (priority, arrival_ms, spawned_by, joins))) in drawn.into_iter().enumerate() {
            plan.tasks[number] = Task { priority, arrival_ms, ..plan.tasks[number].clone() };
            if let Some(joined) = joins {
                plan.tasks[number].steps.push(Step::Join(joined % count as u32));
            }
            // Only by one before it, so that each can begin.
            if let Some((by, at)) = spawned_by.filter(|_| number > 0) {
                let steps = &mut plan.tasks[by % number].steps;
                steps.insert(at.min(steps.len()), Step::Spawn(number as u32));
            }
        }
        plan
    })
}

/// Tasks that share nothing: they compute and wait, and arrive when they like.
pub fn independent() -> impl Strategy<Value = Plan> {
    let step = prop_oneof![3 => (0..30_u32).prop_map(compute), 1 => (0..30_u32).prop_map(io)];
    let task = (prop::collection::vec(step, 0..5), 0..60_u32, 0..4_u32);
    prop::collection::vec(task, 1..12).prop_map(|drawn| {
        let all = tasks(drawn.iter().map(|(steps, ..)| steps.clone()).collect());
        let all = all.into_iter().zip(drawn);
        Plan::of(all.map(|(task, (_, arrival_ms, priority))| Task { arrival_ms, priority, ..task }).collect())
    })
}

/// Machines that take time for everything, and some that do not.
pub fn machines() -> impl Strategy<Value = Machine> {
    let delay = prop_oneof![
        Just(Delay::Fixed { ms: 0.0 }),
        Just(Delay::Uniform { from_ms: 1.0, to_ms: 9.0 }),
        Just(Delay::Exponential { mean_ms: 5.0 }),
        Just(Delay::LogNormal { median_ms: 5.0, sigma: 0.7 }),
    ];
    let costs = (0..3_u32, 0..3_u32, 0..3_u32);
    (1..6_u32, costs, delay, any::<u64>(), prop::option::of(1..3_u32)).prop_map(|(cores, costs, delay, seed, most)| {
        let mut machine = machine(cores);
        machine.switch_ms = f64::from(costs.0) * 0.25;
        machine.thread_start_ms = f64::from(costs.1) * 1.5;
        machine.process_start_ms = f64::from(costs.2) * 5.0;
        machine.copy_ms_per_byte = 0.125;
        machine.switch_interval_ms = 2.0;
        machine.speed.plain_ms = 0.01;
        machine.speed.locked_ms = 0.02;
        (machine.network.delay, machine.network.seed, machine.network.connections) = (delay, seed, most);
        machine
    })
}

/// Policies, and the workers that they go with.
pub fn schedulers(processes: bool) -> impl Strategy<Value = Scheduler> {
    let policy = prop_oneof![
        Just(Policy::RunToEnd),
        Just(Policy::FirstComeFirstServed),
        (1..8_u32).prop_map(|slice| Policy::RoundRobin { slice_ms: f64::from(slice) * 0.75 }),
        any::<bool>().prop_map(|preemptive| Policy::Priority { preemptive }),
        any::<bool>().prop_map(|preemptive| Policy::ShortestFirst { preemptive }),
        Just(Policy::WorkStealing),
        prop::option::of(5..40_u32)
            .prop_map(|boost| Policy::Feedback { slices_ms: vec![2.0, 4.0, 8.0], boost_ms: boost.map(f64::from) }),
    ];
    let workers = prop_oneof![
        Just(Workers::MainThread),
        Just(Workers::ThreadEach),
        (1..6_u32).prop_map(Workers::Threads),
        (1..4_u32).prop_map(Workers::EventLoops),
        Just(if processes { Workers::ProcessEach } else { Workers::ThreadEach }),
        (1..6_u32).prop_map(move |count| if processes {
            Workers::FreshProcesses(count)
        } else {
            Workers::Threads(count)
        }),
        (1..6_u32).prop_map(move |count| if processes { Workers::Processes(count) } else { Workers::Threads(count) }),
    ];
    let scheduler = (policy, workers, any::<bool>()).prop_map(|(policy, workers, gil)| {
        let gil = gil && matches!(workers, Workers::ThreadEach | Workers::Threads(_));
        Scheduler { gil, starved_after_ms: 50.0, ..Scheduler::new(policy, workers) }
    });
    scheduler.prop_filter("an event loop takes nobody's turn away", |scheduler| scheduler.check().is_ok())
}

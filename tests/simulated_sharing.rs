//! What tasks do to one another in virtual time, in cases small enough to be worked out by hand: ms of computing and waiting on a
//! machine on which nothing else takes time.
#![cfg(not(target_arch = "wasm32"))]

mod simulated_common;

use interleave::engine::simulated::{Limits, Policy, Scheduler, Simulated, Simulation, Workers, simulate};
use interleave::plan::catalogue::{DEADLOCK_WORKLOAD, PHILOSOPHERS_WORKLOAD, WORKLOADS};
use interleave::plan::{How, ObjectKind, Plan, Step, Values};
use interleave::trace::{Flow, FlowKind, MarkKind, ObjectId, State, TaskId};
use simulated_common::{compute, io, machine, run, sharing, tasks};

const FIFO: Policy = Policy::FirstComeFirstServed;

/// When tasks ended, ms from the start.
fn ends(run: &Simulated) -> Vec<f64> {
    run.tasks.iter().map(|task| task.arrival_ms.unwrap() + task.turnaround_ms.expect("it has ended")).collect()
}

/// Marks of a kind: who, when.
fn marks(run: &Simulated, kind: MarkKind) -> Vec<(u32, f64)> {
    let all = run.trace.lanes().iter().flat_map(|lane| lane.marks()).filter(|mark| mark.kind == kind);
    all.map(|mark| (mark.task.unwrap().0, mark.at_ms)).collect()
}

/// Flows of a kind: when they left and arrived.
fn flows(run: &Simulated, kind: FlowKind) -> Vec<(f64, f64)> {
    run.trace.flows().iter().filter(|flow| flow.kind == kind).map(|Flow { from, to, .. }| (from.1, to.1)).collect()
}

/// How long was waited for others, ms, and for which object.
fn waits(run: &Simulated) -> Vec<(ObjectId, f64)> {
    let waits = run.trace.slices().map(|(_, slice)| slice).filter(|slice| slice.state == State::WaitingForLock);
    waits.map(|slice| (slice.object().expect("somebody has it"), slice.duration_ms())).collect()
}

#[test]
fn a_lock_goes_to_who_came_first() {
    let hold = |before: u32| vec![compute(before), Step::Acquire(0), compute(10), Step::Release(0), compute(1)];
    let plan = sharing(&[("lock", ObjectKind::Lock)], vec![hold(3), hold(1), hold(2)]);
    // The second has it from 1 to 11, the third to 21, the first to 31.
    let run = run(&plan, 3, FIFO);
    assert_eq!(ends(&run), [32.0, 12.0, 22.0]);
    assert_eq!(flows(&run, FlowKind::LockHandOver), [(11.0, 11.0), (21.0, 21.0)]);
    assert_eq!(waits(&run), [(ObjectId(0), 18.0), (ObjectId(0), 9.0)]);
    let holds: Vec<_> = run.trace.holds().iter().map(|hold| (hold.task.0, hold.start_ms, hold.end_ms)).collect();
    assert_eq!(holds, [(1, 1.0, 11.0), (2, 11.0, 21.0), (0, 21.0, 31.0)]);
}

#[test]
fn two_locks_in_two_orders_are_a_circle() {
    let plan = (DEADLOCK_WORKLOAD.plan)(&Values::default());
    let stuck = run(&plan, 2, FIFO);
    let tasks = [TaskId(0), TaskId(1)];
    assert_eq!(
        (stuck.findings.unfinished.as_slice(), stuck.findings.cycles.as_slice()),
        (&tasks[..], &[tasks.to_vec()][..])
    );
    let waiter = &stuck.findings.stuck[0];
    assert_eq!((waiter.task, waiter.waits_for, waiter.holds.as_slice()), (TaskId(0), ObjectId(1), &[ObjectId(0)][..]));
    let words = "thread 1 holds lock A and waits for lock B; thread 2 holds lock B and waits for lock A";
    assert_eq!(stuck.standstill().as_deref(), Some(words));
    let marks = marks(&stuck, MarkKind::Deadlock);
    assert_eq!(marks.len(), 2);
    assert!(marks[0].1 < stuck.trace.end_ms(), "its last moments are shown");
    let philosophers = run(&(PHILOSOPHERS_WORKLOAD.plan)(&Values::default()), 8, FIFO);
    assert_eq!(philosophers.findings.cycles[0].len(), philosophers.tasks.len());
}

#[test]
fn who_waits_for_itself_is_a_circle_alone() {
    let steps = vec![Step::Acquire(0), compute(1), Step::Acquire(0)];
    assert_eq!(run(&sharing(&[("lock", ObjectKind::Lock)], vec![steps]), 1, FIFO).findings.cycles, [[TaskId(0)]]);
    let run = run(&Plan::of(tasks(vec![vec![Step::Join(1)], vec![compute(1), Step::Join(0)]])), 2, FIFO);
    assert_eq!(run.findings.cycles, [[TaskId(0), TaskId(1)]]);
}

#[test]
fn a_notification_before_the_wait_is_lost() {
    let objects = [("lock", ObjectKind::Lock), ("ready", ObjectKind::Condition)];
    let wait = |before| {
        vec![compute(before), Step::Acquire(0), Step::Wait { condition: 1, lock: 0 }, compute(2), Step::Release(0)]
    };
    let notify =
        |all| vec![compute(10), Step::Acquire(0), Step::Notify { condition: 1, all }, compute(5), Step::Release(0)];
    let late = run(&sharing(&objects, vec![wait(20), notify(false)]), 2, FIFO);
    let lost = &late.findings.lost_wake_ups[0];
    assert_eq!((lost.notifier, lost.at_ms, lost.waiter, lost.waits_from_ms), (TaskId(1), 10.0, TaskId(0), 20.0));
    assert_eq!((marks(&late, MarkKind::LostWakeUp), marks(&late, MarkKind::Deadlock)), (vec![(0, 20.0)], vec![]));
    // In time: it is woken at 10, has the lock back at 15, and is done at 17.
    let in_time = run(&sharing(&objects, vec![wait(1), notify(false)]), 2, FIFO);
    assert_eq!((ends(&in_time), in_time.findings.stuck.len()), (vec![17.0, 15.0], 0));
    // One of two is woken, or both: the second has the lock when the first has let go of it.
    let one = run(&sharing(&objects, vec![wait(1), wait(2), notify(false)]), 3, FIFO);
    assert_eq!((one.findings.unfinished, one.findings.lost_wake_ups), (vec![TaskId(1)], vec![]));
    let both = run(&sharing(&objects, vec![wait(1), wait(2), notify(true)]), 3, FIFO);
    assert_eq!(ends(&both), [17.0, 19.0, 15.0]);
}

#[test]
fn who_is_passed_over_for_too_long_is_starved() {
    let mut plan = simulated_common::bursts(&[2_500, 10]);
    plan.tasks[1].priority = 1;
    let run = run(&plan, 1, Policy::Priority { preemptive: true });
    assert_eq!(marks(&run, MarkKind::Starvation), [(1, 1_000.0)]);
    let starved = run.findings.starved[0];
    assert_eq!((starved.task, starved.from_ms, starved.to_ms), (TaskId(1), 0.0, 2_500.0));
}

#[test]
fn a_task_starts_another_and_waits_for_its_end() {
    let plan = Plan::of(tasks(vec![
        vec![compute(5), Step::Spawn(1), compute(2), Step::Join(1), compute(1)],
        vec![compute(10)],
    ]));
    let run = run(&plan, 2, FIFO);
    assert_eq!(ends(&run), [16.0, 15.0]);
    assert_eq!((flows(&run, FlowKind::Spawn), flows(&run, FlowKind::Wake)), (vec![(5.0, 5.0)], vec![(15.0, 15.0)]));
    assert_eq!(run.trace.objects(), ["the end of P2"]);
}

#[test]
fn messages_wait_in_a_queue_that_holds_so_many() {
    let put = || Step::Put { queue: 0, value: 1, bytes: 8 };
    let makes = vec![put(), put(), put(), compute(1)];
    let uses = vec![compute(4), Step::Take(0), compute(4), Step::Take(0), Step::Take(0)];
    let run = run(&sharing(&[("queue", ObjectKind::Queue { capacity: 2 })], vec![makes, uses]), 2, FIFO);
    // The third message has room at 4.
    assert_eq!(ends(&run), [5.0, 8.0]);
    assert_eq!(flows(&run, FlowKind::Message), [(0.0, 4.0), (0.0, 8.0), (4.0, 8.0)]);
    let depth: Vec<_> = run.trace.counters()[0].samples.iter().map(|(_, depth)| *depth).collect();
    assert_eq!(depth, [1.0, 2.0, 1.0, 2.0, 1.0, 0.0]);
}

#[test]
fn an_event_loop_switches_only_where_a_task_waits_or_yields() {
    let scheduler = Scheduler::cooperative();
    let plan = Plan::of(tasks(vec![
        vec![compute(10), io(5), compute(1)],
        vec![io(3), compute(1)],
        vec![compute(2), Step::Yield, compute(2)],
    ]));
    let run = simulate(&plan, &machine(4), &scheduler).unwrap();
    // The first keeps the loop until 10; the second asks then, the third computes until 12 and yields to nobody. The second has its
    // answer at 13, but the loop only at 14; the first has its at 15.
    assert_eq!(ends(&run), [16.0, 15.0, 14.0]);
    assert_eq!(marks(&run, MarkKind::Yield), [(2, 12.0)]);
    assert_eq!(interleave::trace::stats::stats(&run.trace).peak_running, 1);
}

#[test]
fn a_plain_loop_waits_where_others_could_compute() {
    let plan = Plan::of(tasks(vec![vec![io(10), compute(5)], vec![compute(7)]]));
    let on = |policy| ends(&simulate(&plan, &machine(1), &Scheduler::new(policy, Workers::MainThread)).unwrap());
    assert_eq!(on(Policy::RunToEnd), [15.0, 22.0]);
    assert_eq!(ends(&run(&plan, 1, FIFO)), [15.0, 7.0]);
    assert_eq!(ends(&run(&plan, 1, Policy::RunToEnd)), [15.0, 22.0]);
}

#[test]
fn a_gil_changes_hands_after_a_switch_interval_and_at_waits() {
    let plan = Plan::of(tasks(vec![vec![compute(12)], vec![compute(3), io(4), compute(1)]]));
    let scheduler = Scheduler { gil: true, ..Scheduler::new(FIFO, Workers::ThreadEach) };
    // The first has it until it is asked at 5; the second until it waits at 8; the first until it ends at 15, being asked for it by the
    // second from 12 on, which would have had it at 17.
    let run = simulate(&plan, &machine(2), &scheduler).unwrap();
    assert_eq!(ends(&run), [15.0, 16.0]);
    assert_eq!(marks(&run, MarkKind::SwitchRequested), [(1, 5.0)]);
    assert_eq!(waits(&run).iter().map(|(_, ms)| *ms).collect::<Vec<_>>(), [3.0, 5.0, 3.0]);
}

#[test]
fn plain_increments_at_the_same_time_are_lost() {
    let count = |how| vec![Step::Increment { counter: 0, times: 1_000, how }];
    let objects = [("counter", ObjectKind::Counter), ("lock", ObjectKind::Lock)];
    let value = |how, cores, slice_ms| {
        let mut machine = machine(cores);
        (machine.speed.plain_ms, machine.speed.atomic_ms) = (0.01, 0.01);
        let plan = sharing(&objects, vec![count(how), count(how)]);
        let scheduler = Scheduler::new(Policy::RoundRobin { slice_ms }, Workers::ThreadEach);
        simulate(&plan, &machine, &scheduler).unwrap().objects[0]
    };
    for (how, counted) in [(How::Plain, 1_000), (How::Atomic, 2_000), (How::Local, 2_000), (How::Locked(1), 2_000)] {
        assert_eq!(value(how, 2, 1.0), counted, "{how:?}");
    }
    // On one core, who loses it between a load and its store overwrites what the other did meanwhile. Of slices of 99.5 increments every
    // second one ends so: of 200 increments of both 50 are lost on average.
    assert_eq!(value(How::Plain, 1, 1.0), 2_000, "a time slice of a whole number of increments loses none");
    assert_eq!(value(How::Plain, 1, 0.995), 1_500);
}

#[test]
fn requests_wait_for_a_connection_and_may_fail() {
    let plan = Plan::of(tasks(vec![vec![io(10)], vec![io(10)], vec![io(10)]]));
    let mut machine = machine(1);
    machine.network.connections = Some(2);
    let scheduler = Scheduler::new(FIFO, Workers::ThreadEach);
    assert_eq!(ends(&simulate(&plan, &machine, &scheduler).unwrap()), [10.0, 10.0, 20.0]);
    let mut late = io(10);
    if let Step::Io(request) = &mut late {
        (request.timeout_ms, request.retries) = (4, 1);
    }
    let run = simulate(&Plan::of(tasks(vec![vec![late, compute(9)]])), &machine, &scheduler).unwrap();
    assert_eq!(ends(&run), [8.0], "a task ends with its last attempt");
    assert_eq!((marks(&run, MarkKind::RequestFailed).len(), marks(&run, MarkKind::Failed)), (2, vec![(0, 8.0)]));
}

#[test]
fn workers_take_time_to_come_up_and_processes_to_copy() {
    let mut plan = simulated_common::bursts(&[10, 10, 10]);
    plan.tasks.iter_mut().for_each(|task| (task.argument_bytes, task.result_bytes) = (100, 50));
    let mut machine = machine(2);
    (machine.thread_start_ms, machine.process_start_ms, machine.copy_ms_per_byte) = (1.0, 20.0, 0.01);
    let on = |workers| ends(&simulate(&plan, &machine, &Scheduler::new(FIFO, workers)).unwrap());
    assert_eq!(on(Workers::Threads(2)), [11.0, 11.0, 21.0]);
    assert_eq!(on(Workers::Processes(2)), [31.5, 31.5, 43.0]);
    assert_eq!(on(Workers::FreshProcesses(2)), [31.5, 31.5, 63.0]);
    assert_eq!(on(Workers::FreshProcesses(1)), [31.5, 63.0, 94.5]);
}

#[test]
fn every_plan_of_the_catalogue_can_be_simulated() {
    for workload in WORKLOADS.iter().filter(|workload| !["panicking", "endless"].contains(&workload.id)) {
        let plan = (workload.plan)(&Values::default());
        let run = run(&plan, 4, Policy::RoundRobin { slice_ms: 5.0 });
        let is_deadlock = ["deadlock", "philosophers"].contains(&workload.id);
        assert_eq!(run.findings.unfinished.is_empty(), !is_deadlock, "{}", workload.id);
    }
}

#[test]
fn a_run_that_is_too_long_is_given_up_and_says_so() {
    let plan = simulated_common::bursts(&[1_000, 1_000]);
    let scheduler = Scheduler::new(Policy::RoundRobin { slice_ms: 0.5 }, Workers::ThreadEach);
    let says =
        |limits| Simulation::new(&plan, &machine(1), &scheduler, limits).unwrap().finish().unwrap_err().to_string();
    let few = Limits { slices: 500, ..Limits::default() };
    assert_eq!(says(few), "the run has more than 500 slices; a shorter plan or longer time slices would have fewer");
    let short = Limits { instants: 500, ..Limits::default() };
    assert_eq!(says(short), "the run has more than 500 events; a shorter plan or longer time slices would have fewer");
    let mut simulation = Simulation::new(&plan, &machine(1), &scheduler, Limits::default()).unwrap();
    assert_eq!((simulation.step(10), simulation.progress()), (Ok(false), (0, 2)));
    assert!(simulation.slices() > 10);
    assert_eq!((simulation.step(u64::MAX), simulation.progress()), (Ok(true), (2, 2)));
}

#[test]
fn idle_cores_are_lanes_too_and_have_a_utilisation() {
    let run = run(&simulated_common::bursts(&[10, 20]), 4, FIFO);
    let shares: Vec<f64> = run.utilisation().into_iter().map(|(_, share)| share).collect();
    assert_eq!(shares, [0.5, 1.0, 0.0, 0.0]);
    assert_eq!((run.makespan_ms(), run.stats().running_ms, run.stats().peak_running), (20.0, 30.0, 2));
}

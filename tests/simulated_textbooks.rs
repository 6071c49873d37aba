//! The standard examples of two textbooks, with the times that can be worked out by hand; the working stands beside each.
//!
//! - Silberschatz, Galvin, Gagne: Operating System Concepts, 10th edition (2018), section 5.3.
//! - Arpaci-Dusseau, Arpaci-Dusseau: Operating Systems: Three Easy Pieces, chapters 7 and 8.
#![cfg(not(target_arch = "wasm32"))]

mod simulated_common;

use interleave::engine::simulated::{Policy, Simulated};
use interleave::plan::{Plan, Task};
use simulated_common::{arriving, bursts, run};

/// Waiting time of each task, ms.
fn waiting(run: &Simulated) -> Vec<f64> {
    run.tasks.iter().map(|task| task.waiting_ms).collect()
}

fn turnaround(run: &Simulated) -> Vec<f64> {
    run.tasks.iter().map(|task| task.turnaround_ms.expect("it has ended")).collect()
}

fn response(run: &Simulated) -> Vec<f64> {
    run.tasks.iter().map(|task| task.response_ms.expect("it has begun")).collect()
}

/// Section 5.3.1: P1 of 24 ms, P2 and P3 of 3 ms, which come in this order.
#[test]
fn first_come_first_served() {
    // P1 0…24, P2 24…27, P3 27…30: (0 + 24 + 27) / 3 = 17.
    let long_first = run(&bursts(&[24, 3, 3]), 1, Policy::FirstComeFirstServed);
    assert_eq!(waiting(&long_first), [0.0, 24.0, 27.0]);
    assert_eq!(long_first.mean_ms(|task| Some(task.waiting_ms)), Some(17.0));
    // The short ones first: 0…3, 3…6, 6…30: (0 + 3 + 6) / 3 = 3.
    let long_last = run(&bursts(&[3, 3, 24]), 1, Policy::FirstComeFirstServed);
    assert_eq!(waiting(&long_last), [0.0, 3.0, 6.0]);
    assert_eq!(long_last.makespan_ms(), 30.0);
}

/// Section 5.3.2: 6, 8, 7 and 3 ms, all there at 0.
#[test]
fn shortest_first() {
    // P4 0…3, P1 3…9, P3 9…16, P2 16…24: (3 + 16 + 9 + 0) / 4 = 7.
    let run = run(&bursts(&[6, 8, 7, 3]), 1, Policy::ShortestFirst { preemptive: false });
    assert_eq!(waiting(&run), [3.0, 16.0, 9.0, 0.0]);
    assert_eq!(run.mean_ms(|task| Some(task.waiting_ms)), Some(7.0));
}

/// Section 5.3.2: 8, 4, 9 and 5 ms, one ms after another.
#[test]
fn shortest_remaining_time_first() {
    let plan = arriving(bursts(&[8, 4, 9, 5]), &[0, 1, 2, 3]);
    // P1 0…1; at 1 P2 has 4 left and P1 7: P2 1…5. Then P4 with 5: 5…10, P1 with 7: 10…17, P3 17…26.
    // P1 waits 10 − 1, P2 0, P3 17 − 2, P4 5 − 3: 26 / 4 = 6.5.
    let run_ = run(&plan, 1, Policy::ShortestFirst { preemptive: true });
    assert_eq!(waiting(&run_), [9.0, 0.0, 15.0, 2.0]);
    assert_eq!(run_.mean_ms(|task| Some(task.waiting_ms)), Some(6.5));
    // Without preemption P1 0…8, P2 8…12, P4 12…17, P3 17…26: (0 + 7 + 15 + 9) / 4 = 7.75.
    let patient = run(&plan, 1, Policy::ShortestFirst { preemptive: false });
    assert_eq!(waiting(&patient), [0.0, 7.0, 15.0, 9.0]);
    assert_eq!(patient.mean_ms(|task| Some(task.waiting_ms)), Some(7.75));
}

/// Section 5.3.3: 24, 3 and 3 ms with a time slice of 4 ms.
#[test]
fn round_robin() {
    // P1 0…4, P2 4…7, P3 7…10, then P1 alone 10…30. P1 waits 10 − 4, P2 4, P3 7: 17 / 3.
    let run = run(&bursts(&[24, 3, 3]), 1, Policy::RoundRobin { slice_ms: 4.0 });
    assert_eq!(waiting(&run), [6.0, 4.0, 7.0]);
    assert_eq!(turnaround(&run), [30.0, 7.0, 10.0]);
}

fn with_priorities(plan: Plan, priorities: &[u32]) -> Plan {
    let tasks = plan.tasks.into_iter().zip(priorities).map(|(task, priority)| Task { priority: *priority, ..task });
    Plan { tasks: tasks.collect(), ..plan }
}

/// Section 5.3.4: 10, 1, 2, 1 and 5 ms with the priorities 3, 1, 4, 5 and 2, the lowest being the most urgent.
#[test]
fn priorities() {
    // P2 0…1, P5 1…6, P1 6…16, P3 16…18, P4 18…19: (6 + 0 + 16 + 18 + 1) / 5 = 8.2.
    let plan = with_priorities(bursts(&[10, 1, 2, 1, 5]), &[3, 1, 4, 5, 2]);
    let all_there = run(&plan, 1, Policy::Priority { preemptive: false });
    assert_eq!(waiting(&all_there), [6.0, 0.0, 16.0, 18.0, 1.0]);
    assert_eq!(all_there.mean_ms(|task| Some(task.waiting_ms)), Some(8.2));
}

/// The difference that section 5.3.4 describes: one that is more urgent arrives while another runs.
#[test]
fn priorities_with_and_without_preemption() {
    let plan = arriving(with_priorities(bursts(&[10, 4]), &[2, 1]), &[0, 3]);
    // P1 0…3, P2 3…7, P1 7…14; or P1 0…10, P2 10…14.
    assert_eq!(waiting(&run(&plan, 1, Policy::Priority { preemptive: true })), [4.0, 0.0]);
    assert_eq!(waiting(&run(&plan, 1, Policy::Priority { preemptive: false })), [0.0, 7.0]);
}

/// Section 5.3.6: queues with 8 and with 16 ms, and one in which a task stays until it is done.
#[test]
fn feedback_queue_of_three_levels() {
    let policy = Policy::Feedback { slices_ms: vec![8.0, 16.0, 1_000.0], boost_ms: None };
    let run = run(&bursts(&[5, 20, 40]), 1, policy);
    // First level: P1 0…5, done; P2 5…13, 12 left; P3 13…21, 32 left. Second: P2 21…33, done; P3 33…49, 16 left. Third: P3 49…65.
    // P1 waits 0, P2 5 + (21 − 13), P3 13 + (33 − 21).
    assert_eq!(waiting(&run), [0.0, 13.0, 25.0]);
    assert_eq!(turnaround(&run), [5.0, 33.0, 65.0]);
}

/// Chapter 7: one job of 100 s at 0, two of 10 s at 10 s; here in ms.
#[test]
fn shortest_time_to_completion_first() {
    let plan = arriving(bursts(&[100, 10, 10]), &[0, 10, 10]);
    // A 0…10, B 10…20, C 20…30, A 30…120: turnaround 120, 10 and 20, on average 50.
    let run = run(&plan, 1, Policy::ShortestFirst { preemptive: true });
    assert_eq!(turnaround(&run), [120.0, 10.0, 20.0]);
    assert_eq!(run.mean_ms(|task| task.turnaround_ms), Some(50.0));
}

/// Chapter 7: three jobs of 5 s, time slices of 1 s; here in ms.
#[test]
fn response_against_turnaround() {
    // In turn: they begin at 0, 1 and 2, and end at 13, 14 and 15.
    let in_turn = run(&bursts(&[5, 5, 5]), 1, Policy::RoundRobin { slice_ms: 1.0 });
    assert_eq!((response(&in_turn), turnaround(&in_turn)), (vec![0.0, 1.0, 2.0], vec![13.0, 14.0, 15.0]));
    // One after another: they begin at 0, 5 and 10, and end at 5, 10 and 15.
    let one_by_one = run(&bursts(&[5, 5, 5]), 1, Policy::ShortestFirst { preemptive: false });
    assert_eq!((response(&one_by_one), turnaround(&one_by_one)), (vec![0.0, 5.0, 10.0], vec![5.0, 10.0, 15.0]));
}

/// Chapter 8: a job of 200 ms, and one of 20 ms that comes at 100; three levels of 10 ms.
#[test]
fn along_came_a_short_job() {
    let plan = arriving(bursts(&[200, 20]), &[0, 100]);
    let policy = Policy::Feedback { slices_ms: vec![10.0; 3], boost_ms: None };
    // A is on the last level from 20 on. B comes first at 100, stays before A on the second level, and ends at 120; A at 220.
    let run = run(&plan, 1, policy);
    assert_eq!((response(&run), turnaround(&run)), (vec![0.0, 0.0], vec![220.0, 20.0]));
    assert_eq!(waiting(&run), [20.0, 0.0]);
}

/// Chapter 8: without a boost a long job starves behind short ones that come again and again; with one it goes on now and then.
#[test]
fn a_boost_keeps_a_long_job_going() {
    // A computes 40 ms. From 20 on another job of 10 ms comes every 10 ms, twenty times: the core is never without one.
    let arrivals: Vec<u32> = std::iter::once(0).chain((0..20).map(|k| 20 + 10 * k)).collect();
    let lengths: Vec<u32> = std::iter::once(40).chain([10; 20]).collect();
    let plan = arriving(bursts(&lengths), &arrivals);
    let feedback = |boost_ms| Policy::Feedback { slices_ms: vec![10.0; 3], boost_ms };
    // A 0…20, then the others until 220, then A again: its other 20 ms end at 240.
    let starved = run(&plan, 1, feedback(None));
    assert_eq!(turnaround(&starved)[0], 240.0);
    // Every 50 ms it is on the first level again, and has its turn there.
    let boosted = run(&plan, 1, feedback(Some(50.0)));
    assert!(turnaround(&boosted)[0] < 200.0, "{:?}", turnaround(&boosted));
}

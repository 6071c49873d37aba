//! The laws of the numbers derived from a trace, and the textbook cases in which they are known.
#![cfg(not(target_arch = "wasm32"))]

mod trace_common;

use interleave::trace::stats::{Stats, frame_gaps, speed_up, stats};
use interleave::trace::{LaneId, LaneKind, Mark, MarkKind, Recorder, Slice, State, TaskId, Trace};
use proptest::prelude::*;
use trace_common::provenance;

/// The rounding of sums of a few hundred numbers.
const ROUNDING: f64 = 1e-9;

/// (gap before it, length) in ms and state of each slice of each lane.
type Lanes = Vec<Vec<(f64, f64, State)>>;

fn lanes(states: &'static [State]) -> impl Strategy<Value = Lanes> {
    let length = prop_oneof![1 => Just(0.0), 6 => 0.0..20.0];
    let slice = (length.clone(), length, prop::sample::select(states));
    prop::collection::vec(prop::collection::vec(slice, 0..20), 1..6)
}

/// A trace with a worker per list of slices, each slice a task of its own.
fn workers(lanes: &Lanes) -> Trace {
    let count = lanes.iter().map(Vec::len).sum::<usize>();
    let mut recorder = Recorder::new((0..count).map(|task| format!("task {task}")));
    let mut tasks = (0..).map(TaskId);
    for slices in lanes {
        let lane = recorder.add_lane(LaneKind::Thread, "thread").expect("a few lanes");
        let mut at_ms = 0.0;
        for (gap_ms, length_ms, state) in slices {
            let start_ms = at_ms + gap_ms;
            at_ms = start_ms + length_ms;
            let slice = Slice::new(tasks.next(), *state, start_ms, at_ms);
            recorder.slice(lane, slice).expect("slices one after another");
        }
    }
    recorder.finish(provenance()).expect("nothing is open")
}

proptest! {
    #[test]
    fn numbers_stay_within_what_can_be(lanes in lanes(&State::ALL)) {
        let stats = stats(&workers(&lanes));
        let count = lanes.len();
        prop_assert_eq!(stats.utilisation.len(), count);
        for (lane, share) in &stats.utilisation {
            prop_assert!((0.0..=1.0).contains(share), "{:?}: {}", lane, share);
        }
        let capacity_ms = count as f64 * stats.makespan_ms;
        prop_assert!(stats.running_ms + stats.waiting_ms <= capacity_ms * (1.0 + ROUNDING));
        prop_assert!(stats.peak_running <= stats.peak_in_progress);
        prop_assert!(stats.peak_in_progress as usize <= count);
        prop_assert!(stats.overlap <= f64::from(stats.peak_in_progress) + ROUNDING);
        prop_assert!(stats.overlap == 0.0 || stats.overlap >= 1.0 - ROUNDING);
    }

    #[test]
    fn utilisation_adds_up_to_the_time_spent_running(lanes in lanes(&[State::Running, State::WaitingForIo])) {
        let stats = stats(&workers(&lanes));
        let running_ms: f64 = stats.utilisation.iter().map(|(_, share)| share * stats.makespan_ms).sum();
        prop_assert!((running_ms - stats.running_ms).abs() <= ROUNDING * (1.0 + stats.running_ms));
    }

    #[test]
    fn a_lane_without_a_gap_is_used_fully_and_not_more(mut steps in prop::collection::vec(1..30_000_u32, 1..50)) {
        steps.sort_unstable();
        let share = used_without_a_gap(&steps);
        prop_assert!(share <= 1.0 && share > 1.0 - ROUNDING, "{}", share);
    }

    #[test]
    fn one_after_another_has_an_overlap_of_one(mut lanes in lanes(&State::ALL)) {
        lanes.truncate(1);
        let stats = stats(&workers(&lanes));
        prop_assert!(stats.peak_in_progress <= 1);
        let nothing = lanes[0].iter().all(|(_, length_ms, _)| *length_ms == 0.0);
        let expected = if nothing { 0.0 } else { 1.0 };
        prop_assert!((stats.overlap - expected).abs() < 1e-6, "{}", stats.overlap);
    }

    #[test]
    fn the_same_on_every_lane_has_an_overlap_of_their_number(copies in 1..6_usize, slices in lanes(&State::ALL)) {
        let stats = stats(&workers(&vec![slices[0].clone(); copies]));
        prop_assert!(stats.overlap == 0.0 || (stats.overlap - copies as f64).abs() < 1e-6);
        prop_assert!(stats.peak_in_progress == 0 || stats.peak_in_progress as usize == copies);
    }

    #[test]
    fn gaps_between_frames_cover_the_watched_time(frames in prop::collection::vec(0.0..40.0, 0..50), rest in 0.0..90.0) {
        let (trace, end_ms) = frames_drawn(&frames, rest);
        let gaps: Vec<_> = frame_gaps(&trace).expect("a heartbeat").collect();
        prop_assert_eq!(gaps.len(), frames.len() + 1);
        prop_assert!(gaps.iter().all(|(from, to)| from <= to));
        prop_assert!(gaps.windows(2).all(|pair| pair[0].1 == pair[1].0));
        prop_assert_eq!((gaps[0].0, gaps[gaps.len() - 1].1), (0.0, end_ms));
        let longest = gaps.iter().map(|(from, to)| to - from).fold(0.0, f64::max);
        prop_assert_eq!(stats(&trace).longest_frame_gap_ms, Some(longest));
    }

    #[test]
    fn speed_ups_multiply_back(first in 0.1..1e4, this in 0.1..1e4) {
        let factor = speed_up(first, this).expect("both took time");
        prop_assert!((factor * this - first).abs() < 1e-6);
    }
}

/// The utilisation of a lane whose slices end at these steps of a clock of 0.1 ms, each beginning where the last one ended.
fn used_without_a_gap(steps: &[u32]) -> f64 {
    let mut recorder = Recorder::new(["only task"]);
    let lane = recorder.add_lane(LaneKind::Thread, "thread").expect("one lane");
    let mut start_ms = 0.0;
    for end_ms in steps.iter().map(|steps| f64::from(*steps) * 0.1) {
        let slice = Slice::new(Some(TaskId(0)), State::Running, start_ms, end_ms);
        recorder.slice(lane, slice).expect("slices one after another");
        start_ms = end_ms;
    }
    stats(&recorder.finish(provenance()).expect("nothing is open")).utilisation[0].1
}

/// A trace that watched frames, each so many ms after the one before it, and then `rest_ms` without any; and its end, ms.
fn frames_drawn(after_ms: &[f64], rest_ms: f64) -> (Trace, f64) {
    let mut recorder = Recorder::new(Vec::<String>::new());
    let page = recorder.add_lane(LaneKind::Heartbeat, "page").expect("one lane");
    let mut at_ms = 0.0;
    for after_ms in after_ms {
        at_ms += after_ms;
        recorder.mark(page, Mark { at_ms, task: None, kind: MarkKind::Frame }).expect("frames in order");
    }
    let trace = recorder.snapshot(at_ms + rest_ms, provenance()).expect("a time");
    (trace, at_ms + rest_ms)
}

#[test]
fn two_threads_with_two_tasks_each() {
    let trace = workers(&vec![
        vec![(0.0, 40.0, State::Running), (0.0, 60.0, State::Running)],
        vec![(20.0, 40.0, State::Running), (0.0, 10.0, State::WaitingForIo)],
    ]);
    let expected = Stats {
        makespan_ms: 100.0,
        running_ms: 140.0,
        waiting_ms: 10.0,
        peak_in_progress: 2,
        peak_running: 2,
        overlap: 1.5,
        utilisation: vec![(LaneId(0), 1.0), (LaneId(1), 0.4)],
        longest_frame_gap_ms: None,
    };
    assert_eq!(stats(&trace), expected);
}

#[test]
fn differences_that_add_up_to_a_rounding_more_than_the_whole() {
    assert_eq!(used_without_a_gap(&[7, 18]), 1.0);
}

#[test]
fn nothing_comes_to_nothing() {
    let expected = Stats {
        makespan_ms: 0.0,
        running_ms: 0.0,
        waiting_ms: 0.0,
        peak_in_progress: 0,
        peak_running: 0,
        overlap: 0.0,
        utilisation: vec![(LaneId(0), 0.0)],
        longest_frame_gap_ms: None,
    };
    assert_eq!(stats(&workers(&vec![vec![]])), expected);
    assert_eq!((speed_up(0.0, 5.0), speed_up(5.0, 0.0)), (None, None));
}

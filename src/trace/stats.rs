//! Numbers derived from a trace. Nothing here is stored: the same trace gives the same numbers, live or years later.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::{Lane, LaneId, LaneKind, MarkKind, Slice, State, Trace};

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Stats {
    /// From the start of the run to the end of its last slice, ms.
    pub makespan_ms: f64,
    /// Time spent computing, added up over all lanes, ms.
    pub running_ms: f64,
    /// Time spent waiting for I/O, added up over all lanes, ms.
    pub waiting_ms: f64,
    /// Most tasks in progress (in a slice of any state) at one instant.
    pub peak_in_progress: u32,
    /// Most lanes running at one instant: above 1 means parallel.
    pub peak_running: u32,
    /// Mean number of tasks in progress while any is: time in slices of tasks / time in which at least one is in progress.
    /// 1.0 is strictly one after another. 0 for a trace without tasks.
    pub overlap: f64,
    /// For each worker lane, the share of the makespan in which it was running, 0…1.
    pub utilisation: Vec<(LaneId, f64)>,
    /// Longest time between two frames that the page drew, ms, the edges of the watched time counting as frames; `None`
    /// without a heartbeat lane.
    pub longest_frame_gap_ms: Option<f64>,
}

/// Derives the numbers of `trace`.
pub fn stats(trace: &Trace) -> Stats {
    let makespan_ms = slices(trace).map(|slice| slice.end_ms).fold(0.0, f64::max);
    let total = |state| sum_ms(slices(trace).filter(|slice| slice.state == state));
    let of_tasks = || slices(trace).filter(|slice| slice.task.is_some());
    let (peak_in_progress, covered_ms) = depth(trace, |slice| slice.task.is_some());
    let (peak_running, _) = depth(trace, |slice| slice.task.is_some() && slice.state == State::Running);
    Stats {
        makespan_ms,
        running_ms: total(State::Running),
        waiting_ms: total(State::WaitingForIo),
        peak_in_progress,
        peak_running,
        overlap: ratio(sum_ms(of_tasks()), covered_ms),
        utilisation: utilisation_of(trace, LaneKind::is_worker),
        longest_frame_gap_ms: longest_frame_gap(trace).map(|(from, to)| to - from),
    }
}

/// How many times faster `makespan_ms` is than `reference_ms`; `None` if either took no time that could be measured.
pub fn speed_up(reference_ms: f64, makespan_ms: f64) -> Option<f64> {
    (reference_ms > 0.0 && makespan_ms > 0.0).then(|| reference_ms / makespan_ms)
}

/// The longest stretch (start and end, ms) in which the page drew no frame; `None` without a heartbeat lane.
pub fn longest_frame_gap(trace: &Trace) -> Option<(f64, f64)> {
    frame_gaps(trace)?.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
}

/// The stretches (start and end, ms) between one drawn frame and the next, from the start of the run to the end of what was
/// watched; `None` without a heartbeat lane.
pub fn frame_gaps(trace: &Trace) -> Option<impl Iterator<Item = (f64, f64)>> {
    let heartbeat = trace.lanes().iter().find(|lane| lane.kind() == LaneKind::Heartbeat)?;
    let frames = heartbeat.marks().iter().filter(|mark| mark.kind == MarkKind::Frame).map(|mark| mark.at_ms);
    let edges = frames.chain([trace.end_ms()]);
    Some(edges.scan(0.0, |last, at| Some((std::mem::replace(last, at), at))))
}

/// The slices that count. A worker does one thing at a time: what lies within another slice of it is not done besides.
fn slices(trace: &Trace) -> impl Iterator<Item = &Slice> {
    trace.lanes().iter().filter(|lane| counts(lane)).flat_map(Lane::slices)
}

fn is_nested(lane: &Lane) -> bool {
    lane.kind().is_worker() && lane.below().is_some()
}

fn counts(lane: &Lane) -> bool {
    !is_nested(lane) && !lane.kind().repeats_others()
}

/// For each lane of a `wanted` kind, the share of the makespan in which it was running, 0…1.
pub fn utilisation_of(trace: &Trace, wanted: impl Fn(LaneKind) -> bool) -> Vec<(LaneId, f64)> {
    let makespan_ms = slices(trace).map(|slice| slice.end_ms).fold(0.0, f64::max);
    let lanes = trace.lanes().iter().enumerate().filter(|(_, lane)| wanted(lane.kind()) && !is_nested(lane));
    lanes
        .map(|(index, lane)| {
            let running = lane.slices().iter().filter(|slice| slice.state == State::Running);
            // A sum of differences may come out a rounding above the whole.
            (LaneId(index as u16), ratio(sum_ms(running), makespan_ms).min(1.0))
        })
        .collect()
}

fn sum_ms<'a>(slices: impl Iterator<Item = &'a Slice>) -> f64 {
    // Not `sum`, which makes -0 of nothing.
    slices.map(Slice::duration_ms).fold(0.0, |sum, ms| sum + ms)
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Greatest number of those `wanted` slices that hold at one instant, and the time (ms) in which at least one holds. Slices that
/// only touch do not overlap; one of no length holds at no instant.
///
/// Lanes are in order already and are merged: to sort the slices anew would take a large trace's memory once more.
fn depth(trace: &Trace, wanted: impl Fn(&Slice) -> bool) -> (u32, f64) {
    let lanes = trace.lanes().iter().filter(|lane| counts(lane));
    let mut lanes: Vec<_> =
        lanes.map(|lane| lane.slices().iter().filter(|slice| wanted(slice) && slice.duration_ms() > 0.0)).collect();
    let mut starts: BinaryHeap<_> = BinaryHeap::with_capacity(lanes.len());
    let begin = |lane: usize, slice: &Slice| Reverse((Moment(slice.start_ms), lane, Moment(slice.end_ms)));
    starts.extend(lanes.iter_mut().enumerate().filter_map(|(lane, slices)| Some(begin(lane, slices.next()?))));
    let mut ends = BinaryHeap::with_capacity(lanes.len());
    let (mut peak, mut covered_ms, mut until_ms) = (0, 0.0, 0.0);
    while let Some(Reverse((start, lane, end))) = starts.pop() {
        starts.extend(lanes[lane].next().map(|slice| begin(lane, slice)));
        // At one instant, ends come before starts.
        while ends.peek().is_some_and(|Reverse(end)| *end <= start) {
            ends.pop();
        }
        ends.push(Reverse(end));
        peak = peak.max(ends.len());
        covered_ms += (end.0 - start.0.max(until_ms)).max(0.0);
        until_ms = end.0.max(until_ms);
    }
    (peak as u32, covered_ms)
}

/// A time in ms; times of a trace are finite, and so have an order.
#[derive(Clone, Copy, PartialEq)]
struct Moment(f64);

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

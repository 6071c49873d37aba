//! Numbers derived from a trace. Nothing here is stored: the same trace gives the same numbers, live or years later.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

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
    let Depths { peak_in_progress, peak_running, covered_ms } = depths(trace);
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

/// How many tasks are at work at one instant.
#[derive(Default)]
struct Depths {
    peak_in_progress: u32,
    peak_running: u32,
    /// Time in which at least one is in progress, ms.
    covered_ms: f64,
}

/// Slices that only touch do not overlap; one of no length holds at no instant.
///
/// Lanes are in order already and are merged: to sort the slices anew would take a large trace's memory once more.
fn depths(trace: &Trace) -> Depths {
    let lanes = trace.lanes().iter().filter(|lane| counts(lane));
    let holds = |slice: &&Slice| slice.task.is_some() && slice.duration_ms() > 0.0;
    let mut lanes: Vec<_> = lanes.map(|lane| lane.slices().iter().filter(holds).peekable()).collect();
    // The next edge of each lane, the earliest on top. At one instant, ends come before starts.
    let start = |lane: usize, slice: &Slice| Reverse((Moment(slice.start_ms), true, lane));
    let first = lanes.iter_mut().enumerate().filter_map(|(lane, slices)| Some(start(lane, slices.peek()?)));
    let mut edges: BinaryHeap<_> = first.collect();
    let (mut depths, mut in_progress, mut running, mut since_ms) = (Depths::default(), 0, 0, 0.0);
    while let Some(mut edge) = edges.peek_mut() {
        let Reverse((Moment(at_ms), is_start, lane)) = *edge;
        let slices = &mut lanes[lane];
        let Some(slice) = slices.peek() else { break };
        let runs = u32::from(slice.state == State::Running);
        if is_start {
            if in_progress == 0 {
                since_ms = at_ms;
            }
            (in_progress, running) = (in_progress + 1, running + runs);
            depths.peak_in_progress = depths.peak_in_progress.max(in_progress);
            depths.peak_running = depths.peak_running.max(running);
            *edge = Reverse((Moment(slice.end_ms), false, lane));
            continue;
        }
        (in_progress, running) = (in_progress - 1, running - runs);
        if in_progress == 0 {
            depths.covered_ms += at_ms - since_ms;
        }
        slices.next();
        match slices.peek() {
            Some(slice) => *edge = start(lane, slice),
            None => drop(PeekMut::pop(edge)),
        }
    }
    depths
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

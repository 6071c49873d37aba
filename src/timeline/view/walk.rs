//! From slice to slice: along a row, from row to row, along a task; and from a point of the canvas to a slice.

use crate::trace::{LaneId, SliceId, TaskId};

use crate::timeline::Chart;
use crate::timeline::rows::Slices;

/// So many slices around a point are looked at: where more share it, no hand is steady enough to mean a certain one.
const MOST_LOOKED_AT: usize = 400;

/// Where to go in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Along {
    Before,
    After,
    First,
    Last,
}

/// The slice next to `id` in its row; `None` at the row's edge.
pub(super) fn along(chart: &Chart, id: SliceId, to: Along) -> Option<SliceId> {
    let slices = slices(chart, chart.row_of(id)?)?;
    let index = slices.index_of(id)?;
    let index = match to {
        Along::Before => index.checked_sub(1)?,
        Along::After => index + 1,
        Along::First => 0,
        Along::Last => slices.len().checked_sub(1)?,
    };
    slices.get(index).map(|(id, _)| id)
}

/// The slice nearest in time in the next row above or below that has any.
pub(super) fn across(chart: &Chart, id: SliceId, down: bool) -> Option<SliceId> {
    let (row, slice) = (chart.row_of(id)?, chart.trace().slice(id)?);
    let at_ms = f64::midpoint(slice.start_ms, slice.end_ms);
    let in_row = |row: usize| nearest(slices(chart, row)?, at_ms);
    if down { (row + 1..chart.row_count()).find_map(in_row) } else { (0..row).rev().find_map(in_row) }
}

/// The slice of a row that is nearest to a time (ms).
pub(super) fn nearest_in_row(chart: &Chart, row: usize, at_ms: f64) -> Option<SliceId> {
    nearest(slices(chart, row)?, at_ms)
}

fn slices(chart: &Chart, row: usize) -> Option<Slices<'_>> {
    chart.rows.get(row).map(|row| row.slices(chart.trace()))
}

fn nearest(slices: Slices, at_ms: f64) -> Option<SliceId> {
    let after = slices.starting_until(at_ms);
    let around = [after.checked_sub(1), Some(after)].into_iter().flatten().filter_map(|index| slices.get(index));
    let distance = |start_ms: f64, end_ms: f64| (start_ms - at_ms).max(at_ms - end_ms).max(0.0);
    let by_distance = around.map(|(id, slice)| (distance(slice.start_ms, slice.end_ms), id));
    by_distance.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
}

/// The slice of the same task that begins next after `id`, or last before it, wherever it is.
pub(super) fn of_task(chart: &Chart, id: SliceId, forwards: bool) -> Option<SliceId> {
    let (trace, slice) = (chart.trace(), chart.trace().slice(id)?);
    let key = (slice.start_ms, id);
    let on_lane = |lane: LaneId| {
        let lane_itself = trace.lanes().get(usize::from(lane.0))?;
        let slices = Some(lane_itself.slices()).filter(|_| chart.grouping().shows(lane_itself.kind()))?;
        let named = |index: usize| SliceId { lane, index: index as u32 };
        let is_it = |index: &usize| slices[*index].task == slice.task;
        let place = |index: usize| (slices[index].start_ms, named(index));
        // Those that begin at the same instant are told apart by their names.
        let first_after = slices.partition_point(|other| other.start_ms < key.0);
        if forwards {
            (first_after..slices.len()).filter(is_it).map(place).find(|place| after(*place, key))
        } else {
            let end = slices.partition_point(|other| other.start_ms <= key.0);
            (0..end).rev().filter(is_it).map(place).find(|place| after(key, *place))
        }
    };
    let found = (0..=u16::MAX).map(LaneId).take(trace.lanes().len()).filter_map(on_lane);
    let next = found.reduce(|best, other| if after(best, other) == forwards { other } else { best });
    next.map(|(_, id)| id)
}

fn after(a: (f64, SliceId), b: (f64, SliceId)) -> bool {
    a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).is_gt()
}

/// The first slice of a task.
pub(super) fn first_of_task(chart: &Chart, task: TaskId) -> Option<SliceId> {
    let lanes = (0..=u16::MAX).map(LaneId).zip(chart.trace().lanes());
    let firsts = lanes.filter(|(_, of)| chart.grouping().shows(of.kind())).filter_map(|(lane, of)| {
        let index = of.slices().iter().position(|slice| slice.task == Some(task))?;
        Some((of.slices()[index].start_ms, SliceId { lane, index: index as u32 }))
    });
    firsts.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
}

/// The slice of a row at a time, or the longest of those that are no farther from it than `reach_ms`.
pub(super) fn at(chart: &Chart, row: usize, at_ms: f64, reach_ms: f64) -> Option<SliceId> {
    let slices = slices(chart, row)?;
    let end = slices.starting_until(at_ms + reach_ms);
    let near = (end.saturating_sub(MOST_LOOKED_AT)..end).filter_map(|index| slices.get(index));
    let near = near.filter(|(_, slice)| slice.end_ms >= at_ms - reach_ms);
    let worth = near.map(|(id, slice)| {
        let hit = slice.start_ms <= at_ms && at_ms <= slice.end_ms && slice.duration_ms() > reach_ms;
        (hit, slice.duration_ms(), id)
    });
    worth.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))).map(|(.., id)| id)
}

//! Which rows a chart has and what lies on each: two views of one trace. It knows neither scale nor pixels.

use std::borrow::Cow;

use crate::trace::{Lane, LaneKind, Mark, Slice, TaskId, Trace};

/// What a row of the chart stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// A row per task, wherever it was: running on a worker, waiting in flight.
    ByTask,
    /// A row per thread or event loop, whichever tasks were on it. Waiting in flight needs no worker and has no row.
    ByWorker,
}

/// A row of slices.
pub(super) struct Row<'a> {
    pub label: &'a str,
    /// Sorted by start.
    pub slices: Cow<'a, [Slice]>,
    /// When tasks failed here, ms.
    pub failures_ms: Vec<f64>,
}

/// The label of the row that shows the frames the page drew.
pub(super) const HEARTBEAT_LABEL: &str = "page";

/// The rows of `trace`, from the top, without the heartbeat's. They depend on the whole trace and not on what of it is
/// shown, so that a chart keeps its height while it is replayed.
pub(super) fn rows(trace: &Trace, grouping: Grouping) -> Vec<Row<'_>> {
    match grouping {
        Grouping::ByTask => by_task(trace),
        Grouping::ByWorker => by_worker(trace),
    }
}

fn by_task(trace: &Trace) -> Vec<Row<'_>> {
    let mut of_task: Vec<Vec<Slice>> = vec![Vec::new(); trace.tasks().len()];
    for (_, slice) in trace.slices() {
        if let Some(TaskId(task)) = slice.task {
            of_task[task as usize].push(*slice);
        }
    }
    let row = |((task, label), mut slices): ((u32, _), Vec<Slice>)| {
        slices.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
        let own = trace.lanes().iter().flat_map(failures).filter(|mark| mark.task == Some(TaskId(task)));
        Row { label, slices: Cow::Owned(slices), failures_ms: own.map(|mark| mark.at_ms).collect() }
    };
    (0..).zip(trace.tasks().iter().map(String::as_str)).zip(of_task).map(row).collect()
}

fn by_worker<'a>(trace: &'a Trace) -> Vec<Row<'a>> {
    let workers = trace.lanes().iter().filter(|lane| lane.kind().is_worker());
    let failed_ms = |lane| failures(lane).map(|mark| mark.at_ms).collect();
    let row = |lane: &'a Lane| Row {
        label: lane.label(),
        slices: Cow::Borrowed(lane.slices()),
        failures_ms: failed_ms(lane),
    };
    workers.map(row).collect()
}

fn failures(lane: &Lane) -> impl Iterator<Item = &Mark> {
    lane.marks().iter().filter(|mark| mark.kind.is_failure())
}

/// Whether the trace has watched the page's frames.
pub(super) fn has_heartbeat(trace: &Trace) -> bool {
    trace.lanes().iter().any(|lane| lane.kind() == LaneKind::Heartbeat)
}

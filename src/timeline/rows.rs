//! Which rows a chart has and what lies on each: views of one trace. It knows neither scale nor pixels.

use crate::trace::{Hold, Lane, LaneId, LaneKind, Slice, SliceId, TaskId, Trace};

use interleave_tree::{Builder, Merge, Span, Tree};

use super::look::colour_of;
use super::{Grouping, Look};

/// Whose row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowId {
    /// A task's.
    Task(TaskId),
    /// A lane's.
    Lane(LaneId),
}

/// A row of slices.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub id: RowId,
    /// Whether it continues the row above: slices within that one's slices.
    pub is_nested: bool,
    /// Sorted by start; `None` for all slices of a lane, which are in order where they are.
    order: Option<Box<[SliceId]>>,
    pub tree: Tree,
    /// What was held here, if anything was.
    pub holds: Option<Box<Holds>>,
}

/// What was held in a row, sorted by start.
#[derive(Clone, Debug)]
pub(super) struct Holds {
    pub holds: Vec<Hold>,
    pub tree: Tree,
}

/// The label of the row that shows the frames the page drew.
pub(super) const HEARTBEAT_LABEL: &str = "page";

/// The rows of `trace`, from the top. They depend on the whole trace and not on what of it is shown, so that a chart keeps its
/// height while it is replayed.
pub(super) fn rows(trace: &Trace, grouping: Grouping) -> Vec<Row> {
    let mut rows = match grouping {
        Grouping::ByTask => by_task(trace),
        Grouping::ByWorker | Grouping::ByCore => by_lane(trace, grouping),
    };
    let mut holds: Vec<_> = trace.holds().to_vec();
    holds.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
    let row_of_lane = row_of_lane(trace, &rows);
    for hold in holds {
        let row = match grouping {
            Grouping::ByTask => Some(hold.task.0),
            Grouping::ByWorker | Grouping::ByCore => row_of_lane.get(usize::from(hold.lane.0)).copied().flatten(),
        };
        let Some(row) = row.and_then(|row| rows.get_mut(row as usize)) else { continue };
        let new = || Box::new(Holds { holds: Vec::new(), tree: Tree::default() });
        row.holds.get_or_insert_with(new).holds.push(hold);
    }
    for Holds { holds, tree } in rows.iter_mut().filter_map(|row| row.holds.as_deref_mut()) {
        *tree = tree_of(holds, hold_span);
    }
    rows
}

fn by_task(trace: &Trace) -> Vec<Row> {
    let index = |slice: &Slice| slice.task.map(|task| task.0 as usize);
    let mut counts = vec![0; trace.tasks().len()];
    for (_, slice) in trace.slices() {
        if let Some(count) = index(slice).and_then(|task| counts.get_mut(task)) {
            *count += 1;
        }
    }
    let room = |count: usize| (Vec::with_capacity(count), Builder::with_capacity(count));
    let mut of_task: Vec<_> = counts.into_iter().map(room).collect();
    // Lanes are in order, so that nothing has to be sorted.
    let mut merge = Merge::new();
    for (lane, of) in (0..).zip(trace.lanes()).filter(|(_, of)| !of.kind().repeats_others()) {
        of.slices().first().into_iter().for_each(|slice| merge.add(lane, slice.start_ms));
    }
    let mut next = vec![0; trace.lanes().len()];
    while let Some(lane) = merge.first() {
        let (slices, next) = (trace.lanes()[lane as usize].slices(), &mut next[lane as usize]);
        let (slice, id) = (&slices[*next], SliceId { lane: LaneId(lane as u16), index: *next as u32 });
        *next += 1;
        merge.advance(slices.get(*next).map(|slice| slice.start_ms));
        if let Some((order, tree)) = index(slice).and_then(|task| of_task.get_mut(task)) {
            order.push(id);
            tree.push(span(slice));
        }
    }
    let row = |(task, (order, tree)): (u32, (Vec<SliceId>, Builder))| Row {
        id: RowId::Task(TaskId(task)),
        is_nested: false,
        order: Some(order.into()),
        tree: tree.build(),
        holds: None,
    };
    (0..).zip(of_task).map(row).collect()
}

fn tree_of<T>(items: &[T], span: impl Fn(&T) -> Span) -> Tree {
    let mut builder = Builder::with_capacity(items.len());
    items.iter().for_each(|item| builder.push(span(item)));
    builder.build()
}

fn by_lane(trace: &Trace, grouping: Grouping) -> Vec<Row> {
    let row = |id: LaneId| {
        let lane = trace.lanes().get(usize::from(id.0)).filter(|lane| grouping.has_row_for(lane.kind()))?;
        let slices = lane.slices();
        let tree = tree_of(slices, span);
        Some(Row { id: RowId::Lane(id), is_nested: lane.below().is_some(), order: None, tree, holds: None })
    };
    nested_order(trace).into_iter().filter_map(row).collect()
}

/// The lanes, each followed by those that continue it.
fn nested_order(trace: &Trace) -> Vec<LaneId> {
    let ids = || (0..=u16::MAX).map(LaneId).zip(trace.lanes());
    let mut below: Vec<Vec<LaneId>> = vec![Vec::new(); trace.lanes().len()];
    for (id, lane) in ids().rev() {
        if let Some(below) = lane.below().and_then(|above| below.get_mut(usize::from(above.0))) {
            below.push(id);
        }
    }
    let mut order = Vec::with_capacity(trace.lanes().len());
    for (id, _) in ids().filter(|(_, lane)| lane.below().is_none()) {
        let mut next = vec![id];
        while let Some(id) = next.pop() {
            order.push(id);
            next.append(&mut below[usize::from(id.0)]);
        }
    }
    order
}

/// By lane: its row, if it has one.
pub(super) fn row_of_lane(trace: &Trace, rows: &[Row]) -> Vec<Option<u32>> {
    let mut row_of_lane = vec![None; trace.lanes().len()];
    for (number, row) in (0..).zip(rows) {
        if let RowId::Lane(lane) = row.id {
            row_of_lane[usize::from(lane.0)] = Some(number);
        }
    }
    row_of_lane
}

impl RowId {
    /// The row's name.
    pub fn label(self, trace: &Trace) -> &str {
        match self {
            Self::Task(TaskId(task)) => trace.tasks().get(task as usize).map_or("", String::as_str),
            Self::Lane(LaneId(lane)) => trace.lanes().get(usize::from(lane)).map_or("", Lane::label),
        }
    }
}

/// Slices of a row where they lie.
#[derive(Clone, Copy)]
pub(super) enum Slices<'a> {
    /// All of a lane's.
    Lane(LaneId, &'a [Slice]),
    /// These of a trace's.
    Named(&'a Trace, &'a [SliceId]),
}

impl Row {
    /// What it takes beside the trace, bytes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.tree.bytes() + self.order.as_deref().map_or(0, size_of_val)
    }

    /// The row's slices, sorted by start.
    pub fn slices<'a>(&'a self, trace: &'a Trace) -> Slices<'a> {
        match (&self.order, self.id) {
            (None, RowId::Lane(id)) => Slices::Lane(id, trace.lanes().get(usize::from(id.0)).map_or(&[], Lane::slices)),
            (order, _) => Slices::Named(trace, order.as_deref().unwrap_or_default()),
        }
    }
}

impl<'a> Slices<'a> {
    pub fn len(self) -> usize {
        match self {
            Self::Lane(_, slices) => slices.len(),
            Self::Named(_, order) => order.len(),
        }
    }

    /// The slice of this index, with its name.
    pub fn get(self, index: usize) -> Option<(SliceId, &'a Slice)> {
        match self {
            Self::Lane(lane, slices) => Some((SliceId { lane, index: index as u32 }, slices.get(index)?)),
            Self::Named(trace, order) => order.get(index).and_then(|id| Some((*id, trace.slice(*id)?))),
        }
    }

    pub fn iter(self) -> impl Iterator<Item = (SliceId, &'a Slice)> {
        (0..self.len()).filter_map(move |index| self.get(index))
    }

    /// How many slices start at or before `at_ms`.
    pub fn starting_until(self, at_ms: f64) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let starts_before = self.get(middle).is_some_and(|(_, slice)| slice.start_ms <= at_ms);
            if starts_before { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The index of a slice of this row.
    pub fn index_of(self, id: SliceId) -> Option<usize> {
        let (trace, order) = match self {
            Self::Lane(lane, slices) => {
                return (lane == id.lane && (id.index as usize) < slices.len()).then_some(id.index as usize);
            }
            Self::Named(trace, order) => (trace, order),
        };
        let start_ms = trace.slice(id)?.start_ms;
        let end = self.starting_until(start_ms);
        let starts_then = |other: &&SliceId| trace.slice(**other).is_some_and(|slice| slice.start_ms == start_ms);
        let same_start = order[..end].iter().rev().take_while(starts_then);
        same_start.zip((0..end).rev()).find(|(other, _)| **other == id).map(|(_, index)| index)
    }
}

/// A slice as a tree sees it.
pub(super) fn span(slice: &Slice) -> Span {
    Span { start_ms: slice.start_ms, end_ms: slice.end_ms, look: Look::new(slice.state, colour_of(slice)).byte() }
}

pub(super) fn named_span(trace: &Trace, id: SliceId) -> Span {
    // Ids come from the trace itself; one of another trace would lie nowhere.
    let nowhere = Span { start_ms: f64::INFINITY, end_ms: f64::INFINITY, look: Look::NONE.byte() };
    trace.slice(id).map_or(nowhere, span)
}

pub(super) fn hold_span(hold: &Hold) -> Span {
    Span { start_ms: hold.start_ms, end_ms: hold.end_ms, look: Look::of_object(hold.object).byte() }
}

/// Whether the trace has watched the page's frames.
pub(super) fn has_heartbeat(trace: &Trace) -> bool {
    trace.lanes().iter().any(|lane| lane.kind() == LaneKind::Heartbeat)
}

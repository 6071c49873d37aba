//! Slices from events that say their beginning and their end apart. An end belongs to the last beginning that is open; if it has
//! a name, to the last of that name, and whatever was begun since ends with it. That is how Perfetto pairs them.

use super::super::super::{Mark, MarkKind, Slice, State, TaskId};
use super::chunks::Chunks;
use super::notes::{Note, Notes};

/// How far down an end looks for a beginning of its name: nothing that a program really does goes wrong more deeply.
const DEEP: usize = 64;

/// What happens at the edge of a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EdgeKind {
    /// It begins.
    Begin(State),
    /// It ends.
    End,
    /// Neither: something happens within it.
    Within,
}

/// The beginning or the end of a slice on a thread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) at_ms: f64,
    /// Whose slice it is; an end need not say it.
    pub(super) task: Option<TaskId>,
    pub(super) kind: EdgeKind,
}

/// The same for a slice that belongs to no thread: its two ends have an id in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct AsyncEdge {
    pub(super) at_ms: f64,
    pub(super) id: u64,
    /// The lanes to which it belongs.
    pub(super) group: u32,
    pub(super) task: TaskId,
    pub(super) kind: EdgeKind,
}

/// A slice that has begun.
#[derive(Clone, Copy, Debug)]
struct Open {
    task: Option<TaskId>,
    state: State,
    group: u32,
    start_ms: f64,
}

/// Open slices, the last begun last.
#[derive(Default)]
struct Stack(Vec<Open>);

impl Stack {
    /// Ends what an end of `task` ends, and hands each slice on.
    fn end(&mut self, task: Option<TaskId>, at_ms: f64, notes: &mut Notes, mut done: impl FnMut(u32, Slice)) {
        let mut latest = self.0.iter().rev().take(DEEP);
        match latest.position(|open| task.is_none() || open.task == task) {
            Some(above) => {
                let rest = self.0.len() - above - 1;
                self.0.drain(rest..).rev().for_each(|open| done(open.group, open.ending(at_ms)));
            }
            None => notes.add(Note::NoBeginning),
        }
    }

    /// Ends everything at `at_ms`.
    fn end_all(&mut self, at_ms: f64, notes: &mut Notes, mut done: impl FnMut(u32, Slice)) {
        notes.add_several(Note::NoEnd, self.0.len() as u64);
        self.0.drain(..).rev().for_each(|open| done(open.group, open.ending(at_ms)));
    }
}

impl Open {
    fn ending(self, at_ms: f64) -> Slice {
        Slice::new(self.task, self.state, self.start_ms, at_ms.max(self.start_ms))
    }
}

/// Adds to `slices` what begins and ends on one thread. What does not end lasts until `end_ms`.
pub(super) fn pair(edges: Chunks<Edge>, end_ms: f64, slices: &mut Chunks<Slice>, notes: &mut Notes) {
    let mut edges = edges.into_vec();
    // What happens at one time stays in the order of the file.
    edges.sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms));
    let mut stack = Stack::default();
    for Edge { at_ms, task, kind } in edges {
        match kind {
            EdgeKind::Begin(state) => stack.0.push(Open { task, state, group: 0, start_ms: at_ms }),
            EdgeKind::End => stack.end(task, at_ms, notes, |_, slice| slices.push(slice)),
            EdgeKind::Within => {}
        }
    }
    stack.end_all(end_ms, notes, |_, slice| slices.push(slice));
}

/// Slices and marks of a group of lanes.
pub(super) type Group = (Vec<Slice>, Vec<Mark>);

/// What begins and ends by id, for each of `number` groups. What does not end lasts until `end_ms`.
pub(super) fn pair_by_id(edges: Chunks<AsyncEdge>, number: usize, end_ms: f64, notes: &mut Notes) -> Vec<Group> {
    let mut groups: Vec<Group> = vec![Group::default(); number];
    let mut edges = edges.into_vec();
    edges.sort_by(|a, b| a.id.cmp(&b.id).then(a.at_ms.total_cmp(&b.at_ms)));
    let mut stack = Stack::default();
    for of_one_id in edges.chunk_by(|a, b| a.id == b.id) {
        for AsyncEdge { at_ms, group, task, kind, .. } in of_one_id.iter().copied() {
            match kind {
                EdgeKind::Begin(state) => stack.0.push(Open { task: Some(task), state, group, start_ms: at_ms }),
                EdgeKind::End => {
                    stack.end(Some(task), at_ms, notes, |group, slice| groups[group as usize].0.push(slice));
                }
                EdgeKind::Within => {
                    groups[group as usize].1.push(Mark { at_ms, task: Some(task), kind: MarkKind::Named });
                }
            }
        }
        stack.end_all(end_ms, notes, |group, slice| groups[group as usize].0.push(slice));
    }
    groups
}

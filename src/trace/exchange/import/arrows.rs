//! Arrows from the ends that a file names one by one: a start, any number of steps, and ends that belong together by id. Which
//! lane of its thread each end belongs to is known only when slices have their lanes.

use interleave_scan::Event;

use super::super::super::{Flow, FlowKind, Lane, LaneId, Slice};
use super::super::keys;
use super::chunks::Chunks;
use super::notes::{Note, Notes};

/// How many lanes of a thread are looked through.
const NEAR: usize = 64;

/// One end of an arrow, or a step on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct ArrowEnd {
    /// What the ends of one arrow have in common.
    pub(super) id: u64,
    pub(super) at_ms: f64,
    pub(super) thread: u32,
    role: Role,
    kind: FlowKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Start,
    Step,
    /// It arrives at the slice around it.
    EndWithin,
    /// It arrives at the next slice to begin.
    EndBefore,
}

impl ArrowEnd {
    /// The end that an event of phase s, t or f is.
    pub(super) fn new(event: &Event, id: u64, at_ms: f64, thread: u32) -> Self {
        let role = match event.phase {
            b's' => Role::Start,
            b't' => Role::Step,
            _ if event.binds_around => Role::EndWithin,
            _ => Role::EndBefore,
        };
        let name = event.name.unwrap_or_default().raw;
        let kind = keys::of(&FlowKind::ALL, keys::flow, name).unwrap_or(FlowKind::Follows);
        Self { id, at_ms, thread, role, kind }
    }
}

/// The lanes of a thread, if it has any: the first, and how many.
pub(super) type Place = Option<(LaneId, usize)>;

/// The arrows that `ends`, in the order of the file, make; in the order in which it names their beginnings. `places` says the
/// lanes of each thread, and `as_said` that every time and lane is meant as it stands.
pub(super) fn join(
    ends: Chunks<ArrowEnd>,
    lanes: &[Lane],
    places: &[Place],
    as_said: bool,
    notes: &mut Notes,
) -> Vec<Flow> {
    let ends = ends.into_vec();
    let mut order: Vec<u32> = (0..ends.len() as u32).collect();
    order.sort_by(|a, b| {
        let (a, b) = (ends[*a as usize], ends[*b as usize]);
        let by_role = a.role.min(Role::EndWithin).cmp(&b.role.min(Role::EndWithin));
        a.id.cmp(&b.id).then(a.at_ms.total_cmp(&b.at_ms)).then(by_role)
    });
    let mut flows = Vec::new();
    for of_one_id in order.chunk_by(|a, b| ends[*a as usize].id == ends[*b as usize].id) {
        let mut from = None;
        let mut without_end = false;
        for &index in of_one_id {
            let end = ends[index as usize];
            let place = places.get(end.thread as usize).copied().flatten();
            let at = place.map(|place| if as_said { (place.0, end.at_ms) } else { bound(end, place, lanes) });
            match (from, end.role, at) {
                (_, Role::Start, Some(at)) => {
                    notes.add_several(Note::ArrowWithoutEnd, without_end.into());
                    (from, without_end) = (Some((index, at)), true);
                }
                (Some((start, leaves)), role, Some(at)) => {
                    flows.push((start, Flow { kind: ends[start as usize].kind, from: leaves, to: at }));
                    without_end = false;
                    from = if role == Role::Step { Some((index, at)) } else { from };
                }
                (None, _, _) | (_, _, None) => notes.add(Note::ArrowWithoutEnd),
            }
        }
        notes.add_several(Note::ArrowWithoutEnd, without_end.into());
    }
    flows.sort_by_key(|(start, _)| *start);
    flows.into_iter().map(|(_, flow)| flow).collect()
}

/// The lane and time of an end.
fn bound(end: ArrowEnd, (first, count): (LaneId, usize), lanes: &[Lane]) -> (LaneId, f64) {
    let own = lanes.get(usize::from(first.0)..).unwrap_or_default();
    let own = own.iter().zip(first.0..).take(count.min(NEAR));
    let next = |lane: &Lane| {
        let index = lane.slices.partition_point(|slice| slice.start_ms < end.at_ms);
        lane.slices.get(index).map(|slice| slice.start_ms)
    };
    if end.role == Role::EndBefore {
        let nexts = own.clone().filter_map(|(lane, id)| Some((LaneId(id), next(lane)?)));
        if let Some(next) = nexts.min_by(|a, b| a.1.total_cmp(&b.1)) {
            return next;
        }
    }
    let lasts = |slice: &Slice| slice.start_ms <= end.at_ms && end.at_ms <= slice.end_ms;
    let around = |lane: &Lane| {
        let index = lane.slices.partition_point(|slice| slice.start_ms <= end.at_ms);
        index.checked_sub(1).is_some_and(|index| lasts(&lane.slices[index]))
    };
    let deepest = own.filter(|(lane, _)| around(lane)).last();
    (deepest.map_or(first, |(_, id)| LaneId(id)), end.at_ms)
}

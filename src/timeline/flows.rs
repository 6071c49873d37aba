//! Flows as curved arrows, and which of them leave or arrive at a slice. The index is made once for a trace; a frame lays out
//! only the arrows that are asked for.

use crate::trace::{Flow, LaneId};

/// The flows of a trace, found by where and when they leave or arrive.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrows {
    leaving: Vec<u32>,
    arriving: Vec<u32>,
}

impl Arrows {
    pub fn new(flows: &[Flow]) -> Self {
        let sorted = |end: fn(&Flow) -> (LaneId, f64)| {
            let mut order: Vec<u32> = (0..flows.len() as u32).collect();
            order.sort_by(|a, b| compare(end(&flows[*a as usize]), end(&flows[*b as usize])));
            order
        };
        Self { leaving: sorted(|flow| flow.from), arriving: sorted(|flow| flow.to) }
    }

    /// The flows of `flows` that leave `lane` in this stretch of time (ms), edges included.
    pub fn leaving<'a>(
        &'a self,
        flows: &'a [Flow],
        lane: LaneId,
        from_ms: f64,
        to_ms: f64,
    ) -> impl Iterator<Item = &'a Flow> {
        between(&self.leaving, flows, |flow| flow.from, lane, from_ms, to_ms)
    }

    /// The flows of `flows` that arrive at `lane` in this stretch of time (ms), edges included.
    pub fn arriving<'a>(
        &'a self,
        flows: &'a [Flow],
        lane: LaneId,
        from_ms: f64,
        to_ms: f64,
    ) -> impl Iterator<Item = &'a Flow> {
        between(&self.arriving, flows, |flow| flow.to, lane, from_ms, to_ms)
    }
}

fn compare(a: (LaneId, f64), b: (LaneId, f64)) -> std::cmp::Ordering {
    a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
}

fn between<'a>(
    order: &'a [u32],
    flows: &'a [Flow],
    end: fn(&Flow) -> (LaneId, f64),
    lane: LaneId,
    from_ms: f64,
    to_ms: f64,
) -> impl Iterator<Item = &'a Flow> {
    let flow = |index: &u32| flows.get(*index as usize);
    let first =
        order.partition_point(|index| flow(index).is_some_and(|flow| compare(end(flow), (lane, from_ms)).is_lt()));
    let inside = move |flow: &&Flow| compare(end(flow), (lane, to_ms)).is_le();
    order[first..].iter().filter_map(flow).take_while(inside)
}

//! The name of a slice within its trace, for whoever keeps a selection, a row or a path and not the slices themselves.

use super::{LaneId, Slice, Trace};

/// Lane of a slice and its place among the lane's slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SliceId {
    /// Where it is.
    pub lane: LaneId,
    /// Index in [`Lane::slices`](super::Lane::slices).
    pub index: u32,
}

impl Trace {
    /// The slice of that name; `None` if it is another trace's.
    pub fn slice(&self, id: SliceId) -> Option<&Slice> {
        self.lanes().get(usize::from(id.lane.0))?.slices().get(id.index as usize)
    }

    /// Every slice with its name, lane by lane and in order of time within a lane; without lanes that show again what others show.
    pub fn slice_ids(&self) -> impl Iterator<Item = (SliceId, &Slice)> {
        let lanes = (0..=u16::MAX).map(LaneId).zip(self.lanes()).filter(|(_, lane)| !lane.kind().repeats_others());
        lanes.flat_map(|(lane, of)| (0..).zip(of.slices()).map(move |(index, slice)| (SliceId { lane, index }, slice)))
    }

    /// The slice of a lane that lasts at `at_ms`; of two that touch there, the one that ends if `leaving`, else the one that begins.
    pub fn slice_at(&self, lane: LaneId, at_ms: f64, leaving: bool) -> Option<SliceId> {
        let slices = self.lanes().get(usize::from(lane.0))?.slices();
        let index = if leaving {
            slices.partition_point(|slice| slice.end_ms < at_ms)
        } else {
            slices.partition_point(|slice| slice.start_ms <= at_ms).checked_sub(1)?
        };
        let slice = slices.get(index)?;
        (slice.start_ms <= at_ms && at_ms <= slice.end_ms).then_some(SliceId { lane, index: index as u32 })
    }
}

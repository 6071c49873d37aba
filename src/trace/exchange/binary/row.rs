//! What stands in rows of fixed length, and how. Whether what a row names exists is checked later, on the whole trace.

use super::super::super::{Flow, FlowKind, Hold, LaneId, Mark, MarkKind, ObjectId, Slice, State, TaskId};
use super::NONE;

/// Something of fixed length.
pub(super) trait Row: Sized {
    /// Its length in bytes.
    const BYTES: usize;
    /// Writes it to `out`, which is as long as it.
    fn put(&self, out: &mut [u8]);
    /// The row in `bytes`, which are as many as it has; `None` if they make no sense.
    fn get(bytes: &[u8]) -> Option<Self>;
}

impl Row for Slice {
    const BYTES: usize = 25;

    fn put(&self, mut out: &mut [u8]) {
        set(&mut out, self.start_ms.to_le_bytes());
        set(&mut out, self.end_ms.to_le_bytes());
        set(&mut out, self.task.map_or(NONE, |task| task.0).to_le_bytes());
        set(&mut out, self.object().map_or(NONE, |object| object.0).to_le_bytes());
        set(&mut out, [code(&State::ALL, self.state)]);
    }

    fn get(mut bytes: &[u8]) -> Option<Self> {
        let (start_ms, end_ms) = (f64_at(&mut bytes)?, f64_at(&mut bytes)?);
        let (task, object) = (u32_at(&mut bytes)?, u32_at(&mut bytes)?);
        let state = of_code(&State::ALL, &mut bytes)?;
        let slice = Self::new(some(task).map(TaskId), state, start_ms, end_ms);
        Some(slice.waiting_for(some(object).map(ObjectId)))
    }
}

impl Row for Mark {
    const BYTES: usize = 13;

    fn put(&self, mut out: &mut [u8]) {
        set(&mut out, self.at_ms.to_le_bytes());
        set(&mut out, self.task.map_or(NONE, |task| task.0).to_le_bytes());
        set(&mut out, [code(&MarkKind::ALL, self.kind)]);
    }

    fn get(mut bytes: &[u8]) -> Option<Self> {
        let (at_ms, task) = (f64_at(&mut bytes)?, some(u32_at(&mut bytes)?).map(TaskId));
        Some(Self { at_ms, task, kind: of_code(&MarkKind::ALL, &mut bytes)? })
    }
}

impl Row for Hold {
    const BYTES: usize = 26;

    fn put(&self, mut out: &mut [u8]) {
        set(&mut out, self.object.0.to_le_bytes());
        set(&mut out, self.task.0.to_le_bytes());
        set(&mut out, self.lane.0.to_le_bytes());
        set(&mut out, self.start_ms.to_le_bytes());
        set(&mut out, self.end_ms.to_le_bytes());
    }

    fn get(mut bytes: &[u8]) -> Option<Self> {
        let (object, task) = (ObjectId(u32_at(&mut bytes)?), TaskId(u32_at(&mut bytes)?));
        let lane = lane_at(&mut bytes)?;
        Some(Self { object, task, lane, start_ms: f64_at(&mut bytes)?, end_ms: f64_at(&mut bytes)? })
    }
}

impl Row for Flow {
    const BYTES: usize = 21;

    fn put(&self, mut out: &mut [u8]) {
        set(&mut out, [code(&FlowKind::ALL, self.kind)]);
        for (lane, at_ms) in [self.from, self.to] {
            set(&mut out, lane.0.to_le_bytes());
            set(&mut out, at_ms.to_le_bytes());
        }
    }

    fn get(mut bytes: &[u8]) -> Option<Self> {
        let kind = of_code(&FlowKind::ALL, &mut bytes)?;
        let mut end = || Some((lane_at(&mut bytes)?, f64_at(&mut bytes)?));
        Some(Self { kind, from: end()?, to: end()? })
    }
}

/// A sample of a counter: time in ms, value.
impl Row for (f64, f64) {
    const BYTES: usize = 16;

    fn put(&self, mut out: &mut [u8]) {
        set(&mut out, self.0.to_le_bytes());
        set(&mut out, self.1.to_le_bytes());
    }

    fn get(mut bytes: &[u8]) -> Option<Self> {
        Some((f64_at(&mut bytes)?, f64_at(&mut bytes)?))
    }
}

/// Where `wanted` stands in a table that has it and that is shorter than 256.
pub(super) fn code<T: PartialEq>(table: &[T], wanted: T) -> u8 {
    table.iter().position(|entry| *entry == wanted).unwrap_or_default() as u8
}

fn of_code<T: Copy>(table: &[T], bytes: &mut &[u8]) -> Option<T> {
    table.get(usize::from(*bytes.split_off_first()?)).copied()
}

/// The number, unless it stands for none.
pub(super) fn some(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

fn f64_at(bytes: &mut &[u8]) -> Option<f64> {
    Some(f64::from_le_bytes(*take(bytes)?))
}

fn u32_at(bytes: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*take(bytes)?))
}

fn lane_at(bytes: &mut &[u8]) -> Option<LaneId> {
    Some(LaneId(u16::from_le_bytes(*take(bytes)?)))
}

// A call for each field would take three times as long, where the page is optimised for size.
#[inline(always)]
fn set<const N: usize>(out: &mut &mut [u8], bytes: [u8; N]) {
    if let Some((place, rest)) = std::mem::take(out).split_first_chunk_mut() {
        *place = bytes;
        *out = rest;
    }
}

#[inline]
fn take<'a, const N: usize>(bytes: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(first)
}

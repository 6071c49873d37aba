//! What a worker reports, and how it is written as six 32-bit words: into a ring that the page reads, or into a message.
//!
//! ```text
//!  word 0, 1  time, ms from the start of the run, f64
//!       2     kind | detail << 8
//!       3     task
//!       4, 5  what the kind says
//! ```

use super::{FlowKey, FlowKind, MarkKind, ObjectId, Reading, State, TaskId};

/// Length of an event in words.
pub const EVENT_WORDS: u32 = 6;

/// What a worker reports.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// When, ms from the start of the run.
    pub at_ms: f64,
    /// What happened.
    pub kind: EventKind,
}

/// Kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A slice of the task begins; it may wait for an object.
    Begin(TaskId, State, Option<ObjectId>),
    /// The open slice ends.
    End,
    /// The task has taken its last step.
    Done(TaskId),
    /// Something happened to the task.
    Mark(TaskId, MarkKind),
    /// The task has a lock or a permit.
    Hold(TaskId, ObjectId),
    /// The task has let go of it.
    LetGo(TaskId, ObjectId),
    /// What a counter says.
    Count(ObjectId, Reading),
    /// An arrow leaves.
    Leave(FlowKind, FlowKey),
    /// An arrow arrives.
    Arrive(FlowKind, FlowKey),
    /// The task has produced something, which lies in the writer's memory until the next run.
    Output {
        /// Whose it is.
        task: TaskId,
        /// Its byte address there.
        address: u32,
        /// Its length, bytes.
        bytes: u32,
    },
}

/// No object.
const NONE: u32 = u32::MAX;

/// Where `wanted` stands in a table that has it.
fn index<T: PartialEq>(table: &[T], wanted: T) -> u32 {
    table.iter().position(|entry| *entry == wanted).unwrap_or_default() as u32
}

impl Event {
    /// The event as words.
    #[inline]
    pub fn encode(&self) -> [u32; EVENT_WORDS as usize] {
        let (kind, detail, task, a, b) = match self.kind {
            EventKind::Begin(task, state, object) => {
                (0, index(&State::ALL, state), task.0, object.map_or(NONE, |object| object.0), 0)
            }
            EventKind::End => (1, 0, 0, 0, 0),
            EventKind::Done(task) => (2, 0, task.0, 0, 0),
            EventKind::Mark(task, mark) => (3, index(&MarkKind::ALL, mark), task.0, 0, 0),
            EventKind::Hold(task, object) => (4, 0, task.0, object.0, 0),
            EventKind::LetGo(task, object) => (5, 0, task.0, object.0, 0),
            EventKind::Count(object, Reading::Is(value)) => (6, 0, 0, object.0, value),
            EventKind::Count(object, Reading::Changed(change)) => (7, 0, 0, object.0, change as u32),
            EventKind::Leave(flow, (object, number)) => (8, index(&FlowKind::ALL, flow), 0, object.0, number),
            EventKind::Arrive(flow, (object, number)) => (9, index(&FlowKind::ALL, flow), 0, object.0, number),
            EventKind::Output { task, address, bytes } => (10, 0, task.0, address, bytes),
        };
        let time = self.at_ms.to_bits();
        [time as u32, (time >> 32) as u32, kind | detail << 8, task, a, b]
    }

    /// The event that these words say; `None` if they make no sense.
    pub fn decode(words: [u32; EVENT_WORDS as usize]) -> Option<Self> {
        let [low, high, kind, task, a, b] = words;
        let (task, object, detail) = (TaskId(task), ObjectId(a), (kind >> 8) as usize);
        let kind = match kind & 0xff {
            0 => EventKind::Begin(task, *State::ALL.get(detail)?, (a != NONE).then_some(object)),
            1 => EventKind::End,
            2 => EventKind::Done(task),
            3 => EventKind::Mark(task, *MarkKind::ALL.get(detail)?),
            4 => EventKind::Hold(task, object),
            5 => EventKind::LetGo(task, object),
            6 => EventKind::Count(object, Reading::Is(b)),
            7 => EventKind::Count(object, Reading::Changed(b as i32)),
            8 => EventKind::Leave(*FlowKind::ALL.get(detail)?, (object, b)),
            9 => EventKind::Arrive(*FlowKind::ALL.get(detail)?, (object, b)),
            10 => EventKind::Output { task, address: a, bytes: b },
            _ => return None,
        };
        Some(Self { at_ms: f64::from_bits(u64::from(low) | u64::from(high) << 32), kind })
    }
}

/// The events that stand one after another in `words`. One that makes no sense is left out: the memory may belong to a worker
/// that has failed.
pub fn decode_all(words: &[u32]) -> impl Iterator<Item = Event> {
    words.as_chunks().0.iter().filter_map(|words| Event::decode(*words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let (task, object) = (TaskId(7), ObjectId(3));
        let mut kinds = vec![
            EventKind::Begin(task, State::WaitingForLock, Some(object)),
            EventKind::End,
            EventKind::Done(task),
            EventKind::Hold(task, object),
            EventKind::LetGo(task, object),
            EventKind::Count(object, Reading::Is(u32::MAX)),
            EventKind::Count(object, Reading::Changed(-1)),
            EventKind::Output { task, address: 1 << 27, bytes: 5 },
        ];
        kinds.extend(State::ALL.map(|state| EventKind::Begin(task, state, None)));
        kinds.extend(MarkKind::ALL.map(|mark| EventKind::Mark(task, mark)));
        kinds.extend(FlowKind::ALL.map(|flow| EventKind::Leave(flow, (object, 9))));
        kinds.extend(FlowKind::ALL.map(|flow| EventKind::Arrive(flow, (object, 9))));
        for kind in kinds {
            let event = Event { at_ms: 0.125, kind };
            assert_eq!(Event::decode(event.encode()), Some(event));
        }
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let end = Event { at_ms: 1.0, kind: EventKind::End };
        let mut words = end.encode().to_vec();
        words.extend([0, 0, 99, 0, 0, 0]);
        words.extend([0, 0, 3 | 77 << 8, 0, 0, 0]);
        words.extend(end.encode());
        words.extend([1, 2]);
        assert_eq!(decode_all(&words).collect::<Vec<_>>(), [end, end]);
    }
}

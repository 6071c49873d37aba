//! What a file calls the kinds of things in a trace.

use super::super::{FlowKind, LaneKind, MarkKind, State};

/// The value of which `key` is the word.
pub(super) fn of<T: Copy>(all: &[T], word: fn(T) -> &'static str, key: &[u8]) -> Option<T> {
    all.iter().copied().find(|value| word(*value).as_bytes() == key)
}

/// A state, as the category of its slices.
pub(super) fn state(state: State) -> &'static str {
    state.words()
}

/// The kind of a lane.
pub(super) fn lane(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::MainThread => "main thread",
        LaneKind::EventLoop => "event loop",
        LaneKind::Thread => "thread",
        LaneKind::Process => "process",
        LaneKind::InFlight => "in flight",
        LaneKind::Heartbeat => "heartbeat",
        LaneKind::Core => "core",
    }
}

/// The kind of a mark.
pub(super) fn mark(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Frame => "frame",
        MarkKind::RequestSent => "request sent",
        MarkKind::Response => "response",
        MarkKind::Yield => "yield",
        MarkKind::RequestFailed => "request failed",
        MarkKind::Failed => "task failed",
        MarkKind::SwitchRequested => "switch requested",
        MarkKind::Deadlock => "deadlock found",
        MarkKind::Starvation => "starvation",
        MarkKind::LostWakeUp => "lost wake-up",
        MarkKind::Named => "named",
    }
}

/// The kind of an arrow, as its name.
pub(super) fn flow(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Spawn => "spawn",
        FlowKind::Wake => "wake",
        FlowKind::Message => "message",
        FlowKind::LockHandOver => "lock handed over",
        FlowKind::Follows => "follows",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Copy + PartialEq + std::fmt::Debug>(all: &[T], word: fn(T) -> &'static str) {
        for value in all {
            assert_eq!(of(all, word, word(*value).as_bytes()), Some(*value));
        }
    }

    #[test]
    fn every_word_has_one_meaning() {
        check(&State::ALL, state);
        check(&LaneKind::ALL, lane);
        check(&MarkKind::ALL, mark);
        check(&FlowKind::ALL, flow);
    }
}

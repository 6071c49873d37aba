//! The shapes of states and of instants: how much of its row's height a state takes, so that states differ by shape and not
//! by colour alone, also where a slice is too narrow for a pattern. It knows no colour.

use crate::trace::{MarkKind, State};

use super::{Point, Rect};

/// Thickness of the line of a wait, CSS px.
pub const WAIT_PX: f64 = 1.5;

/// The areas of a narrow slice of this state whose row is `row`: running, starting and overhead take all of the height; ready
/// the middle of it; waiting for I/O a line; waiting for others a band at the upper and one at the lower edge.
pub fn areas(row: Rect, state: State) -> [Option<Rect>; 2] {
    match state {
        State::Running | State::Starting | State::Overhead => [Some(row), None],
        State::Ready => [Some(ready(row)), None],
        State::WaitingForIo => {
            let y_px = row.y_px + (row.height_px - WAIT_PX) / 2.0;
            [Some(Rect { y_px, height_px: WAIT_PX, ..row }), None]
        }
        State::WaitingForLock => {
            let height_px = (row.height_px / 4.0).max(1.0);
            let lower_px = row.y_px + row.height_px - height_px;
            [Some(Rect { height_px, ..row }), Some(Rect { y_px: lower_px, height_px, ..row })]
        }
    }
}

/// The area of a ready slice: lower than a running one's.
pub fn ready(row: Rect) -> Rect {
    let inset_px = (row.height_px * 0.22).floor();
    Rect { y_px: row.y_px + inset_px, height_px: row.height_px - 2.0 * inset_px, ..row }
}

/// The corners of an instant's sign around its middle, CSS px: what leaves points up, what arrives points down, a yield is a
/// diamond, trouble a square on its corner that is larger; anything else a narrow bar.
pub fn mark(kind: MarkKind) -> [Point; 4] {
    let diamond = |half_px: f64| [(0.0, -half_px), (half_px, 0.0), (0.0, half_px), (-half_px, 0.0)];
    match kind {
        MarkKind::RequestSent => [(0.0, -4.5), (4.0, 3.5), (0.0, 3.5), (-4.0, 3.5)],
        MarkKind::Response => [(-4.0, -3.5), (0.0, -3.5), (4.0, -3.5), (0.0, 4.5)],
        MarkKind::Yield => diamond(3.5),
        MarkKind::RequestFailed
        | MarkKind::Failed
        | MarkKind::Deadlock
        | MarkKind::Starvation
        | MarkKind::LostWakeUp => diamond(5.0),
        MarkKind::Frame | MarkKind::SwitchRequested | MarkKind::Named => {
            [(-1.0, -4.5), (1.0, -4.5), (1.0, 4.5), (-1.0, 4.5)]
        }
    }
}

/// The line along the top of a counter's step; also a value of next to nothing has one, above the row's base line.
pub fn counter_line(row: Rect, step: Rect) -> Rect {
    let lowest_px = row.y_px + row.height_px - LINE_PX;
    Rect { y_px: step.y_px.min(lowest_px), height_px: LINE_PX, ..step }
}

/// Thickness of a counter's line, CSS px.
const LINE_PX: f64 = 1.5;

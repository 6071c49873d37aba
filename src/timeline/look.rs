//! How a stretch of a row looks where it is too narrow for more: its state and its colour in one byte, so that a row of a
//! picture is as many bytes as it has pixels. It knows no colour values.

use interleave_tree::{EDGE, NOTHING};

use crate::trace::{ObjectId, Slice, State};

use super::colour::{COLOURS, object_colour, task_colour};

/// Colours, and none.
const CHOICES: u8 = COLOURS as u8 + 1;

/// The states in the order of their numbers.
const STATES: [State; State::ALL.len()] =
    [State::Starting, State::Ready, State::Running, State::WaitingForIo, State::WaitingForLock, State::Overhead];

/// State and colour of one pixel's column; or nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Look(u8);

impl Look {
    /// Nothing is there.
    pub const NONE: Self = Self(NOTHING);

    /// How a slice looks: in the colour of the lock that it waits for, else in its task's.
    pub fn of(slice: &Slice) -> Self {
        Self::new(slice.state, colour_of(slice))
    }

    /// How a hold of an object looks.
    pub fn of_object(object: ObjectId) -> Self {
        Self::new(State::Running, Some(object_colour(object)))
    }

    /// A state in a colour, an index into [`super::colour::PALETTE`].
    pub fn new(state: State, colour: Option<usize>) -> Self {
        let state = state as u8;
        let colour = colour.map_or(COLOURS as u8, |colour| (colour % COLOURS) as u8);
        Self((1 + state * CHOICES + colour) << 1)
    }

    /// The look as a byte.
    pub(super) fn byte(self) -> u8 {
        self.0
    }

    /// The look of a byte that [`Self::byte`] gave.
    pub(super) fn from_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// The same, as the edge of a slice that is wide enough to have one.
    #[must_use]
    pub fn edge(self) -> Self {
        Self(self.0 | EDGE)
    }

    /// Whether it is painted in the colour's line instead of its area.
    pub fn is_edge(self) -> bool {
        self.0 & EDGE == EDGE
    }

    /// The state; `None` where nothing is.
    pub fn state(self) -> Option<State> {
        let code = (self.0 >> 1).checked_sub(1)?;
        STATES.get(usize::from(code / CHOICES)).copied()
    }

    /// The colour, an index into [`super::colour::PALETTE`]; `None` for what belongs to no task.
    pub fn colour(self) -> Option<usize> {
        let code = (self.0 >> 1).checked_sub(1)?;
        Some(usize::from(code % CHOICES)).filter(|colour| *colour < COLOURS)
    }
}

/// The colour of a slice's bar: of the lock that it waits for, else of its task.
pub(super) fn colour_of(slice: &Slice) -> Option<usize> {
    match (slice.state, slice.object()) {
        (State::WaitingForLock, Some(object)) => Some(object_colour(object)),
        _ => slice.task.map(task_colour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_into_the_byte_comes_out_of_it() {
        for state in State::ALL {
            for colour in (0..COLOURS).map(Some).chain([None]) {
                let look = Look::new(state, colour);
                for (look, is_edge) in [(look, false), (look.edge(), true)] {
                    assert_eq!((look.state(), look.colour(), look.is_edge()), (Some(state), colour, is_edge));
                }
            }
        }
        assert_eq!((Look::NONE.state(), Look::NONE.colour()), (None, None));
    }
}

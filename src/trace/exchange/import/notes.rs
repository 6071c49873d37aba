//! What an importer left out or had to guess, counted, and said in a line each.

use std::collections::BTreeMap;
use std::fmt;

/// Something to be said of a number of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Note {
    Phase(u8),
    NoTime,
    NoEnd,
    NoBeginning,
    NoDuration,
    NegativeDuration,
    Overlap,
    NoLane,
    NotAValue,
    ArrowWithoutEnd,
    BreaksOff,
    GoesOn,
}

/// Notes, with how often there was occasion for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes(BTreeMap<Note, u64>);

impl Notes {
    pub(super) fn add(&mut self, note: Note) {
        self.add_several(note, 1);
    }

    pub(super) fn add_several(&mut self, note: Note, number: u64) {
        if number > 0 {
            *self.0.entry(note).or_default() += number;
        }
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        self.0.iter().map(|(note, number)| note.of(*number)).collect()
    }
}

impl Note {
    fn of(self, number: u64) -> String {
        // In one form and in the other.
        let (one, were) = if number == 1 { ("", "was") } else { ("s", "were") };
        let number = Thousands(number);
        match self {
            Self::Phase(0) => format!("{number} event{one} without a phase {were} skipped"),
            Self::Phase(phase) => {
                let phase = char::from(phase).escape_default();
                format!("{number} event{one} of phase {phase} {were} skipped")
            }
            Self::NoTime => format!("{number} event{one} without a time {were} skipped"),
            Self::NoEnd => format!("{number} slice{one} did not end, and {were} drawn to the end of the trace"),
            Self::NoBeginning => format!("{number} end{one} of a slice that did not begin {were} skipped"),
            Self::NoDuration => format!("{number} slice{one} without a duration {were} drawn without length"),
            Self::NegativeDuration => {
                format!("{number} slice{one} of negative duration {were} drawn without length")
            }
            Self::Overlap => {
                format!("{number} slice{one} overlapped another of the same thread, and {were} moved to a lane below")
            }
            Self::NoLane => format!("{number} slice{one} {were} left out: there are too many lanes"),
            Self::NotAValue => format!("{number} value{one} of a counter {were} no number, and {were} skipped"),
            Self::ArrowWithoutEnd => {
                format!("{number} end{one} of an arrow {were} skipped, since the other end is missing")
            }
            Self::BreaksOff => "the file breaks off in the middle of an event, which was skipped".to_owned(),
            Self::GoesOn => "the file goes on after the end of the trace; that was not read".to_owned(),
        }
    }
}

/// A number with commas between its thousands.
pub(super) struct Thousands(pub(super) u64);

impl fmt::Display for Thousands {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let digits = self.0.to_string();
        for (index, digit) in digits.char_indices() {
            let comma = index > 0 && (digits.len() - index).is_multiple_of(3);
            write!(out, "{}{digit}", if comma { "," } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_count_and_are_said_in_words() {
        let mut notes = Notes::default();
        notes.add_several(Note::Phase(b'P'), 412);
        notes.add(Note::NoTime);
        notes.add_several(Note::NoLane, 0);
        notes.add_several(Note::NoEnd, 1_234_567);
        let words = [
            "412 events of phase P were skipped",
            "1 event without a time was skipped",
            "1,234,567 slices did not end, and were drawn to the end of the trace",
        ];
        assert_eq!(notes.in_words(), words);
    }
}

//! What becomes of a file that a learner opens: how much of it has been read, what it held, or why it cannot be opened; and as what a
//! trace is written. A worker does both, as one carries out tasks; this is what both sides know of that without a browser.

use std::rc::Rc;

use crate::plan::catalogue::grouped;
use crate::trace::Trace;

/// The longest file that is opened, bytes.
pub const MOST_FILE_BYTES: f64 = 200e6;

/// The longest trace that is handed to the page, bytes: with what is needed to draw it, it takes about as much again, and a page
/// has 256 MiB.
pub const MOST_TRACE_BYTES: u64 = 88_000_000;

/// As what text a trace is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// A table of slices.
    Csv,
    /// Chrome Trace Event JSON.
    Json,
}

impl FileFormat {
    /// Its name between page and worker, and what such a file's name ends with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Csv, Self::Json].into_iter().find(|format| format.name() == name)
    }
}

/// How far a file has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FileProgress {
    /// Bytes that have been read.
    pub read_bytes: f64,
    /// Bytes that it has.
    pub bytes: f64,
    /// Events until now.
    pub events: f64,
}

impl FileProgress {
    /// In words: “12.5 of 60.2 MB, 120,000 events”.
    pub fn in_words(&self) -> String {
        let events = match self.events as u64 {
            1 => "1 event".to_owned(),
            events => format!("{} events", grouped(events)),
        };
        if self.read_bytes >= self.bytes && self.bytes > 0.0 {
            return format!("{} read, {events}; sorting them", megabytes(self.bytes));
        }
        let read = megabytes(self.read_bytes);
        format!("{} of {}, {events}", read.trim_end_matches(" MB"), megabytes(self.bytes))
    }
}

/// What a file held.
#[derive(Clone, Debug)]
pub struct OpenedFile {
    /// The file's name.
    pub name: String,
    /// The trace.
    pub trace: Rc<Trace>,
    /// The trace in words, as whoever shows it puts it.
    pub words: String,
    /// What was left out or had to be guessed, a sentence each without a full stop.
    pub notes: Vec<String>,
}

impl PartialEq for OpenedFile {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.trace, &other.trace)
    }
}

/// Why a file was not opened.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FileError {
    /// It is longer than what is opened.
    #[error("it has {}, and up to {} can be opened. A shorter recording shows as much", megabytes(*bytes), megabytes(MOST_FILE_BYTES))]
    TooLong {
        /// Its length, bytes.
        bytes: f64,
    },
    /// It holds more than a page can draw.
    #[error("it holds {} slices and marks, more than a page has the memory for. A shorter recording shows as much", grouped(*events))]
    TooMuch {
        /// How many.
        events: u64,
    },
    /// The importer refused it, in these words.
    #[error("{0}")]
    Refused(String),
    /// The browser could not read it, and said this.
    #[error("the browser cannot read it ({0}). Was it moved or changed since it was chosen?")]
    Unreadable(String),
    /// The worker that was to read it did not come up, or came to its end.
    #[error("the worker that was reading it was lost: {0}. Choose the file again to try once more")]
    WorkerLost(String),
}

/// A length in MB, in three digits: “60.2 MB”.
pub fn megabytes(bytes: f64) -> String {
    let mb = bytes / 1e6;
    let decimals = if mb >= 99.95 { 0 } else { 1 };
    if bytes > 0.0 && mb < 0.05 { "under 0.1 MB".to_owned() } else { format!("{mb:.decimals$} MB") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_said_in_megabytes_and_events() {
        let said = |read_bytes, bytes, events| FileProgress { read_bytes, bytes, events }.in_words();
        assert_eq!(said(0.0, 60_200_000.0, 0.0), "0.0 of 60.2 MB, 0 events");
        assert_eq!(said(12_530_000.0, 60_200_000.0, 120_000.0), "12.5 of 60.2 MB, 120,000 events");
        assert_eq!(said(60_200_000.0, 60_200_000.0, 1_000_000.0), "60.2 MB read, 1,000,000 events; sorting them");
        assert_eq!(said(0.0, 900.0, 1.0), "0.0 of under 0.1 MB, 1 event");
    }

    #[test]
    fn errors_say_what_to_do() {
        let long = FileError::TooLong { bytes: 300e6 }.to_string();
        assert_eq!(long, "it has 300 MB, and up to 200 MB can be opened. A shorter recording shows as much");
        let much = FileError::TooMuch { events: 4_000_000 }.to_string();
        assert!(much.starts_with("it holds 4,000,000 slices"), "{much}");
        assert_eq!(FileError::Refused("event 2, byte 23: no".into()).to_string(), "event 2, byte 23: no");
    }
}

//! Reads Chrome Trace Event JSON (<https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU>) as it comes, piece
//! by piece, so that a large file is never in memory as a whole. What programs get wrong is put right where its meaning is
//! plain, and said; an error says which event it is about, and where.
//!
//! ```text
//!  bytes ─▶ gzip ─▶ document ─▶ event ─▶ gather ─┐  finish
//!           if packed  array, object  fields  by thread └▶ assemble ─▶ Trace
//! ```

mod arrows;
mod assemble;
mod chunks;
mod document;
mod error;
mod gather;
mod gzip;
mod lanes;
mod names;
mod notes;
mod own;
mod spans;
mod threads;

pub use error::ImportError;

use super::super::Trace;
use document::Document;
use gather::Gather;
use gzip::Unpacker;
use notes::Note;

/// The most text that a file may hold, bytes: what a small compressed file can grow to has to have an end.
const MOST_TEXT: u64 = 2 << 30;

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file that have been read.
    pub bytes: u64,
    /// Events until now.
    pub events: u64,
}

/// What a file held.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The trace. It begins at 0.
    pub trace: Trace,
    /// What was left out or had to be guessed, a sentence each without a full stop.
    pub notes: Vec<String>,
    /// The time in the file, µs, that is 0 in the trace.
    pub origin_us: f64,
}

/// How the bytes of a file come.
#[derive(Debug)]
enum Packing {
    /// So few have come that it is not plain yet.
    Unknown(Vec<u8>),
    /// As text.
    None,
    /// Compressed.
    Gzip(Unpacker),
}

/// Reads one file: [`Self::feed`] until there are no more bytes, then [`Self::finish`]. After an error it is of no more use.
///
/// Events within others go to further lanes below a thread's first ([`Lane::below`](super::super::Lane::below)), each name is
/// a task, and a category that is a state's name is that state.
#[derive(Debug)]
pub struct Importer {
    file: String,
    packing: Packing,
    document: Document,
    bytes: u64,
    text: u64,
}

impl Importer {
    /// An importer for the file of that name, which the trace's provenance will say.
    pub fn new(file: impl Into<String>) -> Self {
        let document = Document::new(Gather::default());
        Self { file: file.into(), packing: Packing::Unknown(Vec::new()), document, bytes: 0, text: 0 }
    }

    /// Takes the next bytes of the file, plain or compressed with gzip.
    ///
    /// # Errors
    /// [`ImportError`] where they make no sense.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        if let Packing::Unknown(first) = &mut self.packing {
            first.extend(bytes);
            if first.len() < gzip::MAGIC.len() {
                return Ok(());
            }
            let is_packed = first.starts_with(&gzip::MAGIC);
            let first = std::mem::take(first);
            self.packing = if is_packed { Packing::Gzip(Unpacker::default()) } else { Packing::None };
            return self.unpack(&first);
        }
        self.unpack(bytes)
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        Progress { bytes: self.bytes, events: self.document.events }
    }

    /// There are no more bytes: the trace. A file that breaks off, as browsers leave them, holds what came until then.
    ///
    /// # Errors
    /// [`ImportError`] if that is nothing, or makes no sense.
    pub fn finish(mut self) -> Result<Imported, ImportError> {
        let (rest, breaks_off) = match self.packing {
            Packing::Unknown(first) => (first, false),
            Packing::None => (Vec::new(), false),
            Packing::Gzip(unpacker) => unpacker.finish(),
        };
        self.document.feed(&rest)?;
        let mut gather = self.document.finish()?;
        if breaks_off {
            gather.notes.add(Note::BreaksOff);
        }
        assemble::assemble(gather, self.file)
    }

    fn unpack(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        let at = self.bytes;
        self.bytes += bytes.len() as u64;
        let Packing::Gzip(unpacker) = &mut self.packing else { return self.document.feed(bytes) };
        let take = |text: &[u8]| {
            self.text += text.len() as u64;
            if self.text > MOST_TEXT {
                return Err(ImportError::TooLarge { limit: MOST_TEXT });
            }
            self.document.feed(text)
        };
        unpacker.feed(bytes, take, |length| ImportError::Damaged { at: at + length as u64 })
    }
}

#[cfg(test)]
mod file_tests;
#[cfg(test)]
mod tests;

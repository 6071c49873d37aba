//! Why a file cannot be imported, with the place.

use super::super::super::TraceError;
use super::notes::Thousands;

/// Why a file cannot be imported. Events are counted from 1; places are bytes from the beginning of the text, for a compressed
/// file from the beginning of what it holds.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ImportError {
    /// It is neither a JSON array nor a JSON object.
    #[error("this is no Chrome trace: such a file begins with ‘[’ or ‘{{’, and this one with {found}")]
    NotATrace {
        /// What stands there.
        found: String,
    },
    /// It holds nothing that could be drawn.
    #[error("there is no event in this file that could be drawn")]
    Empty,
    /// Its JSON is broken outside the events.
    #[error("byte {}: {wanted} should stand here, and not {found}", Thousands(*at))]
    Malformed {
        /// Where.
        at: u64,
        /// What should stand there.
        wanted: &'static str,
        /// What does.
        found: String,
    },
    /// An event is broken.
    #[error("event {}, byte {}: {wanted} should stand here, and not {found}", Thousands(*event), Thousands(*at))]
    MalformedEvent {
        /// Which one.
        event: u64,
        /// Where.
        at: u64,
        /// What should stand there.
        wanted: &'static str,
        /// What does.
        found: String,
    },
    /// An event is longer than any sensible one.
    #[error(
        "event {}, from byte {}: it is longer than {} bytes; is a quotation mark or a brace missing?",
        Thousands(*event),
        Thousands(*at),
        Thousands(*limit as u64)
    )]
    TooLong {
        /// Which one.
        event: u64,
        /// Where it begins.
        at: u64,
        /// How long one may be, bytes.
        limit: usize,
    },
    /// The compressed data are damaged.
    #[error("the compressed file is damaged (found after byte {})", Thousands(*at))]
    Damaged {
        /// Up to where it was sound, bytes of the compressed file.
        at: u64,
    },
    /// There is more text than a page can take.
    #[error("the file holds more than {} bytes of text", Thousands(*limit))]
    TooLarge {
        /// How much it may hold, bytes.
        limit: u64,
    },
    /// It says that it is an export of ours, and then what cannot have happened.
    #[error("the file says what cannot have happened: {0}")]
    Unlawful(#[from] TraceError),
}

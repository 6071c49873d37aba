//! A whole trace as bytes, for a worker that hands one to the page: rows of fixed length, little-endian, so that a million slices
//! are read in milliseconds. Reading checks everything: bytes that make no trace give an error.
//!
//! ```text
//!  "ILTRACE" version · end_ms · provenance
//!  number of tasks, of objects · labels
//!  number of lanes · of each: kind, lane it continues, label, number of slices and marks, their rows
//!  number of holds, rows · of flows, rows · of counters, of each: object, number of samples, rows
//! ```

mod provenance;
mod read;
mod row;
mod write;

pub use read::{BinaryError, read};
pub use write::{encoded_len, write};

use super::super::Trace;

/// Changes with the format.
const MAGIC: [u8; 8] = *b"ILTRACE\x01";
/// No task, no object, no lane.
const NONE: u32 = u32::MAX;

/// `trace` as bytes.
pub fn encode(trace: &Trace) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(encoded_len(trace) as usize);
    // A `Vec` takes whatever is written to it.
    let _ = write(trace, &mut bytes);
    bytes
}

/// The trace that `bytes` are.
///
/// # Errors
/// [`BinaryError`] if they are none.
pub fn decode(bytes: &[u8]) -> Result<Trace, BinaryError> {
    read(&mut &*bytes, bytes.len() as u64)
}

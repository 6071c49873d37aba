//! The page's side of writing a trace as text: a process gets the trace as one buffer and hands back the text, piece by piece.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::super::line::Line;
use super::memory::buffer_of;
use super::{SILENT_FOR_MS, Word};
use crate::engine::{FileFormat, RunError};
use crate::trace::Trace;

/// Writes `trace` and tells how many bytes there are as they grow; the pieces of the file, `Uint8Array`s in order. Dropping the future ends
/// the worker, whatever it is doing.
///
/// # Errors
/// [`RunError`] where the worker did not come up, or came to its end.
pub async fn write_file(trace: &Trace, format: FileFormat, grown: impl Fn(f64)) -> Result<Array, RunError> {
    let buffer = buffer_of(trace).map_err(|error| RunError::WorkerLost(error.to_string()))?;
    let (mut line, _) = Line::start(0).await?;
    let values = [("trace", Uint8Array::new(&buffer).into()), ("format", format.name().into())];
    line.tell(&values, &Array::of1(&buffer))?;
    let (pieces, mut length) = (Array::new(), 0.0);
    loop {
        let word: Word = line.heard_within(SILENT_FOR_MS).await?.unchecked_into();
        match word.kind().as_str() {
            "piece" => {
                let bytes = word.bytes();
                length += f64::from(bytes.length());
                pieces.push(&bytes);
                grown(length);
            }
            "written" => return Ok(pieces),
            // That it lives.
            _ => {}
        }
    }
}

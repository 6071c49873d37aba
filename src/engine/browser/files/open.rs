//! The page's side of opening a trace from a file: a process reads it and hands over what it held.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::File;

use super::super::line::Line;
use super::memory::Source;
use super::{SILENT_FOR_MS, Word};
use crate::engine::{FileError, FileProgress, MOST_FILE_BYTES, OpenedFile, RunError};
use crate::trace::exchange::binary;

/// A trace that takes more than this (bytes) is not kept in memory together with another.
const LARGE_BYTES: u32 = 16 << 20;

/// What is told while a file is being opened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FileNews {
    /// More of it has been read.
    Progress(FileProgress),
    /// All of it has been read, and there is so much that whatever else is large should be let go of before it comes.
    Large,
}

/// Opens `file`, and tells how far it is. Dropping the future ends the worker, whatever it is doing.
///
/// # Errors
/// [`FileError`] where the file, the browser or the worker does not allow it.
pub async fn open_file(file: &File, news: impl AsyncFn(FileNews)) -> Result<OpenedFile, FileError> {
    let bytes = file.size();
    if bytes > MOST_FILE_BYTES {
        return Err(FileError::TooLong { bytes });
    }
    let (mut line, _) = Line::start(0).await.map_err(lost)?;
    line.tell(&[("file", file.into())], &Array::new()).map_err(lost)?;
    let word = loop {
        let word: Word = line.heard_within(SILENT_FOR_MS).await.map_err(lost)?.unchecked_into();
        match word.kind().as_str() {
            "read" => {
                let progress = FileProgress { read_bytes: word.read(), bytes, events: word.events() };
                news(FileNews::Progress(progress)).await;
            }
            "refused" => return Err(FileError::Refused(word.message().unwrap_or_default())),
            "unreadable" => return Err(FileError::Unreadable(word.message().unwrap_or_default())),
            "too much" => return Err(FileError::TooMuch { events: word.events() as u64 }),
            "opened" => break word,
            // That it lives.
            _ => {}
        }
    };
    // Its memory is the browser's again before the page takes as much.
    drop(line);
    let source = word.trace();
    if source.length() > LARGE_BYTES {
        news(FileNews::Large).await;
    }
    let trace = binary::read(&mut Source::new(&source), source.length().into()).map_err(defect)?;
    let notes = word.notes().iter().filter_map(|note| note.as_string()).collect();
    Ok(OpenedFile { name: file.name(), trace: Rc::new(trace), words: word.words(), notes })
}

/// What the line says of a worker, for whoever opens a file.
fn lost(error: RunError) -> FileError {
    FileError::WorkerLost(match error {
        // It would have said why it panics; what remains is that it was given no more memory.
        RunError::WorkerLost(said) if said.contains("RuntimeError") => {
            format!("it seems to have run out of memory ({said})")
        }
        RunError::Panicked(said) | RunError::WorkerLost(said) => said,
        other => other.to_string(),
    })
}

fn defect(error: binary::BinaryError) -> FileError {
    FileError::WorkerLost(error.to_string())
}

//! Opens a trace from a file: a process reads it, so that the page's thread never waits, and hands over what it held as one buffer.
//! No engine, but the same kind of worker as theirs, at the end of the same line.
//!
//! `worker` is what runs in the process. This file is the page's side.

pub(super) mod worker;

use std::io::{self, Read};
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::File;

use super::line::Line;
use crate::engine::{FileError, FileProgress, MOST_FILE_BYTES, OpenedFile, RunError};
use crate::trace::exchange::binary;
pub use worker::{Describe, describe_with};

/// How long the worker may be silent, ms: sorting a few million events takes it some seconds, in which it says nothing.
const SILENT_FOR_MS: u32 = 60_000;

/// A trace that takes more than this (bytes) is not kept in memory together with another.
const LARGE_BYTES: u32 = 16 << 20;

#[wasm_bindgen]
extern "C" {
    /// What the worker says; see `worker`.
    type Word;
    #[wasm_bindgen(method, getter)]
    fn kind(this: &Word) -> String;
    #[wasm_bindgen(method, getter)]
    fn message(this: &Word) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn read(this: &Word) -> f64;
    #[wasm_bindgen(method, getter)]
    fn events(this: &Word) -> f64;
    #[wasm_bindgen(method, getter)]
    fn trace(this: &Word) -> Uint8Array;
    #[wasm_bindgen(method, getter)]
    fn words(this: &Word) -> String;
    #[wasm_bindgen(method, getter)]
    fn notes(this: &Word) -> Array;
}

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
    let trace = binary::read(&mut Source { bytes: &source, at: 0 }, source.length().into()).map_err(defect)?;
    let notes = word.notes().iter().filter_map(|note| note.as_string()).collect();
    Ok(OpenedFile { name: file.name(), trace: Rc::new(trace), words: word.words(), notes })
}

/// Reads from the browser's memory, so that the page's never holds a trace twice.
struct Source<'a> {
    bytes: &'a Uint8Array,
    at: u32,
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = (self.bytes.length() - self.at).min(into.len() as u32);
        self.bytes.subarray(self.at, self.at + length).copy_to(&mut into[..length as usize]);
        self.at += length;
        Ok(length as usize)
    }
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

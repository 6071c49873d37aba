//! Traces from files and to files: a process reads and writes them, so that the page's thread never waits, and a trace goes from one to
//! the other as one buffer. No engine, but the same kind of worker as theirs, at the end of the same line.
//!
//! `worker` is what runs in the process; the rest is the page's side.
//!
//! ```text
//!  page                      worker
//!  { file }                  read { read, events } …  opened { trace, words, notes }
//!                            or: refused { message } · unreadable { message } · too much { events }
//!  { trace, format }         piece { bytes } …  written {}
//! ```

pub(super) mod memory;
mod open;
pub(super) mod worker;
mod write;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

pub use open::{FileNews, open_file};
pub use worker::{Describe, describe_with};
pub use write::write_file;

/// How long the worker may be silent, ms: sorting a few million events takes it some seconds, in which it says nothing.
const SILENT_FOR_MS: u32 = 60_000;

#[wasm_bindgen]
extern "C" {
    /// What the worker says.
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
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &Word) -> Uint8Array;
}

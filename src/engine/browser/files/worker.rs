//! What runs in a process that opens or writes a file. It reads a file piece by piece, tells how far it is, and hands the trace over as
//! one buffer, which is moved and not copied; or it takes a trace and hands over its text. Then it has nothing more to do, and is ended.

use std::cell::Cell;
use std::io::{self, Write};

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::memory::{Source, buffer_of};
use crate::engine::browser::on_panic;
use crate::engine::browser::requests::text;
use crate::engine::{FileFormat, MOST_TRACE_BYTES};
use crate::trace::Trace;
use crate::trace::exchange::{ImportError, Imported, Importer, binary, write_chrome, write_csv};

/// How much is read or written at once, bytes: large enough to cost nothing by itself, small enough to tell how far it is ten times a second.
const PIECE_BYTES: f64 = 2_097_152.0;

#[wasm_bindgen]
extern "C" {
    /// Posts to the page, and hands over what is in the list.
    #[wasm_bindgen(js_name = postMessage)]
    fn post(message: &JsValue, handed_over: &Array);
}

/// Puts a trace in words.
pub type Describe = fn(&Trace) -> String;

thread_local! {
    static DESCRIBE: Cell<Option<Describe>> = const { Cell::new(None) };
}

/// Has whoever reads files in this memory put each trace in words by `describe`: for a million slices that takes longer than a
/// page's thread may be held up, and an engine does not know how traces are told.
pub fn describe_with(describe: Describe) {
    DESCRIBE.set(Some(describe));
}

/// Why it could not be opened: the kind of what is said, and its part.
type Refusal = (&'static str, &'static str, JsValue);

/// Opens `file` and posts what came of it.
pub async fn open(file: &File) {
    on_panic(|said| say("panicked", &[("message", said.into())], &Array::new()));
    #[cfg(feature = "faults")]
    assert!(file.name() != "panic.json", "this file is there to make its reader panic");
    match read(file).await {
        Ok(imported) => hand_over(&imported),
        Err((kind, name, part)) => say(kind, &[(name, part)], &Array::new()),
    }
}

async fn read(file: &File) -> Result<Imported, Refusal> {
    let mut importer = Importer::new(file.name());
    let size = file.size();
    let refused = |error: ImportError| ("refused", "message", error.to_string().into());
    let (mut at, mut piece) = (0.0, Vec::new());
    let mut coming = piece_at(file, at)?;
    while at < size {
        let buffer = JsFuture::from(coming).await.map_err(unreadable)?;
        let bytes = Uint8Array::new(&buffer);
        if bytes.length() == 0 {
            return Err(unreadable("it is shorter than it was".into()));
        }
        at += f64::from(bytes.length());
        // The next is fetched while this one is looked at.
        coming = piece_at(file, at)?;
        piece.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut piece);
        importer.feed(&piece).map_err(refused)?;
        let events = importer.progress().events as f64;
        say("read", &[("read", at.into()), ("events", events.into())], &Array::new());
    }
    drop(piece);
    importer.finish().map_err(refused)
}

/// The bytes of `file` from `at`, on their way.
fn piece_at(file: &File, at: f64) -> Result<Promise, Refusal> {
    let piece = file.slice_with_f64_and_f64(at, (at + PIECE_BYTES).min(file.size())).map_err(unreadable)?;
    Ok(piece.array_buffer())
}

fn unreadable(why: JsValue) -> Refusal {
    ("unreadable", "message", text(why).into())
}

/// Writes the trace into the browser's memory and hands that over.
fn hand_over(imported: &Imported) {
    let length = binary::encoded_len(&imported.trace);
    if length > MOST_TRACE_BYTES {
        let lanes = imported.trace.lanes().iter();
        let events = lanes.map(|lane| lane.slices().len() + lane.marks().len()).sum::<usize>();
        return say("too much", &[("events", (events as f64).into())], &Array::new());
    }
    let buffer = match buffer_of(&imported.trace) {
        Ok(buffer) => buffer,
        Err(error) => return failed(&error.to_string()),
    };
    let words = DESCRIBE.get().map(|describe| describe(&imported.trace)).unwrap_or_default();
    let notes: Array = imported.notes.iter().map(JsValue::from).collect();
    let parts = [("trace", Uint8Array::new(&buffer).into()), ("words", words.into()), ("notes", notes.into())];
    say("opened", &parts, &Array::of1(&buffer));
}

/// Writes the trace that `bytes` are, and posts the text piece by piece.
pub fn write(bytes: &Uint8Array, format: &str) {
    on_panic(|said| say("panicked", &[("message", said.into())], &Array::new()));
    let trace = match binary::read(&mut Source::new(bytes), bytes.length().into()) {
        Ok(trace) => trace,
        Err(error) => return failed(&error.to_string()),
    };
    let mut pieces = Pieces(Vec::with_capacity(PIECE_BYTES as usize));
    let written = match FileFormat::named(format) {
        Some(FileFormat::Csv) => write_csv(&trace, &mut pieces),
        Some(FileFormat::Json) => write_chrome(&trace, &mut pieces),
        None => return failed("it was asked for a format that there is not"),
    };
    match written.and_then(|()| pieces.flush()) {
        Ok(()) => say("written", &[], &Array::new()),
        Err(error) => failed(&error.to_string()),
    }
}

/// Text on its way to the page, a piece at a time: a large trace is longer as text than this memory.
struct Pieces(Vec<u8>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend(bytes);
        if self.0.len() as f64 >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let bytes = Uint8Array::from(self.0.as_slice());
        say("piece", &[("bytes", (&bytes).into())], &Array::of1(&bytes.buffer()));
        self.0.clear();
        Ok(())
    }
}

fn failed(why: &str) {
    say("failed", &[("message", why.into())], &Array::new());
}

/// Posts to the page: what kind of thing is said, its parts, and what is handed over and not copied.
pub fn say(kind: &str, parts: &[(&str, JsValue)], handed_over: &Array) {
    let message = Object::new();
    for (name, value) in [("kind", kind.into())].iter().chain(parts) {
        Reflect::set(&message, &(*name).into(), value).unwrap_throw();
    }
    post(&message, handed_over);
}

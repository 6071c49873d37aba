//! The text of a large trace, kept outside of this module's memory, as a file is that somebody has chosen: so the memory that its
//! import takes can be told.

use std::io::{self, Write};

use interleave::trace::exchange::Importer;
use js_sys::Uint8Array;

use crate::large_trace::large_trace;

/// How much a worker hands to the importer at once, bytes.
const PIECE: usize = 1 << 20;

/// Pieces of a text.
#[derive(Default)]
pub struct Text {
    pieces: Vec<Uint8Array>,
    /// What is no whole piece yet.
    rest: Vec<u8>,
}

impl Text {
    /// The text of a trace of so many slices on so many threads.
    pub fn new(slices: u32, threads: u32) -> Self {
        let mut text = Self::default();
        large_trace(slices, threads, &mut text).and_then(|()| text.flush()).expect("memory does not fail");
        text.rest = Vec::new();
        text
    }

    /// How long it is.
    pub fn bytes(&self) -> f64 {
        self.pieces.iter().map(|piece| f64::from(piece.length())).sum()
    }

    /// Feeds the importer, piece by piece.
    pub fn feed(&self, importer: &mut Importer) {
        let mut bytes = vec![0; PIECE];
        for piece in &self.pieces {
            let bytes = &mut bytes[..piece.length() as usize];
            piece.copy_to(bytes);
            importer.feed(bytes).expect("it is well formed");
        }
    }
}

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rest.extend(bytes);
        if self.rest.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        for piece in self.rest.chunks(PIECE) {
            self.pieces.push(Uint8Array::from(piece));
        }
        self.rest.clear();
        Ok(())
    }
}

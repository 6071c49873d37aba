//! A trace as a buffer in the browser's memory, on its way from one wasm memory to another: neither ever holds it twice.

use std::io::{self, Read, Write};

use js_sys::{ArrayBuffer, Uint8Array};

use crate::trace::Trace;
use crate::trace::exchange::binary;

/// `trace` in a buffer that can be handed over.
pub fn buffer_of(trace: &Trace) -> io::Result<ArrayBuffer> {
    let buffer = ArrayBuffer::new(binary::encoded_len(trace) as u32);
    let bytes = Uint8Array::new(&buffer);
    binary::write(trace, &mut Target { bytes: &bytes, at: 0 })?;
    Ok(buffer)
}

/// Reads from the browser's memory.
pub struct Source<'a> {
    bytes: &'a Uint8Array,
    at: u32,
}

impl<'a> Source<'a> {
    /// From the first byte on.
    pub fn new(bytes: &'a Uint8Array) -> Self {
        Self { bytes, at: 0 }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = (self.bytes.length() - self.at).min(into.len() as u32);
        self.bytes.subarray(self.at, self.at + length).copy_to(&mut into[..length as usize]);
        self.at += length;
        Ok(length as usize)
    }
}

struct Target<'a> {
    bytes: &'a Uint8Array,
    at: u32,
}

impl Write for Target<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let end = self.at + bytes.len() as u32;
        if end > self.bytes.length() {
            return Err(io::ErrorKind::WriteZero.into());
        }
        self.bytes.subarray(self.at, end).copy_from(bytes);
        self.at = end;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

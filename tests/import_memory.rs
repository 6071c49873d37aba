//! How much memory an import takes besides the trace that it makes: little more than a trace again, however long the file is.
#![cfg(not(target_arch = "wasm32"))]

mod counting;
#[path = "../benches/large_trace.rs"]
mod large_trace;

use std::io::{self, Write};

use interleave::trace::exchange::{Importer, binary};
use large_trace::{SLICES, THREADS, large_trace};

/// Hands what is written to an importer, so that no test has the text as a whole.
struct Feeding(Importer, u64);

impl Write for Feeding {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.1 += bytes.len() as u64;
        self.0.feed(bytes).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Imports what `write` writes, in pieces of 64 kB, and returns its length, the slices, what is kept and the peak, all but the second in bytes.
fn import(write: impl Fn(&mut dyn Write) -> io::Result<()>) -> (u64, usize, usize, usize) {
    let before = counting::now();
    counting::start_peak();
    let mut out = io::BufWriter::with_capacity(1 << 16, Feeding(Importer::new("a.json"), 0));
    write(&mut out).unwrap();
    let Feeding(importer, length) = out.into_inner().map_err(|error| error.into_error()).unwrap();
    let imported = importer.finish().unwrap();
    let (kept, peak) = (counting::now() - before, counting::peak() - before);
    // Its binary form needs no room for itself but for a block, of 128 kB.
    counting::start_peak();
    let now = counting::now();
    binary::write(&imported.trace, &mut io::sink()).unwrap();
    let extra = counting::peak() - now;
    assert!(extra < 150_000, "{extra} bytes to write it");
    (length, imported.trace.slices().count(), kept, peak)
}

/// One test, since one thread measures at a time.
#[test]
fn memory_is_bounded_by_what_is_drawn() {
    let (length, slices, kept, peak) = import(|mut out| large_trace(SLICES / 10, THREADS, &mut out));
    assert!(length > 8_000_000 && slices == 100_000);
    assert!(kept < 33 * slices, "{kept} bytes are kept");
    assert!(peak < kept + kept / 4 + 1_000_000, "{peak} bytes at the peak, {kept} kept");

    // All on one thread, each second slice within the one before: everything has to be sorted and spread.
    let (_, slices, kept, peak) = import(|out| {
        out.write_all(b"[")?;
        (0..100_000_u32).try_for_each(|number| {
            let (ts, dur) = (number / 2 * 10 + number % 2, 5 - number % 2 * 2);
            writeln!(
                out,
                r#"{{"name":"a","ph":"X","ts":{ts},"dur":{dur},"tid":1,"args":{{"x":"{}"}}}},"#,
                "y".repeat(200)
            )
        })
    });
    assert_eq!(slices, 100_000);
    assert!(kept < 33 * slices && peak < 3 * kept, "{peak} bytes at the peak, {kept} kept");

    // Beginnings and ends apart.
    let (_, slices, kept, peak) = import(|out| {
        out.write_all(b"[")?;
        (0..100_000_u32).try_for_each(|number| {
            let phase = if number % 2 == 0 { 'B' } else { 'E' };
            writeln!(out, r#"{{"name":"a","ph":"{phase}","ts":{number},"tid":{}}},"#, number / 2 % 7)
        })
    });
    assert_eq!(slices, 50_000);
    assert!(kept < 33 * slices && peak < 3 * kept, "{peak} bytes at the peak, {kept} kept");

    // A long text of which nothing is drawn: one event, of 15 MB, is the most that is ever kept.
    let (length, slices, kept, peak) = import(|out| {
        out.write_all(b"{\"systemTraceEvents\":\"")?;
        let text = "z".repeat(1 << 20);
        (0..20).try_for_each(|_| out.write_all(text.as_bytes()))?;
        out.write_all(b"\",\"traceEvents\":[{\"ph\":\"X\",\"ts\":1,\"dur\":1,\"name\":\"a\",\"args\":{\"x\":\"")?;
        (0..15).try_for_each(|_| out.write_all(text.as_bytes()))?;
        out.write_all(b"\"}}]}")
    });
    assert!(length > 35_000_000 && slices == 1);
    assert!(kept < 100_000 && peak < 40 << 20, "{peak} bytes at the peak, {kept} kept");
}

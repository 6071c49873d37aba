//! How fast a large trace is read, and how much memory that takes, natively. Prints one line of JSON per measurement, as
//! `native.rs` does. Given the name of a file that does not exist, it writes the trace there.
#![expect(clippy::disallowed_types, reason = "this runs natively alone")]

#[path = "../tests/counting/mod.rs"]
mod counting;
mod large_trace;

use std::time::Instant;

use interleave::trace::exchange::{Importer, binary};

use large_trace::{SLICES, THREADS, large_trace};

/// How much a worker hands to the importer at once, bytes.
const CHUNK: usize = 1 << 20;
const RUNS: usize = 5;

fn main() -> std::io::Result<()> {
    let mut json = Vec::with_capacity(90_000_000);
    large_trace(SLICES, THREADS, &mut json)?;
    if let Some(path) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) {
        return std::fs::write(path, json);
    }
    let megabytes = json.len() as f64 / 1e6;
    let (mut import, mut peak, mut kept, mut encode, mut decode) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let before = counting::now();
        counting::start_peak();
        let began = Instant::now();
        let mut importer = Importer::new("large.json");
        json.chunks(CHUNK).for_each(|bytes| importer.feed(bytes).expect("it is well formed"));
        let trace = importer.finish().expect("it holds slices").trace;
        import.push(megabytes / began.elapsed().as_secs_f64());
        peak.push((counting::peak() - before) as f64 / 1e6);
        kept.push((counting::now() - before) as f64 / f64::from(SLICES));
        let began = Instant::now();
        let bytes = binary::encode(&trace);
        encode.push(began.elapsed().as_secs_f64() * 1e3);
        let began = Instant::now();
        assert_eq!(binary::decode(&bytes).as_ref(), Ok(&trace));
        decode.push(began.elapsed().as_secs_f64() * 1e3);
    }
    println!("{megabytes:.1} MB of text");
    for (name, runs) in [
        ("import-mb-per-s", import),
        ("import-peak-mb", peak),
        ("import-bytes-per-slice", kept),
        ("trace-encode-ms", encode),
        ("trace-decode-ms", decode),
    ] {
        println!("BENCH {{\"name\":\"native-{name}\",\"runs\":{runs:.1?}}}");
    }
    Ok(())
}

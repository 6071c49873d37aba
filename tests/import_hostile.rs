//! Files that nobody meant well with: whatever the bytes, an importer gives an error or a trace that obeys the laws, and neither
//! panics nor takes long. `PROPTEST_CASES=1000000 cargo test --release --test import_hostile` tries a million.
#![cfg(not(target_arch = "wasm32"))]

use interleave::trace::Trace;
use interleave::trace::exchange::{ImportError, Imported, Importer, binary};
use proptest::prelude::*;

/// Pieces of which files are made, and of which broken ones are.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    " ",
    "\n",
    "\u{feff}",
    "{\"traceEvents\":[",
    "\"otherData\":{",
    "\"interleave\":1",
    "\"ph\":\"X\"",
    "\"ph\":\"B\"",
    "\"ph\":\"E\"",
    "\"ph\":\"b\"",
    "\"ph\":\"e\"",
    "\"ph\":\"n\"",
    "\"ph\":\"s\"",
    "\"ph\":\"t\"",
    "\"ph\":\"f\"",
    "\"ph\":\"i\"",
    "\"ph\":\"C\"",
    "\"ph\":\"M\"",
    "\"ph\":\"P\"",
    "\"ph\":7",
    "\"name\":\"a\"",
    "\"name\":\"thread_name\"",
    "\"name\":\"task\"",
    "\"name\":\"\\ud83d\\ude00\"",
    "\"ts\":",
    "\"dur\":",
    "\"ms\":",
    "\"end_ms\":",
    "\"pid\":1",
    "\"pid\":\"x\"",
    "\"tid\":1",
    "\"tid\":2",
    "\"id\":1",
    "\"id2\":{\"local\":\"1\"}",
    "\"cat\":\"hold\"",
    "\"bp\":\"e\"",
    "\"object\":0",
    "\"args\":{\"name\":\"x\"}",
    "\"args\":{\"value\":1e3}",
    "\"args\":{\"task\":0,\"object\":0}",
    "\"args\":{\"below\":0,\"kind\":\"thread\"}",
    "\"args\":{\"sort_index\":-1}",
    "0",
    "1",
    "-5",
    "0.1",
    "0.2",
    "0.3",
    "1e15",
    "1e300",
    "-1e-300",
    "NaN",
    "Infinity",
    "null",
    "\"1.5\"",
    "99999999999999999999999999",
    "\u{1f}\u{8b}",
    "مرحبا",
    "\u{0}",
];

/// Fields that have a meaning with some phases.
const FIELDS: &[&str] = &[
    "\"bp\":\"e\"",
    "\"cat\":\"hold\"",
    "\"object\":0",
    "\"args\":{\"name\":\"x\"}",
    "\"args\":{\"value\":1e3}",
    "\"args\":{\"task\":0,\"object\":0}",
    "\"args\":{\"below\":0,\"kind\":\"thread\"}",
    "\"args\":{\"sort_index\":-1}",
];

/// An event that is well formed, with values that may not be sensible.
fn events() -> impl Strategy<Value = String> {
    let number = || {
        prop_oneof![
            4 => (-20..60_i32).prop_map(|number| number.to_string()),
            2 => (0..600_u32).prop_map(|number| format!("{}.{}", number / 10, number % 10)),
            1 => prop::sample::select(&["NaN", "1e15", "-1e15", "1e23", "1e300", "\"7\"", "null", "0.00000000001", "1e-400"][..])
                .prop_map(str::to_owned),
        ]
    };
    let field = prop_oneof![
        (0..3_u8).prop_map(|pid| format!("\"pid\":{pid}")),
        (0..3_u8).prop_map(|tid| format!("\"tid\":\"{tid}\"")),
        (0..3_u8).prop_map(|id| format!("\"id\":{id}")),
        "[ab]?".prop_map(|name| format!("\"name\":\"{name}\"")),
        number().prop_map(|dur| format!("\"dur\":{dur}")),
        prop::sample::select(FIELDS).prop_map(str::to_owned),
    ];
    let phase = prop::sample::select(&["X", "X", "X", "B", "E", "b", "n", "e", "s", "t", "f", "i", "C", "M", "P"][..]);
    (phase, number(), prop::collection::vec(field, 0..6))
        .prop_map(|(phase, ts, fields)| format!("{{\"ph\":\"{phase}\",\"ts\":{ts},{}}},\n", fields.join(",")))
}

/// Events, in one of the forms of a file.
fn lists() -> impl Strategy<Value = Vec<u8>> {
    let head = prop::sample::select(
        &["[", "{\"traceEvents\":[", "{\"otherData\":{\"interleave\":1,\"end_ms\":60},\"traceEvents\":["][..],
    );
    (head, prop::collection::vec(events(), 0..30))
        .prop_map(|(head, events)| (head.to_owned() + &events.concat()).into_bytes())
}

/// A file: pieces in any order, or events, of which some bytes have been changed.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let soup =
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat().into_bytes());
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    let changed = (lists(), changes).prop_map(|(mut bytes, changes)| {
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes
    });
    let packed = (lists(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(bytes, place, byte)| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, &bytes).unwrap();
        let mut bytes = packer.finish().unwrap();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        bytes
    });
    prop_oneof![3 => soup, 4 => lists(), 3 => changed, 1 => packed, 1 => prop::collection::vec(any::<u8>(), 0..100)]
}

fn import(file: &[u8], chunk: usize) -> Result<Imported, ImportError> {
    let mut importer = Importer::new("a.json");
    file.chunks(chunk).try_for_each(|bytes| importer.feed(bytes))?;
    importer.finish()
}

/// Reading the trace from its bytes checks every law.
fn is_lawful(trace: &Trace) -> bool {
    binary::decode(&binary::encode(trace)).as_ref() == Ok(trace)
}

proptest! {
    #[test]
    fn whatever_comes_gives_an_error_or_a_lawful_trace(file in files(), chunk in 1..64_usize) {
        let whole = import(&file, usize::MAX);
        if let Ok(imported) = &whole {
            prop_assert!(is_lawful(&imported.trace), "{imported:#?}");
        }
        let in_chunks = import(&file, chunk);
        // Where compressed bytes are damaged is known only roughly.
        if !matches!(whole, Err(ImportError::Damaged { .. })) {
            prop_assert_eq!(in_chunks, whole);
        }
    }
}

/// Ten thousand lanes, and names of ten thousand letters.
#[test]
fn there_may_be_very_many_lanes_and_very_long_names() {
    let mut importer = Importer::new("a.json");
    importer.feed(b"[").unwrap();
    for thread in 0..10_000_u32 {
        let name = if thread % 1000 == 0 { "ש<b>".repeat(2000) } else { format!("task {}", thread % 7) };
        let event =
            format!(r#"{{"name":"{name}","ph":"X","ts":{thread}.5,"dur":1e15,"pid":{},"tid":{thread}}},"#, thread % 3);
        importer.feed(event.as_bytes()).unwrap();
    }
    let trace = importer.finish().unwrap().trace;
    assert_eq!((trace.lanes().len(), trace.tasks().len()), (10_000, 8));
    assert!(trace.tasks().contains(&"ש<b>".repeat(2000)));
    assert_eq!(binary::decode(&binary::encode(&trace)), Ok(trace));
}

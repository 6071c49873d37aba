//! Files as a whole: what is refused and how it is said, what is compressed, and what is said of where they come from.

use super::tests::{check, import};
use super::*;
use expect_test::expect;

#[test]
fn errors_name_the_event_and_the_place() {
    check("", expect![["there is no event in this file that could be drawn"]]);
    check("[]", expect![["there is no event in this file that could be drawn"]]);
    check(
        "# tracer: nop",
        expect!["this is no Chrome trace: such a file begins with ‘[’ or ‘{’, and this one with ‘#’"],
    );
    check(r#"{"traceEvents":5}"#, expect!["byte 15: an array of events should stand here, and not ‘5’"]);
    check(r#"{"a":1 "b":2}"#, expect!["there is no event in this file that could be drawn"]);
    check(
        r#"[{"ph":"X","ts":1,"dur":1}, 5]"#,
        expect!["event 2, byte 28: an event in braces should stand here, and not ‘5’"],
    );
    check(
        r#"[{"ph":"M"}, {"ph":"X" "ts":1}]"#,
        expect![[r#"event 2, byte 23: a comma or a closing brace should stand here, and not ‘"’"#]],
    );
    check(r#"[{"ph":"X","ts":}]"#, expect!["event 1, byte 16: a value should stand here, and not ‘}’"]);
    check(
        r#"[{"ph":"X","ts":1]"#,
        expect!["event 1, byte 17: a comma or a closing brace should stand here, and not ‘]’"],
    );
    check(
        r#"[{"ph":"M","name":"thread_name","args":{"name" 5}}]"#,
        expect!["event 1, byte 47: a colon should stand here, and not ‘5’"],
    );
    check(
        r#"[{"ph":"X","args":{"a":[1}}, {"ph":1}]"#,
        expect!["event 1, byte 29: a key or a closing brace should stand here, and not ‘{’"],
    );
}

#[test]
fn an_event_may_not_be_endless() {
    let mut importer = Importer::new("a.json");
    importer.feed(b"[{\"name\":\"").unwrap();
    let text = vec![b'x'; 1 << 20];
    let error = std::iter::repeat_n(&text, 17).find_map(|text| importer.feed(text).err());
    expect![["event 1, from byte 1: it is longer than 16,777,216 bytes; is a quotation mark or a brace missing?"]]
        .assert_eq(&error.unwrap().to_string());
}

#[test]
fn compressed_files_are_unpacked() {
    let json = format!("[{}", r#"{"ph":"X","name":"a","ts":1,"dur":5,"tid":2},"#.repeat(2000));
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packer, json.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let plain = import(json.as_bytes()).unwrap();
    for size in [1, 7, 1 << 20] {
        let mut importer = Importer::new("a.json");
        packed.chunks(size).for_each(|bytes| importer.feed(bytes).unwrap());
        assert_eq!(importer.progress().bytes, packed.len() as u64);
        assert_eq!(importer.finish().as_ref(), Ok(&plain));
    }
    let cut = import(&packed[..packed.len() - 20]).unwrap();
    assert!(cut.notes[0].contains("breaks off"), "{:?}", cut.notes);
    let mut damaged = packed.clone();
    damaged[20] ^= 0x55;
    assert!(import(&damaged).is_err());
}

#[test]
fn the_source_is_the_file() {
    let imported = import(br#"[{"ph":"X","ts":1000.125,"dur":5.25}]"#).unwrap();
    assert_eq!(imported.trace.provenance().source, crate::trace::Source::Imported("a.json".into()));
    assert_eq!(imported.trace.provenance().clock_resolution_ms, 1e-5);
    assert_eq!(imported.origin_us, 1000.125);
}

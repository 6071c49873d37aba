//! Data goes where it is needed: a program in two parts reads what the whole one reads.

use super::linker::Memory;
use super::{Program, split_as_linked};
use crate::{Profile, split};
use expect_test::{Expect, expect};
use walrus::{ConstExpr, DataKind, Module, ir::Value};

/// Numbers from 1024 on are addresses. The first three functions are put off in turn; `WORK` makes them worth a stub.
const MODULE: &str = r#"(module
  (memory (export "memory") 1)
  (table 1 funcref)
  (data $read_only "own.both\0c\04\00\00deepnonekeptnearend.")
  (data $written "\14\04\00\00")
  (func $begin
    (memory.init $read_only (i32.const 1024) (i32.const 0) (i32.const 32))
    (memory.init $written (i32.const 1056) (i32.const 0) (i32.const 4)))
  (start $begin)
  (func $own (result i32) WORK (i32.xor (i32.load (i32.const 1024)) (i32.load (i32.const 1028))))
  (func $deep (result i32) WORK (i32.add (i32.load (i32.load (i32.const 1032))) (i32.load offset=1028 (i32.const 0))))
  (func $near (result i32) WORK (i32.add (i32.load (i32.load (i32.const 1056))) (i32.load (i32.sub (i32.const 1052) (i32.const 4)))))
  (func (export "own") (result i32) (call $own))
  (func (export "deep") (result i32) (call $deep))
  (func (export "near") (result i32) (call $near)))"#;
const WORK: &str = "(i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.mul (i32.const 2) (i32.const 3))))";
const FUNCTIONS: [&str; 3] = ["own", "deep", "near"];

const MEMORY: Memory = Memory {
    address: 1024,
    // `own.`, `both`, the address of what comes next, `deep`; `none`, which has no name; `kept`; `near`, which is referred to by the
    // place behind it; `end.`, which has no name; and the address of `kept`, in what is written.
    symbols: &[0..4, 4..8, 8..12, 12..16, 20..24, 24..28, 32..36],
    pointers: &[(8, 3), (32, 4)],
    read_only: 32,
};

fn text() -> String {
    MODULE.replace("WORK", WORK)
}

fn module() -> Vec<u8> {
    MEMORY.link(&text())
}

#[test]
fn whatever_is_put_off_the_same_is_read() {
    let mut whole = Program::new(&module(), None);
    let whole = FUNCTIONS.map(|name| (name, whole.call(name, &[])));
    for subset in 0..1_u32 << FUNCTIONS.len() {
        let names = FUNCTIONS.iter().enumerate().filter(|(at, _)| subset >> at & 1 == 1).map(|(_, name)| *name);
        let names: Vec<_> = names.collect();
        let parts = split_as_linked(&module(), &names);
        let mut program = Program::new(&parts.first, Some(&parts.rest));
        // First those that stay, before the rest is there.
        let (later, now): (Vec<_>, Vec<_>) = whole.iter().partition(|(name, _)| names.contains(name));
        for (part, loads) in
            [(&now, 0), (&later, usize::from(!later.is_empty())), (&now, usize::from(!later.is_empty()))]
        {
            for (name, read) in part {
                assert_eq!(program.call(name, &[]), *read, "{name} when {names:?} are put off");
            }
            assert_eq!(program.store.data().done.loads, loads, "{names:?}");
        }
    }
}

#[track_caller]
fn check(put_off: &[&str], expected: &Expect) {
    let parts = split_as_linked(&module(), put_off);
    let shown = |bytes: &[u8]| -> String {
        let shown = |byte: &u8| match byte {
            0 => '_',
            byte if byte.is_ascii_graphic() => char::from(*byte),
            _ => '#',
        };
        bytes.iter().map(shown).collect()
    };
    let mut text = String::new();
    for (address, bytes) in segments(&parts.first).into_iter().chain(segments(&parts.rest)) {
        let address = address.map_or("first".to_owned(), |address| address.to_string());
        text += &format!("{address:5} {}\n", shown(&bytes));
    }
    text += &format!("{} bytes\n", parts.data);
    expected.assert_eq(&text);
}

/// Segments with their addresses; without one those that a function puts in place.
fn segments(module: &[u8]) -> Vec<(Option<i32>, Vec<u8>)> {
    let module = Module::from_buffer(module).unwrap();
    let address = |kind: &DataKind| match kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(address)), .. } => Some(*address),
        _ => None,
    };
    module.data.iter().map(|data| (address(&data.kind), data.value.clone())).collect()
}

#[test]
fn data_goes_where_it_is_needed() {
    check(
        &[],
        &expect![[r#"
        first own.both##__deepnonekeptnearend.
        first ##__
        0 bytes
    "#]],
    );
    check(
        &["own"],
        &expect![[r#"
        first ____both##__deepnonekeptnearend.
        first ##__
        1024  own.
        4 bytes
    "#]],
    );
    check(
        &["deep"],
        &expect![[r#"
        first own.both________nonekeptnearend.
        first ##__
        1032  ##__deep
        8 bytes
    "#]],
    );
    check(
        &["own", "deep"],
        &expect![[r#"
        first ________________nonekeptnearend.
        first ##__
        1024  own.both##__deep
        16 bytes
    "#]],
    );
    check(
        &FUNCTIONS,
        &expect![[r#"
        first ________________nonekept____end.
        first ##__
        1024  own.both##__deepnonekeptnear
        20 bytes
    "#]],
    );
}

/// What a build says of a program and a linked module that do not belong together.
fn error(module: &[u8], linked: &[u8]) -> String {
    format!("{:#}", split(module, linked, &Profile::new(["own"])).unwrap_err())
}

#[test]
fn nothing_is_split_by_what_is_not_known_for_sure() {
    let plain = wat::parse_str(text()).unwrap();
    let changed = |from: &str, to: &str| MEMORY.link(&text().replace(from, to));
    let elsewhere = changed("i32.const 1024) (i32.const 0", "i32.const 2048) (i32.const 0");
    let by_halves =
        changed("i32.const 1024) (i32.const 0) (i32.const 32", "i32.const 1024) (i32.const 0) (i32.const 16");
    let mut half_told = module();
    let place = half_told.windows(10).position(|bytes| bytes == b"reloc.CODE").unwrap();
    half_told[place..][..10].copy_from_slice(b"else. CODE");
    for (module, linked, expected) in [
        (&plain, &plain, "the linker kept no relocations"),
        (&half_told, &half_told, "the linker kept no relocations"),
        (&plain, &module(), "not the one of which the program was made"),
        (&changed("$near", "$afar"), &module(), "the function `afar` has 1052 in it"),
        (&changed("kept", "KEPT"), &module(), "other data than the module"),
        (&elsewhere, &module(), "data lies at 2048, and relocations say {1024}"),
        (&by_halves, &module(), "not put in place as a whole"),
    ] {
        let said = error(module, linked);
        assert!(said.contains(expected), "{said}");
    }
}

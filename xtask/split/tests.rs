//! A module and its parts do the same, whatever is put off; carried out by an interpreter.

mod data;
mod linker;

use crate::{BINDINGS, FIRST, IMPORT_MODULE, IMPORT_NAME, IS_LOADED, Profile, Split, count, split};
use linker::Memory;
use wasmi::{AsContextMut, Caller, Engine, Extern, Instance, Linker, Module, Store, Val};

/// Functions that call each other directly and through the table, import one, and share a memory and a global. Each is long enough to be
/// worth a stub.
const MODULE: &str = r#"(module
  (import "./interleave_bg.js" "log" (func $log (param i32)))
  (type $unary (func (param i32) (result i32)))
  (memory (export "memory") 1)
  (table 4 funcref)
  (elem (i32.const 1) $double $square $tell)
  (global $calls (mut i32) (i32.const 0))
  (data (i32.const 8) "\07\00\00\00")
  (func $count (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (i32.store (i32.const 16) (i32.mul (global.get $calls) (i32.const 10)))
    (i32.store (i32.const 20) (global.get $calls)))
  (func $double (param $n i32) (result i32) (call $count)
    (i32.store (i32.const 24) (i32.add (i32.load (i32.const 24)) (i32.const 1)))
    (i32.sub (i32.mul (local.get $n) (i32.const 2)) (i32.const 0)))
  (func $square (param $n i32) (result i32) (call $count)
    (i32.store (i32.const 24) (i32.add (i32.load (i32.const 24)) (i32.const 1)))
    (i32.add (i32.mul (local.get $n) (local.get $n)) (i32.load (i32.const 8))))
  (func $tell (param $n i32) (result i32) (call $count) (call $log (i32.add (local.get $n) (i32.const 1)))
    (call $log (call $double (i32.add (local.get $n) (i32.load (i32.const 8)))))
    (i32.add (local.get $n) (i32.const 3)))
  (func $all (param $n i32) (result i32) (call $count)
    (call $tell (call_indirect (type $unary) (call $square (call $double (local.get $n))) (i32.const 2)))
    (i32.add (i32.const 1)) (i32.add (i32.const 1)) (i32.add (i32.const 1)))
  (func (export "call") (param $place i32) (param $n i32) (result i32)
    (call_indirect (type $unary) (local.get $n) (local.get $place)))
  (export "all" (func $all))
  (func (export "calls") (result i32) (i32.add (global.get $calls) (i32.load (i32.const 20)))))"#;
/// How the parts call the function that it imports.
const RENAMED: &str = "a";
const FUNCTIONS: [&str; 5] = ["count", "double", "square", "tell", "all"];

/// What a program does, in order.
#[derive(Debug, Default, PartialEq)]
struct Done {
    logged: Vec<i32>,
    /// How often the rest was asked for.
    loads: usize,
}

/// What is needed when the rest is asked for.
struct Host {
    rest: Option<Module>,
    done: Done,
}

struct Program {
    store: Store<Host>,
    instance: Instance,
}

impl Program {
    fn new(first: &[u8], rest: Option<&[u8]>) -> Program {
        let engine = Engine::default();
        let rest = rest.map(|rest| Module::new(&engine, rest).expect("the rest is valid"));
        let first = Module::new(&engine, first).expect("the first is valid");
        let mut store = Store::new(&engine, Host { rest, done: Done::default() });
        let mut linker = Linker::new(&engine);
        linker.func_wrap(BINDINGS, "log", log).unwrap();
        linker.func_wrap(BINDINGS, RENAMED, log).unwrap();
        linker.func_wrap(IMPORT_MODULE, IMPORT_NAME, load).unwrap();
        let instance = linker.instantiate_and_start(&mut store, &first).expect("the first begins");
        Program { store, instance }
    }

    fn call(&mut self, name: &str, arguments: &[i32]) -> i32 {
        let function = self.instance.get_func(&self.store, name).unwrap();
        let arguments: Vec<_> = arguments.iter().map(|n| Val::I32(*n)).collect();
        let mut results = [Val::I32(0)];
        function.call(&mut self.store, &arguments, &mut results).unwrap();
        results[0].i32().unwrap()
    }

    /// All that can be seen of it.
    fn told(&mut self) -> (Vec<i32>, Vec<i32>) {
        let results =
            [("call", vec![1, 5]), ("all", vec![2]), ("call", vec![3, 4]), ("call", vec![2, 3]), ("calls", vec![])];
        let results = results.iter().map(|(name, arguments)| self.call(name, arguments)).collect();
        (results, self.store.data().done.logged.clone())
    }
}

fn log(mut caller: Caller<Host>, n: i32) {
    caller.data_mut().done.logged.push(n);
}

/// As www/rest.js does it.
fn load(mut caller: Caller<Host>) {
    let rest = caller.data().rest.clone().expect("there is a rest");
    caller.data_mut().done.loads += 1;
    let mut linker = Linker::new(rest.engine());
    linker.func_wrap(BINDINGS, RENAMED, log).unwrap();
    for import in rest.imports().filter(|import| import.module() != BINDINGS) {
        assert_eq!(import.module(), FIRST);
        let export = caller.get_export(import.name()).expect("the first exports what the rest imports");
        linker.define(FIRST, import.name(), export).unwrap();
    }
    // Once more, as the next thread does.
    for _ in 0..2 {
        linker.instantiate_and_start(caller.as_context_mut(), &rest).expect("the rest begins");
    }
    let Some(Extern::Global(is_loaded)) = caller.get_export(IS_LOADED) else { panic!("it is exported") };
    assert_eq!(is_loaded.get(&caller).i32(), Some(1));
}

fn module() -> Vec<u8> {
    linked(MODULE)
}

/// A module whose linker knows of no data.
fn linked(text: &str) -> Vec<u8> {
    Memory { address: 0, symbols: &[], pointers: &[], read_only: 0 }.link(text)
}

/// Splits one of which wasm-bindgen changed nothing.
fn split_as_linked(module: &[u8], put_off: &[&str]) -> Split {
    split(module, module, &Profile::new(put_off.iter().copied())).unwrap()
}

#[test]
fn whatever_is_put_off_the_program_does_the_same() {
    let whole = Program::new(&module(), None).told();
    assert!(whole.1.len() > 2, "{whole:?}");
    for subset in 0..1_u32 << FUNCTIONS.len() {
        let names = FUNCTIONS.iter().enumerate().filter(|(at, _)| subset >> at & 1 == 1).map(|(_, name)| *name);
        let names: Vec<_> = names.collect();
        let parts = split_as_linked(&module(), &names);
        assert!(parts.put_off >= names.len(), "{names:?}, and what only they call");
        let mut program = Program::new(&parts.first, Some(&parts.rest));
        assert_eq!(program.told(), whole, "{names:?}");
        assert_eq!(program.store.data().done.loads, usize::from(!names.is_empty()), "{names:?}: asked for once");
    }
}

#[test]
fn the_rest_is_asked_for_when_it_is_needed_and_not_before() {
    let parts = split_as_linked(&module(), &["tell"]);
    assert_eq!(parts.imports.iter().collect::<Vec<_>>(), [(&"log".to_owned(), &RENAMED.to_owned())]);
    let mut program = Program::new(&parts.first, Some(&parts.rest));
    assert_eq!(program.call("call", &[1, 21]), 42);
    assert_eq!(program.store.data().done.loads, 0);
    assert_eq!(program.call("call", &[3, 4]), 7);
    assert_eq!(program.store.data().done.loads, 1);
    let holds =
        |word: &[u8]| parts.first.windows(word.len()).chain(parts.rest.windows(word.len())).any(|at| at == word);
    assert!(
        parts.first.len() < module().len() && ![&b"tell"[..], b"linking", b"reloc."].iter().any(|word| holds(word))
    );
}

#[test]
fn what_is_short_is_not_put_off() {
    let long = "(i32.add (i32.add (i32.add (i32.add (i32.add (i32.add (i32.const 1) (i32.const 2)) (i32.const 3)) (i32.const 4)) (i32.const 5)) (i32.const 6)) (i32.const 7))";
    let module = format!(
        "(module (table 1 funcref) (memory 1) (func $short (result i32) (i32.const 1)) \
         (func $long (result i32) {long}) (func (export \"all\") (result i32) (i32.add (call $short) (call $long))))"
    );
    assert_eq!(split_as_linked(&linked(&module), &["short", "long"]).put_off, 1);
    assert!(split(b"<html>", b"<html>", &Profile::default()).is_err());
}

#[test]
fn a_program_that_counts_says_what_ran() {
    let counted = count(&module()).unwrap();
    let mut program = Program::new(&counted.module, None);
    program.call("call", &[1, 5]);
    let memory = program.instance.get_memory(&program.store, "marks_memory").unwrap();
    let marks = &memory.data(&program.store)[counted.marks as usize..][..counted.names.len()];
    let ran: Vec<_> =
        counted.names.iter().zip(marks).filter(|(_, mark)| **mark == 1).map(|(name, _)| name.as_str()).collect();
    // The export that calls them has no name.
    assert_eq!(ran, ["count", "double", ""]);
    assert_eq!(counted.pages, (1, 2));
}

#[test]
fn what_only_the_rest_calls_goes_along_and_what_is_short_is_in_both() {
    let long = "(drop (i32.mul (i32.add (i32.const 1) (i32.const 2)) (i32.add (i32.const 3) (i32.const 4))))";
    let longer = long.repeat(2);
    let text = format!(
        r#"(module (import "./interleave_bg.js" "log" (func $log (param i32))) (table 2 funcref) (memory 1)
        (elem (i32.const 1) $named)
        (func $put_off {longer} (call $rests) (call $short) (call $long) (call $named) (call $log (i32.const 7)))
        (func $rests {longer} (call $rests_too)) (func $rests_too (call $log (i32.const 1)))
        (func $short (call $log (i32.const 2))) (func $long {longer} (call $log (i32.const 3)))
        (func $named {longer} (call $log (i32.const 4)))
        (func (export "first") (call $short) (call $long))
        (func (export "all") (result i32) (call $put_off) (call $short) (i32.const 0)))"#
    );
    let parts = split_as_linked(&linked(&text), &["put_off"]);
    assert_eq!(parts.put_off, 3, "and two that only it calls");
    let functions = |module: &[u8]| walrus::Module::from_buffer(module).unwrap().funcs.iter_local().count();
    assert_eq!(functions(&parts.rest), 5, "those, one that is in both, and one that says that the rest is there");
    let first = walrus::Module::from_buffer(&parts.first).unwrap();
    let exports: Vec<_> = first.exports.iter().map(|export| export.name.as_str()).collect();
    assert_eq!(exports, ["first", "all", IS_LOADED, "t:0", "m:0", "a", "b"], "`long` and `named`");
    let mut program = Program::new(&parts.first, Some(&parts.rest));
    program.call("all", &[]);
    assert_eq!(program.store.data().done.logged, [1, 2, 3, 4, 7, 2]);
}

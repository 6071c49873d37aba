//! A module that keeps which of its functions ran, from which a profile is made. The marks lie behind the memory that it begins with, a
//! byte for each function.

use anyhow::{Context, Result, ensure};
use walrus::FunctionKind;
use walrus::ir::{Const, MemArg, Store, StoreKind, Value};

/// Bytes of a page of memory.
const PAGE: u64 = 65_536;
/// The memory with the marks.
const MEMORY: &str = "marks_memory";

/// A module that counts.
#[derive(Debug)]
pub struct Counted {
    /// The module.
    pub module: Vec<u8>,
    /// Names of the functions, in the order of their marks.
    pub names: Vec<String>,
    /// Where the marks begin, bytes.
    pub marks: u64,
    /// What the memory has to begin with, pages of 64 KiB: before, and now.
    pub pages: (u64, u64),
}

/// Makes one of a module that names its functions.
///
/// # Errors
/// If this is no module with one memory.
pub fn count(module: &[u8]) -> Result<Counted> {
    let mut module = crate::parse(module)?;
    let memory = module.memories.iter_mut().next().context("the module has no memory")?;
    let (id, before) = (memory.id(), memory.initial);
    memory.initial += 1;
    let (memory, marks) = (id, before * PAGE);
    module.exports.add(MEMORY, memory);
    let mut names = Vec::new();
    for function in module.funcs.iter_mut() {
        let FunctionKind::Local(body) = &mut function.kind else { continue };
        let at = marks + names.len() as u64;
        names.push(function.name.clone().unwrap_or_default());
        let mut body = body.builder_mut().func_body();
        body.instr_at(0, Const { value: Value::I32(at as i32) });
        body.instr_at(1, Const { value: Value::I32(1) });
        let arg = MemArg { align: 1, offset: 0 };
        body.instr_at(2, Store { memory, kind: StoreKind::I32_8 { atomic: false }, arg });
    }
    ensure!((names.len() as u64) < PAGE, "there are more functions than marks");
    Ok(Counted { module: module.emit_wasm(), names, marks, pages: (before, before + 1) })
}

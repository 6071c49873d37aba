//! A module that keeps which of its functions ran, from which a profile is made. The marks lie behind the memory that it begins with, a
//! byte for each function: a page's own in the first half, and those of its threads, which share the memory, in the second.

use anyhow::{Context, Result, ensure};
use walrus::ir::{
    BinaryOp, Binop, Const, ExtendedLoad, GlobalGet, Load, LoadKind, MemArg, StoreKind, UnaryOp, Unop, Value,
};
use walrus::{ConstExpr, FunctionKind, InstrSeqBuilder, ValType};

/// Bytes of a page of memory.
const PAGE: u64 = 65_536;
/// Of the exports: the global that says where an instance's marks begin, behind the page's own. Bytes.
const OFFSET: &str = "marks_offset";
/// The memory with the marks.
const MEMORY: &str = "marks_memory";
const PLACE: MemArg = MemArg { align: 1, offset: 0 };

/// A module that counts.
#[derive(Debug)]
pub struct Counted {
    /// The module.
    pub module: Vec<u8>,
    /// Names of the functions, in the order of their marks.
    pub names: Vec<String>,
    /// Where the page's marks begin, bytes.
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
    memory.initial += 2;
    let (memory, marks) = (id, before * PAGE);
    let offset = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
    module.exports.add(OFFSET, offset);
    module.exports.add(MEMORY, memory);
    let mut names = Vec::new();
    for function in module.funcs.iter_mut() {
        let FunctionKind::Local(body) = &mut function.kind else { continue };
        let at = marks + names.len() as u64;
        names.push(function.name.clone().unwrap_or_default());
        let mut body = body.builder_mut().func_body();
        let address = |body: &mut InstrSeqBuilder| {
            body.global_get(offset).i32_const(at as i32).binop(BinaryOp::I32Add);
        };
        // Two threads that wrote again and again what is there already would stand in each other's way.
        body.if_else_at(
            0,
            None,
            |then| {
                address(then);
                then.i32_const(1).store(memory, StoreKind::I32_8 { atomic: false }, PLACE);
            },
            |_| {},
        );
        body.instr_at(0, GlobalGet { global: offset });
        body.instr_at(1, Const { value: Value::I32(at as i32) });
        body.instr_at(2, Binop { op: BinaryOp::I32Add });
        body.instr_at(3, Load { memory, kind: LoadKind::I32_8 { kind: ExtendedLoad::ZeroExtend }, arg: PLACE });
        body.instr_at(4, Unop { op: UnaryOp::I32Eqz });
    }
    ensure!((names.len() as u64) < PAGE, "there are more functions than marks");
    Ok(Counted { module: module.emit_wasm(), names, marks, pages: (before, before + 2) })
}

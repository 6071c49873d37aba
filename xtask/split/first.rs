//! The first module: all that is not put off, and a stub for what is.

use crate::data::Data;
use crate::names::Names;
use crate::parts::{Parts, function_table};
use crate::{IMPORT_MODULE, IMPORT_NAME, IS_LOADED};
use anyhow::{Context, Result};
use walrus::ir::{UnaryOp, Value};
use walrus::{ConstExpr, FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module, TableId, ValType};

/// How the first module calls what the rest imports and is no function, by its index. No program has exports of such names.
pub fn export_name(kind: char, index: usize) -> String {
    format!("{kind}:{index}")
}

/// Makes it of the whole module.
pub fn make(mut module: Module, parts: &Parts, names: &Names, data: Option<&Data>) -> Result<Vec<u8>> {
    let table = function_table(&module)?;
    let memory = module.memories.iter().next().context("the module has no memory")?.id();
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    let functions: Vec<_> = module.funcs.iter().map(|function| function.id()).collect();

    let nothing = module.types.add(&[], &[]);
    let (load, _) = module.add_import_func(IMPORT_MODULE, IMPORT_NAME, nothing);
    let is_loaded = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
    let mut ensure = FunctionBuilder::new(&mut module.types, &[], &[]);
    ensure.func_body().global_get(is_loaded).unop(UnaryOp::I32Eqz).if_else(
        None,
        |then| {
            then.call(load);
        },
        |_| {},
    );
    let ensure = ensure.finish(vec![], &mut module.funcs);

    for function in &functions {
        if let Some(place) = parts.put_off.get(&function.index()) {
            let stub = stub(&mut module, *function, table, *place, ensure);
            module.funcs.get_mut(*function).kind = FunctionKind::Local(stub);
        }
    }
    let functions_table = module.tables.get_mut(table);
    functions_table.initial = parts.table_length;
    functions_table.maximum = functions_table.maximum.map(|_| parts.table_length);

    module.exports.add(IS_LOADED, is_loaded);
    module.exports.add(&export_name('t', 0), table);
    module.exports.add(&export_name('m', 0), memory);
    for global in globals {
        module.exports.add(&export_name('g', global.index()), global);
    }
    for function in functions {
        if let Some(name) = names.functions.get(&function.index()) {
            module.exports.add(name, function);
        }
    }
    names.rename_imports(&mut module);
    if let Some(data) = data {
        without(&mut module, data)?;
    }
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// Zeros in the place of data: brotli makes next to nothing of them, and all other data stays where it is.
fn without(module: &mut Module, data: &Data) -> Result<()> {
    let segment = module.data.iter().nth(data.segment).context("the module has lost a segment")?.id();
    for bytes in &data.put_off {
        module.data.get_mut(segment).value[bytes.clone()].fill(0);
    }
    Ok(())
}

/// Stands in the place of a function: has the rest loaded, then calls the function, which stands in the table by then.
fn stub(
    module: &mut Module,
    function: FunctionId,
    table: TableId,
    place: Option<u64>,
    ensure: FunctionId,
) -> LocalFunction {
    let of = module.funcs.get(function).ty();
    let (parameters, results) = (module.types.params(of).to_vec(), module.types.results(of).to_vec());
    let arguments: Vec<_> = parameters.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut stub = FunctionBuilder::new(&mut module.types, &parameters, &results);
    let mut body = stub.func_body();
    match place {
        Some(place) => {
            body.call(ensure);
            for argument in &arguments {
                body.local_get(*argument);
            }
            body.i32_const(place as i32).call_indirect(of, table);
        }
        // Only functions of the rest call it; this one is dropped as unused.
        None => {
            body.unreachable();
        }
    }
    stub.local_func(arguments)
}

//! The rest: the functions that were put off. What else of the program it needs it imports from the first module.

use crate::data::Data;
use crate::first::export_name;
use crate::names::Names;
use crate::parts::{Parts, function_table};
use crate::{BINDINGS, FIRST, IS_LOADED};
use anyhow::{Context, Result, bail};
use walrus::ir::Value;
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind, GlobalKind, ImportKind,
    ImportedFunction, Module, TableId, ValType,
};

/// Makes it of the whole module.
pub fn make(mut module: Module, parts: &Parts, names: &Names, data: Option<&Data>) -> Result<Vec<u8>> {
    let table = function_table(&module)?;
    let segments = data.map(|data| segments(&module, data)).transpose()?.unwrap_or_default();
    without_what_happens_at_its_start(&mut module);
    import_all(&mut module, parts, names, table)?;
    fill_table(&mut module, parts, table);
    fill_memory(&mut module, segments)?;
    let (is_loaded, _) = module.add_import_global(FIRST, IS_LOADED, ValType::I32, true, false);
    let mut start = FunctionBuilder::new(&mut module.types, &[], &[]);
    start.func_body().i32_const(1).global_set(is_loaded);
    module.start = Some(start.finish(vec![], &mut module.funcs));
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// Exports, values for the memory and for the table are the first module's.
fn without_what_happens_at_its_start(module: &mut Module) {
    module.start = None;
    for export in module.exports.iter().map(|export| export.id()).collect::<Vec<_>>() {
        module.exports.delete(export);
    }
    for data in module.data.iter().map(|data| data.id()).collect::<Vec<_>>() {
        module.data.delete(data);
    }
    for element in module.elements.iter().map(|element| element.id()).collect::<Vec<_>>() {
        module.elements.delete(element);
    }
    module.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
    module.tables.iter_mut().for_each(|table| table.elem_segments.clear());
}

/// What the first module has becomes an import; what is not used goes when all is done.
fn import_all(module: &mut Module, parts: &Parts, names: &Names, table: TableId) -> Result<()> {
    for id in module.imports.iter().map(|import| import.id()).collect::<Vec<_>>() {
        let import = module.imports.get_mut(id);
        let name = match import.kind {
            ImportKind::Function(_) if import.module == BINDINGS => continue,
            // One that the rest does not call has no name, and is dropped.
            ImportKind::Function(function) => names.functions.get(&function.index()).cloned().unwrap_or_default(),
            ImportKind::Memory(memory) => export_name('m', memory.index()),
            _ => bail!("the module imports {}, which is neither a function nor its memory", import.name),
        };
        (import.module, import.name) = (FIRST.into(), name);
    }
    names.rename_imports(module);
    let own: Vec<_> = module.funcs.iter_local().map(|(id, _)| id).collect();
    for id in own.into_iter().filter(|id| !parts.is_in_rest(id.index())) {
        if let Some(name) = names.functions.get(&id.index()) {
            let ty = module.funcs.get(id).ty();
            let import = module.imports.add(FIRST, name, ImportKind::Function(id));
            module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
        } else {
            module.funcs.delete(id);
        }
    }
    for id in
        module.memories.iter().filter(|memory| memory.import.is_none()).map(|memory| memory.id()).collect::<Vec<_>>()
    {
        let import = module.imports.add(FIRST, &export_name('m', id.index()), ImportKind::Memory(id));
        module.memories.get_mut(id).import = Some(import);
    }
    for id in module.globals.iter().map(|global| global.id()).collect::<Vec<_>>() {
        let import = module.imports.add(FIRST, &export_name('g', id.index()), ImportKind::Global(id));
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let import = module.imports.add(FIRST, &export_name('t', 0), ImportKind::Table(table));
    let table = module.tables.get_mut(table);
    (table.import, table.maximum) = (Some(import), None);
    Ok(())
}

/// Puts the functions to their places, those side by side by one segment.
fn fill_table(module: &mut Module, parts: &Parts, table: TableId) {
    let functions = module.funcs.iter().map(|function| function.id());
    let placed = functions.filter_map(|id| Some(((*parts.put_off.get(&id.index())?)?, id)));
    let mut placed: Vec<(u64, FunctionId)> = placed.collect();
    placed.sort();
    for run in placed.chunk_by(|(place, _), (next, _)| place + 1 == *next) {
        let offset = ConstExpr::Value(Value::I32(run[0].0 as i32));
        let functions = run.iter().map(|(_, function)| *function).collect();
        let element = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(functions));
        module.tables.get_mut(table).elem_segments.insert(element);
    }
}

/// Data that was put off, with its addresses.
fn segments(module: &Module, data: &Data) -> Result<Vec<(u32, Vec<u8>)>> {
    let bytes = &module.data.iter().nth(data.segment).context("the module has lost a segment")?.value;
    Ok(data.runs().into_iter().map(|run| (data.address + run.start as u32, bytes[run].to_vec())).collect())
}

/// Puts data to its places.
fn fill_memory(module: &mut Module, segments: Vec<(u32, Vec<u8>)>) -> Result<()> {
    let memory = module.memories.iter().next().context("the module has no memory")?.id();
    for (address, bytes) in segments {
        let offset = ConstExpr::Value(Value::I32(address.cast_signed()));
        let data = module.data.add(DataKind::Active { memory, offset }, bytes);
        module.memories.get_mut(memory).data_segments.insert(data);
    }
    Ok(())
}

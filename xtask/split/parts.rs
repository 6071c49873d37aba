//! Which function goes into which part, and at which place in the table the parts find it.

use crate::BINDINGS;
use crate::profile::Profile;
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use walrus::ir::{self, Instr, InstrLocId, Visitor, dfs_in_order};
use walrus::{ConstExpr, ElementItems, ElementKind, ExportItem, FunctionId, FunctionKind, ImportKind, Module, TableId};

/// A stub is about as long, and more like the next one: by 12 instead, the first module had 3 kB more, by 5 hardly less. In instructions.
const LEAST_INSTRUCTIONS: usize = 6;

/// What the first module exports has a name there, so a function that is no longer is in both instead. By 8 the first had 0.4 kB more; by
/// 20 it had no less, and the rest 1 kB more. In instructions.
const MOST_IN_BOTH: usize = 12;

/// The parts of a module. Functions are named by their indices in it: both parts are made from it, and an id is valid in one of them only.
#[derive(Debug)]
pub struct Parts {
    /// Functions that go into the rest, each with its place in the table, if the first module calls it or a value names it.
    pub put_off: BTreeMap<usize, Option<u64>>,
    /// Functions that are in the first module and in the rest.
    pub in_both: BTreeSet<usize>,
    /// Functions that the rest calls and takes from the first module.
    pub called_by_rest: BTreeSet<usize>,
    /// Length of the table: as it was, and the places that were added.
    pub table_length: u64,
}

impl Parts {
    /// Chooses what is put off of what a profile allows, and what only that calls.
    ///
    /// # Errors
    /// If the module's table is filled in another way than ours.
    pub fn of(module: &Module, profile: &Profile) -> Result<Parts> {
        let table = function_table(module)?;
        let places = places(module, table)?;
        let exported: BTreeSet<usize> = module.exports.iter().filter_map(exported).map(|id| id.index()).collect();
        let mut looks = BTreeMap::new();
        for (id, _) in module.funcs.iter_local() {
            looks.insert(id.index(), (id, look(module, id)?));
        }
        let has_stub = |index: &usize| {
            let Some((id, look)) = looks.get(index) else { return false };
            let name = module.funcs.get(*id).name.as_deref().unwrap_or_default();
            let may_go = module.start != Some(*id) && !look.is_bound && profile.puts_off(name);
            may_go && look.instructions >= LEAST_INSTRUCTIONS
        };
        let stubs: BTreeSet<usize> = looks.keys().copied().filter(has_stub).collect();
        let is_bound = |index: &usize| {
            let (id, look) = &looks[index];
            let is_called = module.start == Some(*id) || exported.contains(index) || places.contains_key(index);
            !stubs.contains(index) && (is_called || look.is_bound)
        };
        let mut stays: BTreeSet<usize> = looks.keys().copied().filter(is_bound).collect();
        let (mut called_by_first, mut to_follow) = (exported, stays.iter().copied().collect::<Vec<_>>());
        while let Some(index) = to_follow.pop() {
            let calls = looks.get(&index).into_iter().flat_map(|(_, look)| &look.calls).copied();
            called_by_first.extend(calls.clone());
            to_follow.extend(calls.filter(|called| !stubs.contains(called) && stays.insert(*called)));
        }

        let mut table_length = module.tables.get(table).initial;
        let mut put_off = BTreeMap::new();
        for index in looks.keys().copied().filter(|index| !stays.contains(index)) {
            let mut place = places.get(&index).copied();
            if place.is_none() && called_by_first.contains(&index) {
                place = Some(table_length);
                table_length += 1;
            }
            put_off.insert(index, place);
        }
        let calls =
            looks.iter().filter(|(index, _)| put_off.contains_key(index)).flat_map(|(_, (_, look))| &look.calls);
        let bindings: BTreeSet<usize> = module.imports.iter().filter_map(binding).map(|id| id.index()).collect();
        let is_had = |called: &usize| bindings.contains(called) || put_off.contains_key(called);
        let mut called_by_rest: BTreeSet<usize> = calls.copied().filter(|called| !is_had(called)).collect();
        // A copy calls nothing that the rest would have to import for it alone.
        let is_in_both = |index: &usize| {
            looks.get(index).is_some_and(|(_, look)| {
                let has = |called: &usize| called_by_rest.contains(called) || is_had(called);
                look.instructions <= MOST_IN_BOTH && !look.is_bound && look.calls.iter().all(has)
            })
        };
        let in_both: BTreeSet<usize> = called_by_rest.iter().copied().filter(is_in_both).collect();
        called_by_rest.retain(|index| !in_both.contains(index));
        Ok(Parts { put_off, in_both, called_by_rest, table_length })
    }

    /// Whether the rest has the function itself.
    pub fn is_in_rest(&self, index: usize) -> bool {
        self.put_off.contains_key(&index) || self.in_both.contains(&index)
    }
}

/// The table through which functions are called.
pub fn function_table(module: &Module) -> Result<TableId> {
    module.tables.main_function_table()?.context("the module has no table of functions")
}

/// Where functions stand in the table.
fn places(module: &Module, table: TableId) -> Result<BTreeMap<usize, u64>> {
    let mut places = BTreeMap::new();
    for element in module.elements.iter() {
        let (ElementKind::Active { table: of, offset }, ElementItems::Functions(functions)) =
            (&element.kind, &element.items)
        else {
            bail!("the module has functions for its table that are not put there at its start");
        };
        let ConstExpr::Value(ir::Value::I32(offset)) = offset else { bail!("a place in the table is not constant") };
        if *of == table {
            let at = |index: usize| u64::from(offset.cast_unsigned()) + index as u64;
            places.extend(functions.iter().enumerate().map(|(index, function)| (function.index(), at(index))));
        }
    }
    Ok(places)
}

fn exported(export: &walrus::Export) -> Option<FunctionId> {
    match export.item {
        ExportItem::Function(function) => Some(function),
        _ => None,
    }
}

/// A function that both parts import by themselves.
fn binding(import: &walrus::Import) -> Option<FunctionId> {
    match import.kind {
        ImportKind::Function(function) if import.module == BINDINGS => Some(function),
        _ => None,
    }
}

/// What decides where a function can be.
pub struct Look {
    table: TableId,
    calls: BTreeSet<usize>,
    instructions: usize,
    /// It uses what only the module has that it was compiled in: segments, or another table.
    is_bound: bool,
    /// Numbers in it that may be addresses.
    pub constants: BTreeSet<u32>,
}

/// Looks at a function of its own of a module.
pub fn look(module: &Module, function: FunctionId) -> Result<Look> {
    let table = function_table(module)?;
    let mut look = Look { table, calls: BTreeSet::new(), instructions: 0, is_bound: false, constants: BTreeSet::new() };
    if let FunctionKind::Local(function) = &module.funcs.get(function).kind {
        dfs_in_order(&mut look, function, function.entry_block());
    }
    Ok(look)
}

impl<'a> Visitor<'a> for Look {
    fn visit_instr(&mut self, instr: &'a Instr, _: &'a InstrLocId) {
        self.instructions += 1;
        self.is_bound |= matches!(
            instr,
            Instr::MemoryInit(_)
                | Instr::DataDrop(_)
                | Instr::TableInit(_)
                | Instr::ElemDrop(_)
                | Instr::TableCopy(_)
                | Instr::RefFunc(_)
        );
        self.constants.extend(address(instr));
    }

    fn visit_function_id(&mut self, function: &FunctionId) {
        self.calls.insert(function.index());
    }

    fn visit_table_id(&mut self, table: &TableId) {
        self.is_bound |= *table != self.table;
    }
}

/// The number in an instruction that may be an address.
fn address(instr: &Instr) -> Option<u32> {
    let place = match instr {
        Instr::Const(ir::Const { value: ir::Value::I32(number) }) => return Some(number.cast_unsigned()),
        Instr::Load(load) => &load.arg,
        Instr::Store(store) => &store.arg,
        Instr::AtomicRmw(atomic) => &atomic.arg,
        Instr::Cmpxchg(atomic) => &atomic.arg,
        Instr::AtomicNotify(atomic) => &atomic.arg,
        Instr::AtomicWait(atomic) => &atomic.arg,
        Instr::LoadSimd(load) => &load.arg,
        _ => return None,
    };
    u32::try_from(place.offset).ok()
}

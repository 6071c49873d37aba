//! Which function goes into which part, and at which place in the table the parts find it.

use crate::profile::Profile;
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use walrus::ir::{self, Instr, InstrLocId, Visitor, dfs_in_order};
use walrus::{ConstExpr, ElementItems, ElementKind, ExportItem, FunctionId, FunctionKind, Module, TableId};

/// A stub is as long, so that nothing is gained by putting shorter functions off. In instructions.
const LEAST_INSTRUCTIONS: usize = 12;

/// The parts of a module. Functions are named by their indices in it: both parts are made from it, and an id is valid in one of them only.
#[derive(Debug)]
pub struct Parts {
    /// Functions that go into the rest, each with its place in the table, if the first module calls it or a value names it.
    pub put_off: BTreeMap<usize, Option<u64>>,
    /// Functions of the first module that the rest calls.
    pub called_by_rest: BTreeSet<usize>,
    /// Length of the table: as it was, and the places that were added.
    pub table_length: u64,
}

impl Parts {
    /// Chooses what is put off of what a profile allows.
    ///
    /// # Errors
    /// If the module's table is filled in another way than ours.
    pub fn of(module: &Module, profile: &Profile) -> Result<Parts> {
        let table = function_table(module)?;
        let fixed: BTreeSet<FunctionId> = module.exports.iter().filter_map(exported).chain(module.start).collect();
        let (mut put_off, mut called_by_first, mut called_by_rest) =
            (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        for (id, _) in module.funcs.iter_local() {
            let look = look(module, id)?;
            let name = module.funcs.get(id).name.as_deref().unwrap_or_default();
            let may_go = profile.puts_off(name) && !fixed.contains(&id) && !look.is_bound;
            if may_go && look.instructions >= LEAST_INSTRUCTIONS {
                put_off.insert(id.index(), None);
                called_by_rest.extend(look.calls);
            } else {
                called_by_first.extend(look.calls);
            }
        }
        let places = places(module, table)?;
        let mut table_length = module.tables.get(table).initial;
        for (function, place) in &mut put_off {
            *place = places.get(function).copied();
            if place.is_none() && called_by_first.contains(function) {
                *place = Some(table_length);
                table_length += 1;
            }
        }
        called_by_rest.retain(|function| !put_off.contains_key(function));
        Ok(Parts { put_off, called_by_rest, table_length })
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

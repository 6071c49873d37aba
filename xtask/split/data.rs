//! Which data goes into the rest: what is never written, and what no function of the first module can reach.

use crate::linked::{Linked, Symbol};
use crate::parts::{Parts, look};
use anyhow::{Context, Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use walrus::ir::{Const, Instr, InstrLocId, Value, Visitor, dfs_in_order};
use walrus::{DataId, FunctionId, FunctionKind, Module};

/// A segment takes as many bytes beside its data: where two would be no further from each other, what lies between is put in place twice.
const GAP: usize = 8;

/// Data that is put off.
#[derive(Debug)]
pub struct Data {
    /// The segment that it is part of, by its number.
    pub segment: usize,
    /// Where the segment's bytes go.
    pub address: u32,
    /// Which of them nothing in the first module reaches, in order.
    pub put_off: Vec<Range<usize>>,
}

impl Data {
    /// Chooses it, by what the linker knows of the module. There is none in a program without data that is never written.
    ///
    /// # Errors
    /// If the linker knows of another program, or the module's memory is filled in another way than ours.
    pub fn of(module: &Module, parts: &Parts, linked: &Linked) -> Result<Option<Data>> {
        let Some(segment) = linked.read_only else { return Ok(None) };
        let data = module.data.iter().nth(segment).context("the linker has a segment that the module has not")?;
        let bytes = linked.segments.get(segment).context("the linker names a segment that it has not")?;
        ensure!(data.value == *bytes && data.is_passive(), "the linker has other data than the module");
        let address = address(module, data.id(), bytes.len())?;
        ensure!(
            linked.addresses.iter().all(|told| *told == address),
            "data lies at {address}, and relocations say {:?}",
            linked.addresses
        );
        let end = address.checked_add(bytes.len() as u32).context("data lies behind the memory's end")?;
        let roots = roots(module, parts, linked, address..end)?;
        let stays = linked.reached_from(roots, segment, address);
        // What belongs to no symbol stays, and so does a byte of two symbols of which one does.
        let mut goes = linked.named_bytes(segment);
        for symbol in stays.iter().map(|index| &linked.symbols[index]).filter(|symbol| symbol.segment == segment) {
            goes[symbol.bytes.clone()].fill(false);
        }
        let mut put_off: Vec<Range<usize>> = Vec::new();
        for (at, _) in goes.iter().enumerate().filter(|(_, goes)| **goes) {
            match put_off.last_mut() {
                Some(run) if run.end == at => run.end += 1,
                _ => put_off.push(at..at + 1),
            }
        }
        Ok(Some(Data { segment, address, put_off }))
    }

    /// What is put off, with the little that lies between: each by one segment.
    pub fn runs(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for bytes in &self.put_off {
            match runs.last_mut() {
                Some(run) if bytes.start - run.end <= GAP => run.end = bytes.end,
                _ => runs.push(bytes.clone()),
            }
        }
        runs
    }
}

/// Symbols that the first module's functions refer to.
fn roots(module: &Module, parts: &Parts, linked: &Linked, addresses: Range<u32>) -> Result<BTreeSet<u32>> {
    let mut roots = BTreeSet::new();
    for (id, _) in module.funcs.iter_local().filter(|(id, _)| !parts.put_off.contains_key(&id.index())) {
        let name = module.funcs.get(id).name.as_deref().unwrap_or_default();
        let function = linked.function(name);
        // What wasm-bindgen adds has no address of data in it, and what it changes keeps its own.
        let is_known = |number: &u32| function.is_some_and(|function| function.constants.contains(number));
        let unknown = look(module, id)?.constants.into_iter().filter(|number| addresses.contains(number));
        if let Some(number) = unknown.into_iter().find(|number| !is_known(number)) {
            bail!(
                "the function `{name}` has {number} in it, which may be an address of data, and the linker's has not"
            );
        }
        roots.extend(function.iter().flat_map(|function| &function.symbols));
    }
    Ok(roots)
}

impl Linked {
    /// Which bytes of a segment belong to a symbol.
    fn named_bytes(&self, segment: usize) -> Vec<bool> {
        let mut named = vec![false; self.segments[segment].len()];
        let symbols = self.symbols.values().filter(|symbol| symbol.segment == segment);
        symbols.for_each(|symbol| named[symbol.bytes.clone()].fill(true));
        named
    }

    /// These symbols, and all that can be reached from them, or from data that does not move, or from globals.
    fn reached_from(&self, mut reached: BTreeSet<u32>, segment: usize, address: u32) -> BTreeSet<u32> {
        let moves = |symbol: &&Symbol| symbol.segment == segment;
        let holds = |of: &Range<usize>, bytes: &Range<usize>| of.start < bytes.end && bytes.start < of.end;
        // By where they stand in the segment, since a symbol's are side by side.
        let mut pointers: BTreeMap<usize, (&Range<usize>, u32)> = BTreeMap::new();
        let owned = self.named_bytes(segment);
        for pointer in &self.pointers {
            if pointer.segment == segment && owned[pointer.bytes.clone()].iter().all(|is_owned| *is_owned) {
                pointers.insert(pointer.bytes.start, (&pointer.bytes, pointer.symbol));
            } else {
                reached.insert(pointer.symbol);
            }
        }
        for (index, symbol) in self.symbols.iter().filter(|(_, symbol)| moves(symbol)) {
            let bytes = address + symbol.bytes.start as u32..address + symbol.bytes.end as u32;
            if self.globals.range(bytes.clone()).next().is_some() {
                reached.insert(*index);
            }
        }
        let mut to_follow: Vec<u32> = reached.iter().copied().collect();
        while let Some(index) = to_follow.pop() {
            let Some(symbol) = self.symbols.get(&index).filter(moves) else { continue };
            let near = pointers.range(symbol.bytes.start.saturating_sub(8)..symbol.bytes.end);
            for (_, (_, target)) in near.filter(|(_, (bytes, _))| holds(&symbol.bytes, bytes)) {
                if reached.insert(*target) {
                    to_follow.push(*target);
                }
            }
        }
        reached
    }
}

/// Where a function puts a segment into the memory.
fn address(module: &Module, data: DataId, length: usize) -> Result<u32> {
    let mut fillings = Fillings { data, numbers: Vec::new(), found: Vec::new() };
    for (id, _) in module.funcs.iter_local() {
        fillings.look(module, id);
    }
    let [Some([address, from, count])] = fillings.found[..] else {
        bail!("data is put in place {} times, or in an unknown way", fillings.found.len());
    };
    ensure!(from == 0 && count as usize == length, "data is not put in place as a whole");
    Ok(address)
}

/// Instructions that put a segment in place, with their arguments.
struct Fillings {
    data: DataId,
    /// Constants that stand before an instruction, without others between.
    numbers: Vec<u32>,
    found: Vec<Option<[u32; 3]>>,
}

impl Fillings {
    fn look(&mut self, module: &Module, function: FunctionId) {
        if let FunctionKind::Local(function) = &module.funcs.get(function).kind {
            dfs_in_order(self, function, function.entry_block());
        }
    }
}

impl<'a> Visitor<'a> for Fillings {
    fn visit_instr(&mut self, instr: &'a Instr, _: &'a InstrLocId) {
        match instr {
            Instr::Const(Const { value: Value::I32(number) }) => self.numbers.push(number.cast_unsigned()),
            Instr::MemoryInit(init) if init.data == self.data => {
                self.found.push(self.numbers.last_chunk().copied());
                self.numbers.clear();
            }
            _ => self.numbers.clear(),
        }
    }
}

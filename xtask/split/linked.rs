//! What the linker knows of a program: which functions and which data refer to which data. It writes that into the module when it is told
//! to keep relocations (`--emit-relocs`). The module is the one that wasm-bindgen makes ours of, since relocations are places in its bytes.

use crate::parts::look;
use anyhow::{Context, Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use walrus::{ConstExpr, GlobalKind, ModuleConfig, ir::Value};
use wasmparser::{
    BinaryReader, KnownCustom, Linking, Parser, Payload, RelocationEntry, RelocationType, SymbolFlags, SymbolInfo,
};

/// How the linker calls the data that is never written.
const READ_ONLY: &str = ".rodata";

/// A program with what refers to what.
#[derive(Debug, Default)]
pub struct Linked {
    /// Functions by their names; those of one name are as one.
    pub functions: BTreeMap<String, Function>,
    /// Pieces of data, by their indices in the linker's table.
    pub symbols: BTreeMap<u32, Symbol>,
    /// Addresses that stand in data.
    pub pointers: Vec<Pointer>,
    /// Values of globals, which may be addresses.
    pub globals: BTreeSet<u32>,
    /// Which segment is the data that is never written.
    pub read_only: Option<usize>,
    /// Where relocations say that it begins: one address, if all is well.
    pub addresses: BTreeSet<u32>,
    /// What the segments hold.
    pub segments: Vec<Vec<u8>>,
}

/// Functions of one name.
#[derive(Debug, Default)]
pub struct Function {
    /// Indices of the symbols that they refer to.
    pub symbols: BTreeSet<u32>,
    /// Numbers in their code, addresses among them.
    pub constants: BTreeSet<u32>,
}

/// A piece of data.
#[derive(Debug)]
pub struct Symbol {
    /// In which segment.
    pub segment: usize,
    /// Its bytes in there.
    pub bytes: Range<usize>,
}

/// An address that stands in data.
#[derive(Debug)]
pub struct Pointer {
    /// In which segment.
    pub segment: usize,
    /// Its bytes in there.
    pub bytes: Range<usize>,
    /// Index of the symbol that it points to.
    pub symbol: u32,
}

/// What is to be known of the module's bytes for the relocations to be understood.
#[derive(Default)]
struct Layout<'a> {
    module: &'a [u8],
    /// Which sections have the code and the data.
    code: Option<(u32, Range<usize>)>,
    data: Option<(u32, Range<usize>)>,
    /// Bytes of the functions from the code's begin on, in order, with their names.
    functions: Vec<(Range<usize>, String)>,
    /// Bytes of the segments from the data's begin on.
    segments: Vec<Range<usize>>,
    relocations: Vec<(u32, RelocationEntry)>,
}

impl Linked {
    /// Reads it.
    ///
    /// # Errors
    /// If the linker kept no relocations, or some of a kind that an ordinary program does not have.
    pub fn read(module: &[u8]) -> Result<Linked> {
        let mut linked = Linked::default();
        let mut layout = Layout { module, ..Layout::default() };
        linked.read_sections(&mut layout)?;
        for symbol in linked.symbols.values() {
            let segment = linked.segments.get(symbol.segment).context("a symbol is in no segment")?;
            ensure!(segment.get(symbol.bytes.clone()).is_some(), "a symbol lies behind its segment");
        }
        linked.read_functions(&mut layout)?;
        for (section, relocation) in std::mem::take(&mut layout.relocations) {
            linked.add(&layout, section, &relocation).with_context(|| format!("a relocation, {relocation:?}"))?;
        }
        Ok(linked)
    }

    fn read_sections<'a>(&mut self, layout: &mut Layout<'a>) -> Result<()> {
        let (mut index, mut knows_symbols, mut related) = (0, false, BTreeSet::new());
        for payload in Parser::new(0).parse_all(layout.module) {
            let payload = payload?;
            match &payload {
                Payload::CodeSectionStart { range, .. } => layout.code = Some((index, range.clone())),
                Payload::DataSection(data) => {
                    let begin = data.range().start;
                    layout.data = Some((index, data.range()));
                    for segment in data.clone() {
                        let segment = segment?;
                        let end = segment.range.end - begin;
                        layout.segments.push(end - segment.data.len()..end);
                        self.segments.push(segment.data.to_vec());
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Linking(linking) => {
                        knows_symbols = true;
                        for part in linking.subsections() {
                            self.read_linking(part?)?;
                        }
                    }
                    KnownCustom::Reloc(relocations) => {
                        related.insert(relocations.section_index());
                        for relocation in relocations.entries() {
                            layout.relocations.push((relocations.section_index(), relocation?));
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
            index += u32::from(payload.as_section().is_some());
        }
        let is_related = |section: &Option<(u32, _)>| section.as_ref().is_none_or(|(index, _)| related.contains(index));
        ensure!(
            knows_symbols && is_related(&layout.code) && is_related(&layout.data),
            "the linker kept no relocations: is it told to, by -Clink-arg=--emit-relocs?"
        );
        Ok(())
    }

    fn read_linking(&mut self, part: Linking) -> Result<()> {
        match part {
            Linking::SegmentInfo(segments) => {
                for (index, segment) in segments.into_iter().enumerate() {
                    if segment?.name == READ_ONLY {
                        ensure!(self.read_only.replace(index).is_none(), "there are two segments {READ_ONLY}");
                    }
                }
            }
            Linking::SymbolTable(symbols) => {
                for (index, symbol) in (0..).zip(symbols) {
                    let SymbolInfo::Data { flags, symbol: Some(place), .. } = symbol? else { continue };
                    if !flags.contains(SymbolFlags::ABSOLUTE) {
                        let begin = place.offset as usize;
                        let bytes = begin..begin + place.size as usize;
                        self.symbols.insert(index, Symbol { segment: place.index as usize, bytes });
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_functions(&mut self, layout: &mut Layout) -> Result<()> {
        let module = ModuleConfig::new().parse(layout.module).context("the linked module cannot be read")?;
        for (id, function) in module.funcs.iter_local() {
            let range = function.original_range.clone().context("a function has no place")?;
            // wasm-bindgen demangles names in the same way, and takes the hash off those of its exports.
            let name = module.funcs.get(id).name.as_deref().unwrap_or_default();
            let name = rustc_demangle::demangle(without_hash(name)).to_string();
            self.functions.entry(name.clone()).or_default().constants.extend(look(&module, id)?.constants);
            layout.functions.push((range, name));
        }
        layout.functions.sort_by_key(|(range, _)| range.start);
        for global in module.globals.iter() {
            if let GlobalKind::Local(ConstExpr::Value(Value::I32(value))) = global.kind {
                self.globals.insert(value.cast_unsigned());
            }
        }
        Ok(())
    }

    /// Functions of a name as wasm-bindgen writes it: it tells the second of a name from the first by a number.
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.get(name).or_else(|| {
            let (name, number) = name.strip_suffix(']')?.rsplit_once('[')?;
            number.parse::<u32>().ok()?;
            self.functions.get(name)
        })
    }

    /// Takes up what a relocation says.
    fn add(&mut self, layout: &Layout, section: u32, relocation: &RelocationEntry) -> Result<()> {
        use RelocationType::{MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb, MemoryAddrTlsSleb, TypeIndexLeb};
        // Of a type's index, the number is no symbol's.
        let Some(symbol) = self.symbols.get(&relocation.index).filter(|_| relocation.ty != TypeIndexLeb) else {
            return Ok(());
        };
        let in_section = |of: &Option<(u32, Range<usize>)>| of.clone().filter(|(index, _)| *index == section);
        let bytes = relocation.relocation_range();
        let value = |begin: usize| {
            let mut reader = BinaryReader::new(&layout.module[begin + bytes.start..], 0);
            Ok(match relocation.ty {
                MemoryAddrLeb => Some(reader.read_var_u32()?),
                MemoryAddrSleb => Some(reader.read_var_i32()?.cast_unsigned()),
                MemoryAddrI32 => Some(reader.read_u32()?),
                MemoryAddrTlsSleb => None,
                _ => bail!("data is referred to in a way that is not known here"),
            })
        };
        let value = if let Some((_, code)) = in_section(&layout.code) {
            let after = layout.functions.partition_point(|(range, _)| range.start <= bytes.start);
            let function = after.checked_sub(1).map(|at| &layout.functions[at]);
            let (_, name) =
                function.filter(|(range, _)| range.contains(&bytes.start)).context("it is in no function")?;
            self.functions.entry(name.clone()).or_default().symbols.insert(relocation.index);
            value(code.start)?
        } else if let Some((_, data)) = in_section(&layout.data) {
            let holds = |segment: &Range<usize>| segment.start <= bytes.start && bytes.end <= segment.end;
            let segment = layout.segments.iter().position(holds).context("it is in no segment")?;
            let begin = layout.segments[segment].start;
            let bytes = bytes.start - begin..bytes.end - begin;
            self.pointers.push(Pointer { segment, bytes, symbol: relocation.index });
            value(data.start)?
        } else {
            // Of a section for those who look for faults.
            return Ok(());
        };
        if self.read_only == Some(symbol.segment) {
            let value = value.context("what is never written is counted from a thread's own data")?;
            let begin = (symbol.bytes.start as u32).wrapping_add(relocation.addend as u32);
            self.addresses.insert(value.wrapping_sub(begin));
        }
        Ok(())
    }
}

/// The name of an export without the hash by which those of different crates differ.
fn without_hash(name: &str) -> &str {
    let is_hash = |hash: &str| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.rsplit_once('_').filter(|(_, hash)| is_hash(hash)).map_or(name, |(name, _)| name)
}

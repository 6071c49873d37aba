//! Splits the page's program: what a first visit runs is one wasm module, and all else a second one, which is fetched when the first is at
//! work. Which functions a first visit runs is measured ([`count`]) and kept as a [`Profile`]; the program itself knows nothing of it.
//! This crate knows wasm, and neither browsers nor files.
//!
//! The first module has, in the place of each function that was put off, a stub that calls the function through the table, and before that
//! asks the page for the rest, if it is not there yet. The rest takes the first's memory, table, globals and functions as imports, and
//! puts its own functions into the table. A function that is put off by mistake is therefore late, and missing only where the rest is.
//! Data that is never written, and that no function of the first module can reach, is in the rest too: it is put into the memory when
//! the rest comes, and again for each thread, which changes nothing. What can be reached is known to the linker.

mod count;
mod data;
mod first;
mod linked;
mod names;
mod parts;
mod profile;
mod rest;
#[cfg(test)]
mod tests;

use anyhow::{Result, ensure};
use std::collections::BTreeMap;
use walrus::{Module, ModuleConfig};
use wasmparser::{Parser, Payload};

pub use count::{Counted, count};
pub use profile::{Profile, plain};

/// The module of the import by which a stub asks for the rest; the page's script answers it.
pub const IMPORT_MODULE: &str = "./rest.js";
/// Its name: a function without arguments, after which the rest has to be in place.
pub const IMPORT_NAME: &str = "load";
/// The module of the functions that wasm-bindgen's script has for the program. Both parts import them, under new names.
pub const BINDINGS: &str = "./interleave_bg.js";
/// What the rest calls the first module's exports.
pub const FIRST: &str = "first";
/// Of the first module's exports: a global that is 1 when the rest is in place.
pub const IS_LOADED: &str = "rest_is_loaded";

/// A program in two parts.
#[derive(Debug)]
pub struct Split {
    /// What the page starts with.
    pub first: Vec<u8>,
    /// What is instantiated with the same bindings, and the first's exports as `first`.
    pub rest: Vec<u8>,
    /// How both call the bindings, by the names that these had in the one module.
    pub imports: BTreeMap<String, String>,
    /// How many functions are in the rest.
    pub put_off: usize,
    /// How much data is there, bytes.
    pub data: usize,
}

/// Splits a module that names its functions; neither part names them. `linked` is the module that wasm-bindgen made it of, with the
/// linker's relocations, which say what data each part needs.
///
/// # Errors
/// If one of them is no module, or one that no compiler of ours makes, or they do not belong together.
pub fn split(module: &[u8], linked: &[u8], profile: &Profile) -> Result<Split> {
    ensure!(
        linker_sections(module)? == linker_sections(linked)?,
        "the linked module is not the one of which the program was made"
    );
    let read = || parse(module);
    let first = read()?;
    let parts = parts::Parts::of(&first, profile)?;
    let names = names::Names::of(&first, &parts);
    let data = data::Data::of(&first, &parts, &linked::Linked::read(linked)?)?;
    Ok(Split {
        put_off: parts.put_off.len(),
        data: data.iter().flat_map(|data| &data.put_off).map(|bytes| bytes.len()).sum(),
        first: first::make(first, &parts, &names, data.as_ref())?,
        rest: rest::make(read()?, &parts, &names, data.as_ref())?,
        imports: names.imports,
    })
}

fn parse(module: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    let mut module = config.generate_name_section(false).generate_producers_section(false).parse(module)?;
    // What the linker and wasm-bindgen tell each other, which is more than the program itself.
    for section in module.customs.iter().map(|(id, _)| id).collect::<Vec<_>>() {
        module.customs.delete(section);
    }
    Ok(module)
}

/// What the linker wrote for others; wasm-bindgen passes it on as it is.
fn linker_sections(module: &[u8]) -> Result<BTreeMap<&str, &[u8]>> {
    let mut sections = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CustomSection(section) = payload?
            && (section.name() == "linking" || section.name().starts_with("reloc."))
        {
            sections.insert(section.name(), section.data());
        }
    }
    Ok(sections)
}

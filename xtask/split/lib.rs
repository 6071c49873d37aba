//! Splits the page's program: what a first visit runs is one wasm module, and all else a second one, which is fetched when the first is at
//! work. Which functions a first visit runs is measured ([`count`]) and kept as a [`Profile`]; the program itself knows nothing of it.
//! This crate knows wasm, and neither browsers nor files.
//!
//! The first module has, in the place of each function that was put off, a stub that calls the function through the table, and before that
//! asks the page for the rest, if it is not there yet. The rest takes the first's memory, table, globals and functions as imports, and
//! puts its own functions into the table. A function that is put off by mistake is therefore late, and missing only where the rest is.

mod count;
mod first;
mod parts;
mod profile;
mod rest;
#[cfg(test)]
mod tests;

use anyhow::Result;
use walrus::{Module, ModuleConfig};

pub use count::{Counted, count};
pub use profile::{Profile, plain};

/// The module of the import by which a stub asks for the rest; the page's script answers it.
pub const IMPORT_MODULE: &str = "./rest.js";
/// Its name: a function without arguments, after which the rest has to be in place.
pub const IMPORT_NAME: &str = "load";
/// What the rest calls the first module's exports.
pub const FIRST: &str = "first";
/// Of the first module's exports: a global that is 1 when the rest is in place.
pub const IS_LOADED: &str = "rest_is_loaded";

/// A program in two parts.
#[derive(Debug)]
pub struct Split {
    /// What the page starts with.
    pub first: Vec<u8>,
    /// What is instantiated with `{ first: exports }` of the first.
    pub rest: Vec<u8>,
    /// How many functions are in the rest.
    pub put_off: usize,
}

/// Splits a module that names its functions; neither part names them.
///
/// # Errors
/// If this is no module, or one that no compiler of ours makes.
pub fn split(module: &[u8], profile: &Profile) -> Result<Split> {
    let read = || parse(module);
    let first = read()?;
    let parts = parts::Parts::of(&first, profile)?;
    Ok(Split { put_off: parts.put_off.len(), first: first::make(first, &parts)?, rest: rest::make(read()?, &parts)? })
}

fn parse(module: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    config.parse(module)
}

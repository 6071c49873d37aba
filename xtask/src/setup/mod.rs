//! Set-up: what a command needs is looked for, and what is missing is installed, with a line that says what and why.
//! No questions are asked, and where nothing is missing it takes a fraction of a second.
//!
//! There are five kinds: [`toolchain`], [`tools`], [`browsers`], and the packages of [`npm`] and of [`python`], which are got by the step
//! that needs them.

pub mod browsers;
mod choice;
mod debian;
pub mod npm;
pub mod python;
mod rustup;
pub mod toolchain;
mod tools;
pub mod versions;

use crate::project;
use anyhow::{Context, Result};
pub use toolchain::Toolchain;

/// What is about to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The page is built.
    Page,
    /// Everything is tested.
    Tests,
}

/// Installs what is missing, and gives the toolchain with which everything is to be run.
pub fn prepare(purpose: Purpose) -> Result<Toolchain> {
    let lock = project::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    versions::check(&lock)?;

    let toolchain = toolchain::prepare(purpose)?;
    println!("set-up: {}", toolchain.told());
    tools::prepare(purpose, &toolchain)?;
    if purpose == Purpose::Tests {
        browsers::prepare()?;
    }
    Ok(toolchain)
}

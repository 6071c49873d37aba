//! Rustup's active toolchain, and the components it may lack.

use super::Purpose;
use crate::process;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Why components are added, as the user is told.
pub const WHY: &str = "the page's standard library is built from source, with atomics for threads";

/// Long enough for a slow network, short enough for one that is not there.
const LIMIT: Duration = Duration::from_secs(120);

/// The folder of the active toolchain, where there is rustup.
pub fn active() -> Option<PathBuf> {
    // With the environment as it is: RUSTUP_TOOLCHAIN says which toolchain runs this very program.
    let rustc = process::output(Command::new("rustup").args(["which", "rustc"]))?;
    Some(Path::new(&rustc).parent()?.parent()?.to_owned())
}

/// The components a toolchain lacks.
pub fn missing(sysroot: &Path, purpose: Purpose) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if !sysroot.join("lib/rustlib/src/rust/library/std/src/lib.rs").is_file() {
        missing.push("rust-src");
    }
    if purpose == Purpose::Tests {
        let components = [("clippy", "bin/cargo-clippy"), ("rustfmt", "bin/rustfmt")];
        missing.extend(components.iter().filter(|(_, file)| !sysroot.join(file).is_file()).map(|(name, _)| *name));
    }
    missing
}

/// Adds components; fails soon where rustup's servers cannot be reached.
pub fn add(components: &[&str]) -> Result<()> {
    process::run_within(Command::new("rustup").args(["component", "add"]).args(components), LIMIT)
}

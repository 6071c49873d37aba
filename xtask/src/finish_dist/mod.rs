//! `cargo xtask finish-dist DIR`, called by Trunk when a page is built: Trunk starts the page with an inline script,
//! which our security policy (`script-src 'self' 'wasm-unsafe-eval'`) forbids. It moves to a file of its own.
//! Its style sheets become one, the program becomes two modules without the names of its functions (a sixth of what a visitor would
//! transfer), scripts lose their comments and are named by what is in them, and the service worker is told what to keep.

mod deployment;
mod glue;
mod html;
mod named;
mod page;
mod program;
mod scripts;
mod style;

use crate::profile;
use anyhow::{Context, Result};
pub use deployment::Deployment;
use page::Finished;
use std::fs;
use std::path::{Path, PathBuf};

/// Make what Trunk built fit our security policy, and smaller (Trunk calls this)
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder that holds Trunk's index.html
    folder: PathBuf,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let index = arguments.folder.join("index.html");
    let trunks = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let read =
        |name: &str| fs::read_to_string(arguments.folder.join(name)).with_context(|| format!("cannot read {name}"));
    let style = style::join(&trunks, read).context("the style sheets cannot be joined")?;
    write(&arguments.folder.join(&style.name), style.css.as_bytes())?;
    for part in &style.parts {
        fs::remove_file(arguments.folder.join(part)).with_context(|| format!("cannot remove {part}"))?;
    }
    let counts = std::env::var_os(profile::COUNTS).is_some();
    let split = program::split(&arguments.folder, &style.html, counts)?;
    scripts::shorten(&arguments.folder)?;
    let named = named::by_content(&arguments.folder, &split)?;
    let Finished { html, boot_name, boot } = page::finish(&named).context("the page cannot be finished")?;
    write(&arguments.folder.join(boot_name), boot.as_bytes())?;
    write(&index, html.as_bytes())?;

    Deployment::write(&arguments.folder)?;
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

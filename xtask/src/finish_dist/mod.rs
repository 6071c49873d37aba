//! `cargo xtask finish-dist DIR`, called by Trunk when a page is built: Trunk starts the page with an inline script,
//! which our security policy (`script-src 'self' 'wasm-unsafe-eval'`) forbids. It moves to a file of its own.

mod html;
mod page;

use anyhow::{Context, Result};
use page::Finished;
use std::fs;
use std::path::PathBuf;

/// Make what Trunk built fit our security policy (Trunk calls this)
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder that holds Trunk's index.html
    folder: PathBuf,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let index = arguments.folder.join("index.html");
    let trunks = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let Finished { html, boot_name, boot } = page::finish(&trunks).context("the page cannot be finished")?;
    for (path, text) in [(arguments.folder.join(boot_name), boot), (index, html)] {
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

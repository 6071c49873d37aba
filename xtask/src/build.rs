//! `cargo xtask build`: the page in dist/, with relative addresses, for any path of any static host, and with compressed copies.

use crate::setup::{self, Purpose, Toolchain};
use crate::{pack, process, project};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::time::Instant;

/// Build the page into dist/, ready for any static host
#[derive(clap::Args)]
pub struct Arguments {
    /// Where to write it
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let toolchain = setup::prepare(Purpose::Page)?;
    let dist = arguments.dist.unwrap_or_else(project::dist);
    page(&toolchain, &Page { dist: dist.clone(), features: vec![], counts: false })?;
    let started = Instant::now();
    let pack::Sizes { plain, brotli, gzip } = pack::folder(&dist)?;
    let kb = |bytes: usize| bytes / 1_000;
    println!(
        "Compressed {} kB to {} by brotli and {} by gzip in {:.1} s",
        kb(plain),
        kb(brotli),
        kb(gzip),
        started.elapsed().as_secs_f64()
    );
    println!("The page is in {}", dist.display());
    Ok(())
}

/// A build of the page: always in release, as it is deployed and measured.
pub struct Page {
    /// Where it goes.
    pub dist: PathBuf,
    /// Features of the crate; those of a test build differ from what is deployed.
    pub features: Vec<&'static str>,
    /// Whether its program counts which functions run, for `cargo xtask profile`.
    pub counts: bool,
}

/// What a released page does without: the places in the source that panics name, and the texts that only `{:?}` shows. And by what the
/// program is split, which visitors do not load: names of functions that say for which types each was compiled, and the linker's
/// relocations, which say who needs which data. Cargo adds these to the flags in .cargo/config.toml.
const LEAN: &str = "-Zlocation-detail=none -Zfmt-debug=none -Csymbol-mangling-version=v0 -Clink-arg=--emit-relocs";

/// Builds a page with Trunk.
pub fn page(toolchain: &Toolchain, page: &Page) -> Result<()> {
    std::fs::create_dir_all(&page.dist).with_context(|| format!("cannot make the folder {}", page.dist.display()))?;
    let started = Instant::now();
    // Trunk builds offline, so that it downloads no tools; what cargo needs must be there before.
    let mut fetch = toolchain.wasm_command("cargo");
    process::run(fetch.args(["fetch", "--quiet", "--target", "wasm32-unknown-unknown"]))?;
    let mut trunk = toolchain.wasm_command("trunk");
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", LEAN);
    trunk.args(["build", "--release", "--offline", "--dist"]).arg(std::path::absolute(&page.dist)?);
    if page.counts {
        trunk.env(crate::profile::COUNTS, "1");
    }
    if !page.features.is_empty() {
        trunk.args(["--features", &page.features.join(",")]);
    }
    process::run(&mut trunk).context("the page was not built; what is wrong stands above")?;
    println!("Built the page in {:.1} s", started.elapsed().as_secs_f64());
    Ok(())
}

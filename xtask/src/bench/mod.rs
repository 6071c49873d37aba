//! `cargo xtask bench`: every figure that the README quotes, measured in one run on this machine in a release build, beside what
//! it is compared with.

mod rows;
mod table;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::{self, Page};
use crate::setup::{self, Purpose, Toolchain, npm, versions};
use crate::test::browsers::{self, Browser};
use crate::test::user_command;
use crate::{process, project};
use rows::{ROWS, Spec};
use table::Measured;

/// Measure, and compare with the goals
#[derive(clap::Args)]
pub struct Arguments {
    /// Write the rows to this file too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Rows to measure; all without any
    name: Vec<String>,
}

/// Runs the benchmarks that the wanted rows need. A goal that is missed is shown, and is no error.
pub fn run(arguments: Arguments) -> Result<()> {
    if let Some(unknown) = arguments.name.iter().find(|name| ROWS.iter().all(|row| row.name != **name)) {
        let known: Vec<_> = ROWS.iter().map(|row| row.name).collect();
        bail!("there is no row `{unknown}`; there are: {}", known.join(", "));
    }
    let toolchain = setup::prepare(Purpose::Tests)?;
    let wanted = |row: &&Spec| arguments.name.is_empty() || arguments.name.iter().any(|name| name == row.name);
    let rows: Vec<&Spec> = ROWS.iter().filter(wanted).collect();
    let needs = |prefix: &[&str]| {
        let mut names = rows.iter().flat_map(|row| [Some(row.shows), row.beside]).flatten();
        names.any(|name| prefix.iter().any(|prefix| name.starts_with(prefix)))
    };
    let mut measured = Measured::new();
    if needs(&["native-"]) {
        measured.extend(native(&toolchain, "native", "the kernel natively")?);
    }
    if needs(&["simulated-"]) {
        measured.extend(native(&toolchain, "simulated", "the simulated engine natively")?);
    }
    if needs(&["wasm-", "worker-", "pool-", "first-", "event-"]) {
        measured.extend(in_browser(&toolchain, "bench-browser", "the engines in Chromium")?);
    }
    if needs(&["large-"]) {
        measured.extend(in_browser(&toolchain, "bench-large", "a large trace in Chromium")?);
    }
    if needs(&["timeline-", "speedscope-"]) {
        measured.extend(viewers(&toolchain)?);
    }
    if needs(&["residual-"]) {
        measured.extend(on_the_deployed_page(
            &toolchain,
            "bench-calibration",
            "plans beside their simulation, in Chromium and Firefox",
        )?);
    }
    if needs(&["page-", "run-", "transfer-"]) {
        measured.extend(on_the_deployed_page(&toolchain, "bench-page", "a first visit")?);
    }
    if needs(&["lighthouse-"]) {
        measured.extend(lighthouse(&toolchain)?);
    }
    let rows = rows.into_iter().map(|row| table::row(row, &measured)).collect::<Result<Vec<_>>>()?;
    println!("\n{}", table::text(&rows));
    if let Some(file) = &arguments.json {
        let json = serde_json::to_string_pretty(&rows)?;
        std::fs::write(file, json + "\n").with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn native(toolchain: &Toolchain, bench: &str, what: &str) -> Result<Measured> {
    let mut cargo = toolchain.command("cargo");
    measure(what, cargo.args(["bench", "--package", "interleave", "--bench", bench]))
}

fn in_browser(toolchain: &Toolchain, test: &str, what: &str) -> Result<Measured> {
    let mut cargo = browsers::cargo_test(Browser::Chromium, toolchain)?;
    // Without the last the runner keeps what a passing test prints to itself.
    measure(what, cargo.args(["--release", "--test", test, "--", "--nocapture"]))
}

fn on_the_deployed_page(toolchain: &Toolchain, program: &str, what: &str) -> Result<Measured> {
    let mut cargo = on_the_page(toolchain)?;
    cargo.args("run --quiet --package user-tests --bin".split(' ')).arg(program);
    measure(what, &mut cargo)
}

fn viewers(toolchain: &Toolchain) -> Result<Measured> {
    let mut cargo = on_the_page(toolchain)?;
    cargo.env("INTERLEAVE_SPEEDSCOPE", npm::prepare(&versions::SPEEDSCOPE)?);
    cargo.args("run --quiet --package user-tests --bin bench-timeline".split(' '));
    measure("viewers of a large trace", &mut cargo)
}

fn lighthouse(toolchain: &Toolchain) -> Result<Measured> {
    let mut cargo = on_the_page(toolchain)?;
    cargo.env("INTERLEAVE_LIGHTHOUSE", npm::prepare(&versions::LIGHTHOUSE)?);
    cargo.args("run --quiet --package user-tests --bin bench-lighthouse".split(' '));
    measure("what Lighthouse says", &mut cargo)
}

/// Cargo for what uses the page as it is deployed, which is built.
fn on_the_page(toolchain: &Toolchain) -> Result<Command> {
    let dist = project::target().join("bench-dist");
    build::page(toolchain, &Page { dist: dist.clone(), features: Vec::new(), counts: false })?;
    user_command(toolchain, &dist)
}

fn measure(what: &str, command: &mut Command) -> Result<Measured> {
    println!("\n── {what} ──");
    table::read(&process::heard(command)?)
}

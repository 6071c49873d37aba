//! The steps of a test run: what each is called and what it runs.

use super::browsers::{self, Browser};
use crate::build::{self, Page};
use crate::setup::{Toolchain, npm, python, versions};
use crate::{lessons, process, project};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One step of `cargo xtask test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Step {
    /// rustfmt
    Format,
    /// clippy, natively
    Lint,
    /// clippy, for wasm
    LintWasm,
    /// cargo deny
    Deny,
    /// cargo test, natively
    Native,
    /// tests/browser.rs in Chromium
    Chromium,
    /// tests/browser.rs in Firefox
    Firefox,
    /// the page that the next step uses
    Page,
    /// tests/user: the page, used as a learner does
    User,
}

impl Step {
    /// All, in the order in which they run.
    pub const ALL: [Step; 9] = [
        Step::Format,
        Step::Lint,
        Step::LintWasm,
        Step::Deny,
        Step::Native,
        Step::Chromium,
        Step::Firefox,
        Step::Page,
        Step::User,
    ];

    /// As it is called in `--only`.
    pub fn name(self) -> &'static str {
        match self {
            Step::Format => "format",
            Step::Lint => "lint",
            Step::LintWasm => "lint-wasm",
            Step::Deny => "deny",
            Step::Native => "native",
            Step::Chromium => "chromium",
            Step::Firefox => "firefox",
            Step::Page => "page",
            Step::User => "user",
        }
    }

    /// As it is announced.
    pub fn title(self) -> &'static str {
        match self {
            Step::Format => "formatting",
            Step::Lint => "lints of native code",
            Step::LintWasm => "lints of browser code",
            Step::Deny => "licences and sources of dependencies",
            Step::Native => "native tests",
            Step::Chromium => "tests in Chromium",
            Step::Firefox => "tests in Firefox",
            Step::Page => "a page to be tested",
            Step::User => "tests as a user",
        }
    }

    /// Whether it runs tests, which have names (or what those need).
    pub fn takes_filters(self) -> bool {
        matches!(self, Step::Native | Step::Chromium | Step::Firefox | Step::Page | Step::User)
    }

    pub(super) fn run(self, toolchain: &Toolchain, filters: &[String]) -> Result<()> {
        let cargo = |words: &str| {
            let mut cargo = toolchain.command("cargo");
            cargo.args(words.split(' '));
            cargo
        };
        match self {
            Step::Format => process::run(&mut cargo("fmt --all --check")).context("`cargo fmt --all` puts it right"),
            Step::Lint => process::run(&mut cargo("clippy --workspace --all-targets -- -D warnings")),
            Step::LintWasm => {
                let mut cargo = toolchain.wasm_command("cargo");
                cargo.args("clippy --package interleave --target wasm32-unknown-unknown --features faults".split(' '));
                process::run(cargo.args(
                    "--lib --bins --test browser --test bench-browser --test bench-large -- -D warnings".split(' '),
                ))
            }
            Step::Deny => process::run(&mut cargo("deny check licenses sources bans")),
            Step::Native => {
                process::run(cargo("test --no-fail-fast --workspace --exclude user-tests --").args(filters))
            }
            Step::Chromium => browsers::run(Browser::Chromium, toolchain, filters),
            Step::Firefox => browsers::run(Browser::Firefox, toolchain, filters),
            Step::Page => page(toolchain),
            Step::User => user(toolchain, filters),
        }
    }
}

/// The page that is tested, with the faults that tests provoke.
fn test_dist() -> PathBuf {
    project::target().join("test-dist")
}

/// Builds it, with lessons that are told to tests alone.
fn page(toolchain: &Toolchain) -> Result<()> {
    build::page(toolchain, &Page { dist: test_dist(), features: vec!["faults"], counts: false })?;
    // Posters are drawn without that feature; what its two demos come to cannot be simulated either.
    let posters = test_dist().join("posters");
    for demo in ["panic", "endless"] {
        fs::copy(posters.join("urls.svg"), posters.join(format!("{demo}.svg")))
            .context("there is no poster to copy")?;
    }
    lessons::compile_unlisted(&project::root().join("tests/user/lessons"), &test_dist().join("lessons"))
}

/// Runs tests/user.
fn user(toolchain: &Toolchain, filters: &[String]) -> Result<()> {
    let mut cargo = user_command(toolchain, &test_dist())?;
    cargo.env("INTERLEAVE_AXE", npm::prepare(&versions::AXE_CORE)?);
    // What documentation is built with, for the recipes.
    process::run(toolchain.command("cargo").args(["build", "--package", "mdbook-interleave"]))?;
    cargo.env("INTERLEAVE_MDBOOK_PREPROCESSORS", project::target().join("debug"));
    cargo.env("INTERLEAVE_MDBOOK", project::cache().join("tools/bin/mdbook"));
    cargo.env("INTERLEAVE_PYTHON", python::prepare()?);
    cargo.env("INTERLEAVE_DOCUSAURUS", npm::prepare(&versions::DOCUSAURUS)?);
    cargo.env("INTERLEAVE_VITEPRESS", npm::prepare(&versions::VITEPRESS)?);
    cargo.env("INTERLEAVE_TSC", npm::prepare(&versions::TYPESCRIPT)?);
    process::run(cargo.args(["test", "--no-fail-fast", "--package", "user-tests", "--"]).args(filters))
}

/// Cargo with what tests/user must know in `INTERLEAVE_…`; a program that is absent has no variable.
pub fn user_command(toolchain: &Toolchain, dist: &Path) -> Result<Command> {
    if !dist.join("index.html").is_file() {
        bail!("there is no page in {}; run the step `page` first", dist.display());
    }
    let mut cargo = toolchain.command("cargo");
    cargo.env("INTERLEAVE_DIST", dist).env("INTERLEAVE_PROFILES", browsers::profiles()?);
    // What went wrong is said in words; a stack is a hundred lines of the runtime's own, and hides them.
    cargo.env("RUST_BACKTRACE", "0");
    let drivers = crate::setup::browsers::Drivers::found();
    let programs = [
        ("INTERLEAVE_CHROMEDRIVER", drivers.chromedriver),
        ("INTERLEAVE_GECKODRIVER", drivers.geckodriver),
        ("INTERLEAVE_WEBKITWEBDRIVER", drivers.webkit),
        ("INTERLEAVE_XVFB", drivers.xvfb),
        ("INTERLEAVE_NGINX", drivers.nginx),
        ("INTERLEAVE_CADDY", drivers.caddy),
    ];
    cargo.envs(programs.into_iter().filter_map(|(name, path)| Some((name, path?))));
    Ok(cargo)
}

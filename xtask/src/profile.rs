//! `cargo xtask profile`: which functions of the program a first visit runs, measured in Chromium and Firefox, so that the build can put
//! off others. What is made is kept in the repository, and is not to be made anew for every change: what it does not know is not put off,
//! and what is put off by mistake is late (and may fail a test of tests/user/tests/first_visit.rs). It takes minutes, and is no part of a
//! build.

use crate::build::{self, Page};
use crate::setup::{self, Purpose};
use crate::test::user_command;
use crate::{process, project};
use anyhow::{Context, Result};
use interleave_split::{Profile, plain};
use std::collections::HashSet;

/// The functions that are put off, as [`Profile::text`] writes them.
pub const PROFILE: &str = include_str!("../split/put-off.txt");
/// In a page that counts: the names of its functions, in the order of their marks.
pub const NAMES: &str = "functions.txt";
/// Set while a page that counts is built; Trunk's hooks inherit it.
pub const COUNTS: &str = "INTERLEAVE_COUNTS";

/// What the file begins with.
const ABOUT: &str =
    "# Hashes of the names of functions that a first visit does not run. Made by `cargo xtask profile`.\n";

/// What is kept wherever it was not seen to run: what tells of a panic, which may have no network left to wait for; what runs by chance,
/// since the numbers by which tables are hashed are random ones; and what records and draws while something runs on the page, which
/// nothing may interrupt, and of which the moment decides what it does.
const KEPT: &[&str] = &[
    "hashbrown::",
    "dlmalloc::",
    "::engine::browser::blocking",
    "::engine::browser::clock",
    "::engine::browser::event_loop",
    "::engine::browser::frames",
    "::engine::browser::main_thread",
    "::engine::browser::requests",
    "::engine::live::",
    "::engine::script",
    "::trace::recorder",
    "::app::stage",
    "::timeline::chart::",
    "::timeline::flows",
    "::timeline::hatch",
    "::timeline::instants",
    "::timeline::labels",
    "::timeline::layout",
    "::timeline::metrics",
    "::timeline::painter",
    "::timeline::rows",
    "::timeline::stack",
    "interleave_tree::",
    "core::panicking::",
    "std::panicking::",
    "rust_panic",
    "console_error_panic_hook::",
    "core::fmt::",
    "alloc::fmt::",
];

/// Measure anew which functions a first visit runs
#[derive(clap::Args)]
pub struct Arguments {}

pub fn run(_: Arguments) -> Result<()> {
    let toolchain = setup::prepare(Purpose::Tests)?;
    let dist = project::target().join("profile-dist");
    build::page(&toolchain, &Page { dist: dist.clone(), features: vec![], counts: true })?;
    let ran = project::target().join("ran.txt");
    let mut cargo = user_command(&toolchain, &dist)?;
    cargo.env("INTERLEAVE_RAN", &ran).args("run --quiet --package user-tests --bin first-visit".split(' '));
    process::run(&mut cargo)?;
    let read = |path| std::fs::read_to_string(path).with_context(|| format!("{path:?} was not written"));
    let (names, ran) = (read(&dist.join(NAMES))?, read(&ran)?);
    let ran: HashSet<_> = ran.lines().map(|name| outermost(&plain(name)).to_owned()).collect();
    let names: Vec<_> = names.lines().filter(|name| !name.is_empty()).map(plain).collect();
    let is_kept = |name: &str| KEPT.iter().any(|kept| name.contains(kept)) || ran.contains(outermost(name));
    let put_off: Vec<_> = names.iter().map(String::as_str).filter(|name| !is_kept(name)).collect();
    println!("{} of {} functions are put off", put_off.len(), names.len());
    let file = project::root().join("xtask/split/put-off.txt");
    let text = ABOUT.to_owned() + &Profile::new(put_off).text();
    std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// A name up to its first closure: a function that ran keeps all its closures, since which of them run depends on what was measured. Where
/// the closure is that of another function's argument, a few more are kept than would need to be.
fn outermost(name: &str) -> &str {
    name.find("::{closure").map_or(name, |end| &name[..end])
}

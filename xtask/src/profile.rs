//! `cargo xtask profile`: which functions of the program a first visit runs, measured in Chromium and Firefox, so that the build can put
//! off all others. What is made is kept in the repository, and is not to be made anew for every change: what it does not know is not put
//! off, and what is put off by mistake is late and not missing (and fails a test of tests/user/tests/first_visit.rs).

use crate::build::{self, Page};
use crate::setup::{self, Purpose};
use crate::test::user_command;
use crate::{process, project};
use anyhow::{Context, Result};
use std::collections::HashSet;

/// The functions that are put off, as [`interleave_split::Profile`] writes them.
pub const PUT_OFF: &str = include_str!("../split/put-off.txt");
/// In a page that counts: the names of its functions, in the order of their marks.
pub const NAMES: &str = "functions.txt";
/// Set while a page that counts is built; Trunk's hooks inherit it.
pub const COUNTS: &str = "INTERLEAVE_COUNTS";

/// What the file begins with.
const ABOUT: &str =
    "# Hashes of the names of functions that no first visit runs, and no worker. Made by `cargo xtask profile`.\n";

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
    let ran: HashSet<_> = ran.lines().map(outermost).collect();
    let put_off: Vec<_> = names.lines().filter(|name| !name.is_empty() && !ran.contains(outermost(name))).collect();
    println!("{} of {} functions are put off", put_off.len(), names.lines().count());
    let text = ABOUT.to_owned() + &interleave_split::Profile::new(put_off).text();
    let file = project::root().join("xtask/split/put-off.txt");
    std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// The function that a closure stands in, however deep. What a first visit comes to, is measured and differs from one to the next: a function
/// that ran keeps all its closures.
fn outermost(name: &str) -> &str {
    name.find("::{closure").map_or(name, |end| &name[..end])
}

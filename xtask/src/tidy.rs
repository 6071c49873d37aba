//! The rules of ARCHITECTURE.md that the compiler does not hold: pure folders, one-way arrows, short files with a header.
//! `cargo test --package xtask` applies them to the repository.

mod rules;

use crate::project;
use rules::complaints;
use std::fs;
use std::path::Path;

/// Where there is Rust.
const FOLDERS: &[&str] = &["src", "tests", "benches", "recipes", "xtask"];

#[test]
fn the_repository_is_tidy() {
    let mut found = Vec::new();
    for folder in FOLDERS {
        visit(&project::root().join(folder), &mut |path| {
            let name = path.strip_prefix(project::root()).unwrap().to_str().unwrap();
            let text = fs::read_to_string(path).unwrap();
            found.extend(complaints(name, &text).into_iter().map(|complaint| format!("{name}: {complaint}")));
        });
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// Calls `each` with every Rust file in a folder.
fn visit(folder: &Path, each: &mut impl FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() && !path.ends_with("target") {
            visit(&path, each);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            each(&path);
        }
    }
}

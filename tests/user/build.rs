//! Writes tests for every lesson and browser, so that whoever adds a lesson has it played, and a test that fails has the lesson's name.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../lessons");
    println!("cargo::rerun-if-changed={}", root.display());
    let folder = fs::read_dir(&root).expect("the folder of lessons");
    let mut names: Vec<String> = folder
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.strip_suffix(".md").map(str::to_owned))
        .filter(|name| name.starts_with(|first: char| first.is_ascii_digit()))
        .collect();
    names.sort();
    let mut tests = String::new();
    let both = |part| [("Chromium", part), ("Firefox", part)];
    for (browser, part) in both("Answers").into_iter().chain(both("Runs")) {
        let _ = writeln!(tests, "mod {}_in_{} {{", part.to_lowercase(), browser.to_lowercase());
        for name in &names {
            let lesson = fs::read_to_string(root.join(format!("{name}.md"))).expect("a lesson");
            let id = lesson.lines().find_map(|line| line.strip_prefix("id:")).expect("a lesson has an id").trim();
            let test = name.replace('-', "_");
            let _ = writeln!(
                tests,
                "    #[test] fn lesson_{test}() {{ super::play(user_tests::Browser::{browser}, {id:?}, user_tests::Part::{part}); }}"
            );
        }
        tests.push_str("}\n");
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("lessons.rs");
    fs::write(out, tests).expect("the tests can be written");
}

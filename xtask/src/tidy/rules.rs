//! The rules themselves, about one file at a time: its path in the repository and its text.

/// What knows no browser and takes no clock.
const PURE: &[&str] = &[
    "src/plan/",
    "src/trace/",
    "src/lesson/",
    "src/demo/",
    "src/embed/",
    "src/lab/",
    "src/timeline/",
    "src/engine/simulated/",
    "src/random.rs",
];
const NOT_PURE: &[&str] = &["src/timeline/painter.rs", "src/timeline/painter/"];
const BROWSER: &[&str] = &["yew", "yew_router", "web_sys", "js_sys", "gloo", "wasm_bindgen", "wasm_bindgen_futures"];
const CLOCKS: &[&str] = &["Instant", "SystemTime"];

/// What each layer may use; whatever stands nowhere in this table is free.
const MAY_USE: &[(&str, &[&str])] = &[
    ("plan", &[]),
    ("trace", &[]),
    ("engine", &["plan", "trace"]),
    ("lab", &["plan", "trace"]),
    ("timeline", &["plan", "trace"]),
    ("demo", &["engine", "lab", "timeline", "plan", "trace"]),
    ("lesson", &["demo", "engine", "lab", "timeline", "plan", "trace"]),
    ("embed", &["demo", "lesson", "engine", "lab", "timeline", "plan", "trace"]),
    ("app", &["embed", "demo", "lesson", "engine", "lab", "timeline", "plan", "trace"]),
];

const MOST_LINES: usize = 300;

/// What is wrong with a file.
pub fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let lines = text.lines().count();
    if lines > MOST_LINES {
        complaints.push(format!("{lines} lines; a file has at most {MOST_LINES}: what are its two subjects?"));
    }
    if path.starts_with("src/") && !text.starts_with("//!") {
        complaints.push("opens without `//!`: what is it for?".to_owned());
    }
    let code = without_comments(text);
    if is_pure(path) {
        for word in words(&code).filter(|word| BROWSER.contains(word)) {
            complaints.push(format!("is pure, and names `{word}`: browser code goes to a folder marked wasm"));
        }
        for word in words(&code).filter(|word| CLOCKS.contains(word)) {
            complaints.push(format!("is pure, and names `{word}`: let the caller give the time"));
        }
    }
    if let Some((layer, allowed)) = MAY_USE.iter().find(|(layer, _)| layer_of(path) == Some(layer)) {
        let known = |name: &str| MAY_USE.iter().any(|(layer, _)| *layer == name);
        for used in used_layers(path, &code).into_iter().filter(|used| known(used)) {
            if used != *layer && !allowed.contains(&used) {
                complaints.push(format!("`{layer}` must not know of `{used}` (it may use: {})", allowed.join(", ")));
            }
        }
    }
    complaints.dedup();
    complaints
}

fn is_pure(path: &str) -> bool {
    let directly_in_engine = path.strip_prefix("src/engine/").is_some_and(|file| !file.contains('/'));
    let starts = |folders: &[&str]| folders.iter().any(|folder| path.starts_with(folder));
    directly_in_engine || (starts(PURE) && !starts(NOT_PURE))
}

fn layer_of(path: &str) -> Option<&str> {
    path.strip_prefix("src/")?.split_once('/').map(|(layer, _)| layer)
}

/// The text without line comments (so a word in a comment, or after `//` in a string, counts for nothing).
fn without_comments(text: &str) -> String {
    text.lines().flat_map(|line| [line.split("//").next().unwrap_or(""), "\n"]).collect()
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The modules of the crate that a file names: `crate::a`, `crate::{a, b::c}` and, from a file's own depth, `super::a`.
fn used_layers<'a>(path: &str, code: &'a str) -> Vec<&'a str> {
    let to_root = if path.ends_with("/mod.rs") { 1 } else { 2 } + path.matches('/').count().saturating_sub(2);
    let up = "super::".repeat(to_root);
    let mut used = Vec::new();
    for start in ["crate::", up.as_str()] {
        for (at, _) in code.match_indices(start) {
            // `$crate::`, or the middle of a longer path.
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            used.extend(first_names(&code[at + start.len()..]));
        }
    }
    used
}

/// The first name of a path, or of each path in braces.
fn first_names(path: &str) -> Vec<&str> {
    let Some(group) = path.strip_prefix('{') else { return words(path).take(1).collect() };
    let mut names = Vec::new();
    let mut depth = 0;
    let mut item = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.extend(words(&group[item..at]).next());
                item = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::complaints;

    /// Whether a file with this code is refused for a reason that holds this text.
    fn refused(path: &str, code: &str, reason: &str) -> bool {
        complaints(path, &format!("//! Header.\n{code}")).iter().any(|complaint| complaint.contains(reason))
    }

    fn accepted(path: &str, code: &str) {
        assert_eq!(complaints(path, &format!("//! Header.\n{code}")), [""; 0], "{path}: {code}");
    }

    #[test]
    fn pure_folders_know_no_browser_and_no_clock() {
        assert!(refused("src/plan/mod.rs", "use yew::prelude::*;", "`yew`"));
        assert!(refused("src/engine/live.rs", "fn f(w: web_sys::Window) {}", "`web_sys`"));
        assert!(refused("src/engine/simulated/mod.rs", "use std::time::{Duration, Instant};", "`Instant`"));
        assert!(refused("src/timeline/layout.rs", "wasm_bindgen::throw_str(\"\")", "`wasm_bindgen`"));
        accepted("src/timeline/painter.rs", "use web_sys::Window;");
        accepted("src/engine/browser/clock.rs", "use web_sys::Performance;");
        accepted("src/plan/mod.rs", "// yew is not known here\nuse std::time::Duration; struct Instants;");
    }

    #[test]
    fn arrows_run_one_way() {
        assert!(refused("src/plan/mod.rs", "use crate::trace::Trace;", "`plan` must not know of `trace`"));
        assert!(refused(
            "src/trace/stats.rs",
            "use crate::{error::E, plan::{a, b}};",
            "`trace` must not know of `plan`"
        ));
        assert!(refused("src/engine/mod.rs", "fn f() { crate::demo::all(); }", "of `demo`"));
        assert!(refused("src/timeline/mod.rs", "use super::engine::Engine;", "of `engine`"));
        assert!(refused("src/timeline/layout.rs", "use super::super::app;", "of `app`"));
        assert!(refused("src/demo/mod.rs", "use crate::lesson::Lesson;", "of `lesson`"));
        accepted("src/engine/mod.rs", "use crate::{plan::{self, Plan}, trace::Trace};");
        accepted("src/lesson/mod.rs", "use crate::demo::Demo; use super::lesson::x;");
        accepted("src/app/mod.rs", "use crate::lesson::{plan, Lesson};");
        accepted("src/plan/step.rs", "use super::kernel; use other_crate::trace::T; use crate::plan::trace;");
        accepted("src/lib.rs", "pub use crate::app::App;");
    }

    #[test]
    fn files_are_short_and_say_what_they_are_for() {
        assert!(refused("tests/a.rs", &"\n".repeat(300), "301 lines"));
        accepted("tests/a.rs", &"\n".repeat(299));
        assert!(complaints("src/plan/a.rs", "fn f() {}")[0].contains("`//!`"));
        assert!(complaints("tests/a.rs", "fn f() {}").is_empty());
    }
}

//! The programs that cargo installs, kept in the cache folder and used from there, whatever else is in PATH.

use super::versions::{TOOLS, Tool};
use super::{Purpose, Toolchain};
use crate::{process, project};
use anyhow::{Context, Result};

/// These run for seconds and are compiled for minutes: they are not optimised far.
const QUICK_BUILD: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// Installs the tools that are missing or of another version.
pub fn prepare(purpose: Purpose, toolchain: &Toolchain) -> Result<()> {
    let needed = TOOLS.iter().filter(|tool| purpose == Purpose::Tests || !tool.tests_only);
    let missing: Vec<&Tool> = needed.filter(|tool| !is_installed(tool)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = missing.iter().map(|tool| format!("{} {}", tool.krate, tool.version)).collect();
    println!("set-up: installing {} with cargo; this takes some minutes, once", names.join(", "));
    let build = project::cache().join("build");
    for tool in missing {
        println!("set-up: {} {}: {}", tool.krate, tool.version, tool.why);
        let mut cargo = toolchain.command("cargo");
        cargo.args(["install", "--force", "--root"]).arg(project::cache().join("tools"));
        cargo.arg(format!("{}@{}", tool.krate, tool.version)).args(tool.options);
        // One folder for all: what one has compiled, the next one uses, as does the next try after a failure.
        cargo.env("CARGO_TARGET_DIR", &build).envs(QUICK_BUILD.iter().copied());
        process::run(&mut cargo)
            .with_context(|| format!("{} {} was not installed ({})", tool.krate, tool.version, tool.why))?;
    }
    std::fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))
}

fn is_installed(tool: &Tool) -> bool {
    let program = project::cache().join("tools/bin").join(tool.program);
    let told = process::output(process::command(program).arg("--version"));
    told.is_some_and(|told| says(&told, tool.version))
}

/// Whether a program that answers so is of this version.
fn says(told: &str, version: &str) -> bool {
    let is_it = |word: &str| word.strip_prefix('v').unwrap_or(word) == version;
    told.lines().next().is_some_and(|line| line.split_whitespace().any(is_it))
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_version_is_read_from_the_first_line() {
        assert!(says("wasm-bindgen 0.2.130", "0.2.130"));
        assert!(says("geckodriver 0.37.1 (abc 2026-01-01)\n\nThe source …", "0.37.1"));
        assert!(says("mdbook v0.5.4", "0.5.4"));
        assert!(!says("trunk 0.21.140", "0.21.14"));
        assert!(!says("", "0.21.14"));
    }
}

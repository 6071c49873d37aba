//! `cargo xtask npm-package`: the folder that `npm pack` makes a package of. It has what stands in `npm/` (the types, and a program that copies
//! the site to where it is served) and the page as it is deployed, without compressed copies, which a host that wants them makes itself.

use crate::build::{self, Page};
use crate::project;
use crate::setup::{self, Purpose};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Put the package for npm together, for `npm pack`
#[derive(clap::Args)]
pub struct Arguments {
    /// Where to write it
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// What goes beside it from the repository's root.
const PAPERS: &[&str] = &["EMBEDDING.md", "LICENSE-APACHE", "LICENSE-MIT"];

pub fn run(arguments: Arguments) -> Result<()> {
    let toolchain = setup::prepare(Purpose::Page)?;
    let dist = project::target().join("npm/dist");
    build::page(&toolchain, &Page { dist: dist.clone(), features: vec![], counts: false })?;
    let folder = arguments.folder.unwrap_or_else(|| project::target().join("npm/interleave-demo"));
    assemble(&dist, &folder)?;
    println!("The package is in {}; `npm pack` there makes the tarball", folder.display());
    Ok(())
}

/// Puts the package with the page in `dist` together, in a folder that is new or holds an earlier one.
///
/// # Errors
/// If a file cannot be read or written, or something else is in the folder.
pub fn assemble(dist: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        let is_earlier =
            fs::read_to_string(folder.join("package.json")).is_ok_and(|it| it.contains("\"interleave-demo\""));
        if !is_earlier && fs::read_dir(folder)?.next().is_some() {
            anyhow::bail!("{} holds something else; name a folder that is empty or not there yet", folder.display());
        }
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    copy(&project::root().join("npm"), folder)?;
    copy(dist, &folder.join("dist"))?;
    for paper in PAPERS {
        fs::copy(project::root().join(paper), folder.join(paper)).with_context(|| format!("cannot copy {paper}"))?;
    }
    Ok(())
}

/// Copies a folder, but for what begins with a dot: such are Trunk's own.
///
/// # Errors
/// If a file cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make the folder {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => copy(&path, &to)?,
            false => drop(fs::copy(&path, &to).with_context(|| format!("cannot copy {}", path.display()))?),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn its_version_is_the_workspaces() {
        let package = fs::read_to_string(project::root().join("npm/package.json")).unwrap();
        let package: Value = serde_json::from_str(&package).unwrap();
        assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
        let version = format!("version = \"{}\"", env!("CARGO_PKG_VERSION"));
        for file in ["pyproject.toml", "interleave_sphinx.py"] {
            let text = fs::read_to_string(project::root().join("recipes/sphinx").join(file)).unwrap();
            assert!(text.lines().any(|line| line.replace("__", "") == version), "{file}: {version}");
        }
    }

    #[test]
    fn a_package_has_all_that_it_names_and_nothing_from_before() {
        let own = std::env::temp_dir().join(format!("interleave-npm-{}", std::process::id()));
        let (dist, folder) = (own.join("dist"), own.join("package"));
        fs::create_dir_all(dist.join(".stage")).unwrap();
        fs::create_dir_all(dist.join("lessons")).unwrap();
        for name in ["embed.js", "lessons/a.json", ".stage/x"] {
            fs::write(dist.join(name), name).unwrap();
        }
        assemble(&dist, &folder).unwrap();
        fs::write(folder.join("dist/old.js"), "from before").unwrap();
        assemble(&dist, &folder).unwrap();
        let package: Value = serde_json::from_str(&fs::read_to_string(folder.join("package.json")).unwrap()).unwrap();
        let files = package["files"].as_array().unwrap().iter().filter_map(Value::as_str);
        let named =
            files.chain([package["types"].as_str().unwrap(), package["bin"]["interleave-demo"].as_str().unwrap()]);
        for name in named.chain(["dist/embed.js", "dist/lessons/a.json", "README.md"]) {
            assert!(folder.join(name).exists(), "{name}");
        }
        assert!(!folder.join("dist/old.js").exists() && !folder.join("dist/.stage").exists());
        let error = assemble(&dist, &own).unwrap_err().to_string();
        assert!(error.contains("holds something else") && dist.exists(), "{error}");
        fs::remove_dir_all(&own).unwrap();
    }
}

//! Packages of npm that tests and benches use, each in a folder of the cache that names its version. They are got when they are first
//! needed, none of their scripts is run, and nothing of them is shipped.

use super::versions::Package;
use crate::hash::hash;
use crate::{process, project};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// What is used of a package, which is installed if it is missing.
pub fn prepare(package: &Package) -> Result<PathBuf> {
    let Package { name, version, with, used, why } = package;
    let folders = project::cache().join("npm");
    // What is installed beside it is part of what it is.
    let beside = if with.is_empty() { String::new() } else { format!("-{}", hash(with.join(" ").as_bytes())) };
    let folder = folders.join(format!("{name}-{version}{beside}"));
    let path = folder.join("node_modules").join(name).join(used);
    if path.exists() {
        return Ok(path);
    }
    println!("set-up: {name} {version} of npm: {why}");
    // Installed beside its place, so that what is there is whole.
    let new = folders.join(format!("{name}-{version}{beside}.new"));
    if new.exists() {
        fs::remove_dir_all(&new).with_context(|| format!("cannot remove {}", new.display()))?;
    }
    fs::create_dir_all(&new).with_context(|| format!("cannot make the folder {}", new.display()))?;
    let mut npm = process::command("npm");
    npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]);
    npm.arg("--prefix").arg(&new).arg(format!("{name}@{version}")).args(*with);
    process::run(&mut npm).with_context(|| format!("{name} {version} was not installed ({why})"))?;
    fs::rename(&new, &folder).with_context(|| format!("{} cannot be written", folder.display()))?;
    fs::metadata(&path).with_context(|| format!("{name} {version} has no {used}"))?;
    Ok(path)
}

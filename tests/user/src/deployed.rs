//! Deployments to try: a copy of the page that was built for the tests, and the next one, which the same host serves instead.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xtask::finish_dist::Deployment;
use xtask::npm_package::copy;

use crate::{dist, folder};

/// Copies the page that was built for the tests to a folder of its own.
///
/// # Errors
/// If it has not been built, or the copy cannot be written.
pub fn copy_of_dist() -> Result<PathBuf> {
    let folder = folder("dist")?;
    copy(&dist()?, &folder)?;
    Ok(folder)
}

/// The file in a deployment that holds the second part of the program.
///
/// # Errors
/// If there is none, or more than one.
pub fn rest_of_program(folder: &Path) -> Result<PathBuf> {
    let names = fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut rests = names.filter(|name| name.starts_with("interleave-rest-") && name.ends_with(".wasm"));
    let name = rests.next().context("the program has no second part")?;
    ensure!(rests.next().is_none(), "it has two second parts");
    Ok(folder.join(name))
}

/// The title of a lesson in a deployment.
///
/// # Errors
/// If there is no such lesson.
pub fn lesson_title(folder: &Path, lesson: &str) -> Result<String> {
    let told: Value = serde_json::from_slice(&fs::read(folder.join(format!("lessons/{lesson}.json")))?)?;
    Ok(told["title"].as_str().context("a lesson has a title")?.to_owned())
}

/// Makes another deployment of the one in `folder`, in its place: each file that is named by its content has another name, and
/// nothing is left under the old one; and a lesson has another title.
///
/// # Errors
/// If `folder` holds no deployment, or cannot be written.
pub fn deploy_next(folder: &Path, lesson: &str, title: &str) -> Result<Deployment> {
    let mut renamed = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().into_string().unwrap_or_default();
        let Some(hash) = hash_in(&name) else { continue };
        let (first, rest) = hash.split_at(1);
        let next = name.replace(hash, &format!("{}{rest}", if first == "a" { "b" } else { "a" }));
        fs::rename(folder.join(&name), folder.join(&next))?;
        renamed.push((name, next));
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ["js", "html"].iter().any(|text| ending == *text)) {
            let mut text = fs::read_to_string(&path)?;
            for (name, next) in &renamed {
                text = text.replace(name, next);
            }
            fs::write(path, text)?;
        }
    }
    let path = folder.join(format!("lessons/{lesson}.json"));
    let mut told: Value = serde_json::from_slice(&fs::read(&path)?)?;
    told["title"] = title.into();
    fs::write(path, serde_json::to_vec(&told)?)?;
    Deployment::write(folder)
}

/// The hash in a file's name.
fn hash_in(name: &str) -> Option<&str> {
    let hash = name.rsplit_once('-')?.1.split(['.', '_']).next()?;
    (hash.len() >= 12 && hash.chars().all(|digit| digit.is_ascii_hexdigit())).then_some(hash)
}

//! The program in two modules: what a first visit runs, and the rest (xtask/split says how and why). The glue is told of both (`glue`).
//! For `cargo xtask profile`, the program that counts which functions run is made instead.

use super::{glue, write};
use crate::hash::hash;
use crate::{profile, project};
use anyhow::{Context, Result, ensure};
use interleave_split::Profile;
use std::fs;
use std::path::{Path, PathBuf};

/// How Trunk names the program; its glue has the same name without this.
const ENDING: &str = "_bg.wasm";
/// Where cargo puts it.
const TARGET: &str = "wasm32-unknown-unknown";

/// Puts the two modules in the place of the one, or of one that counts; the page that loads them under their new names.
pub fn split(folder: &Path, page: &str, counts: bool) -> Result<String> {
    let name = program(folder)?;
    let path = folder.join(&name);
    let module = fs::read(&path).with_context(|| format!("cannot read {name}"))?;
    let stem = name.trim_end_matches(ENDING);
    let (crate_name, _) = stem.rsplit_once('-').with_context(|| format!("{name} is not named by a hash"))?;
    let glue = folder.join(format!("{stem}.js"));
    let text = fs::read_to_string(&glue).with_context(|| format!("cannot read {}", glue.display()))?;
    let (first, text) = if counts {
        let counted = interleave_split::count(&module).context("the program cannot count")?;
        write(&folder.join(profile::NAMES), counted.names.join("\n").as_bytes())?;
        (counted.module.clone(), glue::that_counts(&text, &counted)?)
    } else {
        let profile = Profile::read(profile::PROFILE).context("the profile cannot be read")?;
        let linked = linked(crate_name)?;
        let relocations = fs::read(&linked).with_context(|| format!("cannot read {}", linked.display()))?;
        let split = interleave_split::split(&module, &relocations, &profile)
            .with_context(|| format!("the program cannot be split by what {} says of it", linked.display()))?;
        // Short ones stay where they are, which is a third; names of another kind would all be unknown.
        ensure!(
            split.put_off > profile.len() / 3,
            "of {} functions in xtask/split/put-off.txt only {} are put off: `cargo xtask profile` makes it anew; or does rustc not \
             name functions by -Csymbol-mangling-version=v0?",
            profile.len(),
            split.put_off
        );
        let rest = format!("interleave-rest-{}.wasm", hash(&split.rest));
        write(&folder.join(&rest), &split.rest)?;
        (split.first, glue::of_two(&text, &rest, &split.imports)?)
    };
    write(&glue, text.as_bytes())?;
    fs::remove_file(&path).with_context(|| format!("cannot remove {name}"))?;
    let named = format!("{crate_name}-{}{ENDING}", hash(&first));
    write(&folder.join(&named), &first)?;
    ensure!(page.contains(&name), "index.html should load {name}");
    Ok(page.replace(&name, &named))
}

/// The program as cargo made it, before wasm-bindgen. A hook has its environment of Trunk, which runs cargo with the same.
fn linked(crate_name: &str) -> Result<PathBuf> {
    let profile = std::env::var("TRUNK_PROFILE").context("TRUNK_PROFILE is not set: Trunk sets it for its hooks")?;
    Ok(project::target().join(TARGET).join(profile).join(format!("{crate_name}.wasm")))
}

/// The name of the one program in a folder.
fn program(folder: &Path) -> Result<String> {
    let names = fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut programs = names.filter(|name| name.ends_with(ENDING));
    let found = programs.next().with_context(|| format!("there is no *{ENDING} in {}", folder.display()))?;
    ensure!(programs.next().is_none(), "there is more than one *{ENDING} in {}", folder.display());
    Ok(found)
}

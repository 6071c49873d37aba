//! The documentation tools of Python that recipes are tested with: those of `recipes/requirements.txt`, in an environment of their own in the
//! cache, whose name follows from that file. Nothing of the system's own Python is changed.

use super::debian;
use crate::hash::hash;
use crate::{process, project};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

const WHY: &str = "Sphinx and MkDocs, which build the sites with which recipes/ are tested (200 MB)";

/// The Python that has them, which are installed if they are missing. They are run as its modules: scripts of an environment name the
/// folder that it was made in.
pub fn prepare() -> Result<PathBuf> {
    let requirements = project::root().join("recipes/requirements.txt");
    let text = fs::read(&requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    let folder = project::cache().join(format!("python-{}", hash(&text)));
    let python = folder.join("bin/python");
    if python.is_file() {
        return Ok(python);
    }
    println!("set-up: packages of PyPI: {WHY}");
    need_venv()?;
    // Made beside its place, so that what is there is whole.
    let new = folder.with_extension("new");
    process::run(process::command("python3").args(["-m", "venv", "--clear"]).arg(&new))?;
    let mut pip = process::command(new.join("bin/python"));
    pip.args(
        "-m pip install --quiet --disable-pip-version-check --no-input --no-deps --only-binary :all: --requirement"
            .split(' '),
    );
    process::run(pip.arg(&requirements)).with_context(|| {
        format!("what {} names was not installed ({WHY}); it needs Python 3.11 or later", requirements.display())
    })?;
    fs::rename(&new, &folder).with_context(|| format!("{} cannot be written", folder.display()))?;
    Ok(python)
}

/// Sees to it that Python can make environments; Debian has that in a package of its own.
fn need_venv() -> Result<()> {
    let can = || process::output(process::command("python3").args(["-c", "import ensurepip, venv"])).is_some();
    if can() {
        return Ok(());
    }
    if debian::may_install() {
        debian::install(&["python3-venv"], WHY)?;
    }
    if !can() {
        bail!(
            "the tests need python3 with the modules venv and ensurepip, for {WHY}. On Debian, as root: apt-get install python3-venv"
        );
    }
    Ok(())
}

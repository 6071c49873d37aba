//! Debian's packages: what is missing, and its installation as root.

use crate::process;
use anyhow::{Context, Result};
use std::process::Command;

/// Those of the packages that are not installed; `None` where the system is not Debian's kind.
pub fn missing(packages: &[&'static str]) -> Option<Vec<&'static str>> {
    process::find("apt-get")?;
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat", "${Package} ${db:Status-Status}\n"]).args(packages);
    // It fails when it does not know one of them, and still lists the others.
    let listed = query.output().ok()?;
    let listed = String::from_utf8_lossy(&listed.stdout);
    let installed = |package: &str| listed.lines().any(|line| line == format!("{package} installed"));
    Some(packages.iter().copied().filter(|package| !installed(package)).collect())
}

/// Whether apt-get may be run: as root, or with a sudo that asks for no password.
pub fn may_install() -> bool {
    process::find("apt-get").is_some()
        && (is_root() || process::output(Command::new("sudo").args(["-n", "true"])).is_some())
}

/// Installs packages.
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    println!("set-up: installing Debian's {} (apt-get): {why}", packages.join(", "));
    process::run(apt().arg("update")).context("apt-get does not reach Debian's servers, or is in use")?;
    process::run(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages))
        .with_context(|| format!("install by hand: {}", packages.join(" ")))
}

fn apt() -> Command {
    let mut command = Command::new(if is_root() { "env" } else { "sudo" });
    if !is_root() {
        command.args(["-n", "env"]);
    }
    // Servers that come with a package are not to be started by it; where systemd rules, they are all the same.
    command.args(["DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-q"]);
    command
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).as_deref() == Some("0")
}

//! The compiler with which xtask runs everything, so that page, tests and lints are of one version:
//! rustup's active toolchain, or Debian's packages.

use super::choice::{self, Choice, Debian, Found, Rustup};
use super::{Purpose, debian, rustup};
use crate::{process, project};
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Threads need the standard library rebuilt with atomics, and only a nightly compiler, or one told so, may do it.
const WASM_ENVIRONMENT: &[(&str, &str)] = &[
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// What would replace the flags in .cargo/config.toml, without which no memory is shared.
const FLAGS_OF_THE_USER: &[&str] = &["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS"];

/// The Debian packages of the compiler, and of what else tests need of it.
const DEBIAN: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "libstd-rust-web-dev", "lld-22"];
const DEBIAN_TESTS: &[&str] = &["rust-web-clippy", "rustfmt-web"];
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-22";

/// A compiler, and the environment it wants.
#[derive(Clone, Debug)]
pub struct Toolchain {
    name: String,
    path: OsString,
    /// Where the compiler has no wasm linker of its own.
    linker: Option<PathBuf>,
    /// This program, for Trunk's hooks.
    xtask: PathBuf,
}

impl Toolchain {
    fn new(name: &str, bin: &Path, linker: Option<PathBuf>) -> Result<Toolchain> {
        let rustc = process::output(process::command(bin.join("rustc")).arg("--version"));
        let version = rustc.with_context(|| format!("{} does not run", bin.join("rustc").display()))?;
        let mut folders = vec![bin.to_owned(), project::cache().join("tools/bin")];
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        // Where PATH does not name it, cargo looks for its subcommands here first, and would find those of rustup.
        folders.push(cargo_home().join("bin"));
        let path = env::join_paths(folders).context("a folder in PATH has a colon in its name")?;
        Ok(Toolchain { name: format!("{version}, {name}"), path, linker, xtask: env::current_exe()? })
    }

    /// One line about it.
    pub fn told(&self) -> &str {
        &self.name
    }

    /// A command for a native build, or any other program.
    pub fn command(&self, program: &str) -> Command {
        // Looked for here: std would look along our own PATH.
        let found = env::split_paths(&self.path).map(|folder| folder.join(program)).find(|path| path.is_file());
        let mut command = process::command(found.unwrap_or_else(|| program.into()));
        command.current_dir(project::root()).env("PATH", &self.path);
        command
    }

    /// A command for a build of the page, with its standard library.
    pub fn wasm_command(&self, program: &str) -> Command {
        let mut command = self.command(program);
        for name in FLAGS_OF_THE_USER {
            command.env_remove(name);
        }
        command.envs(WASM_ENVIRONMENT.iter().copied());
        command.env("CARGO_TARGET_DIR", project::wasm_target());
        if let Some(linker) = &self.linker {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        command.env("INTERLEAVE_XTASK", &self.xtask);
        command
    }
}

/// Where cargo keeps what it installs.
pub fn cargo_home() -> PathBuf {
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_else(|| ".".into())).join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

/// Finds a toolchain, and completes one if none is complete.
pub(super) fn prepare(purpose: Purpose) -> Result<Toolchain> {
    let mut packages = DEBIAN.to_vec();
    if purpose == Purpose::Tests {
        packages.extend(DEBIAN_TESTS);
    }
    let active = rustup::active();
    let rustup = match active.as_ref().map(|sysroot| rustup::missing(sysroot, purpose)) {
        None => Rustup::Absent,
        Some(missing) if missing.is_empty() => Rustup::Complete,
        Some(missing) => Rustup::Lacks(missing),
    };
    let debian = match debian::missing(&packages) {
        None => Debian::Absent,
        Some(missing) if missing.is_empty() => Debian::Complete,
        Some(packages) => Debian::Lacks { packages, may_install: debian::may_install() },
    };
    let mut found = Found { rustup, debian };
    loop {
        match choice::choose(&found) {
            Choice::UseRustup => {
                let Some(sysroot) = active else { bail!("rustup's toolchain is gone") };
                return Toolchain::new("rustup's active toolchain", &sysroot.join("bin"), None);
            }
            Choice::UseDebian => {
                let name = match &found.rustup {
                    Rustup::Lacks(missing) | Rustup::Refused(missing) => {
                        format!("Debian's packages, since rustup's toolchain lacks {}", missing.join(", "))
                    }
                    _ => "Debian's packages".to_owned(),
                };
                return Toolchain::new(&name, Path::new("/usr/bin"), Some(DEBIAN_LINKER.into()));
            }
            Choice::AddComponents(components) => {
                println!("set-up: adding {} to rustup's toolchain: {}", components.join(", "), rustup::WHY);
                found.rustup = match rustup::add(&components) {
                    Ok(()) => Rustup::Complete,
                    Err(error) => {
                        println!("set-up: {error:#}");
                        Rustup::Refused(components)
                    }
                };
            }
            Choice::InstallPackages(packages) => {
                debian::install(
                    &packages,
                    "a Rust compiler with the source of its standard library, and a linker for wasm",
                )?;
                found.debian = Debian::Complete;
            }
            Choice::GiveUp(message) => bail!(message),
        }
    }
}

//! Tests that are compiled to wasm and run in a browser, by wasm-bindgen's test runner (which isolates its page).

use crate::setup::Toolchain;
use crate::setup::browsers::Drivers;
use crate::setup::toolchain::cargo_home;
use crate::{process, project};
use anyhow::{Context, Result};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A browser that the test runner can drive (WebKitGTK is not among them; tests/user drives it).
#[derive(Clone, Copy)]
pub enum Browser {
    Chromium,
    Firefox,
}

/// For all tests of a browser, and for its driver to start. Long enough for a slow machine: what hangs, not what is slow, should meet it.
const SECONDS: &str = "900";
const DRIVER_SECONDS: &str = "60";

/// Runs tests/browser.rs in a browser.
pub fn run(browser: Browser, toolchain: &Toolchain, filters: &[String]) -> Result<()> {
    // The runner takes one filter at a time.
    let runs = if filters.is_empty() { vec![None] } else { filters.iter().map(Some).collect() };
    for filter in runs {
        let mut cargo = cargo_test(browser, toolchain)?;
        cargo.args("--profile browser --features faults --test browser --".split(' '));
        process::run(cargo.args(filter))?;
    }
    Ok(())
}

/// `cargo test` of what is compiled to wasm, to be run in a browser; which test is for the caller to say.
pub fn cargo_test(browser: Browser, toolchain: &Toolchain) -> Result<Command> {
    let mut cargo = toolchain.wasm_command("cargo");
    cargo.args("test --target wasm32-unknown-unknown --package interleave".split(' '));
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", SECONDS);
    cargo.env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", DRIVER_SECONDS);
    cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", project::root().join("xtask/webdriver.json"));
    drive(&mut cargo, browser)?;
    Ok(cargo)
}

/// The folder for the homes of browsers that are tested.
pub fn profiles() -> Result<PathBuf> {
    let folder = project::target().join("browsers");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    Ok(folder)
}

/// Names the driver, and gives the browser a home of its own: no settings of the user's, and none left behind.
fn drive(cargo: &mut Command, browser: Browser) -> Result<()> {
    let drivers = Drivers::found();
    let (variable, driver, name) = match browser {
        Browser::Chromium => ("CHROMEDRIVER", drivers.chromedriver, "chromium"),
        Browser::Firefox => ("GECKODRIVER", drivers.geckodriver, "firefox"),
    };
    for other in ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER", "MSEDGEDRIVER"] {
        cargo.env_remove(other).env_remove(format!("{other}_REMOTE"));
    }
    cargo.env(variable, driver.with_context(|| format!("there is no driver for {name}"))?);
    let home = profiles()?.join(name);
    fs::create_dir_all(&home)?;
    // Cargo and rustup keep theirs in the home too, and run before the browser does.
    let rustup = env::var_os("HOME").map(|home| Path::new(&home).join(".rustup"));
    cargo.env("CARGO_HOME", cargo_home());
    cargo.envs(env::var_os("RUSTUP_HOME").map(PathBuf::from).or(rustup).map(|path| ("RUSTUP_HOME", path)));
    cargo.env("HOME", home);
    for folder in ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        cargo.env_remove(folder);
    }
    Ok(())
}

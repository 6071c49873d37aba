//! The browsers that tests run in, and the programs that drive them.

use super::debian;
use crate::{process, project};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// A program, by any of its names.
struct Need {
    programs: &'static [&'static str],
    /// The package it is in on Debian.
    package: &'static str,
    what: &'static str,
}

const NEEDS: &[Need] = &[
    Need { programs: &["chromium", "google-chrome"], package: "chromium", what: "Chromium" },
    Need { programs: &["chromedriver"], package: "chromium-driver", what: "chromedriver, of Chromium's version" },
    Need { programs: &["firefox-esr", "firefox"], package: "firefox-esr", what: "Firefox" },
    Need { programs: &["WebKitWebDriver"], package: "webkit2gtk-driver", what: "WebKitGTK and its WebKitWebDriver" },
    Need { programs: &["npm"], package: "npm", what: "npm, which gets packages that tests use in these browsers" },
    Need { programs: &["Xvfb"], package: "xvfb", what: "Xvfb, a screen for WebKitGTK, which has no headless mode" },
];

/// Installs what is missing.
pub fn prepare() -> Result<()> {
    let missing: Vec<&Need> =
        NEEDS.iter().filter(|need| need.programs.iter().all(|program| process::find(program).is_none())).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if debian::may_install() {
        return debian::install(
            &packages,
            "the tests run in three browsers, which are driven from outside; npm gets what they use in them",
        );
    }
    let list: Vec<String> =
        missing.iter().map(|need| format!("  {} ({})", need.what, need.programs.join(" or "))).collect();
    bail!(
        "the tests need these programs in PATH:\n{}\nOn Debian, as root: apt-get install {}",
        list.join("\n"),
        packages.join(" ")
    )
}

/// The drivers' paths.
pub struct Drivers {
    pub chromedriver: Option<PathBuf>,
    pub geckodriver: Option<PathBuf>,
    pub webkit: Option<PathBuf>,
    pub xvfb: Option<PathBuf>,
}

impl Drivers {
    pub fn found() -> Drivers {
        let geckodriver = project::cache().join("tools/bin/geckodriver");
        Drivers {
            chromedriver: process::find("chromedriver"),
            geckodriver: geckodriver.is_file().then_some(geckodriver),
            webkit: process::find("WebKitWebDriver"),
            xvfb: process::find("Xvfb"),
        }
    }
}

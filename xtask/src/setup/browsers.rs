//! The browsers that tests run in, the programs that drive them, and the web servers that the page is deployed to.

use super::debian;
use crate::{process, project};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// A program, by any of its names.
struct Need {
    programs: &'static [&'static str],
    /// The packages it is in on Debian.
    packages: &'static [&'static str],
    what: &'static str,
}

const NEEDS: &[Need] = &[
    Need { programs: &["chromium", "google-chrome"], packages: &["chromium"], what: "Chromium" },
    Need { programs: &["chromedriver"], packages: &["chromium-driver"], what: "chromedriver, of Chromium's version" },
    Need { programs: &["firefox-esr", "firefox"], packages: &["firefox-esr"], what: "Firefox" },
    Need {
        programs: &["WebKitWebDriver"],
        packages: &["webkit2gtk-driver"],
        what: "WebKitGTK and its WebKitWebDriver",
    },
    Need { programs: &["npm"], packages: &["npm"], what: "npm, which gets packages that tests use in these browsers" },
    Need { programs: &["Xvfb"], packages: &["xvfb"], what: "Xvfb, a screen for WebKitGTK, which has no headless mode" },
    Need {
        programs: NGINX,
        packages: &["nginx-light", "libnginx-mod-http-brotli-static"],
        what: "nginx, in which deploy/nginx.conf is tested, on a port of this machine alone",
    },
    Need { programs: &["caddy"], packages: &["caddy"], what: "Caddy, in which deploy/Caddyfile is tested, likewise" },
];

/// Debian keeps it where only root looks.
const NGINX: &[&str] = &["nginx", "/usr/sbin/nginx"];

/// Installs what is missing.
pub fn prepare() -> Result<()> {
    let missing: Vec<&Need> =
        NEEDS.iter().filter(|need| need.programs.iter().all(|program| process::find(program).is_none())).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    if debian::may_install() {
        return debian::install(
            &packages,
            "the tests run in three browsers, which are driven from outside, and in two web servers; npm gets what they use",
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

/// Paths of the drivers and of what else the tests start.
pub struct Drivers {
    pub chromedriver: Option<PathBuf>,
    pub geckodriver: Option<PathBuf>,
    pub webkit: Option<PathBuf>,
    pub xvfb: Option<PathBuf>,
    pub nginx: Option<PathBuf>,
    pub caddy: Option<PathBuf>,
}

impl Drivers {
    pub fn found() -> Drivers {
        let geckodriver = project::cache().join("tools/bin/geckodriver");
        Drivers {
            chromedriver: process::find("chromedriver"),
            geckodriver: geckodriver.is_file().then_some(geckodriver),
            webkit: process::find("WebKitWebDriver"),
            xvfb: process::find("Xvfb"),
            nginx: NGINX.iter().find_map(|nginx| process::find(nginx)),
            caddy: process::find("caddy"),
        }
    }
}

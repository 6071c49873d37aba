//! The one place where versions of tools stand. Those that must match a crate are held against Cargo.lock.

use anyhow::{Result, bail};

/// A program that cargo installs.
pub struct Tool {
    /// The crate it comes in.
    pub krate: &'static str,
    pub version: &'static str,
    /// The program whose `--version` tells what is installed.
    pub program: &'static str,
    /// What `cargo install` needs to be told besides.
    pub options: &'static [&'static str],
    /// What it is for, as the user is told.
    pub why: &'static str,
    /// Whether only the tests need it.
    pub tests_only: bool,
}

/// None is installed with `--locked` without need: a locked dependency may lag behind on a mirror of the registry.
pub const TOOLS: &[Tool] = &[
    Tool {
        krate: "wasm-bindgen-cli",
        version: "0.2.130",
        program: "wasm-bindgen",
        options: &[],
        why: "writes the JavaScript that joins the wasm to the browser, and runs tests in browsers",
        tests_only: false,
    },
    Tool {
        krate: "trunk",
        version: "0.21.14",
        program: "trunk",
        // Locked: with newer dependencies, two versions of cssparser meet in its lightningcss, and it does not compile.
        // Without the default features it has no TLS and no look for updates: it never uses the network here.
        options: &["--locked", "--no-default-features"],
        why: "builds the page",
        tests_only: false,
    },
    Tool {
        krate: "geckodriver",
        version: "0.37.1",
        program: "geckodriver",
        options: &[],
        why: "drives Firefox in the tests",
        tests_only: true,
    },
    Tool {
        krate: "cargo-deny",
        version: "0.20.2",
        program: "cargo-deny",
        options: &[],
        why: "checks the licences and sources of the dependencies",
        tests_only: true,
    },
    Tool {
        krate: "mdbook",
        version: "0.5.4",
        program: "mdbook",
        // Neither its search nor its server is used.
        options: &["--no-default-features"],
        why: "builds the book with which recipes/mdbook is tested",
        tests_only: true,
    },
];

/// A package of npm.
pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
    /// What it does not bring by itself, each with its version.
    pub with: &'static [&'static str],
    /// What of it is used: a file or a folder.
    pub used: &'static str,
    /// What it is for, as the user is told.
    pub why: &'static str,
}

/// Under MPL-2.0.
pub const AXE_CORE: Package = Package {
    name: "axe-core",
    version: "4.14.1",
    with: &[],
    used: "axe.min.js",
    why: "finds what keeps people from using the page, in the tests",
};

/// Under MIT.
pub const SPEEDSCOPE: Package = Package {
    name: "speedscope",
    version: "1.25.0",
    with: &[],
    used: "dist/release",
    why: "another viewer of traces, which ours is compared with",
};

/// Under Apache-2.0. Version 13 needs a newer Node than Debian 12 has with backports.
pub const LIGHTHOUSE: Package = Package {
    name: "lighthouse",
    version: "12.8.2",
    with: &[],
    used: "cli/index.js",
    why: "says how quickly a page is there for somebody with a telephone, in the bench",
};

/// Under MIT, as are the packages that it is made of.
pub const DOCUSAURUS: Package = Package {
    name: "@docusaurus/core",
    version: "3.10.2",
    with: &[
        "@docusaurus/plugin-content-docs@3.10.2",
        "@docusaurus/theme-classic@3.10.2",
        "@mdx-js/react@3.1.1",
        "react@19.3.1",
        "react-dom@19.3.1",
    ],
    used: "bin/docusaurus.mjs",
    why: "builds the site with which recipes/docusaurus is tested (235 MB, about a minute)",
};

/// Under MIT.
pub const VITEPRESS: Package = Package {
    name: "vitepress",
    version: "1.6.4",
    with: &[],
    used: "bin/vitepress.js",
    why: "builds the site with which recipes/vitepress is tested (102 MB)",
};

/// Under Apache-2.0; React's types under MIT.
pub const TYPESCRIPT: Package = Package {
    name: "typescript",
    version: "6.0.3",
    with: &["@types/react@19.3.0"],
    used: "bin/tsc",
    why: "checks the types of our own package of npm",
};

/// The crates whose version a tool's must equal: wasm-bindgen's CLI reads what the crate wrote.
const MATCHING: &[(&str, &str)] = &[("wasm-bindgen-cli", "wasm-bindgen")];

/// Fails if a tool would not fit the crate in Cargo.lock.
pub fn check(lock: &str) -> Result<()> {
    for (tool, krate) in MATCHING {
        let wanted = TOOLS.iter().find(|t| t.krate == *tool).map(|t| t.version);
        let (Some(wanted), Some(locked)) = (wanted, locked(lock, krate)) else {
            bail!("Cargo.lock names no version of {krate}; make it anew with `cargo update --package {krate}`");
        };
        if wanted != locked {
            bail!(
                "Cargo.lock has {krate} {locked}, but xtask/src/setup/versions.rs has {tool} {wanted}, and the two must be \
                 the same: change either the version there, or the one in Cargo.toml"
            );
        }
    }
    Ok(())
}

/// A crate's version in the text of Cargo.lock.
fn locked<'a>(lock: &'a str, krate: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    lines.find(|line| *line == format!("name = \"{krate}\""))?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_fits_this_repository() {
        let lock = std::fs::read_to_string(crate::project::root().join("Cargo.lock")).unwrap();
        check(&lock).unwrap();
    }

    /// Whoever reads a recipe gets what is tested.
    #[test]
    fn the_recipe_for_docusaurus_names_what_is_installed() {
        let recipe = crate::project::root().join("recipes/docusaurus/example/package.json");
        let recipe: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(recipe).unwrap()).unwrap();
        let named = recipe["dependencies"].as_object().unwrap();
        let named: Vec<String> =
            named.iter().map(|(name, version)| format!("{name}@{}", version.as_str().unwrap())).collect();
        let Package { name, version, with, .. } = DOCUSAURUS;
        let installed: Vec<String> =
            [format!("{name}@{version}")].into_iter().chain(with.iter().map(|it| (*it).into())).collect();
        assert_eq!(named, installed);
    }

    #[test]
    fn a_mismatch_names_both() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.99\"\n";
        let error = check(lock).unwrap_err().to_string();
        assert!(error.contains("wasm-bindgen 0.2.99") && error.contains("wasm-bindgen-cli 0.2.130"), "{error}");
        assert!(check("").unwrap_err().to_string().contains("no version of wasm-bindgen"));
    }
}

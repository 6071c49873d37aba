//! The package for npm, as its user has it: packed by npm, installed from the tarball, its types checked by tsc, and its demo run from where
//! it was installed and from where a documentation tool puts it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use user_tests::documentation::{
    Documentation, Tool, copy_with, expect_no_errors_of_ours, installed_with, node, run_the_demo, said_by,
};
use user_tests::{Browser, Page, dist, folder, in_browser, serve};
use xtask::server::Options;
use xtask::{npm_package, process};

/// One after another, for the machine's sake.
static ONE: Mutex<()> = Mutex::new(());

/// npm in a folder; it asks no registry.
fn npm(folder: &Path, words: &[&str]) -> Result<String> {
    let mut npm = process::command("npm");
    npm.args(["--offline", "--ignore-scripts", "--loglevel=error"]).args(words).current_dir(folder);
    said_by(&mut npm)
}

/// Packs the package with the page that was built for the tests.
fn tarball() -> Result<PathBuf> {
    let own = folder("npm")?;
    let package = own.join("package");
    npm_package::assemble(&dist()?, &package)?;
    let packed: Value = serde_json::from_str(&npm(&package, &["pack", "--json", "--pack-destination", ".."])?)?;
    let packed = &packed[0];
    println!(
        "{}: {} files, {} bytes, {} unpacked",
        packed["filename"], packed["entryCount"], packed["size"], packed["unpackedSize"]
    );
    Ok(own.join(packed["filename"].as_str().context("a name")?))
}

/// Installs it into a folder.
fn install(tarball: &Path, folder: &Path) -> Result<PathBuf> {
    npm(
        folder,
        &["install", "--no-audit", "--no-fund", "--no-package-lock", tarball.to_str().context("a plain path")?],
    )?;
    Ok(folder.join("node_modules/interleave-demo"))
}

/// A project with the package in it, and with what the types of React need above it.
fn project() -> Result<PathBuf> {
    let own = folder("plain-project")?;
    std::os::unix::fs::symlink(installed_with("INTERLEAVE_TSC")?, own.join("node_modules"))?;
    let project = own.join("project");
    copy_with(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/npm")), &project, str::to_owned)?;
    install(&tarball()?, &project)?;
    Ok(project)
}

/// Names of all files in a folder and below, from there.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        match entry.file_type()?.is_dir() {
            _ if entry.file_name().as_encoded_bytes().starts_with(b".") => {}
            true => all.extend(files(&entry.path())?.into_iter().map(|below| name.join(below))),
            false => all.push(name),
        }
    }
    all.sort();
    Ok(all)
}

/// Both folders have the same files.
fn expect_same(one: &Path, other: &Path) -> Result<()> {
    let names = files(one)?;
    ensure!(names.len() > 50 && names == files(other)?, "{names:?} and {:?}", files(other)?);
    for name in names {
        ensure!(fs::read(one.join(&name))? == fs::read(other.join(&name))?, "{} differs", name.display());
    }
    Ok(())
}

#[test]
fn types_are_as_tsc_wants_them_and_a_page_without_a_build_step_runs_it() -> Result<()> {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let project = project()?;
    let package = project.join("node_modules/interleave-demo");
    expect_same(&dist()?, &package.join("dist"))?;
    // What must be refused is marked in those files, and an unused mark is an error.
    said_by(node("INTERLEAVE_TSC")?.args(["--project", "."]).current_dir(&project))?;
    let types = fs::read_to_string(package.join("index.d.ts"))?;
    let expect_typed = |value: &Value| -> Result<()> {
        for key in value.as_object().context("an object")?.keys() {
            let is_typed = types.contains(&format!("  {key}: ")) || types.contains(&format!("  {key}?: "));
            ensure!(is_typed, "{key} stands in no type");
        }
        Ok(())
    };
    let served = serve(Options { isolation: false, ..Options::new(&project) })?;
    for browser in [Browser::Chromium, Browser::Firefox] {
        in_browser(browser, "npm-package", async |page: &Page| {
            page.goto(&served.url()).await?;
            let done = run_the_demo(page, "nine-requests", &["await-each", "gather"]).await?;
            expect_typed(&done)?;
            expect_typed(&done["runs"][1])?;
            expect_typed(&done["runs"][1]["statistics"])?;
            expect_no_errors_of_ours(page).await
        });
    }
    Ok(())
}

#[test]
fn a_copy_is_served_with_the_documentation_itself() -> Result<()> {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let docs = Documentation::of(Tool::VitePress, "/interleave/")?;
    fs::write(docs.source.join("package.json"), "{ \"private\": true, \"type\": \"module\" }")?;
    let package = install(&tarball()?, &docs.source)?;
    let copy = |to: &str| npm(&docs.source, &["exec", "--", "interleave-demo", "copy", to]);
    copy("public/interleave")?;
    let copied = docs.source.join("public/interleave");
    expect_same(&package.join("dist"), &copied)?;
    // The next one replaces it, and nothing else is touched.
    fs::write(copied.join("interleave-0123456789abcdef.js"), "from before")?;
    copy("public/interleave")?;
    expect_same(&package.join("dist"), &copied)?;
    let said = copy("public").expect_err("there is something else").to_string();
    ensure!(said.contains("public holds something else, and is left as it is"), "{said}");
    let said = copy("index.md").expect_err("this is no folder").to_string();
    ensure!(said.contains("index.md cannot be written"), "{said}");
    let said = npm(&docs.source, &["exec", "--", "interleave-demo"]).expect_err("nothing is said").to_string();
    ensure!(said.contains("say `interleave-demo copy FOLDER`"), "{said}");

    docs.build()?;
    for browser in [Browser::Chromium, Browser::Firefox] {
        in_browser(browser, "npm-package-copied", async |page: &Page| {
            page.goto(&docs.served.url()).await?;
            run_the_demo(page, "nine-requests", &["await-each", "gather"]).await?;
            expect_no_errors_of_ours(page).await
        });
    }
    Ok(())
}

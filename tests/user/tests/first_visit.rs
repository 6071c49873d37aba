//! The program in two parts: a first visit runs without the second, what needs it has it, and what cannot have it says so.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use interleave::demo::CAPSTONE;
use user_tests::deployed::copy_of_dist;
use user_tests::{Browser, Page, hook, in_both_browsers, in_browser, isolated, serve};
use xtask::server::Options;

in_both_browsers!(
    a_first_visit_runs_without_the_rest_of_the_program,
    a_link_that_needs_the_rest_has_it,
    a_rest_that_cannot_be_had_is_told,
);

async fn a_first_visit_runs_without_the_rest_of_the_program(page: &Page) -> Result<()> {
    // The lesson is not run here: its claims may or may not hold on this machine, and other words are told where they do not.
    let lesson = serve(Options::new(without_rest()?))?;
    page.goto(&format!("{}#/lesson/one-cook/1", lesson.url())).await?;
    page.until("return !!document.querySelector('[data-test=run]:not([disabled])')").await?;
    ensure!(page.all(".boot-failed").await?.is_empty(), "nothing else was asked for");
    let home = serve(Options::new(without_rest()?))?;
    page.goto(&home.url()).await?;
    page.click(&hook("run")).await?;
    page.find("[data-test=\"chart\"][data-state=\"done\"]").await?;
    page.until("return !document.querySelector('[data-test=cancel]')").await?;
    ensure!(page.all(".boot-failed").await?.is_empty(), "nothing else was asked for");
    // It was to be there when somebody asks, and is not.
    only_the_rest_is_missing(page).await
}

async fn a_link_that_needs_the_rest_has_it(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/playground", server.url())).await?;
    page.find(&hook("run")).await?;
    // It came beside the first part, and not in the middle of a call.
    let asked = "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('interleave-rest-')).map(({ initiatorType }) => initiatorType).join()";
    ensure!(page.evaluate(asked).await? == "fetch", "{}", page.evaluate(asked).await?);
    Ok(())
}

async fn a_rest_that_cannot_be_had_is_told(page: &Page) -> Result<()> {
    let server = serve(Options::new(without_rest()?))?;
    page.goto(&server.url()).await?;
    page.find(&hook("run")).await?;
    page.click(".site-nav a[href='#/playground']").await?;
    page.text_with("[role=alert]", "A part of the program could not be loaded").await?;
    page.text_with("[role=alert] button", "Reload").await?;
    only_the_rest_is_missing(page).await
}

/// Forgets the errors that tell of the missing file, and fails for others.
async fn only_the_rest_is_missing(page: &Page) -> Result<()> {
    let errors = page.take_errors().await?;
    let others: Vec<_> =
        errors.iter().filter(|error| !error.contains("interleave-rest-") && !error.contains("404")).collect();
    ensure!(others.is_empty(), "{others:?}");
    Ok(())
}

/// Only Chromium's driver hands out what workers say.
#[test]
fn what_is_measured_never_waits_for_the_rest() {
    in_browser(Browser::Chromium, "workers-and-the-rest", async |page: &Page| {
        let server = isolated()?;
        for engines in ["gil,threads", "processes,executor", "fresh-processes"] {
            page.run(&server.url(), &format!("{}?engines={engines}&pictures=4", CAPSTONE.id)).await?;
            for engine in engines.split(',') {
                page.right(engine).await?;
            }
        }
        ensure!(waits(page).await?.is_empty(), "`cargo xtask profile` would mend it");
        // The driver does hand out what workers say.
        page.evaluate("new Worker(URL.createObjectURL(new Blob(['console.warn(\"a worker waits\")'])))").await?;
        let heard = async || Ok((!waits(page).await?.is_empty()).then_some(()));
        page.wait("the worker's words", heard).await
    });
}

/// What workers have said of waiting.
async fn waits(page: &Page) -> Result<Vec<String>> {
    let log = page.session().get_log("browser").await?;
    Ok(log.into_iter().map(|entry| entry.message).filter(|said| said.contains("a worker waits")).collect())
}

/// A copy of the page without the program's second part.
fn without_rest() -> Result<PathBuf> {
    let folder = copy_of_dist()?;
    let names = fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    let is_rest =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("interleave-rest-"));
    let mut rests = names.filter(is_rest);
    fs::remove_file(rests.next().context("the program has no second part")?)?;
    ensure!(rests.next().is_none(), "it has two second parts");
    Ok(folder)
}

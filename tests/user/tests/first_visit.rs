//! The program in two parts: a first visit runs without the second, what needs it has it, and what cannot have it says so.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use interleave::demo::CAPSTONE;
use user_tests::deployed::{copy_of_dist, rest_of_program};
use user_tests::{Browser, Page, chart, hook, in_both_browsers, in_browser, isolated, serve};
use xtask::server::Options;

in_both_browsers!(
    a_first_visit_runs_without_the_rest_of_the_program,
    nothing_more_is_needed_where_nothing_isolates_the_page,
    nothing_more_is_needed_past_the_service_worker,
    what_is_missing_is_told_without_the_rest,
    a_link_that_needs_the_rest_has_it,
    a_run_can_be_cancelled_or_left_without_the_rest,
    a_result_that_cannot_be_shown_is_told,
    a_rest_that_cannot_be_had_is_told,
);

async fn a_first_visit_runs_without_the_rest_of_the_program(page: &Page) -> Result<()> {
    for (route, engine) in [("", "await-each"), ("#/lesson/one-cook/1", "main")] {
        let (folder, rest) = without_rest()?;
        let server = serve(Options::new(folder))?;
        page.goto(&format!("{}{route}", server.url())).await?;
        runs(page, engine, &rest).await?;
    }
    only_the_rest_is_missing(page).await
}

async fn nothing_more_is_needed_where_nothing_isolates_the_page(page: &Page) -> Result<()> {
    for is_in_frame in [false, true] {
        let (folder, rest) = without_rest()?;
        let server = serve(Options { isolation: false, service_worker: false, ..Options::new(folder) })?;
        match is_in_frame {
            true => page.goto_in_frame(&server.url(), 1_000).await?,
            false => page.goto(&server.url()).await?,
        }
        runs(page, "await-each", &rest).await?;
    }
    only_the_rest_is_missing(page).await
}

async fn nothing_more_is_needed_past_the_service_worker(page: &Page) -> Result<()> {
    let (folder, rest) = without_rest()?;
    let server = serve(Options::new(folder))?;
    page.goto(&server.url()).await?;
    page.until_served().await?;
    page.reload_hard().await?;
    page.until_reloaded("return navigator.serviceWorker.controller === null").await?;
    runs(page, "await-each", &rest).await?;
    only_the_rest_is_missing(page).await
}

/// Runs the first demo of a page that is without the rest of its program, which is brought while it runs.
async fn runs(page: &Page, engine: &str, rest: &Rest) -> Result<()> {
    let asked = &format!("return {ASKED}.join()");
    // It was to be there when somebody asks, and is not.
    page.until(&format!("{asked} === 'fetch'")).await?;
    // What shows how a run has ended is in the rest, which can be had now: where the page can be seen to run meanwhile, while it runs.
    if engine == "main" {
        rest.bring()?;
        page.click(&hook("run")).await?;
    } else {
        page.click(&hook("run")).await?;
        page.until_done(2).await?;
        ensure!(page.evaluate(asked).await? == "fetch", "a run is begun without it");
        rest.bring()?;
    }
    page.ran(engine).await?;
    page.until("return !document.querySelector('[data-test=cancel]')").await?;
    ensure!(page.all(".boot-failed").await?.is_empty(), "the page goes on");
    ensure!(page.evaluate(asked).await? == "fetch,fetch", "something waited for it in the middle of a call");
    Ok(())
}

async fn what_is_missing_is_told_without_the_rest(page: &Page) -> Result<()> {
    for route in ["", "#/lesson/one-cook/1"] {
        let (folder, _) = without_rest()?;
        fs::remove_dir_all(folder.join("lessons"))?;
        let server = serve(Options::new(folder))?;
        page.goto(&format!("{}{route}", server.url())).await?;
        page.find("#main .not-found").await?;
        ensure!(page.all(".boot-failed").await?.is_empty(), "nothing else was asked for");
    }
    only_the_rest_is_missing(page).await
}

async fn a_link_that_needs_the_rest_has_it(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/playground", server.url())).await?;
    page.find(&hook("run")).await?;
    // It came beside the first part, and not in the middle of a call.
    let asked = page.evaluate(&format!("return {ASKED}.join()")).await?;
    ensure!(asked == "fetch", "{asked}");
    Ok(())
}

async fn a_run_can_be_cancelled_or_left_without_the_rest(page: &Page) -> Result<()> {
    for ends in [hook("cancel"), ".site-nav a[href='#/lessons']".to_owned()] {
        let (folder, rest) = without_rest()?;
        let server = serve(Options::new(folder))?;
        page.goto(&server.url()).await?;
        page.until(&format!("return {ASKED}.join() === 'fetch'")).await?;
        page.click(&hook("run")).await?;
        page.until_done(2).await?;
        rest.bring()?;
        page.click(&ends).await?;
        match ends == hook("cancel") {
            true => page.find(&chart("await-each", "cancelled")).await.map(drop)?,
            false => page.text_with("#main h1", "Lessons").await.map(drop)?,
        }
        let asked = page.evaluate(&format!("return {ASKED}.join()")).await?;
        ensure!(!asked.as_str().is_some_and(|asked| asked.contains("xml")), "the page was held up: {asked}");
        ensure!(page.all(".boot-failed").await?.is_empty(), "the page goes on");
    }
    only_the_rest_is_missing(page).await
}

async fn a_result_that_cannot_be_shown_is_told(page: &Page) -> Result<()> {
    let server = serve(Options::new(without_rest()?.0))?;
    page.goto(&server.url()).await?;
    page.click(&hook("run")).await?;
    page.text_with("[role=alert]", "A part of the program could not be loaded").await?;
    let asked = page.evaluate(&format!("return {ASKED}.filter((how) => how === 'fetch').length")).await?;
    ensure!(asked.as_u64().is_some_and(|asked| asked >= 3), "it is not given up at once: {asked}");
    only_the_rest_is_missing(page).await
}

async fn a_rest_that_cannot_be_had_is_told(page: &Page) -> Result<()> {
    let server = serve(Options::new(without_rest()?.0))?;
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
        ensure!(waits(page).await?.is_empty(), "each was to be handed the rest as it started");
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

/// How the page has asked for the rest.
const ASKED: &str = "performance.getEntriesByType('resource').filter(({ name }) => name.includes('interleave-rest-')).map(({ initiatorType }) => initiatorType)";

/// The program's second part, kept back.
struct Rest {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Rest {
    /// Has it be where the page looks for it.
    fn bring(&self) -> Result<()> {
        Ok(fs::write(&self.path, &self.bytes)?)
    }
}

/// A copy of the page without the program's second part, and that.
fn without_rest() -> Result<(PathBuf, Rest)> {
    let folder = copy_of_dist()?;
    let path = rest_of_program(&folder)?;
    let bytes = fs::read(&path)?;
    fs::remove_file(&path)?;
    Ok((folder, Rest { path, bytes }))
}

//! What a first visit runs, for `cargo xtask profile`: visits a page whose program counts which functions run, as newcomers do, and runs
//! every demo for what its workers run. Writes the functions' names, a line each, to the file `INTERLEAVE_RAN`.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};
use interleave::demo::{DEMOS, URLS};
use serde_json::Value;
use user_tests::{Browser, Page, dist, hook, in_browser, in_calm_browser, isolated};

/// Where newcomers come to: home, the list of lessons, and the first lesson.
const FIRST: [&str; 3] = ["", "#/lessons", "#/lesson/one-cook/1"];

/// The marks that begin at an offset, as text: a character for each function. The page's own, or those of its threads.
const MARKS: &str = "return [...window.wasmBindings.marks(OFFSET)].join('')";
const OF_THREADS: usize = 65_536;

/// Keeps what processes tell of their marks.
const LISTEN: &str = "window.told = new Uint8Array(65536); \
    new BroadcastChannel('interleave-marks').onmessage = ({ data }) => data.forEach((mark, at) => { window.told[at] |= mark; })";

fn main() -> Result<()> {
    let names = fs::read_to_string(dist()?.join("functions.txt")).context("the page does not count")?;
    let names: Vec<&str> = names.lines().collect();
    let mut ran = BTreeSet::new();
    for browser in [Browser::Chromium, Browser::Firefox] {
        in_browser(browser, "first-visit", async |page| visit(page, &names, &mut ran).await);
        println!("{browser:?}: {} of {} functions run in a first visit", ran.len(), names.len());
        in_browser(browser, "workers", async |page| run_all(page, &names, &mut ran).await);
        println!("{browser:?}: {} with those of all demos' workers", ran.len());
    }
    in_calm_browser(Browser::Chromium, "first-visit", async |page| visit(page, &names, &mut ran).await);
    println!("{} with those for less motion", ran.len());
    let ran: String = ran.into_iter().flat_map(|at| [names[at], "\n"]).collect();
    fs::write(std::env::var_os("INTERLEAVE_RAN").context("run this by `cargo xtask profile`")?, ran)?;
    Ok(())
}

async fn visit(page: &Page, names: &[&str], ran: &mut BTreeSet<usize>) -> Result<()> {
    for route in FIRST {
        let server = isolated()?;
        page.goto(&format!("{}{route}", server.url())).await?;
        page.find("#main h1").await?;
        if route != "#/lessons" {
            run(page).await?;
        }
        for passed in ["#main a.term", "[data-test=chart] canvas", "#main a", "#main button"] {
            pass_over(page, passed).await?;
        }
        take(page, &MARKS.replace("OFFSET", "0"), names, ran).await?;
    }
    // From home to the first lesson by the page's own links.
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.click(".site-nav a[href='#/lessons']").await?;
    page.click("#main a[href^='#/lesson/one-cook']").await?;
    run(page).await?;
    take(page, &MARKS.replace("OFFSET", "0"), names, ran).await
}

/// Moves the pointer over something, as it passes over much on its way.
async fn pass_over(page: &Page, what: &str) -> Result<()> {
    let mut shown = None;
    for element in page.all(what).await? {
        if element.is_displayed().await? {
            shown = Some(element);
            break;
        }
    }
    let Some(element) = shown else { return Ok(()) };
    element.scroll_into_view().await?;
    Ok(page.session().action_chain().move_to_element_center(&element).perform().await?)
}

/// Runs each demo on the engines that have workers. Some are there to fail, by a deadlock.
async fn run_all(page: &Page, names: &[&str], ran: &mut BTreeSet<usize>) -> Result<()> {
    let server = isolated()?;
    // Without an address to ask there is nothing to run.
    for demo in DEMOS.iter().filter(|demo| demo.id != URLS.id) {
        // An engine that cannot carry a plan out is left out, with a word to whoever came by the link.
        for engines in ["gil,threads", "fresh-processes", "processes,executor"] {
            page.goto(&format!("{}#/demo/{}?engines={engines}", server.url(), demo.id)).await?;
            page.evaluate(LISTEN).await?;
            run(page).await?;
            take(page, &MARKS.replace("OFFSET", &OF_THREADS.to_string()), names, ran).await?;
            take(page, "return [...window.told].join('')", names, ran).await?;
        }
    }
    // Requests that fail are a part of some.
    page.take_errors().await?;
    Ok(())
}

async fn run(page: &Page) -> Result<()> {
    page.click(&hook("run")).await?;
    page.until(
        "const charts = [...document.querySelectorAll('[data-test=chart]')]; \
         return !document.querySelector('[data-test=cancel]') && charts.some(chart => ['done', 'failed'].includes(chart.dataset.state))",
    )
    .await
}

async fn take(page: &Page, script: &str, names: &[&str], ran: &mut BTreeSet<usize>) -> Result<()> {
    let Value::String(marks) = page.evaluate(script).await? else { anyhow::bail!("the page has no marks") };
    ran.extend(marks.bytes().take(names.len()).enumerate().filter(|(_, mark)| *mark == b'1').map(|(at, _)| at));
    Ok(())
}

//! What a first visit runs, for `cargo xtask profile`: visits a page whose program counts which functions run, as newcomers do, until it
//! waits for the whole program. Writes the functions' names, a line each, to the file `INTERLEAVE_RAN`.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use user_tests::deployed::copy_of_dist;
use user_tests::{Browser, Page, dist, hook, in_browser, in_calm_browser, isolated, not_isolated, serve};
use xtask::server::Options;

/// Where newcomers come to: home, the list of lessons, and the first lesson.
const FIRST: [&str; 3] = ["", "#/lessons", "#/lesson/one-cook/1"];

/// The marks as text: a character for each function.
const MARKS: &str = "return [...window.marks()].join('')";

fn main() -> Result<()> {
    let names = fs::read_to_string(dist()?.join("functions.txt")).context("the page does not count")?;
    let names: Vec<&str> = names.lines().collect();
    let mut ran = BTreeSet::new();
    for browser in [Browser::Chromium, Browser::Firefox] {
        in_browser(browser, "first-visit", async |page| visit(page, &names, &mut ran).await);
        println!("{browser:?}: {} of {} functions run in a first visit", ran.len(), names.len());
        in_browser(browser, "first-visit-alone", async |page| go_without_isolation(page, &names, &mut ran).await);
        println!("{browser:?}: {} with those that tell what cannot be had", ran.len());
        in_browser(browser, "first-visit-without-lists", async |page| miss(page, &names, &mut ran).await);
        println!("{browser:?}: {} with those that tell what is missing", ran.len());
    }
    in_calm_browser(Browser::Chromium, "first-visit", async |page| visit(page, &names, &mut ran).await);
    println!("{} with those for less motion", ran.len());
    in_browser(Browser::Chromium, "first-visit-cut-off", async |page| be_cut_off(page, &names, &mut ran).await);
    println!("{} with those that tell of no network", ran.len());
    let ran: String = ran.into_iter().flat_map(|at| [names[at], "\n"]).collect();
    fs::write(std::env::var_os("INTERLEAVE_RAN").context("run this by `cargo xtask profile`")?, ran)?;
    Ok(())
}

async fn visit(page: &Page, names: &[&str], ran: &mut BTreeSet<usize>) -> Result<()> {
    for route in FIRST {
        let server = isolated()?;
        page.goto(&format!("{}{route}", server.url())).await?;
        page.find("#main h1").await?;
        for passed in ["#main a.term", "[data-test=chart] canvas", "#main a", "#main button"] {
            pass_over(page, passed).await?;
        }
        if route != "#/lessons" {
            run(page).await?;
        }
        take(page, names, ran).await?;
    }
    // A run that is cancelled, and one that is left.
    for ends in ["[data-test=cancel]", ".site-nav a[href='#/lessons']"] {
        let server = isolated()?;
        page.goto(&server.url()).await?;
        page.click(&hook("run")).await?;
        page.until_done(2).await?;
        page.click(ends).await?;
        page.until("return window.waitsForWhole()").await?;
        take(page, names, ran).await?;
    }
    // Past the service worker, which a page may also be for a moment after its first visit: it is asked to take the page over.
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.until_served().await?;
    page.reload_hard().await?;
    page.until_reloaded("return navigator.serviceWorker.controller === null").await?;
    run(page).await?;
    take(page, names, ran).await?;
    // From home to the first lesson by the page's own links.
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.click(".site-nav a[href='#/lessons']").await?;
    page.click("#main a[href^='#/lesson/one-cook']").await?;
    run(page).await?;
    take(page, names, ran).await
}

/// Visits where nothing isolates the page: in a tab, and in a frame of somebody's page.
async fn go_without_isolation(page: &Page, names: &[&str], ran: &mut BTreeSet<usize>) -> Result<()> {
    for route in FIRST {
        for is_in_frame in [false, true] {
            let url = format!("{}{route}", not_isolated()?.url());
            match is_in_frame {
                true => page.goto_in_frame(&url, 1_000).await?,
                false => page.goto(&url).await?,
            }
            page.find("#main h1").await?;
            if route != "#/lessons" {
                run(page).await?;
            }
            take(page, names, ran).await?;
        }
    }
    page.take_errors().await.map(drop)
}

/// Visits where the lessons and their list are missing.
async fn miss(page: &Page, names: &[&str], ran: &mut BTreeSet<usize>) -> Result<()> {
    let folder = copy_of_dist()?;
    fs::remove_dir_all(folder.join("lessons"))?;
    for route in FIRST {
        let server = serve(Options::new(&folder))?;
        page.goto(&format!("{}{route}", server.url())).await?;
        page.find("#main .not-found, #main [role=alert]").await?;
        take(page, names, ran).await?;
    }
    page.take_errors().await.map(drop)
}

/// Visits where the network is gone before the lessons and their list are there; Firefox ends requests in the same way where a page is left.
async fn be_cut_off(page: &Page, names: &[&str], ran: &mut BTreeSet<usize>) -> Result<()> {
    page.devtools("Network.enable", json!({})).await?;
    page.devtools("Network.setBlockedURLs", json!({ "urls": ["*/lessons/*"] })).await?;
    for route in FIRST {
        let server = isolated()?;
        page.goto(&format!("{}{route}", server.url())).await?;
        page.find("#main .not-found, #main [role=alert]").await?;
        take(page, names, ran).await?;
    }
    page.take_errors().await.map(drop)
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

async fn run(page: &Page) -> Result<()> {
    page.click(&hook("run")).await?;
    page.until(
        "const charts = [...document.querySelectorAll('[data-test=chart]')]; \
         return !document.querySelector('[data-test=cancel]') && charts.some(chart => ['done', 'failed'].includes(chart.dataset.state))",
    )
    .await
}

async fn take(page: &Page, names: &[&str], ran: &mut BTreeSet<usize>) -> Result<()> {
    let Value::String(marks) = page.evaluate(MARKS).await? else { anyhow::bail!("the page has no marks") };
    ran.extend(marks.bytes().take(names.len()).enumerate().filter(|(_, mark)| *mark == b'1').map(|(at, _)| at));
    Ok(())
}

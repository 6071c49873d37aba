//! For everyone: by the keyboard alone, on a narrow screen, with less motion, in the dark, and in a browser without threads.

use anyhow::{Result, ensure};
use thirtyfour::Key;
use user_tests::{Browser, Page, chart, hook, in_both_browsers, in_browser, in_calm_browser, isolated};

in_both_browsers!(
    the_first_demo_runs_by_the_keyboard_alone,
    no_page_scrolls_sideways_on_a_narrow_screen,
    the_theme_can_be_chosen_and_is_kept,
    nothing_is_requested_from_anybody_else,
);

async fn the_first_demo_runs_by_the_keyboard_alone(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.until(&format!("return document.querySelector('{}')?.disabled === false", hook("run"))).await?;
    let on_run = "return document.activeElement?.dataset?.test === 'run'";
    let mut presses = 0;
    while page.evaluate(on_run).await? != true {
        presses += 1;
        ensure!(presses < 60, "Tab never reaches Run");
        page.keys(Key::Tab).await?;
    }
    page.keys(Key::Enter).await?;
    page.ran("gather").await?;
    // Focus stays where a learner left it, or on what replaced it: never lost to the top of the page.
    page.until("return document.activeElement !== document.body").await?;
    Ok(())
}

async fn no_page_scrolls_sideways_on_a_narrow_screen(page: &Page) -> Result<()> {
    let server = isolated()?;
    let routes = [
        "/",
        "/lessons",
        "/lesson/event-loop/1",
        "/lesson/event-loop/2",
        "/lesson/one-cook/3",
        "/lesson/kinds/1",
        "/guide",
        "/demos",
        "/demo/primes",
        "/gallery",
        "/gallery/primes?tool=vitepress",
        "/playground",
        "/trace",
        "/about",
        "/glossary/lock",
        "/search?q=lock",
        "/teachers",
        "/nowhere",
    ];
    for route in routes {
        narrow(page, &format!("{}#{route}", server.url())).await?;
        page.until(FITS).await?;
    }
    narrow(page, &format!("{}#/demo/nine-requests?engines=gather&delay=100", server.url())).await?;
    page.click(&hook("run")).await?;
    page.ran("gather").await?;
    page.until(FITS).await?;
    let sweep = "primes?engines=gather&bound=3000000&sweep=processes,workers,1";
    narrow(page, &format!("{}#/demo/{sweep}", server.url())).await?;
    page.click(&hook("sweep-run")).await?;
    page.find(&format!("{}[data-state=\"done\"]", hook("sweep"))).await?;
    page.until(FITS).await?;
    Ok(())
}

const FITS: &str = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";

/// Shows an address 360 px wide: in a frame, since Firefox makes no window so narrow.
async fn narrow(page: &Page, url: &str) -> Result<()> {
    page.goto_in_frame(url, 360).await?;
    page.find("#main h1").await?;
    let width = page.evaluate("return innerWidth").await?;
    ensure!(width == 360, "the frame is {width} px wide");
    Ok(())
}

async fn the_theme_can_be_chosen_and_is_kept(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.find(&hook("theme")).await?;
    let paper_now = "getComputedStyle(document.documentElement).backgroundColor";
    let paper = &format!("return {paper_now}");
    let dark = "document.documentElement.dataset.theme === 'dark'";
    // Auto, light, dark.
    page.click(&hook("theme")).await?;
    page.until("return document.documentElement.dataset.theme === 'light'").await?;
    page.click(&hook("theme")).await?;
    page.until(&format!("return {dark}")).await?;
    let dark_paper = page.evaluate(paper).await?;
    page.click(&hook("theme")).await?;
    page.click(&hook("theme")).await?;
    page.until(&format!("return {paper_now} !== {dark_paper}")).await?;
    page.click(&hook("theme")).await?;
    page.session().refresh().await?;
    page.until(&format!("return {dark}")).await?;
    // It has all it asked for, so that nothing is under way when its server goes.
    page.find(&hook("path-item")).await?;
    Ok(())
}

async fn nothing_is_requested_from_anybody_else(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.click(&hook("run")).await?;
    page.ran("gather").await?;
    let own = "return performance.getEntriesByType('resource').every(entry => entry.name.startsWith(location.origin) || entry.name.startsWith('blob:' + location.origin))";
    ensure!(page.evaluate(own).await? == true);
    Ok(())
}

/// Where less motion is wanted nothing moves, and all is there at the end.
fn with_less_motion(browser: Browser) {
    in_calm_browser(browser, "less-motion", async |page: &Page| {
        let server = isolated()?;
        page.goto(&server.url()).await?;
        ensure!(page.evaluate("return matchMedia('(prefers-reduced-motion: reduce)').matches").await? == true);
        page.click(&hook("run")).await?;
        page.ran("await-each").await?;
        ensure!(page.evaluate("return document.getAnimations().length").await? == 0, "nothing is animated");
        page.ran("gather").await?;
        let rests = page.text(&hook("replay-time")).await?;
        let (at, of) = rests.split_once(" of ").unwrap_or_default();
        ensure!(at == of && !of.is_empty(), "the replay rests at its end, not at {rests}");
        Ok(())
    });
}

#[test]
fn with_less_motion_in_chromium() {
    with_less_motion(Browser::Chromium);
}

#[test]
fn with_less_motion_in_firefox() {
    with_less_motion(Browser::Firefox);
}

/// WebKitGTK runs the page and the event loop, and says why there are no threads.
#[test]
fn webkit_runs_what_it_can_and_says_what_it_cannot() {
    in_browser(Browser::WebKit, "webkit", async |page: &Page| {
        let server = isolated()?;
        page.goto(&format!("{}#/demo/primes?engines=gather,threads&bound=200000", server.url())).await?;
        page.click(&hook("run")).await?;
        page.ran("gather").await?;
        let says = page.text(&chart("threads", "unavailable")).await?;
        ensure!(says.contains("memory"), "{says}");
        page.run(&server.url(), "primes?engines=gil,processes&bound=200000&processes=2").await?;
        let says = page.text(&chart("gil", "unavailable")).await?;
        ensure!(says.contains("memory"), "{says}");
        page.right("processes").await?;
        // What needs a memory that is shared has no other engine.
        page.run(&server.url(), "race?engines=threads").await?;
        page.text_with(&chart("threads", "unavailable"), "There is no other engine here that can run it.").await?;
        Ok(())
    });
}

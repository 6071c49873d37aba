//! Threads where the server sends no headers: the page's service worker isolates it, with one reload at most, and the page works
//! wherever that is refused.

use anyhow::{Result, ensure};
use user_tests::{Browser, Page, chart, hook, in_both_browsers, in_browser, not_isolated, page_of, without_headers};

in_both_browsers!(
    a_host_without_headers_has_threads_after_one_reload,
    what_somebody_has_begun_is_not_taken_away,
    a_refused_service_worker_reloads_nothing,
    an_embed_without_threads_loads_and_reloads_nothing,
);

const THREADS: &str = "#/demo/primes?engines=threads&threads=2&bound=200000&tasks=8";
const REQUESTS: &str = "#/demo/nine-requests?engines=gather&delay=50";
const BOTH: &str = "#/demo/nine-requests?engines=gather,threads&delay=50";
/// How this document was come to.
const CAME_BY: &str = "return performance.getEntriesByType('navigation')[0].type";
const STARTED: &str = "return performance.getEntriesByName('run-ready').length > 0";

/// Runs on the thread pool what the page shows.
async fn threads_run(page: &Page) -> Result<()> {
    page.click(&hook("run")).await?;
    page.text_with(&chart("threads", "verdict"), "17,984 primes below 200,000").await?;
    Ok(())
}

async fn a_host_without_headers_has_threads_after_one_reload(page: &Page) -> Result<()> {
    let server = without_headers()?;
    page.goto(&format!("{}{THREADS}", server.url())).await?;
    page.until_reloaded("return crossOriginIsolated").await?;
    ensure!(page.evaluate(CAME_BY).await? == "reload");
    threads_run(page).await?;
    // From now on no reload is needed, in this tab or another.
    page.goto(&format!("{}{THREADS}", server.url())).await?;
    page.until(STARTED).await?;
    ensure!(page.evaluate(CAME_BY).await? == "navigate");
    ensure!(page.evaluate("return crossOriginIsolated").await? == true);
    threads_run(page).await?;
    // Past the service worker, as by a hard reload, the page is not isolated, and says so; and it is not reloaded for that.
    page.reload_hard().await?;
    page.until_reloaded("return !crossOriginIsolated && performance.getEntriesByName('run-ready').length > 0").await?;
    page.click(&hook("run")).await?;
    page.text_with(&chart("threads", "unavailable"), "cross-origin isolated").await?;
    page.goto(&format!("{}{REQUESTS}", server.url())).await?;
    page.until_served().await?;
    page.click(&hook("run")).await?;
    page.right("gather").await?;
    ensure!(page.hidden_text(&chart("gather", "provenance")).await?.contains("service worker"));
    Ok(())
}

async fn what_somebody_has_begun_is_not_taken_away(page: &Page) -> Result<()> {
    let server = not_isolated()?;
    page.goto(&format!("{}{REQUESTS}", server.url())).await?;
    page.click(&hook("run")).await?;
    page.right("gather").await?;
    // As if the service worker came up only now.
    page.evaluate("navigator.serviceWorker.dispatchEvent(new Event('controllerchange'))").await?;
    page.right("gather").await?;
    ensure!(page.evaluate(CAME_BY).await? == "navigate", "the page was reloaded");
    ensure!(page.evaluate("return sessionStorage.length").await? == 0, "no reload was begun");
    Ok(())
}

async fn a_refused_service_worker_reloads_nothing(page: &Page) -> Result<()> {
    let server = not_isolated()?;
    page.goto(&format!("{}{BOTH}", server.url())).await?;
    page.until(STARTED).await?;
    page.click(&hook("run")).await?;
    page.right("gather").await?;
    let badge = page.hidden_text(&chart("gather", "provenance")).await?;
    ensure!(badge.contains("a timer instead") && badge.contains("not isolated"), "the badge says “{badge}”");
    ensure!(page.evaluate(CAME_BY).await? == "navigate", "the page was reloaded");
    ensure!(page.evaluate("return sessionStorage.length").await? == 0, "no reload was begun");
    Ok(())
}

/// Shows the page within a page of another site, which knows nothing of isolation, and enters it.
async fn embed(page: &Page, url: &str) -> Result<()> {
    let frame = format!("<iframe allow=cross-origin-isolated width=900 height=900 src=\"{url}\"></iframe>");
    let address = page_of(&format!("<!doctype html><link rel=icon href=data:,>{frame}"))?;
    page.goto(&address.replace("127.0.0.1", "localhost")).await?;
    page.session().enter_frame(0).await?;
    page.until_reloaded(STARTED).await
}

async fn an_embed_without_threads_loads_and_reloads_nothing(page: &Page) -> Result<()> {
    let server = without_headers()?;
    embed(page, &format!("{}{REQUESTS}", server.url())).await?;
    let workers = "return navigator.serviceWorker.getRegistrations().then((all) => all.length)";
    ensure!(page.evaluate(workers).await? == 0, "a service worker before anything is run");
    page.click(&hook("run")).await?;
    page.right("gather").await?;
    ensure!(page.evaluate(CAME_BY).await? == "navigate", "the embed was reloaded");
    let kept = "return caches.keys().then((names) => names.length)";
    ensure!(page.evaluate(kept).await? == 0, "megabytes nobody asked for");
    Ok(())
}

/// Chromium knows Document-Isolation-Policy, by which the embed is isolated on a host that sends no header at all.
#[test]
fn an_embed_has_threads_in_chromium() {
    in_browser(Browser::Chromium, "embed-threads", async |page: &Page| {
        let server = without_headers()?;
        embed(page, &format!("{}{THREADS}", server.url())).await?;
        page.until_reloaded("return crossOriginIsolated").await?;
        page.until_reloaded(STARTED).await?;
        threads_run(page).await?;
        // The next time it is isolated from the start.
        embed(page, &format!("{}{THREADS}", server.url())).await?;
        ensure!(page.evaluate("return crossOriginIsolated").await? == true);
        ensure!(page.evaluate(CAME_BY).await? == "navigate");
        threads_run(page).await
    });
}

/// Firefox does not know it: the probe finds that out, and the embed says what it lacks, without a reload.
#[test]
fn an_embed_in_firefox_says_what_it_lacks() {
    in_browser(Browser::Firefox, "embed-threads", async |page: &Page| {
        let server = without_headers()?;
        embed(page, &format!("{}{THREADS}", server.url())).await?;
        page.note("probe", "return document.querySelector('iframe') !== null").await?;
        page.click(&hook("run")).await?;
        page.text_with(&chart("threads", "unavailable"), "in a tab of its own").await?;
        page.click(&chart("threads", "instead")).await?;
        page.right("processes").await?;
        ensure!(page.evaluate(CAME_BY).await? == "navigate", "the embed was reloaded");
        page.noted("probe").await?;
        page.until("return document.querySelector('iframe') === null").await
    });
}

/// WebKitGTK is isolated by the service worker, too, and then shares no memory all the same: the page is reloaded once, and runs the rest.
#[test]
fn webkit_without_headers_is_reloaded_once_and_runs_the_rest() {
    in_browser(Browser::WebKit, "webkit-without-headers", async |page: &Page| {
        let server = without_headers()?;
        page.goto(&format!("{}{BOTH}", server.url())).await?;
        page.until_reloaded("return crossOriginIsolated && performance.getEntriesByName('run-ready').length > 0")
            .await?;
        // It does not tell a reload by its type of navigation.
        ensure!(page.evaluate("return sessionStorage.getItem('interleave.reloaded')").await? == "once");
        page.evaluate("window.stays = true").await?;
        page.click(&hook("run")).await?;
        page.right("gather").await?;
        page.text_with(&chart("threads", "unavailable"), "memory").await?;
        ensure!(page.evaluate("return window.stays").await? == true, "one reload and no more");
        Ok(())
    });
}

//! The page without a network after the first visit, and under a deployment that replaces the one it came from.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use user_tests::deployed::{copy_of_dist, deploy_next, lesson_title};
use user_tests::{Browser, Page, dist, hook, in_both_browsers, in_browser, isolated, serve};
use xtask::finish_dist::Deployment;
use xtask::server::{Options, Server};

in_both_browsers!(
    a_lesson_opens_and_runs_without_a_network,
    a_tab_outlives_the_deployment_it_came_from,
    a_server_that_does_not_answer_is_not_waited_for,
);

const THREADS: &str = "demo/primes?engines=threads&threads=2&bound=200000&tasks=8";

/// Waits until this version is kept whole.
async fn kept(page: &Page, deployment: &Deployment) -> Result<()> {
    let name = format!("interleave / {}", deployment.version);
    page.until_reloaded(&format!(
        "return caches.match('index.html', {{ cacheName: {name:?} }}).then((page) => page !== undefined)"
    ))
    .await
}

async fn opens(page: &Page, site: &str, lesson: &str, title: &str) -> Result<()> {
    page.session().goto(format!("{site}#/lesson/{lesson}/1")).await?;
    page.text_with("main h1", title).await?;
    Ok(())
}

async fn a_lesson_opens_and_runs_without_a_network(page: &Page) -> Result<()> {
    let server = Server::start(Options { isolation: false, ..Options::new(dist()?) })?;
    let site = server.url();
    page.goto(&site).await?;
    kept(page, &Deployment::read(&dist()?)?).await?;
    drop(server);
    for lesson in ["event-loop", "gil"] {
        page.goto("about:blank").await?;
        opens(page, &site, lesson, &lesson_title(&dist()?, lesson)?).await?;
    }
    page.goto(&format!("{site}#/{THREADS}")).await?;
    page.click(&hook("run")).await?;
    page.right("threads").await?;
    page.goto(&format!("{site}#/demo/nine-requests?engines=gather&delay=50")).await?;
    page.click(&hook("run")).await?;
    page.right("gather").await?;
    nothing_but_the_network_failed(page).await
}

/// A browser tells of what it could not fetch.
async fn nothing_but_the_network_failed(page: &Page) -> Result<()> {
    let errors = page.take_errors().await?;
    let other: Vec<_> = errors.iter().filter(|error| !error.contains("ERR_CONNECTION_REFUSED")).collect();
    ensure!(other.is_empty(), "{other:?}");
    Ok(())
}

async fn a_tab_outlives_the_deployment_it_came_from(page: &Page) -> Result<()> {
    let folder = copy_of_dist()?;
    let first = Deployment::read(&folder)?;
    let before = lesson_title(&folder, "gil")?;
    let server = serve(Options { isolation: false, ..Options::new(&folder) })?;
    page.goto(&server.url()).await?;
    kept(page, &first).await?;

    let next = deploy_next(&folder, "gil", "As it is told now")?;
    ensure!(next.version != first.version);
    let old = page.session().window().await?;
    page.session().new_tab().await?;
    page.session().switch_to_window(page.session().windows().await?.pop().context("another tab")?).await?;
    page.goto(&server.url()).await?;
    opens(page, &server.url(), "gil", "As it is told now").await?;
    kept(page, &next).await?;

    // The open tab goes on in its own version: a lesson that it had not opened, and workers whose scripts the server has no more.
    let new = page.session().window().await?;
    page.session().switch_to_window(old).await?;
    ensure!(page.evaluate("return document.documentElement.dataset.deployment").await? == first.version);
    page.evaluate("location.hash = '#/lesson/gil/1'").await?;
    page.text_with("main h1", &before).await?;
    page.evaluate(&format!("location.hash = '#/{THREADS}'")).await?;
    page.click(&hook("run")).await?;
    page.right("threads").await?;
    ensure!(page.evaluate("return document.documentElement.dataset.deployment").await? == first.version);

    // When it is closed, nobody needs the old version.
    page.session().close_window().await?;
    page.session().switch_to_window(new).await?;
    page.session().refresh().await?;
    let alone = format!("return caches.keys().then((names) => names.join() === 'interleave / {}')", next.version);
    page.until_reloaded(&alone).await?;
    opens(page, &server.url(), "gil", "As it is told now").await
}

async fn a_server_that_does_not_answer_is_not_waited_for(page: &Page) -> Result<()> {
    let server = Server::start(Options::new(dist()?))?;
    let site = server.url();
    page.goto(&site).await?;
    kept(page, &Deployment::read(&dist()?)?).await?;
    let address = server.addr;
    drop(server);
    // Takes connections and says nothing.
    let _silent = std::net::TcpListener::bind(address)?;
    page.goto(&format!("{site}#/{THREADS}")).await?;
    page.click(&hook("run")).await?;
    page.right("threads").await?;
    Ok(())
}

#[test]
fn it_can_be_installed() {
    in_browser(Browser::Chromium, "installed", async |page: &Page| {
        let server = isolated()?;
        page.goto(&server.url()).await?;
        page.find(&hook("run")).await?;
        let errors = page.devtools("Page.getInstallabilityErrors", json!({})).await?;
        ensure!(errors["installabilityErrors"].as_array().is_some_and(Vec::is_empty), "{errors}");
        let manifest = page.devtools("Page.getAppManifest", json!({})).await?;
        ensure!(manifest["errors"].as_array().is_some_and(Vec::is_empty), "{manifest}");
        Ok(())
    });
}

/// README says how much is kept; the page that is tested has a little more than what is deployed.
#[test]
fn readme_says_how_much_is_kept() -> Result<()> {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md"))?;
    let (before, _) = readme.split_once(" MB are kept").context("README says “… MB are kept”")?;
    let said: f64 = before.rsplit([' ', '\n', '*']).next().unwrap_or_default().parse()?;
    let kept = Deployment::read(&dist()?)?.bytes as f64 / 1e6;
    ensure!((said / kept - 1.0).abs() < 0.1, "README says {said} MB, and {kept:.1} MB are kept");
    Ok(())
}

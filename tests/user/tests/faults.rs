//! What goes wrong ends in a clear message or simply works, and the next run works.

use anyhow::{Result, ensure};
use user_tests::{Page, chart, hook, in_both_browsers, isolated, not_isolated};

in_both_browsers!(
    a_number_out_of_range_is_explained_and_loses_nothing,
    a_bad_link_is_explained_and_the_page_is_usable,
    a_panic_in_a_worker_ends_that_run_alone,
    a_run_without_an_end_can_be_cancelled,
    a_page_that_is_reloaded_in_mid_run_runs_again,
    a_second_run_cannot_be_started_during_the_first,
    a_service_worker_that_is_gone_is_registered_again,
    without_isolation_threads_say_why_not_and_the_rest_runs,
    an_unknown_page_leads_home,
);

const SMALL: &str = "#/demo/primes?engines=threads&threads=2&bound=200000&tasks=8";

/// A run on the pool works.
async fn pool_works(page: &Page, url: &str) -> Result<()> {
    page.goto(&format!("{url}{SMALL}")).await?;
    page.click(&hook("run")).await?;
    page.text_with(&chart("threads", "verdict"), "17,984 primes below 200,000").await?;
    Ok(())
}

async fn a_number_out_of_range_is_explained_and_loses_nothing(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/nine-requests?engines=gather&delay=50", server.url())).await?;
    page.type_into(&hook("param-requests"), "1000").await?;
    page.text_with(&hook("field-error"), "whole number from 1 to 100").await?;
    ensure!(!page.find(&hook("run")).await?.is_enabled().await?, "Run waits until it is put right");
    ensure!(page.value(&hook("param-requests")).await? == "1000", "what was typed is still there");
    page.type_into(&hook("param-requests"), "10").await?;
    page.click(&hook("run")).await?;
    page.text_with(&chart("gather", "verdict"), "10 responses").await?;
    Ok(())
}

async fn a_bad_link_is_explained_and_the_page_is_usable(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/nine-requests?engines=gather,warp&requests=x&delay=50&colour=red", server.url()))
        .await?;
    let says = page.text_with(&hook("link-problem"), "warp").await?;
    ensure!(says.contains('x') && says.contains("colour"), "all that is wrong is named: {says}");
    page.click(&hook("run")).await?;
    page.ran("gather").await?;
    Ok(())
}

async fn a_panic_in_a_worker_ends_that_run_alone(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/panic?engines=threads&threads=2", server.url())).await?;
    page.click(&hook("run")).await?;
    let says = page.text(&chart("threads", "error")).await?;
    ensure!(says.contains("this task was written to panic"), "{says}");
    // The browser itself reports the trap of a worker.
    page.allow_errors("unreachable");
    pool_works(page, &server.url()).await
}

async fn a_run_without_an_end_can_be_cancelled(page: &Page) -> Result<()> {
    let server = isolated()?;
    for engine in ["threads", "gather"] {
        page.goto(&format!("{}#/demo/endless?engines={engine}", server.url())).await?;
        page.click(&hook("run")).await?;
        page.find(&format!("{}[data-engine=\"{engine}\"][data-state=\"running\"] canvas", hook("chart"))).await?;
        page.click(&hook("cancel")).await?;
        page.text(&chart(engine, "cancelled")).await?;
    }
    pool_works(page, &server.url()).await
}

async fn a_page_that_is_reloaded_in_mid_run_runs_again(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/primes?engines=threads&threads=2&bound=10000000&tasks=64", server.url())).await?;
    page.click(&hook("run")).await?;
    // Some tasks have been done, the others have not.
    page.text_other_than(&hook("progress"), "Thread pool, 1 of 1 · 0 of 64 tasks").await?;
    page.find(&hook("cancel")).await?;
    page.session().refresh().await?;
    page.find(&hook("run")).await?;
    pool_works(page, &server.url()).await
}

async fn a_second_run_cannot_be_started_during_the_first(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/nine-requests?engines=gather&delay=500", server.url())).await?;
    let run = page.find(&format!("{}:enabled", hook("run"))).await?;
    // Both clicks in one turn of the page, before it can draw the other button.
    page.session().execute("arguments[0].click(); arguments[0].click();", vec![run.to_json()?]).await?;
    page.find(&hook("cancel")).await?;
    ensure!(page.all(&hook("run")).await?.is_empty(), "during a run there is only Cancel");
    page.text_with(&chart("gather", "verdict"), "9 responses").await?;
    let sent =
        "return performance.getEntriesByType('resource').filter(entry => entry.name.includes('slow/500')).length";
    let sent = page.evaluate(sent).await?;
    ensure!(sent == 9, "nine requests were sent, not {sent}");
    Ok(())
}

async fn a_service_worker_that_is_gone_is_registered_again(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/nine-requests?engines=gather&delay=50", server.url())).await?;
    page.click(&hook("run")).await?;
    page.ran("gather").await?;
    let unregister = "return navigator.serviceWorker.getRegistrations().then(all => Promise.all(all.map(one => one.unregister()))).then(done => done.length)";
    ensure!(page.evaluate(unregister).await? == 1);
    for again in ["in the same page", "after a reload"] {
        if again == "after a reload" {
            page.session().refresh().await?;
        }
        // The chart of the run before is there until then.
        page.note("runs", "return document.querySelector('[data-test=cancel]') !== null").await?;
        page.click(&hook("run")).await?;
        page.noted("runs").await?;
        page.ran("gather").await?;
        let provenance = page.hidden_text(&chart("gather", "provenance")).await?;
        ensure!(provenance.contains("service worker"), "{again} the badge says “{provenance}”");
    }
    Ok(())
}

async fn without_isolation_threads_say_why_not_and_the_rest_runs(page: &Page) -> Result<()> {
    let server = not_isolated()?;
    page.goto(&format!("{}#/demo/primes?engines=main,gather,threads&bound=200000", server.url())).await?;
    page.click(&hook("run")).await?;
    page.ran("main").await?;
    page.ran("gather").await?;
    let says = page.text(&chart("threads", "unavailable")).await?;
    ensure!(says.contains("cross-origin isolated") && says.contains("Cross-Origin-Opener-Policy"), "{says}");
    Ok(())
}

async fn an_unknown_page_leads_home(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/no/such/page", server.url())).await?;
    page.click("main a[href=\"#/\"]").await?;
    page.find(&hook("run")).await?;
    Ok(())
}

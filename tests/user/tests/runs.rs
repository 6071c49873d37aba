//! The main job: a learner opens the page, runs nine requests and a prime count, and sees what was measured.

use anyhow::{Result, ensure};
use user_tests::{Page, chart, hook, in_both_browsers, isolated};

in_both_browsers!(
    one_click_on_the_home_page_runs_the_first_demo,
    nine_requests_are_a_staircase_or_all_at_once,
    every_engine_counts_the_same_primes,
    a_link_brings_back_what_was_chosen,
    a_run_can_be_replayed_and_read_as_a_table,
);

async fn one_click_on_the_home_page_runs_the_first_demo(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.find(&hook("run")).await?;
    ensure!(page.all("button.primary").await?.len() == 1, "one primary action");
    page.click(&hook("run")).await?;
    page.ran("await-each").await?;
    page.ran("gather").await?;
    page.text_with(&hook("announce"), "× faster").await?;
    Ok(())
}

async fn nine_requests_are_a_staircase_or_all_at_once(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/nine-requests?engines=main,await-each,gather", server.url())).await?;
    page.until_served().await?;
    page.click(&hook("run")).await?;
    let [blocking_ms, one_by_one_ms, at_once_ms] =
        [page.ran("main").await?, page.ran("await-each").await?, page.ran("gather").await?];
    ensure!(blocking_ms >= 2_700.0, "nine delays of 300 ms one after another, but it took {blocking_ms} ms");
    ensure!(one_by_one_ms >= 2_700.0, "nine delays of 300 ms one after another, but it took {one_by_one_ms} ms");
    ensure!(at_once_ms >= 300.0 && at_once_ms * 4.0 < one_by_one_ms, "all at once took {at_once_ms} ms");
    for engine in ["main", "await-each", "gather"] {
        page.text_with(&chart(engine, "verdict"), "9 responses, 18,000 bytes").await?;
    }
    let frozen_ms = page.number(&format!("{}[data-engine=\"main\"]", hook("longest-gap")), "data-ms").await?;
    let drawing_ms = page.number(&format!("{}[data-engine=\"await-each\"]", hook("longest-gap")), "data-ms").await?;
    ensure!(frozen_ms >= 2_700.0, "the page should have been frozen throughout, not for {frozen_ms} ms");
    ensure!(drawing_ms * 3.0 < frozen_ms, "the page should have drawn while it awaited, but not for {drawing_ms} ms");
    let provenance = page.hidden_text(&chart("gather", "provenance")).await?;
    ensure!(provenance.contains("measured") && provenance.contains("service worker"), "the badge says “{provenance}”");
    Ok(())
}

async fn every_engine_counts_the_same_primes(page: &Page) -> Result<()> {
    let server = isolated()?;
    let link = "#/demo/primes?engines=main,await-each,gather,threads,executor&threads=2&bound=3000000&tasks=16";
    page.goto(&format!("{}{link}", server.url())).await?;
    page.click(&hook("run")).await?;
    for engine in ["main", "await-each", "gather", "threads", "executor"] {
        page.ran(engine).await?;
        page.text_with(&chart(engine, "verdict"), "216,816 primes below 3,000,000").await?;
        ensure!(page.attribute(&chart(engine, "verdict"), "data-correct").await? == "true");
    }
    let provenance = page.hidden_text(&chart("threads", "provenance")).await?;
    ensure!(provenance.contains("shared memory"), "the badge says “{provenance}”");
    Ok(())
}

async fn a_link_brings_back_what_was_chosen(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/nine-requests?engines=gather&requests=4&delay=100", server.url())).await?;
    ensure!(page.value(&hook("param-requests")).await? == "4");
    ensure!(page.value(&hook("param-delay")).await? == "100");
    page.type_into(&hook("param-requests"), "5").await?;
    page.until("return location.hash.includes('requests=5')").await?;
    page.click(&hook("run")).await?;
    page.text_with(&chart("gather", "verdict"), "5 responses").await?;
    page.session().refresh().await?;
    ensure!(page.value(&hook("param-requests")).await? == "5", "the address keeps what was typed");
    Ok(())
}

async fn a_run_can_be_replayed_and_read_as_a_table(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/nine-requests?engines=gather&requests=3&delay=200", server.url())).await?;
    page.click(&hook("run")).await?;
    page.ran("gather").await?;
    // Back to the start, then event by event, by the keyboard alone.
    page.find(&hook("scrub")).await?.focus().await?;
    page.keys(thirtyfour::Key::Home).await?;
    // As slowly as can be, so that it can be seen to play.
    page.session().execute("const speed = arguments[0]; speed.value = '0.1'; speed.dispatchEvent(new Event('change', { bubbles: true }))", vec![page.find(&hook("speed")).await?.to_json()?]).await?;
    let start = page.text(&hook("replay-time")).await?;
    page.click(&hook("next-event")).await?;
    page.click(&hook("next-event")).await?;
    page.click(&hook("next-event")).await?;
    page.until(&format!("return document.querySelector('{}').textContent !== {start:?}", hook("replay-time"))).await?;
    page.click(&hook("play")).await?;
    page.find(&format!("{}[aria-label=\"Pause\"]", hook("play"))).await?;
    page.find(&format!("{}[aria-label=\"Play\"]", hook("play"))).await?;
    let end = page.text(&hook("replay-time")).await?;
    let (at, of) = end.split_once(" of ").unwrap_or_default();
    ensure!(at == of && !of.is_empty(), "it has played to its end, not to {end}");
    page.click(&format!("{} summary", hook("table"))).await?;
    let row = page.text_with(&hook("table-row"), "waiting for I/O").await?;
    ensure!(row.contains("request"), "the table names the task: {row}");
    Ok(())
}

//! The simulated engine, chosen beside real ones: what was simulated is never taken for measured.

use anyhow::{Result, ensure};
use user_tests::{Page, chart, hook, in_both_browsers, isolated};

in_both_browsers!(
    a_simulation_is_chosen_and_stands_beside_what_was_measured,
    choices_that_exclude_each_other_are_refused_and_a_standstill_is_told,
    a_measured_run_is_held_against_its_simulation_on_this_browser,
);

fn engine(key: &str) -> String {
    format!("{}[data-engine=\"{key}\"]", hook("engine-choice"))
}

async fn a_simulation_is_chosen_and_stands_beside_what_was_measured(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/primes?engines=threads&threads=2&bound=1000000", server.url())).await?;
    page.find(&hook("run")).await?;
    ensure!(page.all(&hook("param-cores")).await?.is_empty(), "a machine is asked for only where one is simulated");
    page.choose(&engine("simulated")).await?;
    page.type_into(&hook("param-cores"), "4").await?;
    page.type_into(&hook("param-workers"), "8").await?;
    page.until("return location.hash.includes('cores=4') && location.hash.includes('workers=8')").await?;
    page.click(&hook("run")).await?;
    page.ran("simulated").await?;
    page.right("threads").await?;

    let provenance = page.hidden_text(&chart("simulated", "provenance")).await?;
    for part in ["simulated", "virtual time", "8 threads", "4 cores"] {
        ensure!(provenance.contains(part), "“{part}” is missing in the badge: {provenance}");
    }
    let verdict = page.text(&chart("simulated", "verdict")).await?;
    ensure!(verdict.contains("no result to check"), "{verdict}");
    page.text_with(&chart("simulated", "makespan"), "of virtual time").await?;
    page.text_with(&chart("simulated", "ratio"), "simulated").await?;
    page.text_with(&chart("simulated", "difference"), "would take").await?;
    // Both charts show the same stretch of time.
    ensure!(page.shown("simulated").await? == page.shown("threads").await?, "one axis for both");

    page.click(&hook("rows-core")).await?;
    page.find(&format!("{}[aria-pressed=\"true\"]", hook("rows-core"))).await?;
    page.keep_saved().await?;
    page.click(&format!("{} summary", chart("simulated", "save"))).await?;
    page.click(&chart("simulated", "save-svg")).await?;
    page.text_with(&chart("simulated", "saved"), "interleave-primes-simulated.svg").await?;
    let svg = page.evaluate("return window.saved['interleave-primes-simulated.svg'].text()").await?;
    let svg = svg.as_str().unwrap_or_default();
    let rows = (1..=9).filter(|number| svg.contains(&format!(">core {number}<"))).count();
    ensure!(rows == 4 && !svg.contains(">thread 1<"), "a row for each core, not {rows}: {svg}");
    Ok(())
}

async fn choices_that_exclude_each_other_are_refused_and_a_standstill_is_told(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/philosophers?engines=simulated&cores=8&machine=1&gil=1&scheduler=3", server.url()))
        .await?;
    page.text_with(&hook("run-note"), "do not go together: a GIL is for threads").await?;
    page.select(&hook("param-gil"), "0").await?;
    page.select(&hook("param-scheduler"), "0").await?;
    page.click(&hook("run")).await?;
    let says = page.text(&chart("simulated", "error")).await?;
    ensure!(says.contains("Deadlock") && says.contains("waits for"), "{says}");
    let provenance = page.hidden_text(&chart("simulated", "provenance")).await?;
    ensure!(provenance.contains("simulated"), "a chart of what failed says where it is from, too: {provenance}");
    Ok(())
}

async fn a_measured_run_is_held_against_its_simulation_on_this_browser(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.run(&server.url(), "primes?engines=gather,threads&threads=2&bound=1000000").await?;
    page.ran("threads").await?;
    // This browser is measured first, which can be given up.
    page.until("return !document.querySelector('[data-test=simulate]').disabled").await?;
    page.click(&chart("threads", "simulate")).await?;
    page.text_with(&chart("threads", "beside-going"), "Measuring this browser").await?;
    let is_locked = "return document.querySelector('[data-test=run]').disabled";
    page.until(is_locked).await?;
    page.click(&chart("threads", "beside-cancel")).await?;
    page.until(&format!("return !({})", is_locked.trim_start_matches("return "))).await?;

    page.click(&chart("threads", "simulate")).await?;
    let said = page.text_with(&chart("threads", "residual"), "measured").await?;
    ensure!(said.contains("predicted"), "{said}");
    let off = page.number(&chart("threads", "residual"), "data-percent").await?;
    ensure!(off.is_finite() && off.abs() < 200.0, "off by {off} %: {said}");
    let badge = page.hidden_text(&format!("{} {}", chart("threads", "beside"), hook("provenance"))).await?;
    for part in ["simulated", "this browser", "2 threads", "virtual time"] {
        ensure!(badge.contains(part), "“{part}” is missing in the badge: {badge}");
    }
    // What was measured stays beside it, and both are on one axis.
    ensure!(page.all(&chart("threads", "plot")).await?.len() == 2, "a measured chart and a simulated one");
    page.until(
        "const ends = [...document.querySelectorAll('[data-engine=threads] [data-test=plot]')].map(plot => plot.dataset.toMs); \
         return ends.length === 2 && ends[0] === ends[1]",
    )
    .await?;
    // Once is enough: nothing is measured for the next one.
    page.click(&chart("gather", "simulate")).await?;
    page.find(&chart("gather", "residual")).await?;
    // Another run begins anew.
    page.click(&hook("run")).await?;
    page.ran("threads").await?;
    page.find(&chart("threads", "simulate")).await?;
    ensure!(page.all(&hook("residual")).await?.is_empty(), "what is said of the run before is gone");
    Ok(())
}

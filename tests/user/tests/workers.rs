//! Workers that are lost, ended from outside or never there: the run ends within two seconds with a message, and the next works. And
//! workers of a run that is cancelled, of which none may be left.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use user_tests::{Page, chart, hook, in_both_browsers, isolated};

in_both_browsers!(
    a_process_that_is_ended_from_outside_ends_its_run_and_the_next_run_works,
    a_run_that_is_cancelled_leaves_no_worker_that_computes,
    a_worker_that_never_comes_up_ends_its_run_and_the_next_run_works,
);

/// Workers that compute are ended by Chromium after 2 s, if they do not leave their work: less than that, so that they did.
const IDLE_WITHIN: Duration = Duration::from_millis(1_500);

/// Each with how many workers the page starts for a run on it.
const ENGINES: [(&str, u32); 3] = [("threads", 1), ("processes", 2), ("fresh-processes", 2)];

/// Keeps every worker that the page makes in `window.workers`; the next `window.deaf` of them get a script that does nothing.
const WATCH_WORKERS: &str = r#"
    const RealWorker = window.Worker;
    const nothing = URL.createObjectURL(new Blob([""], { type: "text/javascript" }));
    window.workers = [];
    window.deaf = 0;
    window.Worker = class extends RealWorker {
      constructor(url, options) {
        super(window.deaf-- > 0 ? nothing : url, options);
        window.workers.push(this);
      }
    };
"#;

/// Waits for the error of an engine's run; how long it took since `window.since`, ms.
async fn lost(page: &Page, engine: &str) -> Result<()> {
    let says = page.text(&chart(engine, "error")).await?;
    ensure!(says.contains("The worker was lost") && says.contains("next run starts a new one"), "{engine}: {says}");
    let shown = "return window.shown - window.since";
    let took_ms = page.evaluate(shown).await?.as_f64().unwrap_or(f64::INFINITY);
    ensure!(took_ms < 2_000.0, "{engine}: the run ended after {took_ms:.0} ms");
    Ok(())
}

/// Notes in `window.shown` when an error appears.
const NOTE_ERROR: &str = r#"
    window.shown = undefined;
    window.watching?.disconnect();
    window.watching = new MutationObserver(() => {
      if (window.shown === undefined && document.querySelector('[data-test="error"]')) window.shown = performance.now();
    });
    window.watching.observe(document.body, { childList: true, subtree: true });
"#;

async fn a_process_that_is_ended_from_outside_ends_its_run_and_the_next_run_works(page: &Page) -> Result<()> {
    let server = isolated()?;
    for (engine, _) in ENGINES {
        // Without an engine that has workers, none come up before they are watched.
        page.goto(&format!("{}#/demo/endless?engines=gather", server.url())).await?;
        page.find(&hook("run")).await?;
        page.evaluate(WATCH_WORKERS).await?;
        page.evaluate(NOTE_ERROR).await?;
        page.choose(&choice(engine)).await?;
        page.choose(&choice("gather")).await?;
        page.until("return !document.querySelector('[data-test=run]').disabled").await?;
        page.click(&hook("run")).await?;
        page.until(&running(engine)).await?;
        page.until("return window.workers.length > 0").await?;
        page.evaluate("window.since = performance.now(); window.workers.forEach((worker) => worker.terminate())")
            .await?;
        lost(page, engine).await?;
        works(page, &server.url(), engine).await?;
    }
    Ok(())
}

async fn a_run_that_is_cancelled_leaves_no_worker_that_computes(page: &Page) -> Result<()> {
    let server = isolated()?;
    for (engine, _) in ENGINES {
        // The browser may keep the page before, with its workers.
        let before = page.workers()?;
        page.goto(&format!("{}#/demo/endless?engines={engine}", server.url())).await?;
        page.click(&hook("run")).await?;
        page.until(&running(engine)).await?;
        let workers = page.computing(&before, 2).await?;
        ensure!(page.until_idle(&workers, Duration::ZERO).await.is_err(), "{engine}: they compute");
        page.click(&hook("cancel")).await?;
        page.until_idle(&workers, IDLE_WITHIN).await.with_context(|| engine)?;
        page.text(&chart(engine, "cancelled")).await?;
    }
    Ok(())
}

/// Whether the engine's run has begun to compute.
fn running(engine: &str) -> String {
    format!(
        "const chart = document.querySelector('[data-test=chart][data-engine={engine}]'); \
         return chart?.dataset.state === 'running' && !!chart.querySelector('canvas') && \
         document.querySelector('[data-test=announce]') !== null"
    )
}

async fn a_worker_that_never_comes_up_ends_its_run_and_the_next_run_works(page: &Page) -> Result<()> {
    let server = isolated()?;
    for (engine, workers) in ENGINES {
        // Without an engine that has workers, none come up by themselves.
        page.goto(&format!("{}#/demo/primes?engines=gather&bound=200000&tasks=8", server.url())).await?;
        page.find(&hook("run")).await?;
        page.evaluate(WATCH_WORKERS).await?;
        page.evaluate(NOTE_ERROR).await?;
        page.evaluate(&format!("window.deaf = {workers}")).await?;
        page.choose(&choice(engine)).await?;
        page.choose(&choice("gather")).await?;
        page.evaluate("window.since = performance.now()").await?;
        page.click(&hook("run")).await?;
        lost(page, engine).await?;
        // On the same page, where workers come up again.
        page.click(&hook("run")).await?;
        page.text_with(&chart(engine, "verdict"), "17,984 primes below 200,000").await?;
    }
    Ok(())
}

/// The box of an engine.
fn choice(engine: &str) -> String {
    format!("{}[data-engine=\"{engine}\"]", hook("engine-choice"))
}

async fn works(page: &Page, url: &str, engine: &str) -> Result<()> {
    page.goto(&format!("{url}#/demo/primes?engines={engine}&bound=200000&tasks=8")).await?;
    page.click(&hook("run")).await?;
    page.text_with(&chart(engine, "verdict"), "17,984 primes below 200,000").await?;
    Ok(())
}

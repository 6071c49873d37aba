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

/// Waits for the error of an engine's run, which must have come in time.
async fn lost(page: &Page, engine: &str) -> Result<()> {
    let says = page.text(&chart(engine, "error")).await?;
    ensure!(says.contains("The worker was lost") && says.contains("next run starts a new one"), "{engine}: {says}");
    let late = page.evaluate("return window.late").await?;
    ensure!(late == false, "{engine}: the run ended after more than two seconds");
    Ok(())
}

/// Notes in `window.late` if two seconds after `count()` no error is shown. They are counted in turns of the page, of which a busy machine
/// takes as many from it as from what it looks for.
const NOTE_LATE: &str = r#"
    window.late = undefined;
    const count = async () => {
      window.late = false;
      for (let turn = 0; turn < 20; turn += 1) await new Promise((then) => setTimeout(then, 100));
      window.late = !document.querySelector('[data-test="error"]');
    };
"#;

async fn a_process_that_is_ended_from_outside_ends_its_run_and_the_next_run_works(page: &Page) -> Result<()> {
    let server = isolated()?;
    for (engine, _) in ENGINES {
        // Without an engine that has workers, none come up before they are watched.
        page.goto(&format!("{}#/demo/endless?engines=gather", server.url())).await?;
        page.find(&hook("run")).await?;
        page.evaluate(WATCH_WORKERS).await?;
        page.choose(&choice(engine)).await?;
        page.choose(&choice("gather")).await?;
        page.until("return !document.querySelector('[data-test=run]').disabled").await?;
        page.click(&hook("run")).await?;
        page.until(&running(engine)).await?;
        page.until("return window.workers.length > 0").await?;
        page.evaluate(&format!("{NOTE_LATE} window.workers.forEach((worker) => worker.terminate()); count();")).await?;
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
        // At one go: what is chosen comes up at once, and a learner may run it before it is found out that it does not.
        let press = [choice(engine), choice("gather"), hook("run")].map(|it| format!("await press('{it}');")).concat();
        page.evaluate(&format!(
            "{NOTE_LATE} window.deaf = {workers};
             const press = async (selector) => {{
               const pressable = () => document.querySelector(`${{selector}}:enabled`);
               while (!pressable()) await new Promise((then) => setTimeout(then));
               pressable().click();
               await new Promise((then) => setTimeout(then));
             }};
             return (async () => {{ {press} count(); }})();"
        ))
        .await?;
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

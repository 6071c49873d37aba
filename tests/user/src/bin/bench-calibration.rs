//! How well this browser is predicted once it was measured: every demo is run on the engines that it opens with, and each run is held against
//! its simulation, as a learner does it. Prints one line of JSON for each browser, which `cargo xtask bench` reads, and what each
//! residual says.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use user_tests::{Browser, Page, hook, in_browser};
use xtask::server::{Options, Server};

/// Opens no demo that asks for addresses of the learner's, nor one that never comes to its end.
const DEMOS: &str = "return [...document.querySelectorAll('.demo-card a')].map(link => link.hash).filter(hash => !/[/](urls|endless|panic)$/.test(hash)).join(' ')";

/// The engines whose runs can be held against a simulation.
const OFFERED: &str = "return [...document.querySelectorAll('[data-test=simulate]')].map(button => button.closest('[data-engine]').dataset.engine).join(' ')";

fn main() -> Result<()> {
    let dist = user_tests::dist()?;
    for (browser, name) in [(Browser::Chromium, "chromium"), (Browser::Firefox, "firefox")] {
        let server = Server::start(Options::new(&dist))?;
        let mut residuals = BTreeMap::new();
        in_browser(browser, "calibration", async |page: &Page| {
            residuals = measure(page, &server.url()).await?;
            Ok(())
        });
        ensure!(!residuals.is_empty(), "{name} measured nothing");
        let percent: Vec<f64> = residuals.values().map(|off| off.abs()).collect();
        println!("BENCH {{\"name\":\"residual-{name}-percent\",\"runs\":{percent:?}}}");
    }
    Ok(())
}

/// Of each demo on each engine: how far its prediction was off, percent. Prints what the page says of it.
async fn measure(page: &Page, site: &str) -> Result<BTreeMap<String, f64>> {
    let mut residuals = BTreeMap::new();
    page.goto(&format!("{site}#/demos")).await?;
    page.find(".demo-card").await?;
    let demos = page.evaluate(DEMOS).await?;
    for link in demos.as_str().context("there is a list of demos")?.split(' ') {
        page.goto(&format!("{site}{link}")).await?;
        page.find(&hook("run")).await?;
        // Code becomes fast only as it runs: the second time counts. Of dozens of plans it is their median that is asked for, so that each is
        // held against its simulation once.
        for is_warm in [false, true] {
            page.until("return !document.querySelector('[data-test=run]').disabled").await?;
            page.click(&hook("run")).await?;
            page.until(
                "const charts = [...document.querySelectorAll('[data-test=chart]')]; \
                 return !document.querySelector('[data-test=cancel]') && charts.every(chart => ['done', 'failed'].includes(chart.dataset.state))",
            )
            .await?;
            if !is_warm {
                continue;
            }
            let offered = page.evaluate(OFFERED).await?;
            for engine in offered.as_str().unwrap_or_default().split(' ').filter(|engine| !engine.is_empty()) {
                let inside = |name: &str| format!("[data-engine={engine}] {}", hook(name));
                page.until("return !document.querySelector('[data-test=simulate]').disabled").await?;
                page.click(&inside("simulate")).await?;
                page.until(&format!(
                    "return document.querySelector('{}, {}, {}') !== null",
                    inside("residual"),
                    inside("beside-failed"),
                    inside("beside-nothing")
                ))
                .await?;
                // A run that came to its end although its simulation does not, or that took no time, has nothing to compare.
                if page.all(&inside("residual")).await?.is_empty() {
                    println!("{link} on {engine}: {}", page.text(&inside("beside")).await?.replace('\n', " "));
                    continue;
                }
                let off = page.number(&inside("residual"), "data-percent").await?;
                let mut words = page.text(&inside("residual")).await?;
                for reason in page.all(&format!("{} li", inside("reasons"))).await? {
                    words.push(' ');
                    words.push_str(&reason.text().await?);
                }
                println!("{link} on {engine}: {off:+.1} %; {words}");
                residuals.insert(format!("{link} on {engine}"), off);
            }
        }
    }
    // Some requests of the catalogue fail on purpose, and browsers write that to their console.
    page.take_errors().await?;
    Ok(residuals)
}

//! Demos: run for real, and held against what their author claims of them.

use std::thread::available_parallelism;

use anyhow::{Context, Result, bail, ensure};
use interleave::engine::EngineId;
use interleave::lesson::claim::Claim;
use interleave::lesson::{DemoBlock, Prediction};
use xtask::lessons::holds_on;

use super::spare::cores_to_spare;
use super::{of, prediction};
use crate::{Page, hook};

/// A claim is about what usually comes out, and the machine has other things to do: one of so many runs has to show it.
const TRIES: usize = 5;

/// Predicts what is to be predicted, runs, and checks what is said and what is claimed.
pub async fn play(page: &Page, demo: &DemoBlock, asked: Option<&Prediction>, rightly: bool) -> Result<()> {
    if let Some(asked) = asked {
        prediction::predict(page, asked, rightly).await.with_context(|| format!("prediction {}", asked.id))?;
    }
    run(page, &demo.id, &demo.engines).await?;
    if let Some(asked) = asked {
        prediction::judged(page, asked, rightly).await.with_context(|| format!("prediction {}", asked.id))?;
    }
    let mut left = claims_to_check(demo);
    for again in 1.. {
        let missed = missed(page, demo, &left).await?;
        if missed.is_empty() {
            return Ok(());
        }
        if again == TRIES {
            bail!("claims that no run of {TRIES} bears out:\n{}", missed.join("\n"));
        }
        left.retain(|claim| missed.iter().any(|missed| missed.starts_with(&claim.text)));
        cores_to_spare().await;
        run(page, &demo.id, &demo.engines).await?;
    }
    Ok(())
}

/// How many cores this machine has.
pub fn cores() -> u32 {
    available_parallelism().map_or(1, |cores| cores.get() as u32)
}

/// Runs a demo that may run, and waits for all its engines: each within the time that any wait here has.
pub async fn run(page: &Page, block: &str, engines: &[EngineId]) -> Result<()> {
    page.middle(&of(block, "run")).await?;
    page.click(&of(block, "run")).await?;
    for engine in engines {
        let panel = format!("[data-block=\"{block}\"] {}[data-engine=\"{}\"]", hook("chart"), engine.key());
        page.find(&format!("{panel}[data-state=\"done\"], {panel}[data-state=\"failed\"]")).await?;
    }
    page.find(&of(block, "run")).await?;
    // What is said of a run comes when all of it is over: it is of the run whose times the charts show.
    page.until(&format!(
        "const block = document.querySelector('[data-block=\"{block}\"]'); \
         const came = block.querySelector('[data-test=claims]')?.dataset.came; \
         return came !== undefined && [...block.querySelectorAll('[data-test=chart]')].every(chart => {{ \
             const took = chart.querySelector('[data-test=makespan]'); \
             return !took || came.includes(`${{chart.dataset.engine}}:${{took.dataset.ms}} `) }})"
    ))
    .await
}

/// The claims that a real run on this machine can bear out. Those that it cannot are named.
fn claims_to_check(demo: &DemoBlock) -> Vec<&Claim> {
    let can_hold = |claim: &&Claim| match holds_on(demo, claim, cores()) {
        _ if claim.needs_simulation() => false,
        Ok(()) => true,
        Err(why) => {
            eprintln!("skipped on this machine with {} cores: {}: {why}", cores(), demo.id);
            false
        }
    };
    demo.claims.iter().filter(can_hold).collect()
}

/// Which of the claims the newest run does not bear out, each with what came.
async fn missed(page: &Page, demo: &DemoBlock, claims: &[&Claim]) -> Result<Vec<String>> {
    let judged = page.all(&of(&demo.id, "claim")).await?;
    let mut missed = Vec::new();
    let mut seen = 0;
    for element in judged {
        let text = element.attr("data-claim").await?.unwrap_or_default();
        if claims.iter().all(|claim| claim.text != text) {
            continue;
        }
        seen += 1;
        let holds = element.attr("data-holds").await?.unwrap_or_default();
        if !matches!(holds.as_str(), "exactly" | "nearly") {
            missed.push(format!("{text}: {}", element.prop("textContent").await?.unwrap_or_default()));
        }
    }
    ensure!(seen == claims.len(), "the page judged {seen} of {} claims", claims.len());
    Ok(missed)
}

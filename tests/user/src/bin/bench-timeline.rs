//! Viewers of traces beside each other: the same file, the same gestures, the same browser, in turn. Prints one line of JSON per
//! measurement, which `cargo xtask bench` reads.

#[path = "../../../../benches/large_trace.rs"]
mod large_trace;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use user_tests::viewer::{Handled, Viewer};
use user_tests::{Browser, Page, in_browser};
use xtask::server::{Options, Server};

/// How often everything is measured.
const RUNS: usize = 3;

/// Ours, which shows all of them.
const OURS: Viewer = Viewer {
    name: "timeline",
    route: "#/trace",
    input: "[data-test=\"file\"]",
    is_drawn: "return document.querySelector('[data-test=\"trace\"] [data-to-ms]') !== null",
    canvas: "[data-test=\"trace\"] [data-test=\"plot\"] canvas",
};

/// Speedscope, which shows one thread at a time.
const SPEEDSCOPE: Viewer = Viewer {
    name: "speedscope",
    route: "",
    input: "input[type=file]",
    is_drawn: "return document.title !== 'speedscope' && document.querySelectorAll('canvas').length > 1",
    canvas: "canvas",
};

fn main() -> Result<()> {
    let file = variable("INTERLEAVE_PROFILES")?.join("large.json");
    let mut text = Vec::with_capacity(90_000_000);
    large_trace::large_trace(large_trace::SLICES, large_trace::THREADS, &mut text)?;
    std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    let viewers = [(OURS, variable("INTERLEAVE_DIST")?), (SPEEDSCOPE, variable("INTERLEAVE_SPEEDSCOPE")?)];
    let mut measured: Vec<Vec<Handled>> = vec![Vec::new(); viewers.len()];
    for _ in 0..RUNS {
        // In turn, so that a disturbance of the machine meets all.
        for ((viewer, site), measured) in viewers.iter().zip(&mut measured) {
            measured.push(measure(viewer, site, &file)?);
        }
    }
    for ((viewer, _), runs) in viewers.iter().zip(&measured) {
        report(viewer, "open-ms", runs, |run| run.open_ms);
        report(viewer, "frame-ms", runs, |run| at_share(&run.frames_ms, 0.5));
        report(viewer, "frame-p95-ms", runs, |run| at_share(&run.frames_ms, 0.95));
        report(viewer, "peak-mb", runs, |run| run.most_mb);
        report(viewer, "memory-mb", runs, |run| run.rest_mb);
    }
    Ok(())
}

fn variable(name: &str) -> Result<PathBuf> {
    Ok(std::env::var_os(name).with_context(|| format!("{name} is not set; `cargo xtask bench` sets it"))?.into())
}

/// One run in a browser of its own.
fn measure(viewer: &Viewer, site: &Path, file: &Path) -> Result<Handled> {
    let server = Server::start(Options::new(site))?;
    let mut handled = None;
    in_browser(Browser::Chromium, viewer.name, async |page: &Page| {
        handled = Some(viewer.measure(page, &server.url(), file).await?);
        // What another's page has to say is not ours to judge.
        page.take_errors().await?;
        Ok(())
    });
    handled.with_context(|| format!("{} was not measured", viewer.name))
}

fn report(viewer: &Viewer, what: &str, runs: &[Handled], value: impl Fn(&Handled) -> f64) {
    let runs: Vec<f64> = runs.iter().map(value).collect();
    println!("BENCH {{\"name\":\"{}-{what}\",\"runs\":{runs:.1?}}}", viewer.name);
}

/// The value that so large a share of all does not exceed.
fn at_share(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(share * (sorted.len() - 1) as f64).ceil() as usize]
}

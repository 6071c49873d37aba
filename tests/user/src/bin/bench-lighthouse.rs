//! What Lighthouse says of home and of a lesson, on its mobile setting, and what ten demos that nobody has started cost the page that they
//! are embedded in. Prints one line of JSON per measurement, which `cargo xtask bench` reads.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use user_tests::{hosts::packed, site_of};
use xtask::server::{Options, Server};

/// How often each page is looked at. The machine is shared, and the median is told.
const RUNS: usize = 5;
/// How often it may fail on a page before that is an error.
const TRIES: usize = 3;

fn main() -> Result<()> {
    let lighthouse =
        PathBuf::from(std::env::var_os("INTERLEAVE_LIGHTHOUSE").context("run this by `cargo xtask bench`")?);
    let site = Server::start(Options::new(packed()?))?;
    let mut others = Vec::new();
    for (name, route) in [("home", ""), ("lesson", "#/lesson/event-loop/2")] {
        let mut performance = Vec::new();
        for _ in 0..RUNS {
            let scores = looked_at(&lighthouse, &format!("{}{route}", site.url()))?;
            performance.push(scores.performance);
            others.push(scores.least_other);
        }
        println!("BENCH {{\"name\":\"lighthouse-{name}\",\"runs\":{performance:?}}}");
    }
    println!("BENCH {{\"name\":\"lighthouse-others\",\"runs\":[{}]}}", others.into_iter().fold(100.0, f64::min));

    let url = site_of(&[("index.html", &host(&site, 0)), ("with.html", &host(&site, 10))], false)?;
    // Another site, and not only another origin.
    let url = url.replace("127.0.0.1", "localhost");
    let mut lost = Vec::new();
    for _ in 0..RUNS {
        let without = looked_at(&lighthouse, &url)?.performance;
        lost.push(without - looked_at(&lighthouse, &format!("{url}with.html"))?.performance);
    }
    println!("BENCH {{\"name\":\"lighthouse-host-loss\",\"runs\":{lost:?}}}");
    Ok(())
}

/// A page of somebody's documentation with so many demos, the first of which stands where one begins to read.
fn host(site: &Server, demos: usize) -> String {
    let text = "<p>Tasks that wait for the network can wait together. What a program gains by that depends on how it asks.</p>".repeat(6);
    let demo = "<interleave-demo demo=\"nine-requests\" engines=\"await-each,gather\">Nine requests</interleave-demo>";
    let script = format!("<script type=\"module\" src=\"{}embed.js\"></script>", site.url());
    let sections: String =
        (0..10).map(|at| format!("<h2>Section {at}</h2>{}{text}", if at < demos { demo } else { "" })).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"description\" content=\"Waiting together\"><title>Docs</title><link rel=\"icon\" href=\"data:,\">\
         <style>interleave-demo:not(:defined) {{ display: block; min-block-size: 480px }}</style>{}</head><body><h1>Docs</h1>{text}{sections}</body></html>",
        if demos > 0 { script } else { String::new() }
    )
}

/// Of 100 points each.
struct Scores {
    performance: f64,
    /// Of accessibility, best practices and search engines.
    least_other: f64,
}

fn looked_at(lighthouse: &Path, url: &str) -> Result<Scores> {
    let mut tried = 0;
    let said = loop {
        let mut command = Command::new("node");
        command.arg(lighthouse).args([url, "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"]);
        let said = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().context("node does not start")?;
        if said.status.success() {
            break said;
        }
        // Now and then it has no trace of the page's beginning, and says to run it again.
        tried += 1;
        ensure!(tried < TRIES, "Lighthouse failed on {url}");
    };
    let report: Value = serde_json::from_slice(&said.stdout).context("Lighthouse writes a report")?;
    let score = |category: &str| {
        let score = report["categories"][category]["score"].as_f64();
        score.map(|of_one| (of_one * 100.0).round()).with_context(|| format!("no score for {category} of {url}"))
    };
    let others = [score("accessibility")?, score("best-practices")?, score("seo")?];
    let shown = |audit: &str| report["audits"][audit]["displayValue"].as_str().unwrap_or("?").to_owned();
    eprintln!(
        "{url}: {} (words {}, blocked {}, moved {}), others {others:?}",
        score("performance")?,
        shown("largest-contentful-paint"),
        shown("total-blocking-time"),
        shown("cumulative-layout-shift")
    );
    Ok(Scores { performance: score("performance")?, least_other: others.into_iter().fold(100.0, f64::min) })
}

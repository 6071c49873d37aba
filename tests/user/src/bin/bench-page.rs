//! What a first visit costs: bytes that have to be transferred and time until Run can be pressed, in Chromium with an empty
//! cache. Prints one line of JSON per measurement, which `cargo xtask bench` reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use user_tests::deployed::rest_of_program;
use user_tests::{Browser, Page, hook, in_browser};
use xtask::server::{Options, Server};

/// How often everything is measured.
const RUNS: usize = 7;

/// The bare page: the same wasm module with functions that do nothing for its imports, and a mark when it is there.
const BARE_SCRIPT: &str = r#"
const response = fetch("./page.wasm");
const module = await WebAssembly.compileStreaming(response);
const imports = {};
for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
  imports[from] ??= {};
  imports[from][name] = kind === "memory" ? new WebAssembly.Memory({ initial: 64, maximum: 4096, shared: true }) : () => {};
}
await WebAssembly.instantiate(module, imports);
performance.mark("run-ready");
"#;

fn main() -> Result<()> {
    let dist = user_tests::dist()?;
    let bare = bare_page(&dist)?;
    let (mut ready_ms, mut bare_ms) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ready_ms.push(ready(&dist)?);
        bare_ms.push(ready(&bare)?);
    }
    println!("BENCH {{\"name\":\"run-ready-ms\",\"runs\":{ready_ms:?}}}");
    println!("BENCH {{\"name\":\"bare-ready-ms\",\"runs\":{bare_ms:?}}}");
    // Newcomers come to either; the larger counts.
    let transfer_kb = transfer_kb(&dist, "")?.max(transfer_kb(&dist, "#/lesson/one-cook/1")?);
    println!("BENCH {{\"name\":\"transfer-brotli-kb\",\"runs\":[{transfer_kb}]}}");
    println!("BENCH {{\"name\":\"transfer-rest-brotli-kb\",\"runs\":[{}]}}", rest_kb(&dist)?);
    let at_once = |_| makespan_ms(&dist, "nine-requests?engines=gather&requests=100&delay=160", "gather");
    let at_once: Vec<f64> = (0..RUNS).map(at_once).collect::<Result<_>>()?;
    println!("BENCH {{\"name\":\"page-requests-100-ms\",\"runs\":{at_once:?}}}");
    println!("BENCH {{\"name\":\"page-bare-requests-100-ms\",\"runs\":{:?}}}", bare_requests_ms(&dist)?);
    let in_turn = makespan_ms(&dist, "nine-requests?engines=await-each&requests=100&delay=160", "await-each")?;
    println!("BENCH {{\"name\":\"page-requests-in-turn-s\",\"runs\":[{}]}}", in_turn / 1_000.0);
    // The longest of all: none of them may be too long.
    let longest_ms = longest_tasks_ms(&dist)?.into_iter().fold(0.0, f64::max);
    println!("BENCH {{\"name\":\"page-longest-task-ms\",\"runs\":[{longest_ms:?}]}}");
    Ok(())
}

/// Runs a demo by its link, twice; the second makespan of an engine, ms. The first brings the service worker up.
fn makespan_ms(dist: &Path, link: &str, engine: &str) -> Result<f64> {
    let server = Server::start(Options::new(dist))?;
    let mut makespan_ms = None;
    in_browser(Browser::Chromium, "makespan", async |page: &Page| {
        page.goto(&format!("{}#/demo/{link}", server.url())).await?;
        run_to_the_end(page).await?;
        run_to_the_end(page).await?;
        let script = format!("return document.querySelector('[data-engine={engine}] [data-test=makespan]').dataset.ms");
        makespan_ms = page.evaluate(&script).await?.as_str().and_then(|ms| ms.parse().ok());
        Ok(())
    });
    makespan_ms.with_context(|| format!("{link} showed no makespan"))
}

/// A loop of `fetch()` on the page, with what the service worker is asked for and nothing else; how long until all answers are there,
/// ms. To be awaited on the page, which keeps it for whoever asks.
const BARE_REQUESTS: &str = r#"
window.took = null;
const began = performance.now();
const ask = async (id) => {
  const sent = performance.timeOrigin + performance.now();
  const response = await fetch(`./slow/160?bytes=2000&id=${id}&sent=${sent}`);
  return response.arrayBuffer();
};
Promise.all(Array.from({ length: 100 }, (_, id) => ask(id))).then(() => { window.took = performance.now() - began; });
"#;

fn bare_requests_ms(dist: &Path) -> Result<Vec<f64>> {
    let server = Server::start(Options::new(dist))?;
    let mut took_ms = Vec::new();
    in_browser(Browser::Chromium, "bare-requests", async |page: &Page| {
        page.goto(&format!("{}#/demo/nine-requests?engines=gather", server.url())).await?;
        // The service worker comes up with the first run.
        run_to_the_end(page).await?;
        for _ in 0..=RUNS {
            page.evaluate(BARE_REQUESTS).await?;
            page.until("return window.took !== null").await?;
            took_ms.extend(page.evaluate("return window.took").await?.as_f64());
        }
        Ok(())
    });
    ensure!(took_ms.len() == RUNS + 1, "the requests were not answered");
    Ok(took_ms.split_off(1))
}

/// Presses Run and waits until all engines have ended.
async fn run_to_the_end(page: &Page) -> Result<()> {
    page.click(&hook("run")).await?;
    page.until(
        "const charts = [...document.querySelectorAll('[data-test=chart]')]; \
         return !document.querySelector('[data-test=cancel]') && charts.every(chart => chart.dataset.state === 'done')",
    )
    .await
}

/// The longest task on the page's thread during runs of several demos, each on all its engines but the main thread, ms. A
/// browser tells only of tasks of 50 ms and more; without one it is 0.
fn longest_tasks_ms(dist: &Path) -> Result<Vec<f64>> {
    let server = Server::start(Options::new(dist))?;
    let mut longest_ms = Vec::new();
    let engines = "await-each,limited,gather,gil,threads,fresh-processes,processes";
    in_browser(Browser::Chromium, "longest-task", async |page: &Page| {
        for demo in ["primes", "nine-requests", "mandelbrot", "mixed", "copies"] {
            page.goto(&format!("{}#/demo/{demo}?engines={engines}", server.url())).await?;
            page.find(&hook("run")).await?;
            page.until("return !document.querySelector('[data-test=run]').disabled").await?;
            page.evaluate(
                "window.longest = 0; new PerformanceObserver((list) => { \
                 for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration); \
                 }).observe({ type: 'longtask' })",
            )
            .await?;
            run_to_the_end(page).await?;
            let longest = page.evaluate("return window.longest").await?.as_f64();
            eprintln!("longest task in {demo}: {longest:?} ms");
            longest_ms.extend(longest);
        }
        Ok(())
    });
    ensure!(longest_ms.len() == 5, "a demo was not measured");
    Ok(longest_ms)
}

fn bare_page(dist: &Path) -> Result<std::path::PathBuf> {
    let folder = dist.with_file_name("bench-bare");
    fs::create_dir_all(&folder)?;
    let wasm = fs::read_dir(dist)?.filter_map(Result::ok).map(|entry| entry.path());
    let wasm = wasm.into_iter().find(|path| path.to_string_lossy().ends_with("_bg.wasm")).context("no wasm in dist")?;
    fs::copy(wasm, folder.join("page.wasm"))?;
    fs::write(folder.join("bare.js"), BARE_SCRIPT)?;
    let page = "<!doctype html><title>bare</title><script type=\"module\" src=\"./bare.js\"></script>";
    fs::write(folder.join("index.html"), page)?;
    Ok(folder)
}

/// Time from navigation until the page marks that Run can be pressed, ms.
fn ready(folder: &Path) -> Result<f64> {
    let server = Server::start(Options::new(folder))?;
    let mut ready_ms = None;
    in_browser(Browser::Chromium, "run-ready", async |page: &Page| {
        page.goto(&server.url()).await?;
        page.until("return performance.getEntriesByName('run-ready').length > 0").await?;
        let start = page.evaluate("return performance.getEntriesByName('run-ready')[0].startTime").await?;
        ready_ms = start.as_f64();
        // A missing icon of the bare page is no error here.
        page.take_errors().await?;
        Ok(())
    });
    ready_ms.context("the page set no mark")
}

/// Everything that a visit loads until its first run can be begun, compressed as a good host sends it, kB of 1,000 bytes. Without the second
/// part of the program, unless it was waited for: it is fetched meanwhile, and only the end of a run needs it
/// (tests/user/tests/first_visit.rs holds that).
fn transfer_kb(dist: &Path, route: &str) -> Result<f64> {
    let server = Server::start(Options::new(dist))?;
    let mut paths = BTreeSet::from(["index.html".to_owned(), "sw.js".to_owned()]);
    in_browser(Browser::Chromium, "transfer", async |page: &Page| {
        page.goto(&format!("{}{route}", server.url())).await?;
        page.find(&format!("{}:not([disabled])", hook("run"))).await?;
        let names = page.evaluate("return performance.getEntriesByType('resource').filter(({ name, initiatorType }) => !(name.includes('interleave-rest-') && initiatorType === 'fetch')).map(({ name }) => name)").await?;
        let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
        let own = names.filter_map(|name| name.strip_prefix(&server.url()).map(|path| path.split(['?', '#']).next()));
        paths.extend(own.flatten().filter(|path| !path.is_empty()).map(Into::into));
        Ok(())
    });
    ensure!(paths.iter().any(|path| path.ends_with(".wasm")), "no wasm among what was loaded: {paths:?}");
    let mut bytes = 0;
    for path in &paths {
        let size = brotli_length(&fs::read(dist.join(path)).with_context(|| format!("{path} is not in dist"))?)?;
        eprintln!("{size:>8} bytes  {path}");
        bytes += size;
    }
    Ok(bytes as f64 / 1_000.0)
}

/// The second part of the program, compressed in the same way, kB.
fn rest_kb(dist: &Path) -> Result<f64> {
    Ok(brotli_length(&fs::read(rest_of_program(dist)?)?)? as f64 / 1_000.0)
}

fn brotli_length(bytes: &[u8]) -> Result<usize> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed.len())
}

//! The ready files of `deploy/` in the real servers: headers, compressed copies, sub-paths, and threads in a browser.

use std::fs;

use anyhow::{Context, Result, ensure};
use user_tests::hosts::{Host, Kind};
use user_tests::{Browser, Page, chart, dist, hook, in_browser};

const FOREVER: &str = "cache-control: public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "cache-control: no-cache";

/// Names of files and folders at the top of the tested page.
fn names() -> Result<Vec<String>> {
    let names = fs::read_dir(dist()?)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    names.filter(|name| !name.as_ref().is_ok_and(|name| name.starts_with('.'))).collect()
}

/// Whether a name tells what is in the file.
fn is_hashed(name: &str) -> bool {
    let last = name.split(['.', '_']).next().and_then(|stem| stem.rsplit_once('-'));
    last.is_some_and(|(_, hash)| hash.len() >= 12 && hash.chars().all(|digit| digit.is_ascii_hexdigit()))
}

fn serves_it_well(kind: Kind) -> Result<()> {
    let wasm = names()?.into_iter().find(|name| name.ends_with(".wasm")).context("no wasm in dist")?;
    for path in ["/", "/some/path/"] {
        let host = Host::start(kind, path)?;
        let check = |file: &str, encodings: &str, expected: &[&str]| -> Result<()> {
            let head = host.head(file, encodings)?;
            let common = [
                "http/1.1 200",
                "cross-origin-opener-policy: same-origin",
                "cross-origin-embedder-policy: require-corp",
            ];
            for line in common.iter().chain(expected) {
                ensure!(head.contains(line), "{kind:?}: no “{line}” for {path}{file}:\n{head}");
            }
            Ok(())
        };
        check("", "gzip", &[ASK_AGAIN, "content-type: text/html", "content-encoding: gzip", "nosniff"])?;
        check("index.html", "gzip", &[ASK_AGAIN])?;
        check("sw.js", "identity", &[ASK_AGAIN, "content-type: text/javascript"])?;
        check(
            "lessons/gil.json?v=1",
            "gzip",
            &[ASK_AGAIN, "content-type: application/json", "content-encoding: gzip"],
        )?;
        check("manifest.webmanifest", "identity", &[ASK_AGAIN])?;
        // Other sites load these two.
        check("embed.js", "gzip", &[ASK_AGAIN, "content-type: text/javascript", "access-control-allow-origin: *"])?;
        check(
            "posters/primes.svg",
            "gzip",
            &[ASK_AGAIN, "content-type: image/svg+xml", "access-control-allow-origin: *"],
        )?;
        check(&wasm, "gzip", &[FOREVER, "content-type: application/wasm", "content-encoding: gzip"])?;
        check(&wasm, "identity", &[FOREVER, "content-type: application/wasm"])?;
        if host.brotli {
            check(&wasm, "gzip, deflate, br", &[FOREVER, "content-type: application/wasm", "content-encoding: br"])?;
        }
        ensure!(host.head("no/such.js", "gzip")?.starts_with("http/1.1 404"), "a missing file is missing");
        let type_of_manifest = host.head("manifest.webmanifest", "identity")?;
        ensure!(!type_of_manifest.contains("text/html"), "{type_of_manifest}");
        in_browser(Browser::Chromium, &format!("{kind:?}"), async |page: &Page| {
            page.run(&host.url(), "primes?engines=threads&threads=2&bound=200000&tasks=8").await?;
            page.text_with(&chart("threads", "verdict"), "17,984 primes below 200,000").await?;
            let came_by = page.evaluate("return performance.getEntriesByType('navigation')[0].type").await?;
            ensure!(came_by == "navigate", "it was isolated from the start");
            page.goto(&format!("{}#/lesson/gil/1", host.url())).await?;
            page.find(&hook("step")).await.map(drop)
        });
    }
    Ok(())
}

#[test]
fn nginx_serves_it_well() -> Result<()> {
    serves_it_well(Kind::Nginx)
}

#[test]
fn caddy_serves_it_well() -> Result<()> {
    serves_it_well(Kind::Caddy)
}

/// Netlify and Cloudflare cannot be started here, so their file is held against the names that there are.
#[test]
fn the_headers_file_names_what_is_named_by_content() -> Result<()> {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/_headers"))?;
    let rules: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix('/')?.strip_suffix("-*")).collect();
    for name in names()? {
        let named = rules.iter().any(|stem| name.starts_with(&format!("{stem}-")));
        ensure!(named == is_hashed(&name), "{name} is {}named in deploy/_headers", if named { "" } else { "not " });
    }
    for stem in &rules {
        ensure!(
            names()?.iter().any(|name| name.starts_with(&format!("{stem}-"))),
            "there is no file {stem}-… any more"
        );
    }
    Ok(())
}

//! What axe-core, which knows the rules for pages that everyone can use, has to say of each page, in light and dark: nothing.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use user_tests::embed::Embedding;
use user_tests::{Browser, Page, dist, hook, in_browser, in_browser_beside_others, isolated};

/// What is done on a page before axe looks at it.
enum First {
    Nothing,
    Run,
    Sweep,
    OpenTrace,
}

use First::{Nothing, OpenTrace, Run, Sweep};

/// Pages, and what is done there first.
const PAGES: [(&str, First); 26] = [
    ("/", Nothing),
    ("/demos", Nothing),
    ("/gallery", Nothing),
    ("/gallery/nine-requests?tool=mdbook&delay=100", Nothing),
    ("/demo/nine-requests?engines=gather,await-each&delay=100", Run),
    ("/demo/race?engines=threads", Run),
    ("/demo/primes?bound=1000000&sweep=threads,workers,1", Sweep),
    ("/playground?engines=threads", Run),
    ("/playground?plan=task+a%0A+nap+5", Nothing),
    ("/lessons", Nothing),
    ("/lesson/event-loop/1", Nothing),
    ("/lesson/event-loop/2", Nothing),
    ("/lesson/event-loop/1?present", Nothing),
    ("/glossary", Nothing),
    ("/glossary/lock", Nothing),
    ("/search", Nothing),
    ("/search?q=lock", Nothing),
    ("/teachers", Nothing),
    ("/guide", Nothing),
    ("/guide?work=waiting&amount=long&many=many&library=awaits&data=little", Nothing),
    ("/lesson/kinds/1", Nothing),
    ("/lesson/kinds/2", Nothing),
    ("/about", Nothing),
    ("/trace", Nothing),
    ("/trace", OpenTrace),
    ("/nowhere", Nothing),
];

#[test]
fn axe_finds_no_violation_in_either_theme() {
    in_browser(Browser::Chromium, "axe", async |page: &Page| {
        let axe = axe()?;
        let server = isolated()?;
        let mut found = Vec::new();
        for (route, first) in PAGES {
            page.goto(&format!("{}#{route}", server.url())).await?;
            page.find("#main h1").await?;
            match first {
                Nothing => {}
                Run => {
                    page.click(&hook("run")).await?;
                    page.until(ALL_RAN).await?;
                }
                Sweep => {
                    page.click(&hook("sweep-run")).await?;
                    page.find(&format!("{}[data-state=\"done\"]", hook("sweep"))).await?;
                    page.click(&format!("{} summary", hook("sweep-table"))).await?;
                }
                OpenTrace => {
                    page.evaluate(OPEN).await?;
                    page.find(&hook("trace")).await?;
                }
            }
            found.extend(in_both_themes(page, &axe, route).await?);
        }
        ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
        Ok(())
    });
}

#[test]
fn axe_finds_no_violation_in_any_step_of_a_lesson() {
    in_browser_beside_others(Browser::Chromium, "axe-lessons", async |page: &Page| {
        let axe = axe()?;
        let server = isolated()?;
        let mut found = Vec::new();
        for (lesson, steps) in lessons()? {
            for step in 1..=steps {
                let route = format!("/lesson/{lesson}/{step}");
                page.goto(&format!("{}#{route}", server.url())).await?;
                page.find(&hook("step")).await?;
                found.extend(in_both_themes(page, &axe, &route).await?);
            }
        }
        ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
        Ok(())
    });
}

#[test]
fn axe_finds_no_violation_in_an_embed() {
    in_browser(Browser::Chromium, "axe-embed", async |page: &Page| {
        let axe = axe()?;
        let body = "<main><h1>Docs</h1><interleave-demo id=\"a\" demo=\"nine-requests\" engines=\"await-each,gather\" \
                    parameters=\"delay=30\"><p>Instead</p></interleave-demo></main>";
        let _both = Embedding::open(page, body).await?;
        page.told("a", "ready", 1).await?;
        let mut found = Vec::new();
        for theme in ["light", "dark"] {
            page.evaluate(&format!("document.getElementById('a').theme = '{theme}'")).await?;
            found.extend(violations(page, &axe).await?.into_iter().map(|told| format!("{theme} poster: {told}")));
        }
        page.click_poster("a").await?;
        page.told("a", "done", 1).await?;
        page.enter_frame("a").await?;
        found.extend(in_both_themes(page, &axe, "embed").await?);
        page.leave_frame().await?;
        // A demo that there is none of: the message stands in the page itself.
        page.evaluate("document.getElementById('a').demo = 'no such'").await?;
        page.told("a", "error", 1).await?;
        found.extend(violations(page, &axe).await?.into_iter().map(|told| format!("message: {told}")));
        ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
        Ok(())
    });
}

#[test]
fn axe_finds_no_violation_in_any_plain_page() {
    in_browser_beside_others(Browser::Chromium, "axe-plain", async |page: &Page| {
        let axe = axe()?;
        let server = isolated()?;
        let mut found = Vec::new();
        let lessons = lessons()?.into_iter().map(|(lesson, _)| lesson);
        for name in lessons.chain(["index".into()]) {
            page.goto(&format!("{}lessons/{name}.html", server.url())).await?;
            page.find("main h1").await?;
            let told = violations(page, &axe).await?;
            found.extend(told.into_iter().map(|told| format!("{name}.html: {told}")));
        }
        ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
        Ok(())
    });
}

/// The lessons by id, and how many steps each has.
fn lessons() -> Result<Vec<(String, usize)>> {
    let index: Value = serde_json::from_slice(&std::fs::read(dist()?.join("lessons/index.json"))?)?;
    let lessons = index.as_array().context("a list of lessons")?.iter();
    let lessons = lessons.map(|lesson| Some((lesson["id"].as_str()?.to_owned(), lesson["steps"].as_array()?.len())));
    lessons.collect::<Option<_>>().context("each lesson has an id and steps")
}

/// The script.
fn axe() -> Result<String> {
    let axe = std::env::var_os("INTERLEAVE_AXE").context("INTERLEAVE_AXE is not set; `cargo xtask test` sets it")?;
    Ok(std::fs::read_to_string(axe)?)
}

/// What axe finds on a page of the app in one theme and in the other.
async fn in_both_themes(page: &Page, axe: &str, route: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for theme in ["light", "dark"] {
        page.evaluate(&format!("document.documentElement.dataset.theme = '{theme}'")).await?;
        // Half way between two themes no contrast is right.
        page.until("return document.getAnimations().every(animation => animation.playState === 'finished')").await?;
        found.extend(violations(page, axe).await?.into_iter().map(|told| format!("{theme} {route}: {told}")));
    }
    Ok(found)
}

/// Chooses a file with three slices, one within another.
const OPEN: &str = r#"
    const event = (name, tid, ts, dur) => ({ ph: "X", name, pid: 1, tid, ts, dur });
    const events = [event("parse", 1, 0, 900), event("read", 1, 100, 200), event("draw", 2, 300, 500)];
    const files = new DataTransfer();
    files.items.add(new File([JSON.stringify(events)], "small.json"));
    const input = document.querySelector("[data-test=file]");
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
"#;

const ALL_RAN: &str = "const charts = [...document.querySelectorAll('[data-test=chart]')]; \
    return charts.length > 0 && charts.every(chart => chart.dataset.state === 'done')";

/// What axe finds on the page as it is: rule, help and where, a line each.
async fn violations(page: &Page, axe: &str) -> Result<Vec<String>> {
    let script = format!(
        "{axe};\nconst done = arguments[arguments.length - 1];
        axe.run(document, {{ resultTypes: ['violations'] }}).then(
            ({{ violations }}) => done(violations.flatMap(({{ id, help, nodes }}) => nodes.map(
                ({{ target, failureSummary }}) => `${{id}}: ${{help}}, at ${{target.join(' ')}}: ${{failureSummary}}`))),
            (error) => done(String(error)))"
    );
    match page.session().execute_async(&script, Vec::new()).await?.json() {
        Value::Array(all) => Ok(all.iter().filter_map(Value::as_str).map(Into::into).collect()),
        other => anyhow::bail!("axe did not run: {other}"),
    }
}

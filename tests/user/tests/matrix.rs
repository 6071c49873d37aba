//! Wherever a demo may stand, in every browser: it runs to its end, on the engines that EMBEDDING.md says for that place. After a change that
//! is meant, `GOLDEN=write cargo xtask test --only user matrix` writes the table there anew.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use user_tests::embed::{Embedding, LISTEN};
use user_tests::{
    Browser, Page, chart, hook, in_browser, in_private_browser, isolated, not_isolated, site_of, without_headers,
};

/// The columns of the table.
const BROWSERS: [Browser; 3] = [Browser::Chromium, Browser::Firefox, Browser::WebKit];
/// Between these lines it stands.
const BEGIN: &str = "<!-- The table that follows is written by tests/user/tests/matrix.rs. -->\n";
const END: &str = "<!-- Its end. -->\n";
/// What is run, in words that a reader knows.
const ENGINES: [(&str, &str); 3] = [("threads", "threads"), ("processes", "processes"), ("gather", "event loop")];

/// A demo that is run, with its parameters and on which of them.
struct Act {
    demo: &'static str,
    parameters: &'static str,
    engines: &'static [(&'static str, &'static str)],
}

/// Nine requests, on all.
const REQUESTS: [Act; 1] = [Act { demo: "nine-requests", parameters: "delay=30", engines: &ENGINES }];
/// WebKit does not always let a process have what its page has: requests of processes go past the service worker at times, and the chart says
/// that they were not answered. So there they compute.
const APART: [Act; 2] = [
    Act { demo: "primes", parameters: "bound=400000", engines: &[ENGINES[1]] },
    Act { demo: "nine-requests", parameters: "delay=30", engines: &[ENGINES[0], ENGINES[2]] },
];

/// Where a demo stands. “Plain” is a host that sends no header of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    TopWithHeaders,
    TopPlain,
    TopPrivate,
    TopWithoutServiceWorker,
    EmbedPlain,
    EmbedIsolated,
    EmbedSandboxed,
    EmbedSealed,
}

impl Place {
    const ALL: [Self; 8] = [
        Self::TopWithHeaders,
        Self::TopPlain,
        Self::TopPrivate,
        Self::TopWithoutServiceWorker,
        Self::EmbedPlain,
        Self::EmbedIsolated,
        Self::EmbedSandboxed,
        Self::EmbedSealed,
    ];

    /// As the table calls it.
    fn title(self) -> &'static str {
        match self {
            Self::TopWithHeaders => "a tab, from a server that isolates it",
            Self::TopPlain => "a tab, from a server without headers",
            Self::TopPrivate => "the same in a private window",
            Self::TopWithoutServiceWorker => "the same where service workers are refused",
            Self::EmbedPlain => "embedded, neither server sends a header",
            Self::EmbedIsolated => "embedded in a page that is isolated, from a server that isolates it",
            Self::EmbedSandboxed => "embedded in a page in a sandbox (`allow-scripts allow-same-origin`)",
            Self::EmbedSealed => "embedded in a page in a sandbox (`allow-scripts`)",
        }
    }

    /// Whether the page comes to be isolated there, for which a test has to wait.
    fn isolates(self, browser: Browser) -> bool {
        match self {
            Self::TopWithHeaders | Self::TopPlain | Self::TopPrivate => true,
            Self::TopWithoutServiceWorker | Self::EmbedSealed => false,
            // By Document-Isolation-Policy.
            Self::EmbedPlain | Self::EmbedSandboxed => browser == Browser::Chromium,
            Self::EmbedIsolated => browser != Browser::WebKit,
        }
    }

    /// What the page is put into a sandbox by.
    fn sandbox(self) -> Option<&'static str> {
        match self {
            Self::EmbedSandboxed => Some("allow-scripts allow-same-origin"),
            Self::EmbedSealed => Some("allow-scripts"),
            _ => None,
        }
    }

    fn is_embedded(self) -> bool {
        matches!(self, Self::EmbedPlain | Self::EmbedIsolated | Self::EmbedSandboxed | Self::EmbedSealed)
    }

    /// What is run there. Without an origin no worker starts.
    fn acts(self, browser: Browser) -> &'static [Act] {
        match (self, browser) {
            (Self::EmbedSealed, _) => &APART[1..],
            (_, Browser::WebKit) => &APART,
            _ => &REQUESTS,
        }
    }
}

#[test]
fn a_demo_runs_to_its_end_in_every_place() -> Result<()> {
    let mut rows = Vec::new();
    for place in Place::ALL {
        let mut cells = Vec::new();
        for browser in BROWSERS {
            let mut cell = String::new();
            // Its security policy knows no “self” in a frame without an origin, so that nothing is loaded there.
            if (place, browser) == (Place::EmbedSealed, Browser::WebKit) {
                cells.push("the fallback".to_owned());
                continue;
            }
            let alone = if place == Place::TopPrivate { in_private_browser } else { in_browser };
            alone(browser, &format!("matrix-{place:?}"), async |page: &Page| {
                cell = ran(page, place).await?;
                Ok(())
            });
            println!("{browser:?}, {}: {cell}", place.title());
            cells.push(cell);
        }
        rows.push(format!("| {} | {} |\n", place.title(), cells.join(" | ")));
    }
    let table = format!("| | Chromium | Firefox | WebKitGTK |\n|---|---|---|---|\n{}", rows.concat());
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../EMBEDDING.md");
    let text = std::fs::read_to_string(&file)?;
    let (before, rest) = text.split_once(BEGIN).context("EMBEDDING.md has a place for the table")?;
    let (there, after) = rest.split_once(END).context("the table has an end")?;
    if std::env::var_os("GOLDEN").is_some_and(|wanted| wanted == "write") {
        std::fs::write(&file, [before, BEGIN, &table, END, after].concat())?;
        return Ok(());
    }
    ensure!(there == table, "EMBEDDING.md says otherwise; it came to\n{table}");
    Ok(())
}

/// What ran there, in words.
async fn ran(page: &Page, place: Place) -> Result<String> {
    let (mut names, mut timed) = (Vec::new(), false);
    for act in place.acts(page.browser()) {
        open(page, place, act).await?;
        if place.isolates(page.browser()) {
            page.until_reloaded("return crossOriginIsolated && performance.getEntriesByName('run-ready').length > 0")
                .await?;
        }
        if place.is_embedded() {
            page.session().enter_parent_frame().await?;
            page.told("a", "ready", 1).await?;
            page.click_poster("a").await?;
            page.told("a", "done", 1).await?;
            page.enter_frame("a").await?;
        } else {
            page.click(&hook("run")).await?;
        }
        for (engine, name) in act.engines {
            page.find(&format!("{}, {}", chart(engine, "verdict"), chart(engine, "unavailable"))).await?;
            if page.all(&chart(engine, "verdict")).await?.is_empty() {
                continue;
            }
            page.right(engine).await?;
            names.push(*name);
            // The page's own.
            let is_own = *engine == "gather";
            timed |= is_own && page.hidden_text(&chart(engine, "provenance")).await?.contains("a timer instead");
        }
    }
    ensure!(names.contains(&"event loop"), "only {names:?} ran");
    Ok(format!("{}{}", names.join(", "), if timed { "; requests timed" } else { "" }))
}

/// Opens the demo there, and stays in its document.
async fn open(page: &Page, place: Place, act: &Act) -> Result<()> {
    let (site, isolation) = match place {
        Place::TopWithHeaders | Place::EmbedIsolated => (isolated()?, true),
        Place::TopWithoutServiceWorker => (not_isolated()?, false),
        _ => (without_headers()?, false),
    };
    let Act { demo, parameters, engines } = act;
    let engines = engines.iter().map(|(engine, _)| *engine).collect::<Vec<_>>().join(",");
    if !place.is_embedded() {
        page.goto(&format!("{}#/demo/{demo}?engines={engines}&{parameters}", site.url())).await?;
        return Ok(());
    }
    let what = format!("demo=\"{demo}\" engines=\"{engines}\" parameters=\"{parameters}\"");
    let body = format!("<interleave-demo id=\"a\" {what}><p>Instead</p></interleave-demo>");
    let inner = Embedding::html(&site, &format!("<script>{LISTEN}</script>"), &body);
    let frame = place.sandbox().map(|allowed| {
        format!("<!doctype html><link rel=icon href=data:,><iframe width=900 height=900 sandbox=\"{allowed}\" src=inner.html></iframe>")
    });
    let pages = [("index.html", frame.as_ref().unwrap_or(&inner).as_str()), ("inner.html", &inner)];
    let url = site_of(&pages, isolation)?;
    // Another site, and not only another origin.
    page.goto(&url.replace("127.0.0.1", "localhost")).await?;
    if frame.is_some() {
        page.session().enter_frame(0).await?;
    }
    page.enter_frame("a").await
}

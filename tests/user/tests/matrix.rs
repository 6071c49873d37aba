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
const WITHOUT_PROCESSES: [(&str, &str); 2] = [("threads", "threads"), ("gather", "event loop")];

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

    /// Its engines that can be relied on there. WebKit does not always let a frame's processes have what the frame has: requests of theirs go past
    /// the service worker then, and the chart says that they were not answered. Without an origin no worker starts.
    fn engines(self, browser: Browser) -> &'static [(&'static str, &'static str)] {
        let is_without = self == Self::EmbedSealed || (browser == Browser::WebKit && self.is_embedded());
        if is_without { &WITHOUT_PROCESSES } else { &ENGINES }
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
    open(page, place).await?;
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
    let mut names = Vec::new();
    for (engine, name) in place.engines(page.browser()) {
        page.find(&format!("{}, {}", chart(engine, "verdict"), chart(engine, "unavailable"))).await?;
        if page.all(&chart(engine, "verdict")).await?.is_empty() {
            continue;
        }
        page.right(engine).await?;
        names.push(*name);
    }
    ensure!(names.contains(&"event loop"), "only {names:?} ran");
    // The page's own: WebKit now and then does not let a process have what its page has.
    let timed = page.hidden_text(&chart("gather", "provenance")).await?.contains("a timer instead");
    Ok(format!("{}{}", names.join(", "), if timed { "; requests timed" } else { "" }))
}

/// Opens the demo there, and stays in its document.
async fn open(page: &Page, place: Place) -> Result<()> {
    let (site, isolation) = match place {
        Place::TopWithHeaders | Place::EmbedIsolated => (isolated()?, true),
        Place::TopWithoutServiceWorker => (not_isolated()?, false),
        _ => (without_headers()?, false),
    };
    let engines: Vec<_> = place.engines(page.browser()).iter().map(|(engine, _)| *engine).collect();
    let engines = engines.join(",");
    if !place.is_embedded() {
        page.goto(&format!("{}#/demo/nine-requests?engines={engines}&delay=30", site.url())).await?;
        return Ok(());
    }
    let demo = format!("demo=\"nine-requests\" engines=\"{engines}\" parameters=\"delay=30\"");
    let body = format!("<interleave-demo id=\"a\" {demo}><p>Instead</p></interleave-demo>");
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

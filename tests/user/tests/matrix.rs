//! Wherever a demo may stand, in every browser: it runs to its end, on the engines that EMBEDDING.md says for that place. After a change that
//! is meant, `GOLDEN=write cargo xtask test --only user matrix` writes the table there anew.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use user_tests::embed::{Embedding, LISTEN};
use user_tests::{
    Browser, Page, chart, hook, in_browser, in_private_browser, isolated, not_isolated, site_of, without_headers,
};
use xtask::server::Server;

/// The columns of the table.
const BROWSERS: [Browser; 3] = [Browser::Chromium, Browser::Firefox, Browser::WebKit];
/// Between these lines it stands.
const BEGIN: &str = "<!-- The table that follows is written by tests/user/tests/matrix.rs. -->\n";
const END: &str = "<!-- Its end. -->\n";
/// What is run, in words that a reader knows.
const ENGINES: [(&str, &str); 3] = [("threads", "threads"), ("processes", "processes"), ("gather", "event loop")];
const DEMO: &str = "demo=\"nine-requests\" engines=\"threads,processes,gather\" parameters=\"delay=30\"";
const ROUTE: &str = "#/demo/nine-requests?engines=threads,processes,gather&delay=30";

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
}

impl Place {
    const ALL: [Self; 7] = [
        Self::TopWithHeaders,
        Self::TopPlain,
        Self::TopPrivate,
        Self::TopWithoutServiceWorker,
        Self::EmbedPlain,
        Self::EmbedIsolated,
        Self::EmbedSandboxed,
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
            Self::EmbedSandboxed => "embedded in a page that stands in a sandbox (`sandbox=\"allow-scripts\"`)",
        }
    }

    /// Whether the page comes to be isolated there, for which a test has to wait.
    fn isolates(self, browser: Browser) -> bool {
        match self {
            Self::TopWithHeaders | Self::TopPlain | Self::TopPrivate => true,
            Self::TopWithoutServiceWorker | Self::EmbedSandboxed => false,
            // By Document-Isolation-Policy.
            Self::EmbedPlain => browser == Browser::Chromium,
            Self::EmbedIsolated => browser != Browser::WebKit,
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
    let _servers = open(page, place).await?;
    if place.isolates(page.browser()) {
        page.until_reloaded("return crossOriginIsolated && performance.getEntriesByName('run-ready').length > 0")
            .await?;
    }
    match place {
        Place::EmbedPlain | Place::EmbedIsolated | Place::EmbedSandboxed => {
            page.session().enter_parent_frame().await?;
            page.told("a", "ready", 1).await?;
            page.click_poster("a").await?;
            page.told("a", "done", 1).await?;
            page.enter_frame("a").await?;
        }
        _ => page.click(&hook("run")).await?,
    }
    let mut names = Vec::new();
    for (engine, name) in ENGINES {
        page.find(&format!("{}, {}", chart(engine, "verdict"), chart(engine, "unavailable"))).await?;
        if page.all(&chart(engine, "verdict")).await?.is_empty() {
            continue;
        }
        page.right(engine).await?;
        let timed = page.hidden_text(&chart(engine, "provenance")).await?.contains("a timer instead");
        names.push(if timed { format!("{name} (timer)") } else { name.to_owned() });
    }
    ensure!(names.len() >= 2, "only {names:?} ran");
    Ok(names.join(", "))
}

/// Opens the demo there, and stays in its document.
async fn open(page: &Page, place: Place) -> Result<Vec<Server>> {
    let (site, isolation) = match place {
        Place::TopWithHeaders | Place::EmbedIsolated => (isolated()?, true),
        Place::TopWithoutServiceWorker => (not_isolated()?, false),
        _ => (without_headers()?, false),
    };
    let is_sandboxed = match place {
        Place::EmbedPlain | Place::EmbedIsolated => false,
        Place::EmbedSandboxed => true,
        _ => {
            page.goto(&format!("{}{ROUTE}", site.url())).await?;
            return Ok(vec![site]);
        }
    };
    let body = format!("<interleave-demo id=\"a\" {DEMO}><p>Instead</p></interleave-demo>");
    let inner = Embedding::html(&site, &format!("<script>{LISTEN}</script>"), &body);
    let frame = "<!doctype html><link rel=icon href=data:,><iframe width=900 height=900 sandbox=allow-scripts src=inner.html></iframe>";
    let pages = if is_sandboxed {
        [("index.html", frame), ("inner.html", &*inner)]
    } else {
        [("index.html", &*inner), ("inner.html", "")]
    };
    let (host, url) = site_of(&pages, isolation)?;
    // Another site, and not only another origin.
    page.goto(&url.replace("127.0.0.1", "localhost")).await?;
    if is_sandboxed {
        page.session().enter_frame(0).await?;
    }
    page.enter_frame("a").await?;
    Ok(vec![site, host])
}

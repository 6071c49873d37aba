//! Somebody else's page with demos in it, as tests handle it: what its elements tell it, and what is in their frames.

use std::rc::Rc;

use anyhow::{Context, Result};
use serde_json::Value;
use xtask::server::Server;

use crate::{Page, not_isolated, page_of};

/// Keeps what the elements of a page tell it, as `[id, event, detail]`, and what is warned of.
pub const LISTEN: &str = "window.heard = [];
    for (const name of ['ready', 'run', 'done', 'error']) {
        document.addEventListener(name, (event) => {
            if (event.target.localName === 'interleave-demo') heard.push([event.target.id, name, event.detail]);
        }, true);
    }";

/// Keeps the warnings of the window that it is evaluated in.
pub const KEEP_WARNINGS: &str =
    "window.warned = []; window.console.warn = (...what) => { window.warned.push(what.join(' ')) };";

/// A site with the demos and a page of another origin with `body` in it, which sends no header. In the text, `SITE` is
/// the site's address.
pub struct Embedding {
    /// The site with the demos.
    pub site: Rc<Server>,
}

impl Embedding {
    /// Opens the page.
    ///
    /// # Errors
    /// If it cannot be served or opened.
    pub async fn open(page: &Page, body: &str) -> Result<Self> {
        Self::with_head(page, &format!("<script>{LISTEN}</script>"), body).await
    }

    /// Opens the page with this in its head, where nothing listens.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn with_head(page: &Page, head: &str, body: &str) -> Result<Self> {
        Self::of(page, not_isolated()?, head, body).await
    }

    /// The same, with this site.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn of(page: &Page, site: Rc<Server>, head: &str, body: &str) -> Result<Self> {
        page.goto(&page_of(&Self::html(&site, head, body))?).await?;
        Ok(Self { site })
    }

    /// The text of such a page.
    pub fn html(site: &Server, head: &str, body: &str) -> String {
        let html = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Docs</title><link rel=\"icon\" href=\"data:,\">{head}\
             <script type=\"module\" src=\"SITEembed.js\"></script></head><body>{body}</body></html>"
        );
        html.replace("SITE", &site.url())
    }
}

impl Page {
    /// Has this page listen to its elements from now on.
    ///
    /// # Errors
    /// If the browser does not.
    pub async fn listen(&self) -> Result<()> {
        self.evaluate(LISTEN).await.map(drop)
    }

    /// Waits until the element `id` has told `event` so often, and gives the last's detail.
    ///
    /// # Errors
    /// If it never does.
    pub async fn told(&self, id: &str, event: &str, times: usize) -> Result<Value> {
        let script = format!("return heard.filter(([id, name]) => id === '{id}' && name === '{event}')");
        self.wait(&format!("{times} × “{event}” from {id}"), async || {
            let told = self.evaluate(&script).await?;
            let told = told.as_array().context("a list")?;
            Ok((told.len() >= times).then(|| told.last().map(|last| last[2].clone()).unwrap_or_default()))
        })
        .await
    }

    /// How often any element has told `event`.
    ///
    /// # Errors
    /// If the browser does not say.
    pub async fn count_told(&self, event: &str) -> Result<u64> {
        let count = self.evaluate(&format!("return heard.filter(([, name]) => name === '{event}').length")).await?;
        count.as_u64().context("a number")
    }

    /// Looks into the frame of an element, once it has one, until [`Self::leave_frame`].
    ///
    /// # Errors
    /// If it gets none.
    pub async fn enter_frame(&self, id: &str) -> Result<()> {
        let find = format!("return document.getElementById('{id}').shadowRoot.querySelector('iframe')");
        let frame =
            self.wait("a frame", async || Ok(self.session().execute(&find, Vec::new()).await?.element().ok())).await?;
        Ok(frame.enter_frame().await?)
    }

    /// Back to the page.
    ///
    /// # Errors
    /// If the browser does not go.
    pub async fn leave_frame(&self) -> Result<()> {
        Ok(self.session().enter_default_frame().await?)
    }

    /// Clicks the button of an element's poster, as somebody with a mouse does.
    ///
    /// # Errors
    /// If there is none.
    pub async fn click_poster(&self, id: &str) -> Result<()> {
        let find = format!("return document.getElementById('{id}').shadowRoot.querySelector('button')");
        self.wait("the poster's button", async || {
            let Ok(button) = self.session().execute(&find, Vec::new()).await?.element() else { return Ok(None) };
            Ok(button.click().await.ok())
        })
        .await
    }
}

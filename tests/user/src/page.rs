//! A page in a browser, acted on as a learner does. Elements are found by their `data-test` hooks; what is asserted is text and
//! state that a learner sees.

mod console;
mod moment;

use std::cell::RefCell;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::browser::{Browser, Driver, Visitor};
use crate::page_of;

/// How long anything that a test waits for may take: generous, since only a failing test waits so long.
const WITHIN: Duration = Duration::from_secs(20);

/// A selector for the element with this hook.
pub fn hook(name: &str) -> String {
    format!("[data-test=\"{name}\"]")
}

/// A selector for the element with this hook in the chart of an engine.
pub fn chart(engine: &str, name: &str) -> String {
    format!("{}[data-engine=\"{engine}\"] {}", hook("chart"), hook(name))
}

/// A browser with one page open.
pub struct Page {
    browser: Browser,
    driver: Driver,
    session: WebDriver,
    /// Parts of what may stand in the console.
    allowed: RefCell<Vec<&'static str>>,
}

impl Page {
    pub(crate) async fn open(browser: Browser, visitor: Visitor) -> Result<Self> {
        let (driver, session) = browser.start(visitor).await?;
        // A script may wait for a blocking run to end.
        session.set_script_timeout(WITHIN).await?;
        Ok(Self { browser, driver, session, allowed: RefCell::default() })
    }

    pub(crate) async fn close(self) {
        // The driver is ended in any case.
        let _ = self.session.quit().await;
    }

    /// The WebDriver session, for what has no shorter name here.
    pub fn session(&self) -> &WebDriver {
        &self.session
    }

    /// The browser it is open in.
    pub fn browser(&self) -> Browser {
        self.browser
    }

    /// Has Chromium do what WebDriver has no word for, by its DevTools protocol.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.session.cdp().send_raw(method, parameters).await?)
    }

    pub(crate) fn driver_id(&self) -> u32 {
        self.driver.id()
    }

    /// Opens an address anew: nothing of the page before is left, even where only the part behind `#` differs.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.session.goto("about:blank").await?;
        self.session.goto(url).await.with_context(|| format!("cannot go to {url}"))
    }

    /// Opens an address in a frame, so wide (CSS px), of a page of another origin that sends no header, and goes into the frame.
    pub async fn goto_in_frame(&self, url: &str, width_px: u32) -> Result<()> {
        let frame = format!("<iframe width={width_px} height=800 frameborder=0></iframe>");
        self.goto(&page_of(&format!("<!doctype html><link rel=icon href=data:,>{frame}"))?).await?;
        self.evaluate(&format!("document.querySelector('iframe').src = {url:?}")).await?;
        Ok(self.session.enter_frame(0).await?)
    }

    /// Waits until `selector` finds something, and gives the first.
    pub async fn find(&self, selector: &str) -> Result<WebElement> {
        self.wait(selector, async || Ok(self.session.find(By::Css(selector)).await.ok())).await
    }

    /// What the first that `selector` finds says of itself; one that is replaced meanwhile says nothing, and the next is asked.
    async fn read<T>(&self, selector: &str, asked: impl AsyncFn(WebElement) -> WebDriverResult<T>) -> Result<T> {
        self.wait(selector, async || {
            let Ok(element) = self.session.find(By::Css(selector)).await else { return Ok(None) };
            Ok(asked(element).await.ok())
        })
        .await
    }

    /// Everything that `selector` finds now.
    pub async fn all(&self, selector: &str) -> Result<Vec<WebElement>> {
        Ok(self.session.find_all(By::Css(selector)).await?)
    }

    /// Clicks the first that `selector` finds, waiting until it can be clicked.
    pub async fn click(&self, selector: &str) -> Result<()> {
        self.wait(&format!("{selector} to click"), async || {
            let Ok(element) = self.session.find(By::Css(selector)).await else { return Ok(None) };
            if !element.is_enabled().await.unwrap_or(false) {
                return Ok(None);
            }
            Ok(element.click().await.ok())
        })
        .await
    }

    /// Chooses a radio button or a box, which its label may cover.
    pub async fn choose(&self, selector: &str) -> Result<()> {
        self.wait(&format!("{selector} to choose"), async || {
            let Ok(input) = self.session.find(By::Css(selector)).await else { return Ok(None) };
            let Ok(label) = input.find(By::XPath("ancestor::label")).await else { return Ok(None) };
            let place = "arguments[0].scrollIntoView({ block: 'center' })";
            let placed = self.session.execute(place, vec![label.to_json()?]).await;
            Ok(if placed.is_ok() { label.click().await.ok() } else { None })
        })
        .await
    }

    /// Waits until the first that `selector` finds has a text other than `before`, and gives it.
    pub async fn text_other_than(&self, selector: &str, before: &str) -> Result<String> {
        self.wait(&format!("another text in {selector}"), async || {
            let Ok(element) = self.session.find(By::Css(selector)).await else { return Ok(None) };
            let text = element.text().await.unwrap_or_default();
            Ok((!text.is_empty() && text != before).then_some(text))
        })
        .await
    }

    /// The text of the first that `selector` finds.
    pub async fn text(&self, selector: &str) -> Result<String> {
        self.read(selector, async |element| element.text().await).await
    }

    /// Waits until the text of what `selector` finds contains `part`, and gives it whole.
    pub async fn text_with(&self, selector: &str, part: &str) -> Result<String> {
        self.wait(&format!("“{part}” in {selector}"), async || {
            for element in self.session.find_all(By::Css(selector)).await.unwrap_or_default() {
                let text = element.text().await.unwrap_or_default();
                if text.contains(part) {
                    return Ok(Some(text));
                }
            }
            Ok(None)
        })
        .await
    }

    /// An attribute of the first that `selector` finds.
    pub async fn attribute(&self, selector: &str, name: &str) -> Result<String> {
        let value = self.read(selector, async |element| element.attr(name).await).await?;
        value.with_context(|| format!("{selector} has no {name}"))
    }

    /// What stands in a field.
    pub async fn value(&self, selector: &str) -> Result<String> {
        Ok(self.read(selector, async |element| element.prop("value").await).await?.unwrap_or_default())
    }

    /// The text of the first that `selector` finds, even while it is folded away.
    pub async fn hidden_text(&self, selector: &str) -> Result<String> {
        Ok(self.read(selector, async |element| element.prop("textContent").await).await?.unwrap_or_default())
    }

    /// Waits until `engine` has come to its end, and gives its makespan in ms.
    pub async fn ran(&self, engine: &str) -> Result<f64> {
        self.find(&format!("{}[data-engine=\"{engine}\"][data-state=\"done\"]", hook("chart"))).await?;
        self.number(&chart(engine, "makespan"), "data-ms").await
    }

    /// An attribute that is a number.
    pub async fn number(&self, selector: &str, name: &str) -> Result<f64> {
        let text = self.attribute(selector, name).await?;
        text.parse().with_context(|| format!("{name} of {selector} is “{text}”"))
    }

    /// Replaces what stands in a field, as somebody who types does.
    pub async fn type_into(&self, selector: &str, text: &str) -> Result<()> {
        let field = self.find(selector).await?;
        field.click().await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(Key::Delete).await?;
        if !text.is_empty() {
            field.send_keys(text).await?;
        }
        Ok(())
    }

    /// Chooses the entry of a list that has this value.
    pub async fn select(&self, selector: &str, value: &str) -> Result<()> {
        self.click(&format!("{selector} option[value=\"{value}\"]")).await
    }

    /// Opens a demo by its link (`primes?engines=main`) and runs it.
    pub async fn run(&self, site: &str, link: &str) -> Result<()> {
        self.goto(&format!("{site}#/demo/{link}")).await?;
        self.click(&hook("run")).await
    }

    /// Waits until a run has done so many of nine tasks, or more.
    pub async fn until_done(&self, tasks: u32) -> Result<()> {
        let done = "/(\\d) of 9 tasks/.exec(document.querySelector('[data-test=progress]')?.textContent)?.[1]";
        self.until(&format!("return {done} >= {tasks}")).await
    }

    /// Waits for the verdict on an engine's results, which must be that they are right, and gives its words.
    pub async fn right(&self, engine: &str) -> Result<String> {
        self.ran(engine).await?;
        let words = self.text(&chart(engine, "verdict")).await?;
        ensure!(self.attribute(&chart(engine, "verdict"), "data-correct").await? == "true", "{engine}: {words}");
        Ok(words)
    }

    /// Sends keys to whatever has the focus.
    pub async fn keys(&self, keys: impl Into<thirtyfour::TypingData>) -> Result<()> {
        Ok(self.session.active_element().await?.send_keys(keys).await?)
    }

    /// Evaluates a script on the page.
    pub async fn evaluate(&self, script: &str) -> Result<Value> {
        Ok(self.session.execute(script, Vec::new()).await?.json().clone())
    }

    /// Waits until a script gives true.
    pub async fn until(&self, script: &str) -> Result<()> {
        self.wait(script, async || Ok((self.evaluate(script).await? == Value::Bool(true)).then_some(()))).await
    }

    /// As [`Self::until`], while the page may be reloaded, which a script does not outlive. An empty document does not count: where
    /// a reload isolates the page, Firefox shows one first, in the page's new process and isolated already.
    pub async fn until_reloaded(&self, script: &str) -> Result<()> {
        let script = format!("if (location.protocol === 'about:') return false; {script}");
        self.wait(&script, async || Ok(self.evaluate(&script).await.is_ok_and(|value| value == true).then_some(())))
            .await
    }

    /// Waits until `found` gives something.
    ///
    /// # Errors
    /// If it gives an error, or nothing for long.
    pub async fn wait<T>(&self, what: &str, mut found: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
        let began = Instant::now();
        loop {
            if let Some(found) = found().await? {
                return Ok(found);
            }
            if began.elapsed() > WITHIN {
                let body = self.session.find(By::Css("body")).await?.text().await.unwrap_or_default();
                bail!("waited {} s for {what}; the page says:\n{body}", WITHIN.as_secs());
            }
            // Between two looks at the condition, not instead of one.
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Reloads the page past its service worker, as somebody's hard reload does.
    pub async fn reload_hard(&self) -> Result<()> {
        match self.browser {
            Browser::Chromium => self.devtools("Page.reload", json!({ "ignoreCache": true })).await.map(drop),
            // It takes it for one, as no other browser does.
            Browser::Firefox => self.evaluate("location.reload(true)").await.map(drop),
            Browser::WebKit => bail!("WebKit's driver knows no hard reload"),
        }
    }

    /// Waits until this page's requests go to the service worker.
    pub async fn until_served(&self) -> Result<()> {
        self.until("return navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)").await
    }

    /// Leaves a picture of what the page shows beside the driver's log.
    pub async fn take_picture(&self, name: &str) {
        let path = self.driver.log.with_file_name(format!("{name}.png"));
        match self.session.screenshot(&path).await {
            Ok(()) => eprintln!("a picture of it: {}", path.display()),
            Err(error) => eprintln!("no picture of it can be taken: {error}"),
        }
    }
}

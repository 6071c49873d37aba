//! Charts on a page, as tests handle them.

use std::rc::Rc;

use anyhow::Result;
use xtask::server::Server;

use crate::{Page, chart, hook, isolated};

/// Runs so many requests, of 720 ms together, one after another and at once, and waits until the charts of both are at rest.
///
/// # Errors
/// If the run does not end.
pub async fn charts_at_rest(page: &Page, requests: u32) -> Result<Rc<Server>> {
    let server = isolated()?;
    let link = format!("nine-requests?engines=await-each,gather&requests={requests}&delay={}", 720 / requests);
    page.run(&server.url(), &link).await?;
    page.ran("gather").await?;
    page.find(&hook("tools")).await?;
    // Both charts show all of the longer run.
    page.until(
        "const all = (name, key) => [...document.querySelectorAll(`[data-test=${name}]`)].map(each => Number(each.dataset[key])); \
         const end = Math.max(...all('makespan', 'ms')); return all('plot', 'toMs').every(to => to === end)",
    )
    .await?;
    Ok(server)
}

/// Keeps what is saved in the page, and nothing in the folder for downloads.
const KEEP: &str = "window.saved = {};
    let blob;
    const make = URL.createObjectURL;
    URL.createObjectURL = (made) => { blob = made; return make.call(URL, made); };
    HTMLAnchorElement.prototype.click = function () { window.saved[this.download] = blob; };";

impl Page {
    /// Keeps what is saved from now on in `window.saved`, by the names of the files.
    pub async fn keep_saved(&self) -> Result<()> {
        self.evaluate(KEEP).await.map(drop)
    }

    /// Gives the keys to the chart of an engine.
    pub async fn focus_plot(&self, engine: &str) -> Result<()> {
        Ok(self.find(&chart(engine, "plot")).await?.focus().await?)
    }

    /// What was announced of a chart last, once it is something else than `before`.
    pub async fn said(&self, engine: &str, before: &str) -> Result<String> {
        self.wait(&format!("another announcement than “{before}”"), async || {
            let said = self.hidden_text(&chart(engine, "said")).await?;
            Ok((!said.is_empty() && said != before).then_some(said))
        })
        .await
    }

    /// The stretch that a chart shows, ms.
    pub async fn shown(&self, engine: &str) -> Result<(f64, f64)> {
        // Both at once: they change together.
        let plot = self.find(&chart(engine, "plot")).await?.to_json()?;
        let script = "const { fromMs, toMs } = arguments[0].dataset; return [Number(fromMs), Number(toMs)]";
        Ok(self.session().execute(script, vec![plot]).await?.convert()?)
    }

    /// Waits until a chart shows another stretch than `before`, ms, and gives it.
    pub async fn shown_other_than(&self, engine: &str, before: (f64, f64)) -> Result<(f64, f64)> {
        self.wait(&format!("another stretch than {before:?}"), async || {
            let shown = self.shown(engine).await?;
            Ok((shown != before).then_some(shown))
        })
        .await
    }

    /// Brings the first that `selector` finds to the middle of the window, and gives its own middle there, CSS px. WebDriver's idea of
    /// an element's middle is that of the part in view.
    pub async fn middle(&self, selector: &str) -> Result<(i64, i64)> {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' }); \
                      const box = arguments[0].getBoundingClientRect(); \
                      return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)]";
        let element = self.find(selector).await?;
        let place = self.session().execute(script, vec![element.to_json()?]).await?;
        Ok(place.convert()?)
    }
}

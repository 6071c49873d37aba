//! What a page shows only for a moment, which no look from outside may meet: it is noted in the page itself.

use anyhow::Result;

use super::Page;

impl Page {
    /// Has the page note when a script gives true, even if only for a moment that no look from outside may meet; [`Self::noted`] waits for it.
    pub async fn note(&self, name: &str, script: &str) -> Result<()> {
        let watch = format!(
            "window.noted ??= {{}}; delete noted.{name};
             const watch = new MutationObserver(() => {{
               if (!(() => {{ {script} }})()) return;
               noted.{name} = true;
               watch.disconnect();
             }});
             watch.observe(document.body, {{ subtree: true, childList: true, attributes: true, characterData: true }});"
        );
        self.evaluate(&watch).await.map(drop)
    }

    /// Waits until what [`Self::note`] was told to look for has been.
    pub async fn noted(&self, name: &str) -> Result<()> {
        self.until(&format!("return window.noted.{name} === true")).await
    }
}

//! What a page shows only for a moment, which no look from outside may meet: it is noted in the page itself.

use anyhow::Result;

use super::Page;

impl Page {
    /// Has the page note at each of its changes from now on whether a script gives true, until it does; [`Self::noted`] waits for that.
    pub async fn note(&self, name: &str, script: &str) -> Result<()> {
        let watch = format!(
            "window.watches ??= {{}}; watches.{name}?.disconnect();
             const watch = watches.{name} = new MutationObserver(() => {{
               if (!(() => {{ {script} }})()) return;
               watch.found = true;
               watch.disconnect();
             }});
             watch.observe(document.body, {{ subtree: true, childList: true, attributes: true, characterData: true }});"
        );
        self.evaluate(&watch).await.map(drop)
    }

    /// Waits until what [`Self::note`] was told to look for has been.
    pub async fn noted(&self, name: &str) -> Result<()> {
        self.until(&format!("return watches.{name}.found === true")).await
    }
}

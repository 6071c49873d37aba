//! A viewer of traces, ours or another, given a file and handled as a person does: how long it takes to show the file, how evenly it
//! follows a wheel, and how much memory it needs. It knows of a viewer only what [`Viewer`] says.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::Page;

/// What has to be known of a viewer.
#[derive(Clone, Copy, Debug)]
pub struct Viewer {
    /// What stands before the names of its measurements.
    pub name: &'static str,
    /// Where in its site it takes a file: what follows the site's address.
    pub route: &'static str,
    /// A selector for the `<input type=file>` that takes one.
    pub input: &'static str,
    /// A script that gives true when the file is shown.
    pub is_drawn: &'static str,
    /// A selector for what is drawn on; gestures are made over its middle.
    pub canvas: &'static str,
}

/// What was measured.
#[derive(Clone, Debug)]
pub struct Handled {
    /// From the choice of the file to its picture, ms.
    pub open_ms: f64,
    /// From frame to frame while it was handled, ms.
    pub frames_ms: Vec<f64>,
    /// The most that the page's process ever had in memory, and what it had in the end, MB.
    pub most_mb: f64,
    /// What it had in the end, MB.
    pub rest_mb: f64,
}

/// How long a viewer may take to show a file.
const WITHIN: Duration = Duration::from_secs(60);
/// Between two looks at the memory.
const LOOK: Duration = Duration::from_millis(100);

/// Notes when a file was chosen and when it was shown; the frame in which it is drawn first has come to its end by then.
const WATCH: &str = r#"
    const isDrawn = () => { IS_DRAWN };
    document.querySelector(arguments[0]).addEventListener("change", () => {
        const chosen = performance.now();
        const look = () => {
            if (!isDrawn()) return requestAnimationFrame(look);
            requestAnimationFrame(() => setTimeout(() => { window.openMs = performance.now() - chosen; }));
        };
        requestAnimationFrame(look);
    }, { capture: true });
"#;

/// One wheel event a frame for five seconds: closer, along, back out, along, again and again. Between two kinds there is a pause of a
/// few frames, as some viewers take what follows at once for more of the same; frames in which nothing is done do not count.
const HANDLE: &str = r#"
    const canvas = document.querySelector(arguments[0]);
    canvas.scrollIntoView({ block: "center" });
    const area = canvas.getBoundingClientRect();
    const x = area.left + area.width / 2, y = area.top + area.height / 2;
    const target = document.elementFromPoint(x, y);
    const kinds = [{ deltaY: -8, ctrlKey: true }, { deltaX: 24 }, { deltaY: 8, ctrlKey: true }, { deltaX: -24 }];
    const PART = 40, PAUSE = 8, frames = [];
    let number = 0, lastMs = null, began = null;
    window.framesMs = null;
    target.closest("[tabindex]")?.focus();
    target.dispatchEvent(new MouseEvent("mousemove", { clientX: x, clientY: y, bubbles: true }));
    const frame = (nowMs) => {
        began ??= nowMs;
        if (lastMs !== null) frames.push(nowMs - lastMs);
        if (nowMs - began > 5000) { window.framesMs = frames; return; }
        const at = number++ % (PART + PAUSE);
        const kind = kinds[Math.floor((number - 1) / (PART + PAUSE)) % kinds.length];
        lastMs = at < PART ? nowMs : null;
        if (at < PART) {
            const wheel = { ...kind, clientX: x, clientY: y, bubbles: true, cancelable: true };
            target.dispatchEvent(new WheelEvent("wheel", wheel));
        }
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
"#;

impl Viewer {
    /// Opens the viewer in the site at `url`, gives it `file` and handles it.
    ///
    /// # Errors
    /// If it does not show the file.
    pub async fn measure(&self, page: &Page, url: &str, file: &Path) -> Result<Handled> {
        page.goto(&format!("{url}{}", self.route)).await?;
        let input = page.find(self.input).await?;
        let watch = WATCH.replace("IS_DRAWN", self.is_drawn);
        page.session().execute(&watch, vec![self.input.into()]).await?;
        let file = file.to_str().context("the file's name is no text")?;
        input.send_keys(file).await?;
        let mut most_mb = 0_f64;
        let open = self.until(page, "return window.openMs ?? null", &mut most_mb).await?;
        let open_ms = open.as_f64().context("a time is a number")?;
        page.session().execute(HANDLE, vec![self.canvas.into()]).await?;
        let frames = self.until(page, "return window.framesMs", &mut most_mb).await?;
        let frames_ms: Vec<f64> = frames.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        ensure!(!frames_ms.is_empty(), "{} drew no frame", self.name);
        Ok(Handled { open_ms, frames_ms, most_mb, rest_mb: page.memory_mb()? })
    }

    /// Waits until `script` gives something, with a look at the memory now and then.
    async fn until(&self, page: &Page, script: &str, most_mb: &mut f64) -> Result<Value> {
        let began = std::time::Instant::now();
        loop {
            *most_mb = most_mb.max(page.memory_mb()?);
            // A page that is busy answers when it no longer is, so memory is looked at meanwhile.
            let mut answer = std::pin::pin!(page.evaluate(script));
            let value = loop {
                match tokio::time::timeout(LOOK, &mut answer).await {
                    Ok(value) => break value?,
                    Err(_) => *most_mb = most_mb.max(page.memory_mb()?),
                }
            };
            if !value.is_null() {
                return Ok(value);
            }
            ensure!(began.elapsed() < WITHIN, "{} does not come to an end", self.name);
            tokio::time::sleep(LOOK).await;
        }
    }
}

//! Tasks: missed as the demo opens, and done by their solution.

use anyhow::{Result, anyhow, bail, ensure};
use interleave::demo::Setup;
use interleave::lesson::{DemoBlock, Task};
use xtask::lessons::{is_done_on, solution};

use super::demo::{cores, run};
use super::spare::cores_to_spare;
use super::{of, shows};
use crate::{Page, hook};

/// So many runs of the solution may be made: conditions have no tolerance, and the machine has other things to do.
const TRIES: usize = 5;

/// The demo has run as it opens, which is missed and replied to; now runs the solution.
pub async fn play(page: &Page, demo: &DemoBlock, task: &Task) -> Result<()> {
    let this = format!("{}[data-task=\"{}\"]", hook("task"), task.id);
    let conditions = format!("{this} {}", hook("condition"));
    page.find(&this).await?;
    ensure!(page.all(&conditions).await?.len() == task.conditions.len(), "not all conditions are shown");
    let reply = format!("{this} {}", hook("task-reply"));
    // A machine that is busy may do it by chance while claims are tried again; from then on nothing is said of what is missing.
    if page.attribute(&this, "data-done").await? == "false" {
        page.find(&reply).await?;
        let first = format!("{conditions}[data-state=\"missed\"]");
        let words = page.text(&first).await?;
        let missed = task.conditions.iter().find(|condition| words.contains(&condition.claim.words()));
        let missed = missed.ok_or_else(|| anyhow!("“{words}” is no condition"))?;
        let came = page.text(&format!("{first} {}", hook("came"))).await?;
        // What cannot be judged, as two engines where one is asked for, has no reply of the author’s: it is said why.
        if !page.hidden_text(&reply).await?.contains(&came) {
            shows(page, &reply, &missed.reply_html).await?;
        }
    }
    if let Err(why) = is_done_on(demo, task, cores()) {
        eprintln!("the solution is skipped on this machine with {} cores: {}: {why}", cores(), task.id);
        return Ok(());
    }
    let solved = solution(demo, task).map_err(|why| anyhow!(why))?;
    set_up(page, demo, task, &solved).await?;
    for _ in 0..TRIES {
        cores_to_spare().await;
        run(page, &demo.id, &solved.engines).await?;
        if page.attribute(&this, "data-done").await? == "true" {
            page.find(&format!("{this} {}", hook("task-done"))).await?;
            return Ok(());
        }
        page.find(&reply).await?;
    }
    bail!("{TRIES} runs of the solution do not do it: {}", page.hidden_text(&this).await?)
}

/// Ticks the engines and fills in the fields that the solution names.
async fn set_up(page: &Page, demo: &DemoBlock, task: &Task, solved: &Setup) -> Result<()> {
    let folded = page.find(&of(&demo.id, "folded")).await?;
    page.session().execute("arguments[0].open = true", vec![folded.to_json()?]).await?;
    // Those that are wanted first: a demo without an engine has no fields.
    for wanted in [true, false] {
        for choice in page.all(&of(&demo.id, "engine-choice")).await? {
            let key = choice.attr("data-engine").await?.unwrap_or_default();
            let is_wanted = solved.engines.iter().any(|engine| engine.key() == key);
            if is_wanted == wanted && choice.is_selected().await? != wanted {
                page.choose(&format!("{}[data-engine=\"{key}\"]", of(&demo.id, "engine-choice"))).await?;
            }
        }
    }
    for (key, value) in task.solution.split('&').filter_map(|pair| pair.split_once('=')) {
        let field = of(&demo.id, &format!("param-{key}"));
        match key {
            "engines" => {}
            "plan" => {
                let script = "const [field, text] = arguments; field.value = text; \
                              field.dispatchEvent(new Event('input', { bubbles: true }))";
                let editor = page.find(&of(&demo.id, "plan")).await?.to_json()?;
                page.session().execute(script, vec![editor, solved.values.plan_text().into()]).await?;
            }
            _ if page.find(&field).await?.tag_name().await? == "select" => page.select(&field, value).await?,
            _ => page.type_into(&field, value).await?,
        }
    }
    Ok(())
}

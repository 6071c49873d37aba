//! Plays a lesson as a learner does who tries everything. What there is to do, its compiled file says; what is checked is what the page
//! then shows. A kind of question, or a way to predict, is one function.

mod demo;
mod prediction;
mod spare;
mod task;

use anyhow::{Context, Result, ensure};
use interleave::lesson::{Block, Step};

use crate::{Page, hook, isolated, questions};

/// What is played of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its questions.
    Answers,
    /// Its predictions, demos and tasks.
    Runs,
}

/// Plays a part of the lesson with this id; `rightly`: predicts what its author expects, and else something else.
///
/// # Errors
/// What is not as its compiled file says, with the step and the block.
pub async fn play_lesson(page: &Page, id: &str, part: Part, rightly: bool) -> Result<()> {
    let server = isolated()?;
    let lesson = questions::lesson(id)?;
    for (number, step) in (1..).zip(&lesson.steps) {
        let (site, address) = (server.url(), format!("{}#/lesson/{id}/{number}", server.url()));
        open(page, &address, step).await?;
        let played = match part {
            Part::Answers => answer(page, step, async || questions::open_afresh(page, &site, id, number).await).await,
            Part::Runs => run(page, step, rightly).await,
        };
        played.with_context(|| format!("in step {number} ({})", step.id))?;
    }
    // Some requests fail on purpose, and browsers write that to their console.
    let errors: Vec<_> = page.take_errors().await?.into_iter().filter(|error| !error.contains("status=503")).collect();
    ensure!(errors.is_empty(), "the console shows errors:\n{}", errors.join("\n"));
    Ok(())
}

async fn answer(page: &Page, step: &Step, afresh: impl AsyncFn() -> Result<()>) -> Result<()> {
    for block in &step.blocks {
        if let Block::Question(of) = block {
            questions::play(page, of, &afresh).await?;
        }
    }
    Ok(())
}

/// Runs each demo, and then does its tasks, which begin with what the demo came to as it opens.
async fn run(page: &Page, step: &Step, rightly: bool) -> Result<()> {
    for block in &step.blocks {
        let Block::Demo(of) = block else { continue };
        let played = demo::play(page, of, step.prediction_of(&of.id), rightly);
        played.await.with_context(|| format!("demo {}", of.id))?;
        for task in step.tasks_of(&of.id) {
            task::play(page, of, task).await.with_context(|| format!("task {}", task.id))?;
        }
    }
    Ok(())
}

/// Opens the step anew: nothing has run in it.
async fn open(page: &Page, address: &str, step: &Step) -> Result<()> {
    page.goto(address).await?;
    page.find(&format!("{}[data-step=\"{}\"]", hook("step"), step.id)).await.map(drop)
}

/// A selector for what has this hook within the demo block with this id.
fn of(block: &str, name: &str) -> String {
    format!("[data-block=\"{block}\"] {}", hook(name))
}

/// Waits until what `selector` finds shows `html`, be it folded away: its words, in its order.
async fn shows(page: &Page, selector: &str, html: &str) -> Result<()> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = words(&text_of(html));
    page.wait(&format!("“{wanted}” in {selector}"), async || {
        Ok(words(&page.hidden_text(selector).await?).contains(&wanted).then_some(()))
    })
    .await
}

/// The text of HTML that the lessons' compiler has written: without tags, and with the characters that it escapes.
fn text_of(html: &str) -> String {
    let parts = html.split('<').enumerate();
    let text: String = parts
        .map(|(index, part)| if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
        .collect();
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(text, |text, (escaped, character)| text.replace(escaped, character))
}

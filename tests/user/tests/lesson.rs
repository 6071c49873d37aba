//! The first lesson, played as a learner does: predict, run, compare, answer; wrong answers and a second visit included.

use anyhow::{Result, ensure};
use user_tests::{Page, chart, hook, in_both_browsers, isolated};

in_both_browsers!(
    a_prediction_comes_before_the_run_and_is_judged_by_it,
    a_replay_marks_the_lines_at_which_tasks_stand,
    every_wrong_answer_has_a_reply_of_its_own,
    every_step_of_the_lesson_can_be_reached_in_order,
    progress_is_kept_and_can_be_forgotten,
);

async fn a_prediction_comes_before_the_run_and_is_judged_by_it(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/three-ways/2", server.url())).await?;
    page.find(&hook("prediction")).await?;
    ensure!(!page.find(&hook("run")).await?.is_enabled().await?, "the run is held back");
    ensure!(!page.find(&hook("predict")).await?.is_enabled().await?, "nothing has been predicted yet");
    page.choose(&hook("predict-first-await-each")).await?;
    page.choose(&hook("predict-ratio-3")).await?;
    page.click(&hook("predict")).await?;
    page.text_with(&hook("prediction-made"), "one after another").await?;
    page.until("return document.activeElement.dataset.test === 'prediction-made'").await?;
    page.click(&hook("run")).await?;
    let says = page.text_with(&hook("judgement"), "You expected").await?;
    ensure!(says.contains("“Event loop, all at once” did"), "{says}");
    ensure!(page.attribute(&hook("judgement"), "data-right").await? == "false");
    Ok(())
}

/// A selector for a line of an engine's program at which so many tasks stand.
fn standing(engine: &str, line: u32, tasks: u32) -> String {
    format!("{}[data-line=\"{line}\"][data-tasks=\"{tasks}\"]", chart(engine, "line"))
}

async fn a_replay_marks_the_lines_at_which_tasks_stand(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/three-ways/3", server.url())).await?;
    page.click(&hook("run")).await?;
    let mut end_ms: f64 = 0.0;
    for engine in ["main", "await-each", "gather"] {
        end_ms = end_ms.max(page.ran(engine).await?);
        page.click(&format!("{} summary", chart(engine, "program"))).await?;
    }
    let slider = page.find(&hook("scrub")).await?;
    page.until(&format!("return document.querySelector('{}').dataset.toMs === '{end_ms}'", hook("plot"))).await?;
    ensure!(page.all("[data-tasks]").await?.is_empty(), "the replay rests at the end");

    // Of the axis' thousandths that which is so many ms after the start.
    let scrub = "const [slider, ms, end] = arguments; slider.value = Math.round(ms / end * 1000); \
                 slider.dispatchEvent(new Event('input', { bubbles: true }))";
    let scrub_to = async |ms: f64| {
        let arguments = vec![slider.to_json()?, ms.into(), end_ms.into()];
        anyhow::Ok(page.session().execute(scrub, arguments).await.map(|_| ())?)
    };
    // Requests are answered after 300 ms: nobody has an answer yet.
    scrub_to(150.0).await?;
    page.find(&standing("gather", 2, 9)).await?;
    page.find(&standing("await-each", 7, 1)).await?;
    page.find(&standing("main", 7, 1)).await?;
    let said = page.hidden_text(&chart("gather", "standing")).await?;
    ensure!(said.starts_with("Line 2, waiting for I/O: request 1, ") && said.ends_with("request 9."), "{said}");

    // The task that is selected in a chart stands out in its program, and there alone.
    page.focus_plot("gather").await?;
    page.keys(thirtyfour::Key::Enter).await?;
    page.find(&format!("{}[data-chosen]", standing("gather", 2, 9))).await?;
    ensure!(page.all(&format!("{}[data-chosen]", hook("line"))).await?.len() == 1);

    scrub_to(1_000.0).await?;
    page.find(&standing("await-each", 7, 1)).await?;
    page.until(&format!("return !document.querySelector('{}')", standing("gather", 2, 9))).await?;
    slider.focus().await?;
    page.keys(thirtyfour::Key::End).await?;
    page.until("return !document.querySelector('[data-tasks]')").await
}

async fn every_wrong_answer_has_a_reply_of_its_own(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/three-ways/4", server.url())).await?;
    page.find(&hook("question")).await?;
    for question in page.all(&hook("question")).await? {
        let id = question.attr("data-question").await?.unwrap_or_default();
        let this = format!("[data-question=\"{id}\"]");
        let options = page.all(&format!("{this} input")).await?.len();
        let (mut replies, mut right) = (Vec::<String>::new(), 0);
        for index in 0..options {
            page.choose(&format!("{this} .option:nth-of-type({}) input", index + 1)).await?;
            let reply = format!("{this} {}", hook("reply"));
            // The reply to the option before is replaced by another.
            let before = replies.last().cloned().unwrap_or_default();
            let text = page.text_other_than(&reply, &before).await?;
            right += u32::from(page.attribute(&reply, "data-correct").await? == "true");
            ensure!(!replies.contains(&text), "{id}: two answers get the same reply: {text}");
            replies.push(text);
        }
        ensure!(right == 1, "{id}: one answer is right, not {right}");
    }
    Ok(())
}

async fn every_step_of_the_lesson_can_be_reached_in_order(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.click(&format!("{} a", hook("path-item"))).await?;
    page.find(&hook("lesson")).await?;
    let steps = page.all(".steps-nav a").await?.len();
    for number in 2..=steps {
        page.click(&hook("next-step")).await?;
        page.until(&format!("return location.hash === '#/lesson/three-ways/{number}'")).await?;
        page.find(&format!(".steps-nav li:nth-child({number}) a[aria-current=\"step\"]")).await?;
        let title = page.text(&format!(".steps-nav li:nth-child({number})")).await?;
        page.text_with("#step-title", &title).await?;
    }
    page.session().back().await?;
    page.until(&format!("return location.hash === '#/lesson/three-ways/{}'", steps - 1)).await?;
    page.find(&hook("next-step")).await?;
    Ok(())
}

async fn progress_is_kept_and_can_be_forgotten(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/three-ways/4", server.url())).await?;
    page.choose(&format!("{} .option:nth-of-type(1) input", hook("question"))).await?;
    page.find(&hook("reply")).await?;
    page.session().refresh().await?;
    page.find(&hook("reply")).await?;
    page.goto(&format!("{}#/lessons", server.url())).await?;
    page.text_with(&hook("path-item"), "at step 4").await?;
    page.click(&hook("forget")).await?;
    page.click(&hook("forget-now")).await?;
    page.text_with(&hook("forgotten"), "forgotten").await?;
    page.until("return document.activeElement.classList.contains('forget')").await?;
    page.text_with(&hook("path-item"), "6 steps").await?;
    Ok(())
}

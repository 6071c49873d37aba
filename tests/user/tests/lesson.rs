//! What is alike in all lessons, as a learner does it: replay with the program, go from step to step, come back. Predictions are made in
//! `predict`, questions answered in `questions`; every lesson is played in `lessons`.

use anyhow::{Result, ensure};
use user_tests::{Page, chart, hook, in_both_browsers, isolated};

in_both_browsers!(
    beside others:
    a_replay_marks_the_lines_at_which_tasks_stand,
    every_step_of_the_lesson_can_be_reached_in_order,
    progress_is_kept_and_can_be_forgotten,
);

/// A selector for a line of an engine's program at which so many tasks stand.
fn standing(engine: &str, line: u32, tasks: u32) -> String {
    format!("{}[data-line=\"{line}\"][data-tasks=\"{tasks}\"]", chart(engine, "line"))
}

async fn a_replay_marks_the_lines_at_which_tasks_stand(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/event-loop/3", server.url())).await?;
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

async fn every_step_of_the_lesson_can_be_reached_in_order(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.click(&format!("{} a", hook("path-item"))).await?;
    page.find(&hook("lesson")).await?;
    let steps = page.all(".steps-nav a").await?.len();
    for number in 2..=steps {
        // What comes yet pushes the link down.
        page.find(&format!("{}:not([aria-busy])", hook("step"))).await?;
        page.click(&hook("next-step")).await?;
        page.until(&format!("return location.hash === '#/lesson/one-cook/{number}'")).await?;
        page.find(&format!(".steps-nav li:nth-child({number}) a[aria-current=\"step\"]")).await?;
        let title = page.text(&format!(".steps-nav li:nth-child({number})")).await?;
        page.text_with("#step-title", &title).await?;
    }
    page.session().back().await?;
    page.until(&format!("return location.hash === '#/lesson/one-cook/{}'", steps - 1)).await?;
    page.find(&hook("next-step")).await?;
    Ok(())
}

async fn progress_is_kept_and_can_be_forgotten(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/event-loop/4", server.url())).await?;
    page.choose(&format!("{} .option:nth-of-type(1) input", hook("question"))).await?;
    page.click(&hook("answer")).await?;
    page.find(&hook("reply")).await?;
    page.session().refresh().await?;
    page.find(&hook("reply")).await?;
    page.goto(&format!("{}#/lessons", server.url())).await?;
    let item = format!("{}:nth-child(4)", hook("path-item"));
    page.text_with(&item, "at step 4").await?;
    page.click(&hook("forget")).await?;
    page.click(&hook("forget-now")).await?;
    page.text_with(&hook("forgotten"), "forgotten").await?;
    page.until("return document.activeElement.classList.contains('forget')").await?;
    page.text_with(&item, "9 steps").await?;
    Ok(())
}

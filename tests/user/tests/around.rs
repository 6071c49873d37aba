//! Around the lessons: terms explained where they stand, the glossary, search, progress as a file, the page for teachers, presenting.

use std::io::Write;

use anyhow::{Context, Result, ensure};
use thirtyfour::Key;
use user_tests::{Page, file, hook, in_both_browsers, isolated, questions};

in_both_browsers!(
    beside others:
    a_term_is_explained_under_the_pointer_and_at_the_keyboard,
    the_glossary_is_filtered_and_a_link_marks_its_term,
    search_finds_as_one_types_and_goes_by_keys_alone,
    progress_goes_out_as_a_file_and_comes_in_from_one,
    a_bad_file_changes_nothing,
    a_step_has_an_address_by_its_id,
    a_lesson_is_presented_by_keys,
    teachers_see_points_demos_and_mistakes,
);

/// Whether the definition is to be seen.
fn shown(is: bool) -> String {
    format!("return (document.querySelector('{}')?.hidden === false) === {is}", hook("definition"))
}

/// Has a pointer do this and that, one right after another: drivers move none that would be as quick.
async fn point(page: &Page, events: &[(&str, &str)]) -> Result<()> {
    for (selector, event) in events {
        page.find(selector).await?;
        ensure!(event.starts_with("mouse"));
    }
    let script = events.iter().map(|(selector, event)| {
        format!("document.querySelector('{selector}').dispatchEvent(new MouseEvent('{event}', {{ bubbles: true }}));")
    });
    page.evaluate(&script.collect::<String>()).await?;
    Ok(())
}

async fn a_term_is_explained_under_the_pointer_and_at_the_keyboard(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/event-loop/1", server.url())).await?;
    let term = page.find("a.term").await?;
    let fetched =
        "performance.getEntriesByType('resource').filter(({ name }) => name.includes('lessons/glossary.json')).length";
    ensure!(page.evaluate(&format!("return {fetched}")).await? == 0, "nobody has asked for a definition yet");
    page.evaluate("document.querySelector('a.term').focus()").await?;
    page.until(&shown(true)).await?;
    let said = page.text(&hook("definition")).await?;
    ensure!(said.len() > 40, "{said}");
    let described = term.attr("aria-describedby").await?.unwrap_or_default();
    ensure!(
        page.evaluate(&format!("return document.getElementById('{described}').textContent")).await? == said.as_str()
    );
    page.keys(Key::Escape).await?;
    page.until(&shown(false)).await?;
    ensure!(term.attr("aria-describedby").await?.is_none());

    // From the term to its definition, where it stays: a timer that is due after the page's own says that this was not in time.
    let definition = hook("definition");
    point(page, &[("a.term", "mouseover")]).await?;
    page.until(&shown(true)).await?;
    point(page, &[("a.term", "mouseout"), (&definition, "mouseover")]).await?;
    page.evaluate("window.later = false; setTimeout(() => { window.later = true }, 600)").await?;
    page.until("return window.later").await?;
    page.until(&shown(true)).await?;
    point(page, &[(&definition, "mouseout")]).await?;
    page.until(&shown(false)).await?;
    ensure!(page.evaluate(&format!("return {fetched}")).await? == 1, "it is fetched once");
    Ok(())
}

async fn the_glossary_is_filtered_and_a_link_marks_its_term(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/glossary", server.url())).await?;
    page.text_with(&hook("glossary-count"), "terms").await?;
    let all = page.all(&hook("term")).await?.len();
    ensure!(all >= 60, "{all} terms");
    page.type_into(&hook("glossary-filter"), "mutex").await?;
    page.text_with(&hook("glossary-count"), "1 of").await?;
    page.text_with(&hook("term"), "Lock").await?;
    page.type_into(&hook("glossary-filter"), "no such thing").await?;
    page.text_with(&hook("nothing"), "no such thing").await?;
    page.goto(&format!("{}#/glossary/semaphore", server.url())).await?;
    page.text_with("[aria-current=true]", "Semaphore").await?;
    page.until("return document.activeElement.id === 'term-semaphore' && document.activeElement.getBoundingClientRect().top < innerHeight").await?;
    // A link within a definition goes to the next.
    page.click("#term-semaphore .prose a").await?;
    page.until("return document.activeElement.id === 'term-lock'").await?;
    page.goto(&format!("{}#/glossary/nothing", server.url())).await?;
    page.text_with(&hook("no-term"), "nothing").await?;
    Ok(())
}

async fn search_finds_as_one_types_and_goes_by_keys_alone(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.find(&hook("path-item")).await?;
    page.keys(Key::Control + "k").await?;
    page.until("return document.activeElement.id === 'search-field'").await?;
    page.keys("deadl").await?;
    page.text_with(&hook("result"), "Deadlock").await?;
    page.text_with(&hook("search-count"), "place").await?;
    ensure!(page.text(&format!("{} mark", hook("result"))).await? == "Deadl", "what was asked for is marked");
    page.until("return location.hash === '#/search?q=deadl'").await?;
    page.keys(" qqq/").await?;
    page.text_with(&hook("nothing"), "deadl qqq/").await?;
    // The address brings it back.
    page.goto(&format!("{}#/search?q=AWAIT+loop", server.url())).await?;
    page.find(&hook("result")).await?;
    page.until("return document.activeElement.id === 'search-field'").await?;
    page.keys(Key::Down).await?;
    page.until("return document.activeElement.dataset.index === '0'").await?;
    page.keys(Key::Down).await?;
    page.until("return document.activeElement.dataset.index === '1'").await?;
    page.keys(Key::Up).await?;
    page.keys(Key::Up).await?;
    page.until("return document.activeElement.id === 'search-field'").await?;
    page.keys(Key::Enter).await?;
    page.until("return !location.hash.startsWith('#/search')").await
}

/// A progress with one answer, as its file.
const SAVED: &str = r#"{"version":1,"lessons":{"event-loop":{"last_step":"run","answers":{"why":{"hash":"1","given":{"choice":"a"},"correct":true,"tries":1}},"predictions":{},"tasks":{}}}}"#;

async fn progress_goes_out_as_a_file_and_comes_in_from_one(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lessons", server.url())).await?;
    page.find(&format!("{}:disabled", hook("progress-save"))).await?;
    let saved = file("progress.json", |out| out.write_all(SAVED.as_bytes()))?;
    let choose = async || {
        page.find(&hook("progress-open"))
            .await?
            .send_keys(saved.display().to_string())
            .await
            .map_err(anyhow::Error::from)
    };
    choose().await?;
    page.text_with(&hook("progress-file"), "progress.json has 1 answer, 0 predictions and 0 tasks in 1 lesson").await?;
    ensure!(page.all(&hook("progress-replace")).await?.is_empty(), "there is nothing to be replaced");
    page.click(&hook("progress-merge")).await?;
    page.text_with(&hook("progress-done"), "added").await?;
    page.text_with(&format!("{}:nth-child(4)", hook("path-item")), "at step 2").await?;
    page.until("return document.activeElement.classList.contains('progress-file')").await?;

    // What is answered now is added to, and then replaced.
    page.goto(&format!("{}#/lesson/event-loop/4", server.url())).await?;
    let lesson = questions::lesson("event-loop")?;
    let question = questions::questions_of(&lesson).find(|(step, _)| *step == 4);
    let (_, question) = question.context("there is a question in the fourth step")?;
    questions::answer(page, question, &questions::right(question)).await?;
    page.goto(&format!("{}#/lessons", server.url())).await?;
    page.text_with(&hook("standing"), "1 of").await?;
    choose().await?;
    page.text_with(&hook("progress-file"), "This browser has 2 answers").await?;
    page.click(&hook("progress-merge")).await?;
    page.text_with(&hook("standing"), "1 of").await?;
    choose().await?;
    page.click(&hook("progress-replace")).await?;
    page.text_with(&hook("progress-done"), "replaced").await?;
    page.until(&format!("return !document.querySelector('{}')", hook("standing"))).await?;

    // What goes out is what came in.
    page.evaluate("const made = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text }); return made(blob) }").await?;
    page.click(&hook("progress-save")).await?;
    page.text_with(&hook("progress-done"), "Saved as interleave-progress.json").await?;
    page.until("return window.saved !== undefined").await?;
    let out: serde_json::Value =
        serde_json::from_str(page.evaluate("return window.saved").await?.as_str().unwrap_or_default())?;
    ensure!(out == serde_json::from_str::<serde_json::Value>(SAVED)?, "{out}");
    Ok(())
}

async fn a_bad_file_changes_nothing(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/event-loop/2", server.url())).await?;
    page.find(&hook("lesson")).await?;
    let kept = "return localStorage.getItem('interleave.progress')";
    page.until("return localStorage.getItem('interleave.progress') !== null").await?;
    let before = page.evaluate(kept).await?;
    page.goto(&format!("{}#/lessons", server.url())).await?;
    for (name, text, why) in [
        ("broken.json", "{\"version\":1,", "it is not JSON"),
        ("trace.json", "{\"traceEvents\":[]}", "it is no progress of Interleave"),
        ("newer.json", "{\"version\":7,\"lessons\":{\"a\":{\"last_step\":\"b\"}}}", "it is of version 7"),
        ("empty.json", "{\"version\":1,\"lessons\":{}}", "nothing was done in it"),
    ] {
        let path = file(name, |out| out.write_all(text.as_bytes()))?;
        page.find(&hook("progress-open")).await?.send_keys(path.display().to_string()).await?;
        let said = page.text_with(&hook("progress-refused"), name).await?;
        ensure!(said.contains(why) && said.contains("nothing has changed"), "{said}");
        ensure!(page.evaluate(kept).await? == before);
    }
    Ok(())
}

async fn a_step_has_an_address_by_its_id(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/event-loop/run", server.url())).await?;
    page.find("[data-step=run]").await?;
    page.find(".steps-nav li:nth-child(2) a[aria-current=step]").await?;
    page.goto(&format!("{}#/lesson/event-loop/nothing", server.url())).await?;
    page.text_with("h1", "There is no such page").await?;
    Ok(())
}

async fn a_lesson_is_presented_by_keys(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/event-loop/1", server.url())).await?;
    let large = "parseFloat(getComputedStyle(document.documentElement).fontSize)";
    let usual = page.evaluate(&format!("return {large}")).await?;
    page.click(&hook("present")).await?;
    page.find(&hook("presenter")).await?;
    page.until(&format!("return {large} > {usual} && document.querySelector('.site-header').offsetHeight === 0"))
        .await?;
    page.keys(Key::Right).await?;
    page.until("return location.hash === '#/lesson/event-loop/2?present'").await?;
    page.find("[data-step=run]").await?;
    page.keys(Key::Left).await?;
    page.until("return location.hash === '#/lesson/event-loop/1?present'").await?;
    // There is none before the first.
    page.find("[data-step=nine-in-a-row]:not([aria-busy])").await?;
    page.keys(Key::PageUp).await?;
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)").await?;
    page.until("return scrollY + innerHeight >= document.documentElement.scrollHeight - 2").await?;
    page.keys(Key::PageDown).await?;
    page.until("return location.hash === '#/lesson/event-loop/2?present'").await?;
    page.find("[data-step=run]").await?;
    page.keys(Key::Escape).await?;
    page.until("return location.hash === '#/lesson/event-loop/2'").await?;
    page.find(&hook("present")).await?;
    page.until("return document.querySelector('.site-header').offsetHeight > 0").await
}

async fn teachers_see_points_demos_and_mistakes(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/teachers", server.url())).await?;
    page.find(&format!("{} tbody tr", hook("points"))).await?;
    let lessons = page.all(&hook("lesson-guide")).await?.len();
    ensure!(lessons >= 1);
    for summary in page.all(&format!("{} summary", hook("lesson-guide"))).await? {
        summary.click().await?;
    }
    page.text_with(&hook("lesson-guide"), "Count the primes").await?;
    page.text_with(".mistakes", "less than").await?;
    Ok(())
}

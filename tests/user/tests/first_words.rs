//! What stands on the page before the app does, or when it cannot start: the words of home or of a lesson, and those of the app itself.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde_json::Value;
use user_tests::deployed::copy_of_dist;
use user_tests::{Page, hook, in_both_browsers, isolated, serve};
use xtask::server::Options;

in_both_browsers!(
    beside others: the_words_of_a_lesson_can_be_read_when_the_app_cannot_start,
    the_first_words_of_home_are_those_of_the_app,
);

/// Headings and first paragraph of a lesson's step.
const WORDS: &str = "const text = (what) => document.querySelector(what)?.textContent ?? ''; \
    return ['.lesson-head h1', '.steps-nav [aria-current]', '.step h2', '.step .prose p'].map(text).join('|')";

async fn the_words_of_a_lesson_can_be_read_when_the_app_cannot_start(page: &Page) -> Result<()> {
    let broken = serve(Options::new(without_program()?))?;
    for step in ["1", "interleave"] {
        let route = format!("#/lesson/one-cook/{step}");
        page.goto(&format!("{}{route}", broken.url())).await?;
        page.text_with("[role=alert]", "Interleave could not start").await?;
        page.text_with(".step .prose p", " ").await?;
        let before = page.evaluate(WORDS).await?;
        ensure!(!page.take_errors().await?.is_empty(), "a developer is told, too");
        let server = isolated()?;
        page.goto(&format!("{}{route}", server.url())).await?;
        page.find(&hook("step")).await?;
        let after = page.evaluate(WORDS).await?;
        ensure!(before == after, "{before}\n{after}");
    }
    // Home's first words say that there is a demo below.
    page.goto(&broken.url()).await?;
    page.text_with("[role=alert]", "Interleave could not start").await?;
    ensure!(page.evaluate("return document.querySelector('.hero') === null").await? == true, "nothing can be run here");
    page.take_errors().await?;
    Ok(())
}

async fn the_first_words_of_home_are_those_of_the_app(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.find(&hook("run")).await?;
    let differ = "const done = arguments[arguments.length - 1]; \
        fetch('./').then((response) => response.text()).then((html) => { \
            const first = new DOMParser().parseFromString(html, 'text/html'); \
            const words = (page) => [...page.querySelectorAll('.hero > *, .site-nav a[href$=lessons]')].map((part) => part.textContent.trim()).join('|'); \
            done([words(first), words(document)]); \
        })";
    let told = page.session().execute_async(differ, Vec::new()).await?;
    let (first, app) = (&told.json()[0], &told.json()[1]);
    ensure!(first == app && first.as_str().is_some_and(|words| words.len() > 100), "{first}\n{app}");
    ensure!(*app != Value::Null, "there are words");
    Ok(())
}

/// The page with a program that is none.
fn without_program() -> Result<PathBuf> {
    let folder = copy_of_dist()?;
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            fs::write(path, "no program")?;
        }
    }
    Ok(folder)
}

//! The decision guide: `lessons/guide.toml`, checked and made JSON.

use anyhow::{Context, Result, bail, ensure};
use interleave::demo::{self, Setup};
use interleave::lesson::Lesson;
use interleave::lesson::guide::Guide;

use super::highlight;
use super::source::Text;

/// More lines of a program than these are no beginning.
const SNIPPET_LINES: usize = 8;

/// Reads the guide and checks what it refers to.
///
/// # Errors
/// What is wrong, in words; where TOML knows it, with the line.
pub fn read(text: &str, lessons: &[Lesson]) -> Result<Guide> {
    let mut guide: Guide = toml::from_str(text).context("guide.toml cannot be read")?;
    if let Some(flaw) = guide.flaw() {
        bail!("guide.toml: {flaw}");
    }
    for recommendation in &mut guide.recommendations {
        let id = &recommendation.id;
        let (link, query) = recommendation.demo.split_once('?').unwrap_or((&recommendation.demo, ""));
        let named = link.strip_prefix("#/demo/").and_then(demo::find);
        let Some(named) = named else { bail!("guide.toml: “{id}” shows {link}, and there is no such demo") };
        if let Some(problem) = Setup::parse(named, query).1.first() {
            bail!("guide.toml: the link to the demo of “{id}” is not right: {problem}");
        }
        let lesson = &recommendation.lesson;
        ensure!(
            lessons.iter().any(|it| it.id == *lesson),
            "guide.toml: “{id}” names the lesson “{lesson}”, which there is not"
        );
        let lines = recommendation.snippet.lines().count();
        ensure!(
            lines <= SNIPPET_LINES,
            "guide.toml: the program of “{id}” has {lines} lines; {SNIPPET_LINES} may be shown"
        );
        let snippet = Text { line: 1, text: recommendation.snippet.clone() };
        recommendation.snippet_html = match highlight::highlight("python", &snippet) {
            Ok(html) => html,
            Err(wrong) => bail!("guide.toml: the program of “{id}”: {}", wrong.message),
        };
    }
    Ok(guide)
}

//! Compiles the lessons: each `lessons/NN-slug.md` becomes `<id>.json`, and `index.json` lists them in the files' order.
//! The types of both are those of `interleave::lesson`. A mistake is an error with file and line, so a lesson that compiles
//! has no unknown demo, no question without an answer and no answer without a reply.
//!
//! # How a lesson is written
//!
//! Plain Markdown that reads well in any viewer. It opens with front matter; a heading of the second level starts a step.
//!
//! ````markdown
//! ---
//! id: three-ways
//! title: Three ways to make nine requests
//! minutes: 8
//! summary: One sentence of plain text.
//! ---
//!
//! ## Predict, then run {#run}
//!
//! Text, lists, tables; no raw HTML. Fences of `text` stay as they are.
//!
//! ```python title="One after another" engine=main demo=nine lines="waiting-for-io:2"
//! for url in urls:
//!     get(url)
//! ```
//!
//! ```demo nine
//! demo: nine-requests
//! engines: main, await-each, gather
//! requests: 9
//! delay: 300
//! ```
//!
//! :::prediction first-and-by-how-much demo=nine
//!
//! Which finishes first?
//!
//! - [ ] `main` The plain loop
//!   > Reply to a learner who chose it.
//! - [x] `gather` All at once
//!   > Reply.
//! - [ ] `same` All take about the same time
//!   > Reply.
//!
//! How many times as fast as the slowest?
//!
//! - [ ] `3` About 3 times
//!   > Reply.
//! - [x] `9` About 9 times
//!   > Reply.
//!
//! :::
//!
//! :::question why-fast
//!
//! Why?
//!
//! - [ ] A wrong answer
//!   > Its own reply.
//! - [x] The right answer
//!   > Its reply.
//!
//! :::
//! ````
//!
//! - A fence in `python` or `rust` is a listing: `title` is required, `engine` names what really runs in its place here. With `demo=ID`,
//!   or several as `demo=ID,ID`, the listing is shown under that engine's chart in these demos of the lesson, too; and `lines` says at
//!   which of its lines (from 1) a task stands by what it is doing, as `state:line` for one or more states: the words of the charts'
//!   legend, such as `running`, `ready`, `waiting-for-io`, `waiting-for-others`. A state has one line, whatever step of its task it
//!   belongs to: a trace does not tell steps apart. Computing that was interrupted is several slices of one step, and an event loop
//!   computes when it sends a request, too.
//! - A fence `demo ID` names a demo of the registry; `engines` and parameters may be left out and have the demo's defaults.
//! - `:::prediction ID demo=ID` holds back the run of a demo block of its own step. Every engine of the demo must be offered.
//! - `:::question ID` has one task list, of which exactly one item is ticked.
//! - Ids are made of a–z, 0–9 and `-`, and are unique in the lesson, those of steps included.

mod blocks;
mod error;
mod head;
mod highlight;
mod markdown;
mod prediction;
mod source;
mod stands;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use interleave::lesson::{IndexEntry, Lesson, Step};

use blocks::Ids;
use error::{Checked, mistake};

/// Compile the lessons into a folder (Trunk does it at each build)
#[derive(clap::Args)]
pub struct Arguments {
    /// The page's folder; they go to lessons/ in it
    folder: PathBuf,
}

/// Compiles the repository's lessons.
pub fn run(arguments: Arguments) -> Result<()> {
    compile(&crate::project::root().join("lessons"), &arguments.folder.join("lessons"))
}

/// Compiles the lessons of `source_dir` into `out_dir`, which is made if it is missing.
///
/// # Errors
/// The first mistake of each lesson, as `file:line: what is wrong`; or what could not be read or written.
pub fn compile(source_dir: &Path, out_dir: &Path) -> Result<()> {
    let (mut lessons, mut mistakes): (Vec<Lesson>, Vec<String>) = (Vec::new(), Vec::new());
    for file in files(source_dir)? {
        let source = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        match lesson(&source, &lessons) {
            Ok(lesson) => lessons.push(lesson),
            Err(wrong) => mistakes.push(format!("{}:{}: {}", shown(&file), wrong.line, wrong.message)),
        }
    }
    if !mistakes.is_empty() {
        bail!("{}", mistakes.join("\n"));
    }
    fs::create_dir_all(out_dir).with_context(|| format!("cannot make the folder {}", out_dir.display()))?;
    let index: Vec<IndexEntry> = lessons.iter().map(Lesson::index_entry).collect();
    write(&out_dir.join("index.json"), serde_json::to_string(&index)?)?;
    lessons
        .iter()
        .try_for_each(|lesson| write(&out_dir.join(format!("{}.json", lesson.id)), serde_json::to_string(lesson)?))
}

/// The lessons' files, in the order of their names. Other files are no lessons: their names do not start with a number.
fn files(source_dir: &Path) -> Result<Vec<PathBuf>> {
    let folder =
        fs::read_dir(source_dir).with_context(|| format!("cannot read the folder {}", source_dir.display()))?;
    let mut files = folder.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".md") && name.starts_with(|first: char| first.is_ascii_digit())
    });
    files.sort();
    Ok(files)
}

/// A file as it is named in a message: from the repository's root, so that an editor can jump to it.
fn shown(file: &Path) -> String {
    file.strip_prefix(crate::project::root()).unwrap_or(file).display().to_string()
}

fn write(file: &Path, text: String) -> Result<()> {
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// The lesson written in `source`, which comes after `earlier` ones.
fn lesson(source: &str, earlier: &[Lesson]) -> Checked<Lesson> {
    let source = source::cut(source)?;
    let front = head::entries(&source.front)?;
    if let Some(entry) = front.iter().find(|entry| !matches!(entry.key, "id" | "title" | "minutes" | "summary")) {
        return mistake(entry.line, format!("front matter has no “{}”", entry.key));
    }
    let get = |key: &str| match front.iter().find(|entry| entry.key == key && !entry.value.is_empty()) {
        Some(entry) => Ok((entry.value.to_owned(), entry.line)),
        None => mistake(source.front.line, format!("front matter is missing `{key}: …`")),
    };
    let ((id, id_line), (minutes, minutes_line)) = (get("id")?, get("minutes")?);
    if !source::is_id(&id) || id == "index" {
        return mistake(
            id_line,
            format!("“{id}” cannot be a lesson’s id: an id is made of a–z, 0–9 and `-`, and is not `index`"),
        );
    }
    if earlier.iter().any(|lesson| lesson.id == id) {
        return mistake(id_line, format!("another lesson has the id “{id}” already"));
    }
    let Ok(minutes) = minutes.parse() else {
        return mistake(minutes_line, format!("“{minutes}” is no whole number of minutes"));
    };
    let mut ids = Ids::default();
    let step = |step: &source::StepSource| {
        ids.take(&step.id, step.line)?;
        let blocks = blocks::blocks(&step.segments, &mut ids)?;
        Ok(Step { id: step.id.clone(), title: step.title.clone(), blocks })
    };
    let mut steps = source.steps.iter().map(step).collect::<Checked<Vec<_>>>()?;
    stands::bind(&source.steps, &mut steps)?;
    Ok(Lesson { id, title: get("title")?.0, minutes, summary: get("summary")?.0, steps })
}

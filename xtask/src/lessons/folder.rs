//! A folder of lessons, and what is made of it: which files there are, in which order, and what is written of them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use interleave::lesson::teachers::LessonGuide;
use interleave::lesson::{IndexEntry, Lesson, PointEntry};

use super::error::Mistake;
use super::{glossary, guide, index, lesson, plain, points, teachers, terms};

/// Compiles the lessons of `source_dir` into `out_dir`, which is made if it is missing, with all that is made of them.
///
/// # Errors
/// The first mistake of each lesson, as `file:line: what is wrong`; or what could not be read or written.
pub fn compile(source_dir: &Path, out_dir: &Path) -> Result<()> {
    let beside = |name: &str| source_dir.join(name);
    let no_good = |name: &str, wrong: &Mistake| anyhow!("{}", told(&beside(name), wrong));
    let mut points = points::read(&read(&beside("points.md"))?).map_err(|wrong| no_good("points.md", &wrong))?;
    let mut lessons = lessons(&mut points, source_dir)?;
    let glossary = glossary::read(&read(&beside("glossary.md"))?);
    let mut glossary = glossary.map_err(|wrong| no_good("glossary.md", &wrong))?;
    terms::mark(&mut lessons, &mut glossary);
    write_lessons(&lessons, out_dir)?;
    let index: Vec<IndexEntry> = lessons.iter().map(Lesson::index_entry).collect();
    let teachers: Vec<LessonGuide> = lessons.iter().map(teachers::guide).collect();
    let guide = guide::read(&read(&beside("guide.toml"))?, &lessons)?;
    let json = [
        ("index.json", serde_json::to_string(&index)?),
        ("points.json", serde_json::to_string(&points)?),
        ("glossary.json", serde_json::to_string(&glossary)?),
        ("teachers.json", serde_json::to_string(&teachers)?),
        ("guide.json", serde_json::to_string(&guide)?),
        ("search.json", serde_json::to_string(&index::search(&lessons, &glossary))?),
    ];
    json.into_iter().try_for_each(|(name, text)| write(&out_dir.join(name), text))?;
    plain::files(&lessons).into_iter().try_for_each(|file| write(&out_dir.join(file.name), file.text))
}

/// Compiles lessons that teach no points and stand in no list: only who knows their ids can open them.
///
/// # Errors
/// As [`compile`].
pub fn compile_unlisted(source_dir: &Path, out_dir: &Path) -> Result<()> {
    write_lessons(&lessons(&mut [], source_dir)?, out_dir)
}

/// The lessons of a folder, in the files' order; adds to `points` where they teach them.
fn lessons(points: &mut [PointEntry], source_dir: &Path) -> Result<Vec<Lesson>> {
    let (mut lessons, mut mistakes): (Vec<Lesson>, Vec<String>) = (Vec::new(), Vec::new());
    for file in files(source_dir)? {
        let source = read(&file)?;
        let compiled =
            lesson(&source, &lessons).and_then(|lesson| points::find(points, &lesson, &source).map(|()| lesson));
        match compiled {
            Ok(lesson) => lessons.push(lesson),
            Err(wrong) => mistakes.push(told(&file, &wrong)),
        }
    }
    if mistakes.is_empty() { Ok(lessons) } else { Err(anyhow!("{}", mistakes.join("\n"))) }
}

fn write_lessons(lessons: &[Lesson], out_dir: &Path) -> Result<()> {
    fs::create_dir_all(out_dir).with_context(|| format!("cannot make the folder {}", out_dir.display()))?;
    lessons
        .iter()
        .try_for_each(|lesson| write(&out_dir.join(format!("{}.json", lesson.id)), serde_json::to_string(lesson)?))
}

/// A mistake in a file, as an editor can jump to it.
fn told(file: &Path, wrong: &Mistake) -> String {
    format!("{}:{}: {}", shown(file), wrong.line, wrong.message)
}

/// The lessons' files, in the order of their names. Other files are no lessons: their names do not start with a number.
pub fn files(source_dir: &Path) -> Result<Vec<PathBuf>> {
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

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn write(file: &Path, text: String) -> Result<()> {
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

//! Cuts a lesson's file into front matter, steps and segments, line by line, so that every segment knows its place in the
//! file. What a segment means is decided elsewhere.

use super::error::{Checked, mistake};
use super::head::{self, Head};

/// A piece of the file, with the line on which it starts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// First line in the file, from 1.
    pub line: usize,
    /// The lines, each with its line end.
    pub text: String,
}

/// A lesson's file, cut.
#[derive(Debug)]
pub struct Source {
    /// The lines between the two `---`.
    pub front: Text,
    /// The steps, in order.
    pub steps: Vec<StepSource>,
}

/// What stands under a heading `## Title {#id}`.
#[derive(Debug)]
pub struct StepSource {
    /// Line of the heading.
    pub line: usize,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What stands in it.
    pub segments: Vec<Segment>,
}

/// A stretch of a step.
#[derive(Debug)]
pub enum Segment {
    /// Plain Markdown.
    Prose(Text),
    /// A fenced block of code with an info string.
    Fence(Head, Text),
    /// A container between `:::name` and `:::`.
    Container(Head, Text),
}

/// Cuts `source`.
pub fn cut(source: &str) -> Checked<Source> {
    let lines: Vec<&str> = source.lines().collect();
    if lines.first() != Some(&"---") {
        return mistake(1, "front matter is missing: the file must open with a line `---`");
    }
    let Some(end) = lines.iter().skip(1).position(|line| *line == "---").map(|at| at + 1) else {
        return mistake(1, "front matter has no end: a second line `---` is missing");
    };
    let front = text(&lines, 1, end);
    let mut steps: Vec<StepSource> = Vec::new();
    let mut at = end + 1;
    while at < lines.len() {
        let line = lines[at];
        if let Some(heading) = line.strip_prefix("## ") {
            steps.push(step(heading, at + 1)?);
            at += 1;
        } else if let Some(step) = steps.last_mut() {
            let (segment, next) = segment(&lines, at)?;
            step.segments.extend(segment);
            at = next;
        } else if line.trim().is_empty() {
            at += 1;
        } else {
            return mistake(at + 1, "text before the first step: a step starts with `## Title {#id}`");
        }
    }
    if steps.is_empty() {
        return mistake(end + 1, "the lesson has no step: a step starts with `## Title {#id}`");
    }
    Ok(Source { front, steps })
}

fn step(heading: &str, line: usize) -> Checked<StepSource> {
    let parts = heading.trim().strip_suffix('}').and_then(|rest| rest.rsplit_once("{#"));
    match parts {
        Some((title, id)) if !title.trim().is_empty() && is_id(id) => {
            Ok(StepSource { line, id: id.to_owned(), title: title.trim().to_owned(), segments: Vec::new() })
        }
        _ => mistake(line, "a step needs a title and an id: `## Title {#id}`, the id of a–z, 0–9 and `-`"),
    }
}

/// Whether `id` may be an id: it stands in links and in HTML.
pub fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The segment that starts at `lines[at]`, none if there is nothing but blank lines, and where the next one starts.
fn segment(lines: &[&str], at: usize) -> Checked<(Option<Segment>, usize)> {
    if let Some(info) = directive_fence(lines[at]) {
        let Some(end) = closing(lines, at, |line| line == "```") else {
            return mistake(at + 1, "this fence has no end: a line ``` is missing");
        };
        return Ok((Some(Segment::Fence(head::parse(info, at + 1)?, text(lines, at + 1, end))), end + 1));
    }
    if let Some(info) = lines[at].strip_prefix(":::") {
        if info.trim().is_empty() {
            return mistake(at + 1, "`:::` closes nothing here");
        }
        let head = head::parse(info, at + 1)?;
        let Some(end) = closing(lines, at, |line| line.starts_with(":::") || line.starts_with("## ")) else {
            return mistake(at + 1, format!("`:::{}` has no end: a line `:::` is missing", head.name));
        };
        if lines[end] != ":::" {
            return mistake(at + 1, format!("`:::{}` has no end before line {}", head.name, end + 1));
        }
        return Ok((Some(Segment::Container(head, text(lines, at + 1, end))), end + 1));
    }
    let mut end = at;
    while end < lines.len() && !ends_prose(lines[end]) {
        end = match lines[end].starts_with("```") {
            true => closing(lines, end, |line| line == "```").unwrap_or(lines.len() - 1) + 1,
            false => end + 1,
        };
    }
    let prose = text(lines, at, end);
    Ok(((!prose.text.trim().is_empty()).then_some(Segment::Prose(prose)), end))
}

/// The info string of a fence that is a directive or a listing; a fence of plain text belongs to the prose around it.
fn directive_fence(line: &str) -> Option<&str> {
    line.strip_prefix("```").filter(|info| !matches!(info.trim(), "" | "text"))
}

fn ends_prose(line: &str) -> bool {
    line.starts_with("## ") || line.starts_with(":::") || directive_fence(line).is_some()
}

fn closing(lines: &[&str], open: usize, closes: impl Fn(&str) -> bool) -> Option<usize> {
    (open + 1..lines.len()).find(|at| closes(lines[*at]))
}

fn text(lines: &[&str], from: usize, to: usize) -> Text {
    Text { line: from + 1, text: lines[from..to].iter().flat_map(|line| [line, "\n"]).collect() }
}

//! Reads the glossary: `## Term {#id}`, perhaps a line `also: form, form`, and one paragraph of Markdown, whose links `[text](#id)` lead to
//! other terms.

use interleave::lesson::glossary::{TERM_LINK, Term};
use interleave::lesson::search::fold;

use super::error::{Checked, mistake};
use super::markdown;
use super::source::{Text, is_id};

/// A term as it is written.
struct Written {
    line: usize,
    term: Term,
}

/// The terms in `source`, in the order of the alphabet.
pub fn read(source: &str) -> Checked<Vec<Term>> {
    let lines: Vec<&str> = source.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with("## ")).collect();
    let mut written: Vec<Written> = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        let next = term(&lines[*start..end], start + 1)?;
        if let Some(first) = written.iter().find(|other| other.term.id == next.term.id) {
            return mistake(next.line, format!("the id “{}” is taken on line {} already", next.term.id, first.line));
        }
        for form in forms(&next.term) {
            let taken = |other: &&Written| forms(&other.term).any(|of| of.to_lowercase() == form.to_lowercase());
            if let Some(first) = written.iter().find(taken) {
                return mistake(next.line, format!("“{form}” stands for the term on line {} already", first.line));
            }
        }
        written.push(next);
    }
    for Written { line, term } in &written {
        for id in links(&term.html) {
            if !written.iter().any(|other| other.term.id == id) {
                return mistake(*line, format!("there is no term “{id}”, to which “{}” links", term.title));
            }
        }
    }
    let mut terms: Vec<Term> = written.into_iter().map(|written| written.term).collect();
    terms.sort_by_key(|term| fold(&term.title));
    Ok(terms)
}

/// Everything that a term is called.
pub fn forms(term: &Term) -> impl Iterator<Item = &String> {
    std::iter::once(&term.title).chain(&term.also)
}

fn term(lines: &[&str], line: usize) -> Checked<Written> {
    let heading = lines[0].trim_start_matches("## ").trim();
    let Some((title, id)) = heading.strip_suffix('}').and_then(|rest| rest.rsplit_once(" {#")) else {
        return mistake(line, "a term needs an id: `## Term {#id}`");
    };
    if !is_id(id) {
        return mistake(line, format!("“{id}” is no id: an id is made of a–z, 0–9 and `-`"));
    }
    let also = lines.get(1).and_then(|second| second.strip_prefix("also:"));
    let from = if also.is_some() { 2 } else { 1 };
    let text: String = lines[from..].iter().flat_map(|line| [line, "\n"]).collect();
    let html = markdown::to_html(&Text { line: line + from, text })?;
    if !html.starts_with("<p>") || html.matches("<p>").count() != 1 || !html.ends_with("</p>") {
        return mistake(line, format!("“{title}” needs a definition of one paragraph"));
    }
    Ok(Written {
        line,
        term: Term {
            id: id.to_owned(),
            title: title.trim().to_owned(),
            also: also.iter().flat_map(|forms| forms.split(',')).map(|form| form.trim().to_owned()).collect(),
            html: html.replace("<a href=\"#", &format!("<a href=\"{TERM_LINK}")),
            uses: Vec::new(),
        },
    })
}

/// The ids of the terms that a definition links to.
fn links(html: &str) -> impl Iterator<Item = &str> {
    html.split(TERM_LINK).skip(1).filter_map(|rest| rest.split('"').next())
}

//! Marks the terms of the glossary in the text of lessons: the first use of each in a step becomes a link to it. Whole words, the longest
//! term first; not in code, headings and links.

use std::collections::BTreeSet;

use interleave::lesson::glossary::{TERM_LINK, Term, TermUse};
use interleave::lesson::{Block, Lesson};

use super::glossary::forms;

/// Elements whose text is left as it is.
const UNTOUCHED: [&str; 10] = ["a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "th"];

/// What terms are called, in small letters and the longest first, each with its term's id.
struct Forms(Vec<(Vec<char>, String)>);

/// Marks the terms in all lessons, and notes with each term where they use it.
pub fn mark(lessons: &mut [Lesson], glossary: &mut [Term]) {
    let forms = Forms::of(glossary);
    for lesson in lessons {
        let mut used = BTreeSet::new();
        for step in &mut lesson.steps {
            let mut seen = BTreeSet::new();
            for block in &mut step.blocks {
                if let Block::Prose { html } = block {
                    *html = forms.marked(html, &mut seen);
                }
            }
            let place = TermUse { title: lesson.title.clone(), link: format!("#/lesson/{}/{}", lesson.id, step.id) };
            let new = |term: &&mut Term| seen.contains(&term.id) && !used.contains(&term.id);
            glossary.iter_mut().filter(new).for_each(|term| term.uses.push(place.clone()));
            used.extend(seen);
        }
    }
}

impl Forms {
    fn of(glossary: &[Term]) -> Self {
        let lower = |form: &String| form.to_lowercase().chars().collect();
        let of = |term| forms(term).map(move |form| (lower(form), term.id.clone()));
        let mut all: Vec<_> = glossary.iter().flat_map(of).collect();
        all.sort_by_key(|(form, _): &(Vec<char>, String)| std::cmp::Reverse(form.len()));
        Self(all)
    }

    /// The HTML with links for the terms that were not `seen` yet, which then are.
    fn marked(&self, html: &str, seen: &mut BTreeSet<String>) -> String {
        let (mut out, mut rest, mut untouched) = (String::new(), html, 0_u32);
        while let Some(open) = rest.find('<') {
            let end = rest[open..].find('>').map_or(rest.len(), |end| open + end + 1);
            let tag = &rest[open..end];
            let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '/']).next().unwrap_or_default();
            out.push_str(&if untouched == 0 { self.linked(&rest[..open], seen) } else { rest[..open].to_owned() });
            out.push_str(tag);
            if UNTOUCHED.contains(&name) {
                untouched = if tag.starts_with("</") { untouched.saturating_sub(1) } else { untouched + 1 };
            }
            rest = &rest[end..];
        }
        out.push_str(&self.linked(rest, seen));
        out
    }

    fn linked(&self, text: &str, seen: &mut BTreeSet<String>) -> String {
        let (mut out, mut at, mut before) = (String::new(), 0, None);
        while let Some(character) = text[at..].chars().next() {
            let found = if in_word(before) { None } else { self.at(&text[at..]) };
            let Some((id, length)) = found else {
                out.push(character);
                at += character.len_utf8();
                before = Some(character);
                continue;
            };
            let words = &text[at..at + length];
            match seen.insert(id.to_owned()) {
                true => {
                    out.push_str(&format!("<a class=\"term\" href=\"{TERM_LINK}{id}\" data-term=\"{id}\">{words}</a>"))
                }
                false => out.push_str(words),
            }
            at += length;
            before = words.chars().next_back();
        }
        out
    }

    /// The longest term that `text` begins with, and how much of it that is, in bytes.
    fn at(&self, text: &str) -> Option<(&str, usize)> {
        self.0.iter().find_map(|(form, id)| {
            let mut rest = text.char_indices();
            let fits = form.iter().all(|wanted| rest.next().is_some_and(|(_, is)| same(*wanted, is)));
            let (length, after) = rest.next().map_or((text.len(), None), |(at, after)| (at, Some(after)));
            (fits && !in_word(after)).then_some((id.as_str(), length))
        })
    }
}

/// Whether a word that stands beside this character goes on with it.
fn in_word(beside: Option<char>) -> bool {
    beside.is_some_and(|beside| beside.is_alphanumeric() || "-_".contains(beside))
}

/// Whether a term's character may be written so: a space may be the end of a line.
fn same(wanted: char, is: char) -> bool {
    if wanted == ' ' { is.is_whitespace() } else { is.to_lowercase().eq([wanted]) }
}

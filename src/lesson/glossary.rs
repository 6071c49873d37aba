//! The glossary: what the lessons call things. Its terms are written in one Markdown file and compiled like the lessons, whose compiler
//! also finds out where each term is used; a page only shows and filters them.

use serde::{Deserialize, Serialize};

use super::search::{Query, fold};
use super::text::plain_text;

/// Where the glossary (`Vec<Term>`, in the order of the alphabet) is served, relative to the page.
pub const GLOSSARY_PATH: &str = "lessons/glossary.json";

/// What stands in links to a term before its id.
pub const TERM_LINK: &str = "#/glossary/";

/// A term and what it means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Its name in links.
    pub id: String,
    /// As it is written, as plain text.
    pub title: String,
    /// Other forms of it that mean the same, as plain text.
    pub also: Vec<String>,
    /// Its definition, as HTML: one paragraph, whose links to other terms start with [`TERM_LINK`].
    pub html: String,
    /// The lessons that use it, in their order.
    pub uses: Vec<TermUse>,
}

/// Where a lesson uses a term first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TermUse {
    /// The lesson's title.
    pub title: String,
    /// The link to its step, from `#`.
    pub link: String,
}

impl Term {
    /// The letter under which it stands.
    pub fn letter(&self) -> char {
        fold(&self.title).chars().next().unwrap_or(' ').to_ascii_uppercase()
    }

    /// What else it is called, without mere inflections of a name that stands there already.
    pub fn other_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = vec![&self.title];
        for form in &self.also {
            let stem = |name: &str| fold(name.get(..name.len().saturating_sub(1)).unwrap_or(name));
            if !names.iter().any(|name| fold(form).starts_with(&stem(name))) {
                names.push(form);
            }
        }
        names.split_off(1)
    }

    /// Whether it or its definition has all words that are asked for; everything has none.
    pub fn fits(&self, query: &Query) -> bool {
        query.words().is_empty() || query.is_in(&[&self.title, &self.also.join(" "), &plain_text(&self.html)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(title: &str, html: &str) -> Term {
        Term { id: "a".into(), title: title.into(), also: vec!["mutex".into()], html: html.into(), uses: vec![] }
    }

    #[test]
    fn a_term_is_found_by_its_forms_and_by_its_definition() {
        let lock = term("Lock", "<p>Held by one at a time</p>");
        let fits = |typed: &str| lock.fits(&Query::new(typed));
        assert_eq!(["", "  ", "loc", "MUTEX", "held lock"].map(fits), [true; 5]);
        assert_eq!(["clock", "held twice", "p"].map(fits), [false; 3]);
        let also = ["locks", "mutex", "mutexes", "locking"].map(Into::into).to_vec();
        assert_eq!(Term { also, ..lock }.other_names(), ["mutex"]);
        assert_eq!([term("élan", ""), term("I/O-bound", "")].map(|term| term.letter()), ['E', 'I']);
    }
}

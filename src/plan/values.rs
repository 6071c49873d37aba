//! The values that a learner has chosen: numbers by parameter, and the addresses of the learner's own requests and the learner's own
//! plan as they were typed, right or wrong.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::text::{self, Problem};
use super::{Parameter, Plan};

/// Most addresses at once.
pub const MOST_URLS: usize = 20;

/// Values of parameters; one that was not set has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    numbers: BTreeMap<&'static str, u32>,
    urls: String,
    plan: OwnPlan,
}

/// A plan as it was typed, and what that means; it is read once and looked at often.
#[derive(Clone, Debug)]
struct OwnPlan {
    text: Rc<str>,
    read: Rc<Result<Plan, Vec<Problem>>>,
}

impl OwnPlan {
    fn new(text: &str) -> Self {
        Self { text: text.into(), read: Rc::new(text::read(text)) }
    }
}

impl Default for OwnPlan {
    fn default() -> Self {
        thread_local! {
            static EXAMPLE: OwnPlan = OwnPlan::new(text::EXAMPLE);
        }
        EXAMPLE.with(Clone::clone)
    }
}

/// What it means follows from the text.
impl PartialEq for OwnPlan {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for OwnPlan {}

/// What is wrong with a list of addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlProblem {
    /// There is none.
    #[error("Give at least one address, one a line.")]
    None,
    /// There are more than [`MOST_URLS`].
    #[error("{0} addresses are too many; give {MOST_URLS} at most.")]
    TooMany(usize),
    /// One does not begin as an address of the web does, or ends there.
    #[error("Line {line}: “{given}” is no full address; write it with https:// and a host (and a comma in it as %2C).")]
    NotAbsolute {
        /// In which line, from 1.
        line: usize,
        /// What stands there.
        given: String,
    },
    /// One has a blank in it.
    #[error(
        "Line {line}: “{given}” has a blank in it; put each address on a line of its own (and write a blank as %20)."
    )]
    Blank {
        /// In which line, from 1.
        line: usize,
        /// What stands there.
        given: String,
    },
}

impl Values {
    /// The value of `parameter`.
    pub fn get(&self, parameter: &'static Parameter) -> u32 {
        self.numbers.get(parameter.key).copied().unwrap_or(parameter.default)
    }

    /// These values, with `parameter` set to `value`, which must lie in its range (see [`Parameter::parse`]).
    pub fn with(&self, parameter: &'static Parameter, value: u32) -> Self {
        let mut changed = self.clone();
        changed.numbers.insert(parameter.key, value.clamp(parameter.min, parameter.max));
        changed
    }

    /// The addresses as they were typed.
    pub fn urls_text(&self) -> &str {
        &self.urls
    }

    /// These values, with these addresses: one a line, or separated by commas. What is wrong with them, [`Self::urls`] says.
    pub fn with_urls(&self, text: &str) -> Self {
        Self { urls: text.to_owned(), ..self.clone() }
    }

    /// The learner's own plan as it was typed; at the start an example.
    pub fn plan_text(&self) -> &str {
        &self.plan.text
    }

    /// These values, with this plan. What is wrong with it, [`Self::plan`] says.
    pub fn with_plan_text(&self, text: &str) -> Self {
        let plan = if text == &*self.plan.text { self.plan.clone() } else { OwnPlan::new(text) };
        Self { plan, ..self.clone() }
    }

    /// The learner's own plan.
    ///
    /// # Errors
    /// All that is wrong with its text, in words for the learner.
    pub fn plan(&self) -> Result<&Plan, &[Problem]> {
        self.plan.read.as_ref().as_ref().map_err(Vec::as_slice)
    }

    /// The addresses.
    ///
    /// # Errors
    /// What is wrong with the first that is wrong, in words for the learner.
    pub fn urls(&self) -> Result<Vec<String>, UrlProblem> {
        let lines = self.urls.lines().zip(1..);
        let parts = lines.flat_map(|(text, line)| text.split(',').map(move |part| (part.trim(), line)));
        let urls = parts.filter(|(part, _)| !part.is_empty()).map(|(part, line)| address(part, line));
        let urls = urls.collect::<Result<Vec<_>, _>>()?;
        match urls.len() {
            0 => Err(UrlProblem::None),
            1..=MOST_URLS => Ok(urls),
            many => Err(UrlProblem::TooMany(many)),
        }
    }
}

pub(super) fn address(given: &str, line: usize) -> Result<String, UrlProblem> {
    let given = given.to_owned();
    if given.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(UrlProblem::Blank { line, given });
    }
    let begins = |scheme: &str| given.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let host = ["https://", "http://"].into_iter().find(|scheme| begins(scheme)).map(|scheme| &given[scheme.len()..]);
    if host.is_none_or(|host| host.is_empty() || host.starts_with(['/', '?', '#', ':'])) {
        return Err(UrlProblem::NotAbsolute { line, given });
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(text: &str) -> Result<Vec<String>, String> {
        Values::default().with_urls(text).urls().map_err(|problem| problem.to_string())
    }

    #[test]
    fn addresses_stand_in_lines_or_between_commas() {
        let two = Ok(vec!["https://a.example/x?y=1".to_owned(), "HTTP://b.example".to_owned()]);
        assert_eq!(urls("https://a.example/x?y=1\n\n  HTTP://b.example  \r\n"), two);
        assert_eq!(urls("https://a.example/x?y=1, HTTP://b.example,"), two);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_the_text_is_kept() {
        for (text, says) in [
            (" \n,", "Give at least one address, one a line."),
            (
                "https://a.example\na.example",
                "Line 2: “a.example” is no full address; write it with https:// and a host (and a comma in it as %2C).",
            ),
            (
                "https://?q",
                "Line 1: “https://?q” is no full address; write it with https:// and a host (and a comma in it as %2C).",
            ),
            (
                "http://a http://b",
                "Line 1: “http://a http://b” has a blank in it; put each address on a line of its own (and write a blank as %20).",
            ),
        ] {
            assert_eq!(urls(text), Err(says.to_owned()));
            assert_eq!(Values::default().with_urls(text).urls_text(), text);
        }
        assert_eq!(urls(&"http://a,".repeat(21)), Err("21 addresses are too many; give 20 at most.".to_owned()));
        assert!(urls(&"http://a,".repeat(20)).is_ok());
    }
}

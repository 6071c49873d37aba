//! What stands in a fenced block: TOML with the attributes of the element `<interleave-demo>`. It is held against the demos, engines and
//! parameters that there are, so that a mistake is found when the book is built and not by its readers.

use interleave::demo::{DEMOS, Demo, LinkProblem, Linked, OWN_PLAN, find};
use interleave::embed::{Address, Shown, TraceUrl};
use interleave::engine::EngineId;
use interleave::plan::Values;
use serde::Deserialize;

/// Something wrong in a block.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// Lines below the one that opens the block.
    pub line: usize,
    /// What, and what to do.
    pub what: String,
}

/// The keys of a block.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Keys {
    demo: Option<String>,
    engines: Option<String>,
    parameters: Option<String>,
    height: Option<String>,
    theme: Option<String>,
    lesson: Option<String>,
    step: Option<String>,
    trace: Option<String>,
    autoplay: bool,
    fallback: Option<String>,
}

/// A block that is right.
#[derive(Debug)]
pub struct Embed {
    /// The element's attributes; one without a value is there or not.
    pub attributes: Vec<(&'static str, Option<String>)>,
    /// Where the same is to be seen, on the site or, of a trace, anywhere.
    pub place: Place,
    /// The demo whose poster stands in its place.
    pub poster: Option<&'static str>,
    /// What a reader is told who cannot see it.
    pub words: String,
}

/// An address.
#[derive(Debug)]
pub enum Place {
    /// On the site, from `#` on.
    Site(String),
    /// As it is.
    Anywhere(String),
}

impl Embed {
    /// Reads a block.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(body: &str) -> Result<Self, Vec<Problem>> {
        let keys: Keys = toml::from_str(body).map_err(|error| {
            let at = error.span().map_or(0, |span| body[..span.start.min(body.len())].matches('\n').count());
            vec![Problem { line: at + 1, what: error.message().replace('\n', " ") }]
        })?;
        let mut problems = Vec::new();
        let mut wrong = |key: &str, what: String| problems.push(Problem { line: line_of(body, key), what });
        keys.check(&mut wrong);
        let shown = keys.shown(&mut wrong);
        match shown {
            Some((place, poster, words)) if problems.is_empty() => {
                let words = keys.fallback.clone().unwrap_or(words);
                Ok(Self { attributes: keys.attributes(), place, poster, words })
            }
            _ => Err(problems),
        }
    }
}

impl Keys {
    /// What has nothing to do with what is shown.
    fn check(&self, wrong: &mut impl FnMut(&str, String)) {
        if let Some(theme) = self.theme.as_deref().filter(|theme| !["light", "dark", "auto"].contains(theme)) {
            wrong("theme", format!("theme is “light”, “dark” or “auto”, not “{theme}”"));
        }
        if let Some(height) = self.height.as_deref().filter(|height| !height.parse::<u32>().is_ok_and(|px| px > 0)) {
            wrong("height", format!("height is a number of CSS pixels, such as \"600\", not “{height}”"));
        }
        for (key, given, needs, needed) in [
            ("engines", &self.engines, "demo", &self.demo),
            ("parameters", &self.parameters, "demo", &self.demo),
            ("step", &self.step, "lesson", &self.lesson),
        ] {
            if given.is_some() && needed.is_none() {
                wrong(key, format!("{key} says nothing without {needs}"));
            }
        }
    }

    /// Where it is to be seen, which poster it has, and its name.
    fn shown(&self, wrong: &mut impl FnMut(&str, String)) -> Option<(Place, Option<&'static str>, String)> {
        match (&self.demo, &self.lesson, &self.trace) {
            (Some(id), None, None) => {
                let Some(demo) = find(id) else {
                    let all: Vec<&str> = DEMOS.iter().chain(&[&OWN_PLAN]).map(|demo| demo.id).collect();
                    wrong("demo", format!("there is no demo “{id}”; there are {}", all.join(", ")));
                    return None;
                };
                self.link(demo, wrong).map(|place| (place, Some(demo.id), demo.title.to_owned()))
            }
            (None, Some(lesson), None) => {
                let query = format!("lesson={lesson}&step={}", self.step.as_deref().unwrap_or_default());
                let address = Address::parse("lesson", &query);
                match address.shown {
                    Ok(Shown::Step { .. }) => {
                        let place = Place::Site(address.in_full()?);
                        Some((place, None, format!("A step of the lesson “{lesson}”")))
                    }
                    _ => {
                        wrong("lesson", "lesson is a lesson’s id, and step one of its steps, by number or id".into());
                        None
                    }
                }
            }
            (None, None, Some(trace)) => {
                // One without a scheme lies beside the page.
                let has_scheme = trace.split('/').next().is_some_and(|first| first.contains(':'));
                if let Some(problem) = TraceUrl::parse(trace).err().filter(|_| has_scheme || trace.is_empty()) {
                    wrong("trace", problem.to_string());
                }
                Some((Place::Anywhere(trace.clone()), None, "A trace".into()))
            }
            _ => {
                wrong("", "one of demo, lesson and trace says what is shown, and only one".into());
                None
            }
        }
    }

    /// The demo with what is chosen, if there is nothing wrong with that.
    fn link(&self, demo: &'static Demo, wrong: &mut impl FnMut(&str, String)) -> Option<Place> {
        let engines = self.engines.as_ref().map(|engines| format!("engines={engines}"));
        let parts: Vec<&str> = engines.iter().chain(&self.parameters).map(String::as_str).collect();
        let link = parts.join("&");
        let Linked { setup, problems, .. } = Linked::parse(demo, &link);
        for problem in &problems {
            let key = if is_of_engines(problem) { "engines" } else { "parameters" };
            // If none is left, each has been named.
            if *problem != LinkProblem::NoEngine || problems.len() == 1 {
                wrong(key, in_words(demo, &setup.values, problem));
            }
        }
        let mark = if link.is_empty() { "" } else { "?" };
        problems.is_empty().then(|| Place::Site(format!("#/demo/{}{mark}{link}", demo.id)))
    }

    fn attributes(self) -> Vec<(&'static str, Option<String>)> {
        let texts = [
            ("demo", self.demo),
            ("engines", self.engines),
            ("parameters", self.parameters),
            ("lesson", self.lesson),
            ("step", self.step),
            ("trace", self.trace),
            ("height", self.height),
            ("theme", self.theme),
        ];
        let given = texts.into_iter().filter_map(|(name, value)| Some((name, Some(value?))));
        given.chain(self.autoplay.then_some(("autoplay", None))).collect()
    }
}

fn is_of_engines(problem: &LinkProblem) -> bool {
    matches!(problem, LinkProblem::UnknownEngine(_) | LinkProblem::CannotRun(_) | LinkProblem::NoEngine)
}

/// What is wrong, for who can still put it right: the page, which cannot, says what it does instead.
fn in_words(demo: &Demo, values: &Values, problem: &LinkProblem) -> String {
    let id = demo.id;
    let can = || demo.offered(values).iter().map(|engine| engine.key()).collect::<Vec<_>>().join(", ");
    match problem {
        LinkProblem::UnknownKey(key) => {
            let keys: Vec<&str> = demo.parameters(&EngineId::ALL, values).map(|parameter| parameter.key).collect();
            format!("“{id}” has no parameter “{key}”; it has {}", keys.join(", "))
        }
        LinkProblem::Twice(key) => format!("“{key}” stands twice"),
        LinkProblem::UnknownEngine(key) => format!("there is no engine “{key}”; “{id}” runs on {}", can()),
        LinkProblem::CannotRun(engine) => format!("“{id}” cannot run on “{}”, but on {}", engine.key(), can()),
        LinkProblem::NoEngine => format!("engines names none; “{id}” runs on {}", can()),
        LinkProblem::OutOfRange(problem, _) => problem.to_string(),
        other => other.to_string(),
    }
}

/// The line of a key, below the one that opens the block; 0 if it stands nowhere.
fn line_of(body: &str, key: &str) -> usize {
    let is_it = |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    body.lines().position(is_it).map_or(0, |at| at + 1)
}

#[cfg(test)]
#[path = "fence_tests.rs"]
mod tests;

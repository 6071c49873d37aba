//! How a demo is written in a link: `engines=await-each,gather&requests=9&delay=300`, the part behind `#/demo/<id>?`, or behind
//! `#/playground?demo=<id>&`. A `trace=` among it is a recording.
//!
//! Reading is lenient and honest: whatever cannot be read is left at its default and comes back as a problem in words, so
//! that a link from elsewhere always opens something and never silently something else.

use super::escape::{decode, encode};
use super::recording::{Recording, RecordingProblem};
use super::sweep::{SweepChoice, SweepProblem};
use super::{Demo, OWN_PLAN, find};
use crate::engine::simulated::Model;
use crate::engine::{EngineId, Options};
use crate::plan::parameter::{INTERVAL, LIMIT, PROCESSES, THREADS};
use crate::plan::text::{MOST_TEXT_BYTES, Problem};
use crate::plan::{OutOfRange, UrlProblem, Values};

/// Which engines, with which values.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// The engines, in the order they run.
    pub engines: Vec<EngineId>,
    /// The values, every parameter of the demo among them.
    pub values: Values,
    /// The sweep that is unfolded, if one is.
    pub sweep: Option<SweepChoice>,
}

/// What was wrong in a link.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkProblem {
    /// A key that this demo does not know.
    #[error("This demo has no “{0}”; it was left out.")]
    UnknownKey(String),
    /// A key that stands twice.
    #[error("“{0}” stands twice in the link; the first was taken.")]
    Twice(String),
    /// An engine that does not exist.
    #[error("There is no engine “{0}”; it was left out.")]
    UnknownEngine(String),
    /// An engine that cannot carry out this demo.
    #[error("“{}” cannot run this demo; it was left out.", .0.name())]
    CannotRun(EngineId),
    /// No engine was left.
    #[error("The link names no engine that can run this demo; the demo’s own were chosen.")]
    NoEngine,
    /// A value out of its range.
    #[error("{0}; {1} was taken.")]
    OutOfRange(OutOfRange, u32),
    /// Addresses that cannot be asked; they stay in their field.
    #[error("{0}")]
    Urls(UrlProblem),
    /// A sweep that cannot be made.
    #[error("{0}")]
    Sweep(SweepProblem),
    /// A plan that cannot be read; it stays in its editor.
    #[error("The plan has a mistake and stands below as it came. {0}")]
    Plan(Problem),
    /// A demo that does not exist.
    #[error("There is no demo “{0}”; this is a plan of your own.")]
    UnknownDemo(String),
    /// A recording that cannot be shown.
    #[error("{0}")]
    Recording(#[from] RecordingProblem),
    /// A part that no link from here has, because of its length.
    #[error("“{0}” is {1} characters long, more than any link from here; it was left out.")]
    TooLong(String, usize),
    /// More parts, or more that is wrong with them, than is told.
    #[error("There is more that could not be read; it was left out.")]
    More,
}

/// The longest that a link's part is looked at, characters: a plan whose every letter is escaped.
const MOST_PART: usize = 3 * MOST_TEXT_BYTES;
/// Most parts that a link has: every parameter there is, and more.
const MOST_PARTS: usize = 200;
/// Most problems that are told.
const MOST_PROBLEMS: usize = 12;

/// What a link opens.
#[derive(Clone, Debug)]
pub struct Linked {
    /// What is chosen.
    pub setup: Setup,
    /// What was recorded elsewhere.
    pub recording: Option<Recording>,
    /// What was wrong.
    pub problems: Vec<LinkProblem>,
}

/// The demo that a link to the playground names, and the rest of the link's query, which is a link to that demo.
pub fn playground(query: &str) -> (&'static Demo, String, Option<LinkProblem>) {
    let query = query.trim_start_matches('?');
    let (first, rest) = query.split_once('&').unwrap_or((query, ""));
    let Some(id) = first.strip_prefix("demo=") else { return (&OWN_PLAN, query.to_owned(), None) };
    match find(id) {
        Some(demo) => (demo, rest.to_owned(), None),
        None => (&OWN_PLAN, rest.to_owned(), Some(LinkProblem::UnknownDemo(shortened(id)))),
    }
}

/// What stands in a link, as a message repeats it.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl Setup {
    /// What `demo` opens with.
    pub fn new(demo: &'static Demo) -> Self {
        let values = demo.all_parameters().fold(Values::default(), |values, p| values.with(p, p.default));
        Self { engines: demo.engines.to_vec(), values, sweep: None }
    }

    /// Reads the part of a link behind its question mark, but for a recording.
    pub fn parse(demo: &'static Demo, query: &str) -> (Self, Vec<LinkProblem>) {
        let Linked { setup, problems, .. } = Linked::parse(demo, query);
        (setup, problems)
    }

    /// Writes what [`Self::parse`] reads.
    pub fn write(&self, demo: &'static Demo) -> String {
        let sweep = self.sweep.as_ref().map(|sweep| format!("sweep={}", sweep.write()));
        let parts =
            [format!("engines={}", self.engine_keys())].into_iter().chain(self.settings(demo, true)).chain(sweep);
        parts.collect::<Vec<_>>().join("&")
    }

    /// What has to be said of it where `demo` is known: the keys of its engines, and the rest as in a link; of both what the demo does not
    /// open with anyway.
    pub fn changes(&self, demo: &'static Demo) -> (Option<String>, Option<String>) {
        let settings = self.settings(demo, false).join("&");
        (
            (self.engines != demo.engines).then(|| self.engine_keys()),
            Some(settings).filter(|settings| !settings.is_empty()),
        )
    }

    fn engine_keys(&self) -> String {
        self.engines.iter().map(|engine| engine.key()).collect::<Vec<_>>().join(",")
    }

    /// Parameters and texts, each as a part of a link: all that concerns the chosen engines, or what differs from what `demo` opens with.
    fn settings(&self, demo: &'static Demo, all: bool) -> Vec<String> {
        let (own, Self { engines, values, .. }) = (Self::new(demo).values, self);
        let numbers = demo.parameters(engines, values).filter(|p| all || values.get(p) != own.get(p));
        let mut settings: Vec<_> = numbers.map(|p| format!("{}={}", p.key, values.get(p))).collect();
        if demo.workload.takes_urls && !values.urls_text().is_empty() {
            settings.push(format!("urls={}", encode(values.urls_text())));
        }
        if demo.workload.takes_plan && (all || values.plan_text() != own.plan_text()) {
            settings.push(format!("plan={}", encode(values.plan_text())));
        }
        settings
    }

    /// What `engine` is to be told besides its plan.
    pub fn options(&self, engine: EngineId) -> Options {
        let workers = self.values.get(if engine.has_processes() { &PROCESSES } else { &THREADS });
        let (limit, switch_interval_ms) = (self.values.get(&LIMIT), self.values.get(&INTERVAL));
        Options { workers, limit, switch_interval_ms, model: Model::chosen(&self.values) }
    }

    fn take_engines(&mut self, demo: &Demo, list: &str, problems: &mut Vec<LinkProblem>) {
        let (mut engines, offered) = (Vec::new(), demo.offered(&self.values));
        for key in list.split(',').map(str::trim).filter(|key| !key.is_empty()) {
            match EngineId::from_key(key) {
                Some(engine) if engines.contains(&engine) => {}
                Some(engine) if offered.contains(&engine) => engines.push(engine),
                Some(engine) => problems.push(LinkProblem::CannotRun(engine)),
                None => problems.push(LinkProblem::UnknownEngine(shortened(key))),
            }
        }
        if engines.is_empty() {
            problems.push(LinkProblem::NoEngine);
        } else {
            self.engines = engines;
        }
    }
}

impl Linked {
    /// Reads the part of a link behind its question mark.
    pub fn parse(demo: &'static Demo, query: &str) -> Self {
        let mut linked = Self { setup: Setup::new(demo), recording: None, problems: Vec::new() };
        let mut seen = Vec::new();
        let parts = query.trim_start_matches('?').split('&').filter(|part| !part.is_empty());
        let mut parts: Vec<_> = parts.take(MOST_PARTS + 1).collect();
        if parts.len() > MOST_PARTS {
            parts.truncate(MOST_PARTS);
            linked.problems.push(LinkProblem::More);
        }
        // Who can run it follows from the plan.
        parts.sort_by_key(|part| !part.starts_with("plan="));
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            if part.len() > MOST_PART {
                linked.problems.push(LinkProblem::TooLong(shortened(key), part.len()));
                continue;
            }
            let key = decode(key);
            if seen.contains(&key) {
                linked.problems.push(LinkProblem::Twice(shortened(&key)));
            } else {
                linked.take(demo, &key, value);
                seen.push(key);
            }
        }
        if linked.problems.len() > MOST_PROBLEMS {
            linked.problems.truncate(MOST_PROBLEMS);
            linked.problems.push(LinkProblem::More);
        }
        linked
    }

    fn take(&mut self, demo: &'static Demo, key: &str, value: &str) {
        let Self { setup, recording, problems } = self;
        if key == "trace" {
            // As it stands: it has nothing that is escaped.
            match Recording::open(value) {
                Ok(opened) => *recording = Some(opened),
                Err(problem) => problems.push(problem.into()),
            }
            return;
        }
        let value = decode(value);
        if key == "engines" {
            setup.take_engines(demo, &value, problems);
        } else if key == "urls" && demo.workload.takes_urls {
            setup.values = setup.values.with_urls(&value);
            problems.extend(setup.values.urls().err().map(LinkProblem::Urls));
        } else if key == "sweep" {
            let (sweep, wrong) = SweepChoice::parse(demo, &value);
            setup.sweep = sweep;
            problems.extend(wrong.into_iter().map(LinkProblem::Sweep));
        } else if key == "plan" && demo.workload.takes_plan {
            setup.values = setup.values.with_plan_text(&value);
            let wrong = setup.values.plan().err().and_then(|wrong| wrong.first().cloned());
            problems.extend(wrong.map(LinkProblem::Plan));
        } else if let Some(parameter) = demo.all_parameters().find(|parameter| parameter.key == key) {
            match parameter.parse(&value) {
                Ok(value) => setup.values = setup.values.with(parameter, value),
                Err(mut error) => {
                    error.given = shortened(&error.given);
                    problems.push(LinkProblem::OutOfRange(error, parameter.default));
                }
            }
        } else {
            problems.push(LinkProblem::UnknownKey(shortened(key)));
        }
    }
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;

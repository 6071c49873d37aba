//! How a demo is written in a link: `engines=await-each,gather&requests=9&delay=300`, the part behind `#/demo/<id>?`.
//!
//! Reading is lenient and honest: whatever cannot be read is left at its default and comes back as a problem in words, so
//! that a link from elsewhere always opens something and never silently something else.

use super::escape::{decode, encode};
use super::{Demo, OF_ENGINES};
use crate::engine::{EngineId, Options};
use crate::plan::parameter::{INTERVAL, LIMIT, PROCESSES, THREADS};
use crate::plan::{OutOfRange, Parameter, UrlProblem, Values};

/// Which engines, with which values.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// The engines, in the order they run.
    pub engines: Vec<EngineId>,
    /// The values, every parameter of the demo among them.
    pub values: Values,
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
}

impl Setup {
    /// What `demo` opens with.
    pub fn new(demo: &'static Demo) -> Self {
        let values = all_parameters(demo).fold(Values::default(), |values, p| values.with(p, p.default));
        Self { engines: demo.engines.to_vec(), values }
    }

    /// Reads the part of a link behind its question mark.
    pub fn parse(demo: &'static Demo, query: &str) -> (Self, Vec<LinkProblem>) {
        let mut setup = Self::new(demo);
        let mut problems = Vec::new();
        let mut seen = Vec::new();
        for pair in query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (key, value) = (decode(key), decode(value));
            if seen.contains(&key) {
                problems.push(LinkProblem::Twice(key));
                continue;
            }
            if key == "engines" {
                setup.take_engines(demo, &value, &mut problems);
            } else if key == "urls" && demo.workload.takes_urls {
                setup.values = setup.values.with_urls(&value);
                problems.extend(setup.values.urls().err().map(LinkProblem::Urls));
            } else if let Some(parameter) = all_parameters(demo).find(|parameter| parameter.key == key) {
                match parameter.parse(&value) {
                    Ok(value) => setup.values = setup.values.with(parameter, value),
                    Err(error) => problems.push(LinkProblem::OutOfRange(error, parameter.default)),
                }
            } else {
                problems.push(LinkProblem::UnknownKey(key.clone()));
            }
            seen.push(key);
        }
        (setup, problems)
    }

    /// Writes what [`Self::parse`] reads.
    pub fn write(&self, demo: &'static Demo) -> String {
        let engines: Vec<_> = self.engines.iter().map(|engine| engine.key()).collect();
        let mut query = format!("engines={}", engines.join(","));
        for parameter in demo.parameters(&self.engines) {
            query.push_str(&format!("&{}={}", parameter.key, self.values.get(parameter)));
        }
        if demo.workload.takes_urls && !self.values.urls_text().is_empty() {
            query.push_str(&format!("&urls={}", encode(self.values.urls_text())));
        }
        query
    }

    /// What `engine` is to be told besides its plan.
    pub fn options(&self, engine: EngineId) -> Options {
        let is_process = matches!(engine, EngineId::FreshProcesses | EngineId::Processes);
        let workers = self.values.get(if is_process { &PROCESSES } else { &THREADS });
        Options { workers, limit: self.values.get(&LIMIT), switch_interval_ms: self.values.get(&INTERVAL) }
    }

    fn take_engines(&mut self, demo: &Demo, list: &str, problems: &mut Vec<LinkProblem>) {
        let (mut engines, offered) = (Vec::new(), demo.offered());
        for key in list.split(',').map(str::trim).filter(|key| !key.is_empty()) {
            match EngineId::from_key(key) {
                Some(engine) if engines.contains(&engine) => {}
                Some(engine) if offered.contains(&engine) => engines.push(engine),
                Some(engine) => problems.push(LinkProblem::CannotRun(engine)),
                None => problems.push(LinkProblem::UnknownEngine(key.to_owned())),
            }
        }
        if engines.is_empty() {
            problems.push(LinkProblem::NoEngine);
        } else {
            self.engines = engines;
        }
    }
}

/// Every parameter that a link to `demo` may name: those of all its engines too.
fn all_parameters(demo: &'static Demo) -> impl Iterator<Item = &'static Parameter> {
    demo.workload.parameters.iter().copied().chain(OF_ENGINES)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::subsequence;

    use super::*;
    use crate::demo::testing::parameter;
    use crate::demo::{DEMOS, NINE_REQUESTS, PRIMES, RACE, URLS};

    fn says(demo: &'static Demo, query: &str) -> Vec<String> {
        Setup::parse(demo, query).1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_link_is_read() {
        let (setup, problems) = Setup::parse(&NINE_REQUESTS, "engines=gather%2Cawait-each&requests=12&delay=50");
        assert_eq!(problems, []);
        assert_eq!(setup.engines, [EngineId::Gather, EngineId::AwaitEach]);
        assert_eq!((setup.values.get(parameter("requests")), setup.values.get(parameter("delay"))), (12, 50));
    }

    #[test]
    fn nothing_means_the_defaults() {
        assert_eq!(Setup::parse(&PRIMES, ""), (Setup::new(&PRIMES), vec![]));
        assert_eq!(Setup::new(&PRIMES).write(&PRIMES), "engines=main,gather,threads&bound=3000000&tasks=16&threads=2");
    }

    #[test]
    fn what_is_wrong_is_said_and_the_rest_is_kept() {
        let query = "engines=warp,gather&requests=many&delay=50&colour=red&delay=60";
        assert_eq!(Setup::parse(&NINE_REQUESTS, query).0.values.get(parameter("delay")), 50);
        assert_eq!(
            says(&NINE_REQUESTS, query),
            [
                "There is no engine “warp”; it was left out.",
                "Requests must be a whole number from 1 to 100; “many” is not; 9 was taken.",
                "This demo has no “colour”; it was left out.",
                "“delay” stands twice in the link; the first was taken.",
            ]
        );
        assert_eq!(says(&PRIMES, "bound=7").len(), 1);
        assert_eq!(Setup::parse(&PRIMES, "bound=7").0.values.get(parameter("bound")), parameter("bound").default);
        assert_eq!(
            says(&PRIMES, "engines="),
            ["The link names no engine that can run this demo; the demo’s own were chosen."]
        );
    }

    #[test]
    fn an_engine_that_cannot_run_the_demo_is_left_out() {
        assert_eq!(Setup::parse(&RACE, "engines=gather,gil").0.engines, [EngineId::GilThreads]);
        let says = says(&RACE, "engines=gather,gil");
        assert_eq!(says, ["“Event loop, all at once” cannot run this demo; it was left out."]);
    }

    #[test]
    fn addresses_are_taken_where_they_are_asked_for_and_kept_even_if_they_are_wrong() {
        let read = |query| Setup::parse(&URLS, query).0;
        let two = read("urls=https://a.example/x%3Fy%3D1%0Ahttp://b.example");
        assert_eq!(two.values.urls().unwrap(), ["https://a.example/x?y=1", "http://b.example"]);
        assert_eq!(Setup::parse(&URLS, &two.write(&URLS)), (two, vec![]));
        assert!(says(&URLS, "urls=a.example")[0].starts_with("Line 1: “a.example” is no full address"));
        assert_eq!(read("urls=a.example").values.urls_text(), "a.example");
        assert_eq!(says(&PRIMES, "urls=https://a"), ["This demo has no “urls”; it was left out."]);
    }

    fn setups() -> impl Strategy<Value = (&'static Demo, Setup)> {
        let engines = subsequence(&EngineId::ALL, 1..=8).prop_shuffle();
        (proptest::sample::select(DEMOS), engines, any::<[prop::sample::Index; 12]>()).prop_map(
            |(demo, mut engines, picks)| {
                let offered = demo.offered();
                engines.retain(|engine| offered.contains(engine));
                if engines.is_empty() {
                    engines.extend(demo.engines);
                }
                let pick = |(p, pick): (&'static Parameter, prop::sample::Index)| {
                    (p, p.min + pick.index((p.max - p.min + 1) as usize) as u32)
                };
                let values = demo.parameters(&engines).zip(picks).map(pick);
                let values = values.fold(Setup::new(demo).values, |values, (p, value)| values.with(p, value));
                (demo, Setup { engines, values })
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read((demo, setup) in setups()) {
            prop_assert_eq!(Setup::parse(demo, &setup.write(demo)), (setup, vec![]));
        }

        #[test]
        fn any_text_opens_something(query in ".*") {
            let (setup, _) = Setup::parse(&PRIMES, &query);
            prop_assert!(!setup.engines.is_empty());
        }
    }
}

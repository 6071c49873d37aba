//! What the address of an embedded page says: what is shown, who the host is, and how it looks. It reads what stands behind `#/embed/`:
//! `nine-requests?host=https://docs.example&nonce=…&theme=dark&engines=gather&requests=9`, `lesson?lesson=event-loop&step=run` or
//! `trace?file=https://…`. What is none of its own is the demo's, as in any link.

use super::quoted;
use crate::demo::escape::decode;
use crate::demo::{Demo, find};

/// What an address opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// What is shown.
    pub shown: Result<Shown, AddressProblem>,
    /// Who is to be talked to; `None` if nobody wants to talk, as in a bare iframe.
    pub host: Option<Host>,
    /// What was left out, a sentence each, for whoever wrote the host page.
    pub left_out: Vec<String>,
}

/// What an embedded page shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// A demo, with what a link would say of it.
    Demo(&'static Demo, String),
    /// A step of a lesson.
    Step {
        /// The lesson's id.
        lesson: String,
        /// The step's number, from 1, or its id.
        step: String,
    },
    /// A trace that somebody keeps somewhere.
    Trace(TraceUrl),
}

/// Who is to be talked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its origin as the browser writes it; `null` for a page without one, as from a file.
    pub origin: String,
    /// What the host alone knows of this frame.
    pub nonce: String,
}

/// Where a trace is to be had: an address that a page may request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceUrl(String);

/// Why an address shows nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressProblem {
    /// A demo that does not exist.
    #[error("There is no demo “{0}”.")]
    UnknownDemo(String),
    /// A lesson without a name.
    #[error("The address names no lesson: `lesson` and `step` are missing or are no ids.")]
    NoLesson,
    /// A trace without an address.
    #[error("The address names no trace: `file` is missing.")]
    NoTrace,
    /// A trace at an address that is not requested.
    #[error("The trace’s address has to begin with https:// or http://, and “{0}” does not.")]
    Scheme(String),
    /// A trace at an address that cannot be one.
    #[error("“{0}” is no address that a trace could be got from.")]
    NotAnAddress(String),
}

/// The keys that are not the demo's.
const OWN: [&str; 7] = ["host", "nonce", "theme", "lang", "lesson", "step", "file"];
/// The longest address that is requested, characters.
const LONGEST_URL: usize = 2_000;
/// The shortest nonce that nobody guesses, and the longest that is taken, characters.
const NONCE: std::ops::RangeInclusive<usize> = 16..=64;
/// The longest origin, characters.
const LONGEST_ORIGIN: usize = 300;

impl Address {
    /// Reads `what`, the part behind `#/embed/`, and the `query` behind that.
    pub fn parse(what: &str, query: &str) -> Self {
        let mut own = [const { None::<String> }; OWN.len()];
        let (mut link, mut left_out) = (Vec::new(), Vec::new());
        for part in query.trim_start_matches('?').split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match OWN.iter().position(|own| *own == key) {
                None => link.push(part),
                // What the element writes stands first; what comes later may be from anybody.
                Some(at) if own[at].is_some() => left_out.push(format!("“{key}” stands twice; the first was taken.")),
                Some(at) => own[at] = Some(decode(value)),
            }
        }
        let [host, nonce, _, lang, lesson, step, file] = own;
        if let Some(lang) = lang.filter(|lang| !is_english(lang)) {
            left_out.push(format!("There is no “{}” yet: it is shown in English.", quoted(&lang)));
        }
        let shown = match what {
            "lesson" => match (lesson.filter(|id| is_id(id)), step.filter(|id| is_id(id))) {
                (Some(lesson), Some(step)) => Ok(Shown::Step { lesson, step }),
                _ => Err(AddressProblem::NoLesson),
            },
            "trace" => file.ok_or(AddressProblem::NoTrace).and_then(|url| TraceUrl::parse(&url)).map(Shown::Trace),
            id => match find(id) {
                Some(demo) => Ok(Shown::Demo(demo, link.join("&"))),
                None => Err(AddressProblem::UnknownDemo(quoted(id))),
            },
        };
        let host = host.zip(nonce).and_then(|(origin, nonce)| Host::checked(origin, nonce));
        Self { shown, host, left_out }
    }

    /// The address of the same thing on this site's own pages, from `#` on; `None` where there is no page of it.
    pub fn in_full(&self) -> Option<String> {
        match self.shown.as_ref().ok()? {
            Shown::Demo(demo, link) if link.is_empty() => Some(format!("#/demo/{}", demo.id)),
            Shown::Demo(demo, link) => Some(format!("#/demo/{}?{link}", demo.id)),
            Shown::Step { lesson, step } => Some(format!("#/lesson/{lesson}/{step}")),
            Shown::Trace(_) => Some("#/trace".into()),
        }
    }
}

impl Host {
    fn checked(origin: String, nonce: String) -> Option<Self> {
        let is_origin = origin == "null" || (origin.contains("://") && !origin.contains(char::is_whitespace));
        let is_nonce = NONCE.contains(&nonce.len()) && nonce.chars().all(|c| c.is_ascii_alphanumeric());
        (is_origin && origin.len() <= LONGEST_ORIGIN && is_nonce).then_some(Self { origin, nonce })
    }

    /// To whom `hello` is posted: exactly this origin. A page without one cannot be named; it learns nothing that it did not say itself.
    pub fn target(&self) -> &str {
        if self.origin == "null" { "*" } else { &self.origin }
    }
}

impl TraceUrl {
    /// An address of a trace.
    ///
    /// # Errors
    /// Why it is not requested.
    pub fn parse(text: &str) -> Result<Self, AddressProblem> {
        let text = text.trim();
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        let Some(rest) =
            ["https://", "http://"].iter().find_map(|scheme| lower.strip_prefix(scheme).map(|_| scheme.len()))
        else {
            return Err(AddressProblem::Scheme(quoted(text)));
        };
        let host = text[rest..].split(['/', '?', '#']).next().unwrap_or_default();
        let is_odd = |c: char| c.is_control() || c.is_whitespace();
        if host.is_empty() || host.contains('@') || text.len() > LONGEST_URL || text.contains(is_odd) {
            return Err(AddressProblem::NotAnAddress(quoted(text)));
        }
        Ok(Self(text.to_owned()))
    }

    /// As it is requested.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the file is called: the last part of the path.
    pub fn name(&self) -> String {
        let path = self.0.split(['?', '#']).next().unwrap_or_default();
        let last = path.rsplit('/').next().unwrap_or_default();
        // Behind `https://` stands the host, which is no file.
        if last.is_empty() || path.matches('/').count() < 3 { "trace.json".into() } else { quoted(&decode(last)) }
    }
}

fn is_id(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=60).contains(&text.len()) && text.chars().all(is_letter)
}

fn is_english(lang: &str) -> bool {
    lang.is_empty() || lang.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{DEMOS, NINE_REQUESTS, OWN_PLAN, Setup};
    use crate::engine::EngineId;

    const NONCE: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn an_address_names_a_demo_its_host_and_what_a_link_says() {
        let query = format!("host=https://docs.example&nonce={NONCE}&theme=dark&engines=gather&requests=4");
        let address = Address::parse("nine-requests", &query);
        assert_eq!(address.shown, Ok(Shown::Demo(&NINE_REQUESTS, "engines=gather&requests=4".into())));
        let host = address.host.clone().unwrap();
        assert_eq!((host.origin.as_str(), host.nonce.as_str()), ("https://docs.example", NONCE));
        assert_eq!((host.target(), address.left_out.len()), ("https://docs.example", 0));
        assert_eq!(address.in_full().as_deref(), Some("#/demo/nine-requests?engines=gather&requests=4"));
    }

    #[test]
    fn who_is_not_named_properly_is_not_talked_to() {
        for query in [
            String::new(),
            format!("host=https://docs.example&nonce={}", &NONCE[..15]),
            format!("host=https://docs.example&nonce={NONCE}%22"),
            format!("host=javascript:x&nonce={NONCE}"),
            format!("host=https://a+b&nonce={NONCE}"),
            format!("host=https://{}&nonce={NONCE}", "a".repeat(400)),
        ] {
            assert_eq!(Address::parse("nine-requests", &query).host, None, "{query}");
        }
        // A page from a file has no origin.
        let file = Address::parse("nine-requests", &format!("host=null&nonce={NONCE}")).host.unwrap();
        assert_eq!(file.target(), "*");
    }

    #[test]
    fn what_comes_later_changes_nothing() {
        let query = format!("host=https://docs.example&nonce={NONCE}&host=https://evil.example&nonce={NONCE}");
        let address = Address::parse("nine-requests", &query);
        assert_eq!(address.host.unwrap().origin, "https://docs.example");
        assert_eq!(address.left_out.len(), 2);
    }

    #[test]
    fn a_step_and_a_trace_have_addresses() {
        let step = Address::parse("lesson", "lesson=event-loop&step=run&lang=en-GB");
        assert_eq!(step.shown, Ok(Shown::Step { lesson: "event-loop".into(), step: "run".into() }));
        assert_eq!((step.in_full().as_deref(), step.left_out.len()), (Some("#/lesson/event-loop/run"), 0));
        let trace = Address::parse("trace", "file=https://a.example/x/my%2520run.json%3Fa%3D1&lang=de");
        let Ok(Shown::Trace(url)) = &trace.shown else { panic!("{trace:?}") };
        assert_eq!((url.as_str(), url.name().as_str()), ("https://a.example/x/my%20run.json?a=1", "my run.json"));
        assert_eq!(trace.left_out, ["There is no “de” yet: it is shown in English."]);
    }

    #[test]
    fn what_cannot_be_shown_is_said() {
        for (what, query, says) in [
            ("no-such", "", "There is no demo “no-such”."),
            ("\"><img src=x onerror=alert(1)>", "", "There is no demo “\"><img src=x onerror=alert(1)>”."),
            ("lesson", "lesson=../x&step=1", "names no lesson"),
            ("lesson", "lesson=event-loop", "names no lesson"),
            ("trace", "", "names no trace"),
            ("trace", "file=javascript:alert(1)", "“javascript:alert(1)” does not"),
            ("trace", "file=data:application/json,%5B%5D", "has to begin with https://"),
            ("trace", "file=%0Ajava%0Ascript:x", "has to begin with https://"),
            ("trace", "file=//a.example/x", "has to begin with https://"),
            ("trace", "file=https:", "has to begin with https://"),
            ("trace", "file=https://", "is no address"),
            ("trace", "file=https:///x", "is no address"),
            ("trace", "file=https://me:secret@a.example/x", "is no address"),
            ("trace", "file=https://a.example/x%0Ay", "is no address"),
        ] {
            let said = Address::parse(what, query).shown.unwrap_err().to_string();
            assert!(said.contains(says), "{what}?{query}: {said}");
        }
        let long = Address::parse("trace", &format!("file=https://a.example/{}", "x".repeat(3_000)));
        assert!(long.shown.unwrap_err().to_string().chars().count() < 120, "what is repeated is short");
    }

    #[test]
    fn a_trace_without_a_file_name_has_one_all_the_same() {
        let name = |url: &str| TraceUrl::parse(url).unwrap().name();
        assert_eq!(name("https://a.example"), "trace.json");
        assert_eq!(name("HTTPS://a.example/"), "trace.json");
        assert_eq!(name("http://a.example/b.json.gz#x"), "b.json.gz");
    }

    #[test]
    fn no_demo_has_a_parameter_that_an_address_would_take_for_its_own() {
        for demo in DEMOS.iter().chain(&[&OWN_PLAN]) {
            assert!(!["lesson", "trace"].contains(&demo.id));
            let values = Setup::new(demo).values;
            let all = demo.parameters(&EngineId::ALL, &values);
            let taken: Vec<_> = all.filter(|parameter| OWN.contains(&parameter.key)).map(|it| it.key).collect();
            assert!(taken.is_empty(), "{}: {taken:?}", demo.id);
        }
    }
}

//! What an embedded page says to its host, as the fields of its messages. Nothing else leaves it.

use serde::Serialize;

use super::VERSION;

/// A message as it is written.
#[derive(Debug, Serialize)]
pub struct Letter<'a> {
    interleave: &'static str,
    #[serde(flatten)]
    said: &'a Said,
}

impl<'a> Letter<'a> {
    /// What is said, with the version.
    pub fn new(said: &'a Said) -> Self {
        Self { interleave: VERSION, said }
    }
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Said {
    /// Here is the frame of this nonce; to the window, before there is a port.
    Hello {
        /// What the host alone knows of this frame.
        nonce: String,
    },
    /// It can be run.
    Ready,
    /// It would like to be so high.
    Size {
        /// CSS px.
        height: u32,
    },
    /// A run begins.
    Run {
        /// On these engines, by their keys in links, in the order they run.
        engines: Vec<&'static str>,
    },
    /// A run has ended, in whatever way; or a trace is shown.
    Done {
        /// The demo's id; `trace` for a trace.
        demo: &'static str,
        /// What each engine came to.
        runs: Vec<Came>,
    },
    /// Something cannot be done.
    Error {
        /// What and why, in words.
        message: String,
    },
}

/// What an engine came to, or what a trace holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Came {
    /// The engine's key in links; `trace` for a trace.
    pub engine: &'static str,
    /// Its name on the screen; of a trace, the file's.
    pub name: String,
    /// `done`, `failed` or `cancelled`.
    pub state: &'static str,
    /// Where the numbers come from: `measured`, `simulated`, `recorded` or `imported`; `None` without numbers.
    pub source: Option<&'static str>,
    /// Why it failed, in words.
    pub why: Option<String>,
    /// Whether its results are right; `None` where there are none to check.
    pub correct: Option<bool>,
    /// How many times as fast it was as the engine that the others are compared with; `None` for that one.
    pub speed_up: Option<f64>,
    /// Its numbers; `None` if it did not come to its end.
    pub statistics: Option<Statistics>,
}

/// The numbers of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Statistics {
    /// How long it took, ms.
    pub makespan_ms: f64,
    /// Time spent computing, over all workers, ms.
    pub running_ms: f64,
    /// Time spent waiting for I/O, over all tasks, ms.
    pub waiting_ms: f64,
    /// Tasks in progress, on average.
    pub overlap: f64,
    /// Most tasks in progress at once.
    pub peak_in_progress: u32,
    /// Most workers computing at once.
    pub peak_running: u32,
    /// Longest time without a frame, ms; `None` if it was not watched.
    pub longest_frame_gap_ms: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_flat_and_have_a_version() {
        let text = |said| serde_json::to_string(&Letter::new(&said)).unwrap();
        assert_eq!(text(Said::Ready), r#"{"interleave":"1","kind":"ready"}"#);
        assert_eq!(text(Said::Size { height: 480 }), r#"{"interleave":"1","kind":"size","height":480}"#);
        let run = Said::Run { engines: vec!["gather"] };
        assert_eq!(text(run), r#"{"interleave":"1","kind":"run","engines":["gather"]}"#);
        let done = Said::Done { demo: "primes", runs: Vec::new() };
        assert_eq!(text(done), r#"{"interleave":"1","kind":"done","demo":"primes","runs":[]}"#);
    }
}

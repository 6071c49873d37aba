//! A chart with blanks: stretches that are hidden until the learner has said what the task is doing there.

use serde::{Deserialize, Serialize};

use crate::lesson::Stretch;
use crate::timeline::words::duration;
use crate::trace::State;

/// A simulated run of which some stretches are hidden.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceWithBlanks {
    /// What the tasks are called, a row each.
    pub tasks: Vec<String>,
    /// What they are doing, sorted by task and start; what is hidden at first, too.
    pub bars: Vec<Stretch>,
    /// The end of the axis, ms.
    pub end_ms: f64,
    /// What is hidden, in the order in which it is asked for.
    pub blanks: Vec<Blank>,
}

/// A stretch that is hidden. It is one bar of the chart, or lies between two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blank {
    /// What it is called in chart and text.
    pub letter: char,
    /// Number of its task, from 0.
    pub task: u32,
    /// The instant that is asked about, ms.
    pub at_ms: f64,
    /// From when it is hidden, ms.
    pub start_ms: f64,
    /// Until when, ms.
    pub end_ms: f64,
    /// What else is asked of it, as inline HTML; may be empty.
    pub html: String,
    /// What may be answered, in the order shown; exactly one is correct.
    pub options: Vec<BlankOption>,
}

/// What a task may be doing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlankOption {
    /// `a`, `b`, `c` … in the order of the source.
    pub id: String,
    /// `None`: it has not begun, or has ended.
    pub state: Option<State>,
    /// Whether it is doing that.
    pub correct: bool,
    /// What is said to a learner who chose it, as HTML.
    pub reply_html: String,
}

impl BlankOption {
    /// What it says.
    pub fn words(&self) -> &'static str {
        self.state.map_or("not begun, or ended", State::words)
    }
}

impl TraceWithBlanks {
    /// The bars of a task that are seen, if those blanks that are `filled` are hidden no more.
    pub fn seen(&self, task: u32, filled: &[bool]) -> impl Iterator<Item = &Stretch> {
        let hidden: Vec<_> = self.hidden(task, filled).collect();
        let is_seen = move |bar: &&Stretch| {
            bar.task == task && !hidden.iter().any(|blank| blank.start_ms <= bar.start_ms && bar.end_ms <= blank.end_ms)
        };
        self.bars.iter().filter(is_seen)
    }

    /// The blanks of a task that are not `filled`.
    pub fn hidden(&self, task: u32, filled: &[bool]) -> impl Iterator<Item = &Blank> {
        let is_filled = |number: usize| filled.get(number).copied().unwrap_or(false);
        let blanks = self.blanks.iter().enumerate();
        blanks.filter(move |(number, blank)| blank.task == task && !is_filled(*number)).map(|(_, blank)| blank)
    }

    /// A task's row in words, for who does not see it: “running from 0 ms to 5 ms; A from 5 ms to 300 ms”.
    pub fn words(&self, task: u32, filled: &[bool]) -> String {
        let bars = self.seen(task, filled).map(|bar| (bar.start_ms, bar.end_ms, bar.state.words().to_owned()));
        let blanks = self.hidden(task, filled).map(|blank| (blank.start_ms, blank.end_ms, blank.letter.to_string()));
        let mut all: Vec<_> = bars.chain(blanks).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let said = all.into_iter().map(|(start_ms, end_ms, what)| {
            format!("{what} from {} to {}", duration(start_ms, 1.0), duration(end_ms, 1.0))
        });
        said.collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two tasks: the first runs, waits and runs again; the second begins when the first has ended.
    pub fn two_blanks() -> TraceWithBlanks {
        let bar = |task, state, start_ms, end_ms| Stretch { task, state, start_ms, end_ms };
        let option = |(id, state, correct, reply): (&str, _, _, &str)| BlankOption {
            id: id.into(),
            state,
            correct,
            reply_html: reply.into(),
        };
        let blank = |letter, task, at_ms, (start_ms, end_ms), options: [_; 2]| Blank {
            letter,
            task,
            at_ms,
            start_ms,
            end_ms,
            html: String::new(),
            options: options.map(option).to_vec(),
        };
        let (running, waiting) = (State::Running, State::WaitingForIo);
        TraceWithBlanks {
            tasks: vec!["one".into(), "two".into()],
            bars: vec![
                bar(0, running, 0.0, 100.0),
                bar(0, waiting, 100.0, 300.0),
                bar(0, running, 300.0, 400.0),
                bar(1, running, 400.0, 500.0),
            ],
            end_ms: 500.0,
            blanks: vec![
                blank('A', 0, 350.0, (300.0, 400.0), [("a", Some(running), true, "runs"), ("b", None, false, "ended")]),
                blank('B', 1, 50.0, (0.0, 400.0), [("a", Some(waiting), false, "waits"), ("b", None, true, "over")]),
            ],
        }
    }

    #[test]
    fn what_is_hidden_is_not_seen_until_it_is_filled() {
        let trace = two_blanks();
        let seen = |task, filled: &[bool]| trace.seen(task, filled).count();
        assert_eq!([seen(0, &[]), seen(0, &[true, false]), seen(1, &[])], [2, 3, 1]);
        assert_eq!(
            trace.words(0, &[]),
            "running from 0 ms to 100 ms; waiting for I/O from 100 ms to 300 ms; A from 300 ms to 400 ms"
        );
        assert_eq!(trace.words(1, &[]), "B from 0 ms to 400 ms; running from 400 ms to 500 ms");
        assert_eq!(trace.words(1, &[false, true]), "running from 400 ms to 500 ms");
    }

    #[test]
    fn an_option_is_called_as_in_the_legend() {
        let said: Vec<_> = two_blanks().blanks[1].options.iter().map(BlankOption::words).collect();
        assert_eq!(said, ["waiting for I/O", "not begun, or ended"]);
    }
}

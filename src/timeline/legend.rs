//! What a chart's strokes mean: only of what a trace has, so that a legend explains no more than there is to see. Data; whoever
//! shows it draws each entry as the painter would.

use crate::trace::{Lane, MarkKind, State, Trace};

/// What is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LegendKey {
    /// A bar of this state.
    State(State),
    /// The shade of a worker that does nothing.
    Idle,
    /// The band of a lock that is held.
    Hold,
    /// The sign of an instant.
    Mark(MarkKind),
    /// An arrow.
    Arrow,
    /// The steps of a counter.
    Counter,
    /// A stroke in the page's row.
    Frame,
}

/// A line of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegendEntry {
    /// What is drawn.
    pub key: LegendKey,
    /// What it means.
    pub words: &'static str,
}

impl LegendEntry {
    /// What `key` means.
    pub fn of(key: LegendKey) -> Self {
        Self { key, words: words(key) }
    }
}

/// The legend of several traces, in one order whatever they have.
pub fn legend<'a>(traces: impl IntoIterator<Item = &'a Trace>) -> Vec<LegendEntry> {
    let mut found = Vec::new();
    for trace in traces {
        keys(trace, &mut found);
    }
    let all = State::ALL.map(LegendKey::State).into_iter().chain([LegendKey::Idle, LegendKey::Hold]);
    let all =
        all.chain(MarkKind::ALL.map(LegendKey::Mark)).chain([LegendKey::Arrow, LegendKey::Counter, LegendKey::Frame]);
    all.filter(|key| found.contains(key)).map(LegendEntry::of).collect()
}

fn keys(trace: &Trace, found: &mut Vec<LegendKey>) {
    let mut add = |key| {
        if !found.contains(&key) {
            found.push(key);
        }
    };
    for state in State::ALL {
        if trace.lanes().iter().flat_map(Lane::slices).any(|slice| slice.state == state) {
            add(LegendKey::State(state));
        }
    }
    for kind in MarkKind::ALL {
        if trace.lanes().iter().flat_map(Lane::marks).any(|mark| mark.kind == kind) {
            add(if kind == MarkKind::Frame { LegendKey::Frame } else { LegendKey::Mark(kind) });
        }
    }
    let workers = trace.lanes().iter().filter(|lane| lane.kind().is_worker()).count();
    let others = [
        (workers > 0, LegendKey::Idle),
        (!trace.holds().is_empty(), LegendKey::Hold),
        (!trace.flows().is_empty(), LegendKey::Arrow),
        (!trace.counters().is_empty(), LegendKey::Counter),
    ];
    others.into_iter().filter(|(has, _)| *has).for_each(|(_, key)| add(key));
}

fn words(key: LegendKey) -> &'static str {
    match key {
        LegendKey::State(state) => state.words(),
        LegendKey::Idle => "a worker has nothing to do",
        LegendKey::Hold => "holds a lock",
        LegendKey::Arrow => "one follows from the other",
        LegendKey::Counter => "a value over time",
        LegendKey::Frame => "the page draws a frame",
        LegendKey::Mark(kind) => match kind {
            MarkKind::Frame => "the page draws a frame",
            MarkKind::RequestSent => "request sent",
            MarkKind::Response => "response",
            MarkKind::Yield => "gives up its turn",
            MarkKind::RequestFailed => "request failed",
            MarkKind::Failed => "failed here",
            MarkKind::SwitchRequested => "asks for the GIL",
            MarkKind::Deadlock => "deadlock found",
            MarkKind::Starvation => "ready for too long",
            MarkKind::LostWakeUp => "its wake-up came too early",
            MarkKind::Named => "named in the file",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;

    fn told(trace: &Trace) -> Vec<&'static str> {
        legend([trace]).into_iter().map(|entry| entry.words).collect()
    }

    #[test]
    fn a_legend_explains_what_there_is_and_no_more() {
        assert_eq!(
            told(&example::pool(3, 2)),
            ["running", "starting", "a worker has nothing to do", "the page draws a frame"]
        );
        assert_eq!(
            told(&example::hand_over()),
            [
                "running",
                "waiting for others",
                "a worker has nothing to do",
                "holds a lock",
                "one follows from the other",
                "a value over time",
                "the page draws a frame"
            ]
        );
        assert_eq!(told(&example::empty(3)), [""; 0]);
    }
}

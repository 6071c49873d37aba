//! A prediction with bars: one for each task, as long as the task takes, to be laid where the learner expects it. What a hand or a key does
//! to them is one pure function.

use serde::{Deserialize, Serialize};

use super::{Pattern, Stretch};
use crate::trace::State;

/// Bars to be laid on a time axis that begins at 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Board {
    /// The tasks, one bar each.
    pub tasks: Vec<BoardTask>,
    /// The end of the axis, ms: where the last bar ends if they lie one after another.
    pub end_ms: f64,
    /// Bars start at multiples of this, ms.
    pub step_ms: f64,
    /// What is said to whom; exactly one is correct, and one is for [`Pattern::Other`].
    pub replies: Vec<PatternReply>,
}

/// A task whose bar is to be laid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoardTask {
    /// What it is called.
    pub name: String,
    /// What it does most of the time.
    pub state: State,
    /// How long it takes, ms.
    pub length_ms: f64,
}

/// What is said to who laid the bars in this pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatternReply {
    /// The pattern.
    pub pattern: Pattern,
    /// Whether the author expects a run to come out so.
    pub correct: bool,
    /// What is said, as HTML.
    pub reply_html: String,
}

/// Where a bar is to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// To start at this time, ms, or as near to it as it can.
    To(f64),
    /// So many steps later; earlier if negative.
    Steps(f64),
    /// Later by so many of its own lengths.
    Lengths(f64),
}

impl Board {
    /// The starts after the bar of `task` was moved; with `along`, those below it go as far as it does. All stay on the axis.
    #[must_use]
    pub fn moved(&self, starts_ms: &[f64], task: usize, to: Move, along: bool) -> Vec<f64> {
        let mut moved = starts_ms.to_vec();
        let (Some(before_ms), Some(of)) = (starts_ms.get(task), self.tasks.get(task)) else { return moved };
        let wanted_ms = match to {
            Move::To(at_ms) => at_ms,
            Move::Steps(steps) => before_ms + steps * self.step_ms,
            Move::Lengths(lengths) => before_ms + lengths * of.length_ms,
        };
        let by_ms = self.snapped(wanted_ms, of.length_ms) - before_ms;
        let until = if along { moved.len() } else { task + 1 };
        for (start_ms, of) in moved.iter_mut().zip(&self.tasks).take(until).skip(task) {
            *start_ms = self.snapped(*start_ms + by_ms, of.length_ms);
        }
        moved
    }

    /// The nearest step at which a bar of this length lies on the axis.
    fn snapped(&self, start_ms: f64, length_ms: f64) -> f64 {
        let most = ((self.end_ms - length_ms) / self.step_ms).round().max(0.0);
        (start_ms / self.step_ms).round().clamp(0.0, most) * self.step_ms
    }

    /// The bars as they lie.
    pub fn stretches(&self, starts_ms: &[f64]) -> Vec<Stretch> {
        let stretch = |((task, of), start_ms): ((u32, &BoardTask), &f64)| {
            let end_ms = start_ms + of.length_ms;
            Stretch { task, state: of.state, start_ms: *start_ms, end_ms }
        };
        (0..).zip(&self.tasks).zip(starts_ms).map(stretch).collect()
    }

    /// What the lesson says to a pattern; to one that it does not name, what it says to all others.
    pub fn reply(&self, pattern: Pattern) -> Option<&PatternReply> {
        let to = |wanted| self.replies.iter().find(|reply| reply.pattern == wanted);
        to(pattern).or_else(|| to(Pattern::Other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board() -> Board {
        let task = |length_ms| BoardTask { name: "request".into(), state: State::WaitingForIo, length_ms };
        let tasks = [300.0, 300.0, 200.0].map(task).to_vec();
        Board { tasks, end_ms: 800.0, step_ms: 50.0, replies: vec![] }
    }

    #[test]
    fn a_bar_goes_where_it_is_put_in_steps_and_stays_on_the_axis() {
        let moved = |to| board().moved(&[0.0, 100.0, 0.0], 1, to, false);
        for (to, expected_ms) in [
            (Move::To(310.0), 300.0),
            (Move::To(-70.0), 0.0),
            (Move::To(f64::INFINITY), 500.0),
            (Move::Steps(1.0), 150.0),
            (Move::Steps(-3.0), 0.0),
            (Move::Lengths(1.0), 400.0),
            (Move::Lengths(2.0), 500.0),
        ] {
            assert_eq!(moved(to), [0.0, expected_ms, 0.0], "{to:?}");
        }
        assert_eq!(board().moved(&[0.0; 3], 3, Move::To(50.0), false), [0.0; 3], "there is no such bar");
    }

    #[test]
    fn the_bars_below_go_along_as_far_as_they_can() {
        assert_eq!(board().moved(&[0.0, 0.0, 0.0], 1, Move::To(300.0), true), [0.0, 300.0, 300.0]);
        assert_eq!(board().moved(&[0.0, 0.0, 450.0], 0, Move::Lengths(1.0), true), [300.0, 300.0, 600.0]);
    }

    #[test]
    fn a_pattern_without_a_reply_has_that_of_all_others() {
        let reply =
            |pattern, text: &str| PatternReply { pattern, correct: pattern != Pattern::Other, reply_html: text.into() };
        let replies = vec![reply(Pattern::AtATime(3), "three"), reply(Pattern::Other, "other")];
        let board = Board { replies, ..board() };
        let said = |pattern| board.reply(pattern).map(|reply| reply.reply_html.as_str());
        assert_eq!(
            [Pattern::AtATime(3), Pattern::AtATime(2), Pattern::Other].map(said),
            ["three", "other", "other"].map(Some)
        );
    }
}

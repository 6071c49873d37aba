//! Undo and redo: the states that something had, and which of them it has now. It knows no clock and nothing of what a state is.

/// States in the order in which they were.
#[derive(Clone, Debug, PartialEq)]
pub struct History<T> {
    states: Vec<T>,
    at: usize,
    /// When the newest change was typed that others may continue, ms on the caller's clock.
    typing_ms: Option<f64>,
}

/// Most states that are kept.
const MOST: usize = 200;
/// What is typed within this time after what was typed before is one change with it, ms.
const PAUSE_MS: f64 = 1_000.0;

impl<T: Clone + PartialEq> History<T> {
    /// Begins with a state, before which there is none.
    pub fn new(first: T) -> Self {
        Self { states: vec![first], at: 0, typing_ms: None }
    }

    /// The state as it is now.
    pub fn now(&self) -> &T {
        &self.states[self.at]
    }

    /// A new state, at `now_ms`; what was undone is forgotten. If `is_typed`, it is one change with what was typed just before.
    pub fn change(&mut self, state: T, is_typed: bool, now_ms: f64) {
        if state == *self.now() {
            return;
        }
        self.states.truncate(self.at + 1);
        let continues = is_typed && self.typing_ms.is_some_and(|typed_ms| now_ms - typed_ms < PAUSE_MS);
        if continues {
            self.states[self.at] = state;
        } else {
            self.states.push(state);
            if self.states.len() > MOST {
                self.states.remove(0);
            }
            self.at = self.states.len() - 1;
        }
        self.typing_ms = is_typed.then_some(now_ms);
    }

    /// Whoever typed has turned to something else: what is typed next is another change.
    pub fn settle(&mut self) {
        self.typing_ms = None;
    }

    /// Whether there is a state before this one.
    pub fn can_undo(&self) -> bool {
        self.at > 0
    }

    /// Whether a state was undone.
    pub fn can_redo(&self) -> bool {
        self.at + 1 < self.states.len()
    }

    /// Goes back to the state before, if there is one, and gives it.
    pub fn undo(&mut self) -> Option<&T> {
        self.settle();
        self.at = self.at.checked_sub(1)?;
        Some(self.now())
    }

    /// Goes on to the state that was undone last, if there is one, and gives it.
    pub fn redo(&mut self) -> Option<&T> {
        self.settle();
        self.can_redo().then(|| self.at += 1)?;
        Some(self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forth() {
        let mut history = History::new("a");
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo(), None);
        history.change("b", false, 0.0);
        history.change("c", false, 1.0);
        assert_eq!(history.undo(), Some(&"b"));
        assert_eq!(history.undo(), Some(&"a"));
        assert_eq!((history.can_undo(), history.can_redo()), (false, true));
        assert_eq!(history.redo(), Some(&"b"));
        history.change("d", false, 2.0);
        assert_eq!(history.redo(), None, "what was undone is gone");
        assert_eq!(history.now(), &"d");
        assert_eq!(history.undo(), Some(&"b"));
    }

    #[test]
    fn what_is_typed_without_a_pause_is_one_change() {
        let mut history = History::new("");
        for (at_ms, text) in [(0.0, "l"), (300.0, "lo"), (1_200.0, "loc"), (2_300.0, "lock")] {
            history.change(text, true, at_ms);
        }
        assert_eq!(history.undo(), Some(&"loc"), "a pause parts it");
        assert_eq!(history.undo(), Some(&""));
    }

    #[test]
    fn whoever_turns_to_something_else_begins_another_change() {
        let mut history = History::new("");
        history.change("a", true, 0.0);
        history.settle();
        history.change("ab", true, 10.0);
        history.change("ticked", false, 20.0);
        history.change("abc", true, 30.0);
        history.change("abc", true, 40.0);
        let back = [history.undo().copied(), history.undo().copied(), history.undo().copied(), history.undo().copied()];
        assert_eq!(back, [Some("ticked"), Some("ab"), Some("a"), Some("")]);
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let mut history = History::new(0);
        (1..1_000).for_each(|state| history.change(state, false, 0.0));
        assert_eq!(std::iter::from_fn(|| history.undo().copied()).count(), MOST - 1);
        assert_eq!(history.now(), &800);
    }
}

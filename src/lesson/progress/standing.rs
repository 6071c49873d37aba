//! How much of what lessons ask is done.

use std::iter::Sum;

use super::Progress;
use crate::lesson::{Exercise, ExerciseKind, IndexEntry};

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many are done.
    pub done: usize,
    /// How many there are.
    pub of: usize,
}

impl Standing {
    /// As it is said.
    pub fn in_words(self) -> String {
        let Self { done, of } = self;
        if done == of && of > 0 { format!("all {of} done") } else { format!("{done} of {of} done") }
    }
}

impl Sum for Standing {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, next| Self { done: sum.done + next.done, of: sum.of + next.of })
    }
}

impl Progress {
    /// How much of what a lesson asks is done, as it is worded now.
    pub fn standing(&self, lesson: &IndexEntry) -> Standing {
        let done = lesson.exercises.iter().filter(|exercise| self.has_done(&lesson.id, exercise)).count();
        Standing { done, of: lesson.exercises.len() }
    }

    fn has_done(&self, lesson: &str, exercise: &Exercise) -> bool {
        let Some(of) = self.lessons.get(lesson) else { return false };
        let Exercise { kind, id, hash } = exercise;
        match kind {
            ExerciseKind::Question => of.answers.get(id).is_some_and(|answer| answer.correct && answer.hash == *hash),
            ExerciseKind::Prediction => {
                of.predictions.get(id).is_some_and(|guess| guess.made.is_some() && guess.hash == *hash)
            }
            ExerciseKind::Task => of.tasks.get(id) == Some(hash),
        }
    }
}

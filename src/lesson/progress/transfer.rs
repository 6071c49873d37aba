//! Progress that leaves as a file and comes in from one: what a file must be, what is in it, and how two are made one.

use super::{Answer, Guess, LessonProgress, Progress, VERSION};

/// A larger file is no progress, bytes.
pub const MOST_PROGRESS_BYTES: f64 = 1_000_000.0;

impl Progress {
    /// What was read from a file (the error says why nothing could be).
    ///
    /// # Errors
    /// Why it cannot be taken, as the end of a sentence.
    pub fn from_file(read: Result<Self, String>) -> Result<Self, String> {
        let progress = read.map_err(|why| format!("it is no progress of Interleave ({why})"))?;
        if progress.version != VERSION {
            return Err(format!("it is of version {}, and this page reads version {VERSION}", progress.version));
        }
        if progress.lessons.values().all(|lesson| *lesson == LessonProgress::default()) {
            return Err("nothing was done in it".to_owned());
        }
        Ok(progress)
    }

    /// What is in it, in words.
    pub fn in_words(&self) -> String {
        let sum = |count: fn(&LessonProgress) -> usize| self.lessons.values().map(count).sum::<usize>();
        let named = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        format!(
            "{}, {} and {} in {}",
            named(sum(|lesson| lesson.answers.len()), "answer"),
            named(sum(|lesson| lesson.predictions.len()), "prediction"),
            named(sum(|lesson| lesson.tasks.len()), "task"),
            named(self.lessons.len(), "lesson"),
        )
    }

    /// This progress and what `other` has besides: of two answers to one question the right one stays, of two predictions this one's.
    pub fn merged(&self, other: &Self) -> Self {
        let mut merged = self.clone();
        for (id, theirs) in &other.lessons {
            let own = merged.lessons.entry(id.clone()).or_default();
            own.last_step = own.last_step.take().or_else(|| theirs.last_step.clone());
            for (id, answer) in &theirs.answers {
                let better = |own: &Answer| own.hash == answer.hash && answer.correct && !own.correct;
                if own.answers.get(id).is_none_or(better) {
                    own.answers.insert(id.clone(), answer.clone());
                }
            }
            for (id, hash) in &theirs.tasks {
                own.tasks.entry(id.clone()).or_insert_with(|| hash.clone());
            }
            for (id, guess) in &theirs.predictions {
                let better = |own: &Guess| own.hash == guess.hash && own.made.is_none();
                if own.predictions.get(id).is_none_or(better) {
                    own.predictions.insert(id.clone(), guess.clone());
                }
            }
        }
        merged
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::lesson::progress::Standing;
    use crate::lesson::{Exercise, ExerciseKind, Given, IndexEntry, Predicted};

    const STEP: Option<&str> = Some("one");

    /// Progress in the lesson `a`: answers by id and whether they are right, predictions by id and whether they were made.
    fn progress(step: Option<&str>, answers: &[(&str, bool)], predictions: &[(&str, bool)]) -> Progress {
        let answer = |(id, correct): &(&str, bool)| {
            let answer = Answer { hash: "1".into(), given: Given::Choice("a".into()), correct: *correct, tries: 1 };
            ((*id).to_owned(), answer)
        };
        let guess = |(id, made): &(&str, bool)| {
            ((*id).to_owned(), Guess { hash: "1".into(), made: made.then_some(Predicted::Value(1.0)) })
        };
        let lesson = LessonProgress {
            last_step: step.map(Into::into),
            answers: answers.iter().map(answer).collect(),
            predictions: predictions.iter().map(guess).collect(),
            tasks: BTreeMap::from([("do".to_owned(), "1".to_owned())]),
        };
        Progress { version: VERSION, lessons: BTreeMap::from([("a".to_owned(), lesson)]) }
    }

    fn file(text: &str) -> Result<Progress, String> {
        Progress::from_file(serde_json::from_str(text).map_err(|error| error.to_string()))
    }

    #[test]
    fn what_is_saved_can_be_taken_in_again() {
        let saved = progress(STEP, &[("why", true)], &[("guess", true), ("other", false)]);
        assert_eq!(file(&serde_json::to_string(&saved).unwrap()), Ok(saved.clone()));
        assert_eq!(saved.in_words(), "1 answer, 2 predictions and 1 task in 1 lesson");
    }

    #[test]
    fn what_is_no_progress_is_refused_with_a_reason() {
        let whole = serde_json::to_string(&progress(STEP, &[("why", true)], &[])).unwrap();
        for cut in 0..whole.len() {
            assert!(file(&whole[..cut]).unwrap_err().starts_with("it is no progress of Interleave"), "{cut}");
        }
        for text in ["[]", "{\"traceEvents\":[]}", "{\"version\":1,\"lessons\":{\"a\":7}}"] {
            assert!(file(text).unwrap_err().starts_with("it is no progress of Interleave"), "{text}");
        }
        let newer = whole.replace("\"version\":1", "\"version\":2");
        assert_eq!(file(&newer), Err("it is of version 2, and this page reads version 1".into()));
        for empty in ["{\"version\":1,\"lessons\":{}}", "{\"version\":1,\"lessons\":{\"a\":{}}}"] {
            assert_eq!(file(empty), Err("nothing was done in it".into()));
        }
    }

    #[test]
    fn merging_adds_and_loses_nothing() {
        let own = progress(None, &[("x", false), ("y", true)], &[("g", false), ("h", true)]);
        let other = progress(STEP, &[("x", true), ("y", false), ("z", false)], &[("g", true), ("i", false)]);
        let both = progress(STEP, &[("x", true), ("y", true), ("z", false)], &[("g", true), ("h", true), ("i", false)]);
        assert_eq!(own.merged(&other), both);
        for progress in [&own, &other, &both] {
            assert_eq!((progress.merged(progress), both.merged(progress)), (progress.clone(), both.clone()));
            assert_eq!(Progress::default().merged(progress), *progress);
            assert_eq!(progress.merged(&Progress::default()), *progress);
        }
    }

    #[test]
    fn an_answer_to_another_wording_does_not_replace_ones_own() {
        let own = progress(STEP, &[("x", false)], &[("g", false)]);
        let mut other = progress(STEP, &[("x", true)], &[("g", true)]);
        let lesson = other.lessons.get_mut("a").unwrap();
        lesson.answers.get_mut("x").unwrap().hash = "2".into();
        lesson.predictions.get_mut("g").unwrap().hash = "2".into();
        assert_eq!(own.merged(&other), own);
    }

    #[test]
    fn what_is_done_is_counted_as_it_is_worded_now() {
        let exercise = |kind, id: &str, hash: &str| Exercise { kind, id: id.into(), hash: hash.into() };
        let asked = [("x", "1"), ("y", "1"), ("z", "2")].map(|(id, hash)| exercise(ExerciseKind::Question, id, hash));
        let predicted =
            [("g", "1"), ("h", "1"), ("i", "1")].map(|(id, hash)| exercise(ExerciseKind::Prediction, id, hash));
        let entry = IndexEntry {
            id: "a".into(),
            title: String::new(),
            minutes: 1,
            summary: String::new(),
            steps: vec![],
            exercises: [asked, predicted].concat(),
        };
        let progress = progress(STEP, &[("x", true), ("y", false), ("z", true)], &[("g", true), ("h", false)]);
        let standing = progress.standing(&entry);
        assert_eq!((standing, standing.in_words().as_str()), (Standing { done: 2, of: 6 }, "2 of 6 done"));
        assert_eq!(Progress::default().standing(&entry), Standing { done: 0, of: 6 });
        let sum: Standing = [standing, Standing { done: 1, of: 1 }].into_iter().sum();
        assert_eq!(sum, Standing { done: 3, of: 7 });
        assert_eq!(Standing { done: 7, of: 7 }.in_words(), "all 7 done");
    }
}

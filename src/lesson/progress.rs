//! What a learner has done, as a value: answers, predictions and the last step of each lesson, to be kept by whoever has a
//! storage. Answers are kept under the hash of what was asked, so that an edited question is asked again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Predicted, Prediction, Question};

/// Version of what is kept.
const VERSION: u32 = 1;

/// Name under which a page keeps the progress in its storage.
pub const STORAGE_KEY: &str = "interleave.progress";

/// What a learner has done in all lessons. Values are made anew with each change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    version: u32,
    lessons: BTreeMap<String, LessonProgress>,
}

/// What a learner has done in one lesson.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct LessonProgress {
    last_step: Option<String>,
    answers: BTreeMap<String, Answer>,
    predictions: BTreeMap<String, Guess>,
}

/// What was answered to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    hash: String,
    /// Id of the option chosen last.
    pub option: String,
    /// Whether it is the right one.
    pub correct: bool,
    /// How many answers were given until then, this one included.
    pub tries: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Guess {
    hash: String,
    /// `None` for 'just show me'.
    predicted: Option<Predicted>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { version: VERSION, lessons: BTreeMap::new() }
    }
}

impl Progress {
    /// This progress, with the answer `option` to `question` of `lesson`.
    pub fn with_answer(&self, lesson: &str, question: &Question, option: &str) -> Self {
        let answer = Answer {
            hash: question.hash.clone(),
            option: option.to_owned(),
            correct: question.option(option).is_some_and(|option| option.correct),
            tries: self.answer(lesson, question).map_or(0, |answer| answer.tries) + 1,
        };
        self.changed(lesson, |of_lesson| {
            of_lesson.answers.insert(question.id.clone(), answer);
        })
    }

    /// This progress, with what was predicted; `None` for 'just show me'.
    pub fn with_prediction(&self, lesson: &str, prediction: &Prediction, predicted: Option<Predicted>) -> Self {
        let guess = Guess { hash: prediction.hash.clone(), predicted };
        self.changed(lesson, |of_lesson| {
            of_lesson.predictions.insert(prediction.id.clone(), guess);
        })
    }

    /// This progress, with `step` as the last one seen of `lesson`.
    pub fn with_step(&self, lesson: &str, step: &str) -> Self {
        self.changed(lesson, |of_lesson| of_lesson.last_step = Some(step.to_owned()))
    }

    /// What was answered to `question` as it is worded now.
    pub fn answer(&self, lesson: &str, question: &Question) -> Option<&Answer> {
        self.lessons.get(lesson)?.answers.get(&question.id).filter(|answer| answer.hash == question.hash)
    }

    /// What was predicted for `prediction` as it is worded now: `None` if it was not asked yet, `Some(None)` for 'just show
    /// me'.
    pub fn prediction(&self, lesson: &str, prediction: &Prediction) -> Option<Option<Predicted>> {
        let guess = self.lessons.get(lesson)?.predictions.get(&prediction.id)?;
        (guess.hash == prediction.hash).then_some(guess.predicted)
    }

    /// Id of the last step seen of `lesson`.
    pub fn last_step(&self, lesson: &str) -> Option<&str> {
        self.lessons.get(lesson)?.last_step.as_deref()
    }

    /// What was read from a storage (the error says why nothing could be), if it is of this version; else an empty progress and
    /// a message for the learner.
    pub fn accept(read: Result<Self, String>) -> (Self, Option<String>) {
        match read {
            Ok(progress) if progress.version == VERSION => (progress, None),
            Ok(progress) => (Self::default(), Some(unreadable(&format!("it is of version {}", progress.version)))),
            Err(why) => (Self::default(), Some(unreadable(&why))),
        }
    }

    fn changed(&self, lesson: &str, change: impl FnOnce(&mut LessonProgress)) -> Self {
        let mut progress = self.clone();
        change(progress.lessons.entry(lesson.to_owned()).or_default());
        progress
    }
}

fn unreadable(why: &str) -> String {
    format!("The progress kept in this browser could not be read, so the lessons start afresh ({why}).")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::EngineId;
    use crate::lesson::{Answers, Choice};

    fn question(hash: &str) -> Question {
        let choice =
            |id: &str, correct| Choice { id: id.into(), html: String::new(), correct, reply_html: String::new() };
        let answers = Answers::Single { options: vec![choice("a", false), choice("b", true)] };
        Question { id: "why".into(), hash: hash.into(), prompt_html: String::new(), answers }
    }

    fn prediction(hash: &str) -> Prediction {
        Prediction {
            id: "first".into(),
            hash: hash.into(),
            demo: "nine".into(),
            first_prompt_html: String::new(),
            first: vec![],
            ratio_prompt_html: String::new(),
            ratios: vec![],
        }
    }

    fn read(text: &str) -> (Progress, Option<String>) {
        Progress::accept(serde_json::from_str(text).map_err(|error| error.to_string()))
    }

    #[test]
    fn what_was_done_is_kept_in_a_storage() {
        let nine = Predicted::First { engine: EngineId::Gather, ratio: 9.0 };
        let progress = Progress::default()
            .with_step("three-ways", "why")
            .with_answer("three-ways", &question("1"), "a")
            .with_answer("three-ways", &question("1"), "b")
            .with_prediction("three-ways", &prediction("1"), Some(nine));
        let (kept, message) = read(&serde_json::to_string(&progress).unwrap());
        assert_eq!((&kept, message), (&progress, None));
        assert_eq!(kept.last_step("three-ways"), Some("why"));
        let answer = kept.answer("three-ways", &question("1")).unwrap();
        assert_eq!((answer.option.as_str(), answer.correct, answer.tries), ("b", true, 2));
        assert_eq!(kept.prediction("three-ways", &prediction("1")), Some(Some(nine)));
        assert_eq!(kept.answer("another", &question("1")), None);
    }

    #[test]
    fn an_edited_question_is_asked_again() {
        let progress = Progress::default().with_answer("three-ways", &question("1"), "b").with_prediction(
            "three-ways",
            &prediction("1"),
            None,
        );
        assert_eq!(progress.answer("three-ways", &question("2")), None);
        assert_eq!(progress.prediction("three-ways", &prediction("2")), None);
        assert_eq!(progress.prediction("three-ways", &prediction("1")), Some(None), "“just show me” is kept too");
        let again = progress.with_answer("three-ways", &question("2"), "b");
        assert_eq!(again.answer("three-ways", &question("2")).unwrap().tries, 1, "tries of another text do not count");
    }

    #[test]
    fn what_cannot_be_read_starts_afresh_and_says_so() {
        for text in [
            "",
            "null",
            "[]",
            "{",
            "{\"version\":1}",
            "{\"version\":2,\"lessons\":{}}",
            "{\"version\":1,\"lessons\":{\"a\":7}}",
        ] {
            let (progress, message) = read(text);
            assert_eq!(progress, Progress::default(), "{text}");
            assert!(message.unwrap().starts_with("The progress kept in this browser could not be read"), "{text}");
        }
    }
}

//! What a learner has done, as a value: answers, predictions, tasks and the last step of each lesson, to be kept by whoever has a
//! storage. Answers are kept under the hash of what was asked, so that an edited question is asked again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Answer, Given, Predicted, Prediction, Question, Task};

mod standing;
mod transfer;

pub use standing::Standing;
pub use transfer::MOST_PROGRESS_BYTES;

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
    /// Of each task that was done, the hash of what was asked.
    tasks: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Guess {
    hash: String,
    /// `None` for 'just show me'. What stands under `predicted` in a progress of earlier lessons was asked in a way that is gone, and is
    /// passed over: its hash is that of no prediction any more.
    #[serde(default)]
    made: Option<Predicted>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { version: VERSION, lessons: BTreeMap::new() }
    }
}

impl Progress {
    /// This progress, with this answer to `question` of `lesson`. What is no answer to it changes nothing, nor does the same answer again:
    /// it is no further try.
    pub fn with_answer(&self, lesson: &str, question: &Question, given: &Given) -> Self {
        let before = self.answer(lesson, question);
        let Some(judged) = question.judge(given).filter(|_| before.is_none_or(|before| before.given != *given)) else {
            return self.clone();
        };
        let answer = Answer {
            hash: question.hash.clone(),
            given: given.clone(),
            correct: judged.right,
            tries: before.map_or(0, |answer| answer.tries) + 1,
        };
        self.changed(lesson, |of_lesson| {
            of_lesson.answers.insert(question.id.clone(), answer);
        })
    }

    /// This progress, with what was predicted; `None` for 'just show me'.
    pub fn with_prediction(&self, lesson: &str, prediction: &Prediction, predicted: Option<Predicted>) -> Self {
        let guess = Guess { hash: prediction.hash.clone(), made: predicted };
        self.changed(lesson, |of_lesson| {
            of_lesson.predictions.insert(prediction.id.clone(), guess);
        })
    }

    /// This progress, with `task` done.
    pub fn with_task(&self, lesson: &str, task: &Task) -> Self {
        self.changed(lesson, |of_lesson| {
            of_lesson.tasks.insert(task.id.clone(), task.hash.clone());
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
    pub fn prediction(&self, lesson: &str, prediction: &Prediction) -> Option<Option<&Predicted>> {
        let guess = self.lessons.get(lesson)?.predictions.get(&prediction.id)?;
        (guess.hash == prediction.hash).then_some(guess.made.as_ref())
    }

    /// Whether `task` was done as it is worded now.
    pub fn is_done(&self, lesson: &str, task: &Task) -> bool {
        self.lessons.get(lesson).and_then(|of_lesson| of_lesson.tasks.get(&task.id)) == Some(&task.hash)
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
    use crate::lesson::{Answers, Asked, Choice, Truth};

    fn question(hash: &str) -> Question {
        let choice =
            |id: &str, correct| Choice { id: id.into(), html: String::new(), correct, reply_html: String::new() };
        let answers = Answers::Single { options: vec![choice("a", false), choice("b", true)] };
        Question { id: "why".into(), hash: hash.into(), prompt_html: String::new(), answers }
    }

    fn option(id: &str) -> Given {
        Given::Choice(id.into())
    }

    fn prediction(hash: &str) -> Prediction {
        Prediction {
            id: "first".into(),
            hash: hash.into(),
            demo: "nine".into(),
            engine: EngineId::Gather,
            prompt_html: String::new(),
            asked: Asked::Charts { options: vec![] },
        }
    }

    fn read(text: &str) -> (Progress, Option<String>) {
        Progress::accept(serde_json::from_str(text).map_err(|error| error.to_string()))
    }

    #[test]
    fn predictions_of_all_kinds_are_kept_in_a_storage() {
        for made in [
            Some(Predicted::Chart("b".into())),
            Some(Predicted::Value(2_700.0)),
            Some(Predicted::Starts(vec![0.0, 300.0])),
            Some(Predicted::Truth(Truth::Depends)),
            None,
        ] {
            let progress = Progress::default().with_prediction("three-ways", &prediction("1"), made.clone());
            let (kept, message) = read(&serde_json::to_string(&progress).unwrap());
            assert_eq!((&kept, message), (&progress, None));
            assert_eq!(kept.prediction("three-ways", &prediction("1")), Some(made.as_ref()));
        }
    }

    #[test]
    fn what_was_kept_before_there_were_several_ways_to_predict_and_to_answer_is_read() {
        let text = r#"{"version":1,"lessons":{"three-ways":{"last_step":"run",
            "answers":{"why":{"hash":"1","option":"b","correct":true,"tries":2}},
            "predictions":{"first":{"hash":"old","predicted":{"first":{"engine":"gather","ratio":9}}},
                           "second":{"hash":"old","predicted":"same"},"third":{"hash":"old","predicted":null}}}}}"#;
        let (kept, message) = read(text);
        assert_eq!(message, None);
        assert_eq!(kept.last_step("three-ways"), Some("run"));
        let answer = kept.answer("three-ways", &question("1")).unwrap();
        assert_eq!((&answer.given, answer.correct, answer.tries), (&option("b"), true, 2));
        assert_eq!(kept.prediction("three-ways", &prediction("1")), None, "it is asked again");
    }

    #[test]
    fn what_was_done_is_kept_in_a_storage() {
        let nine = Predicted::Value(9.0);
        let progress = Progress::default()
            .with_step("three-ways", "why")
            .with_answer("three-ways", &question("1"), &option("a"))
            .with_answer("three-ways", &question("1"), &option("b"))
            .with_prediction("three-ways", &prediction("1"), Some(nine.clone()));
        let (kept, message) = read(&serde_json::to_string(&progress).unwrap());
        assert_eq!((&kept, message), (&progress, None));
        assert_eq!(kept.last_step("three-ways"), Some("why"));
        let answer = kept.answer("three-ways", &question("1")).unwrap();
        assert_eq!((&answer.given, answer.correct, answer.tries), (&option("b"), true, 2));
        assert_eq!(kept.prediction("three-ways", &prediction("1")), Some(Some(&nine)));
        assert_eq!(kept.answer("another", &question("1")), None);
    }

    #[test]
    fn the_same_answer_again_is_no_further_try_and_what_is_none_is_not_kept() {
        let progress = Progress::default().with_answer("three-ways", &question("1"), &option("a"));
        for given in [option("a"), option("c"), Given::Line(1)] {
            assert_eq!(progress.with_answer("three-ways", &question("1"), &given), progress, "{given:?}");
        }
    }

    #[test]
    fn an_edited_question_is_asked_again() {
        let progress = Progress::default().with_answer("three-ways", &question("1"), &option("b")).with_prediction(
            "three-ways",
            &prediction("1"),
            None,
        );
        assert_eq!(progress.answer("three-ways", &question("2")), None);
        assert_eq!(progress.prediction("three-ways", &prediction("2")), None);
        assert_eq!(progress.prediction("three-ways", &prediction("1")), Some(None), "“just show me” is kept too");
        let again = progress.with_answer("three-ways", &question("2"), &option("b"));
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

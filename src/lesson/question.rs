//! Questions: what is asked, what may be answered, and what is said to each answer.

use serde::{Deserialize, Serialize};

/// Something asked of the learner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its name, unique in its lesson.
    pub id: String,
    /// Hash of its text. An answer to another text of the same question does not count any more.
    pub hash: String,
    /// What is asked, as HTML.
    pub prompt_html: String,
    /// What may be answered.
    pub answers: Answers,
}

/// The kinds of answer. More will join (several choices, a number, an order …).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answers {
    /// Exactly one of these.
    Single {
        /// The options in the order they are shown; exactly one is correct.
        options: Vec<Choice>,
    },
}

/// One option of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// `a`, `b`, `c` … in the order of the source.
    pub id: String,
    /// What it says, as inline HTML.
    pub html: String,
    /// Whether it is the right one.
    pub correct: bool,
    /// What is said to a learner who chose it, as HTML of one or more paragraphs.
    pub reply_html: String,
}

impl Question {
    /// The option with this id.
    pub fn option(&self, id: &str) -> Option<&Choice> {
        let Answers::Single { options } = &self.answers;
        options.iter().find(|option| option.id == id)
    }
}

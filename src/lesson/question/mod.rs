//! Questions: what is asked, what may be answered, and what is said to each answer. An answer is judged part by part, so that only what
//! was wrong has to be answered again. Nothing here knows how a question is shown or how an answer is kept.
//!
//! ```text
//!  Question ── Answers ─┬─ Single    one of some options            Given::Choice
//!                       ├─ Multiple  every right one of them        Given::Choices    a part for each option
//!                       ├─ Number    typed, in ranges               Given::Number
//!                       ├─ Order     items to be put in order       Given::Order      a part for each place
//!                       ├─ Line      the wrong line of a listing    Given::Line
//!                       └─ Trace     blanks in a chart              Given::Blanks     a part for each blank
//! ```

mod judged;
mod line;
mod number;
mod order;
mod trace;

use serde::{Deserialize, Serialize};

pub use judged::{Judged, Part};
pub use line::{LineReply, Lines};
pub use number::Number;
pub use order::{Item, moved, shuffled};
pub use trace::{Blank, BlankOption, TraceWithBlanks};

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

/// The kinds of answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answers {
    /// Exactly one of these.
    Single {
        /// The options in the order they are shown; exactly one is correct.
        options: Vec<Choice>,
    },
    /// All of these that are correct, and no other.
    Multiple {
        /// The options in the order they are shown; at least one is correct.
        options: Vec<Choice>,
    },
    /// A number that is typed.
    Number(Number),
    /// These, in this order.
    Order {
        /// The items in the right order, two or more.
        items: Vec<Item>,
    },
    /// The line of a program that is wrong.
    Line(Lines),
    /// What tasks are doing where a chart has blanks.
    Trace(TraceWithBlanks),
}

/// One option of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// `a`, `b`, `c` … in the order of the source.
    pub id: String,
    /// What it says, as inline HTML.
    pub html: String,
    /// Whether it is the right one, or one of them.
    pub correct: bool,
    /// What is said to a learner who chose it, as HTML of one or more paragraphs; where several are right, to one who judged it wrongly.
    pub reply_html: String,
}

/// What a learner answered, in the way of its question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Given {
    /// The option with this id.
    Choice(String),
    /// The options with these ids, in the question's order.
    Choices(Vec<String>),
    /// This number, in the question's unit.
    Number(f64),
    /// The items from first to last, each by its place in the right order, from 0.
    Order(Vec<u32>),
    /// The line with this number, from 1.
    Line(u32),
    /// For each blank the id of an option; empty while none is chosen.
    Blanks(Vec<String>),
}

impl Question {
    /// What stands there before a learner has touched it; `None` where nothing does.
    pub fn untouched(&self) -> Option<Given> {
        match &self.answers {
            Answers::Multiple { .. } => Some(Given::Choices(Vec::new())),
            Answers::Order { items } => Some(Given::Order(shuffled(items.len(), &self.hash))),
            Answers::Trace(trace) => Some(Given::Blanks(vec![String::new(); trace.blanks.len()])),
            Answers::Single { .. } | Answers::Number(_) | Answers::Line(_) => None,
        }
    }
}

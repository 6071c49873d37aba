//! What a teacher wants to know of a lesson before it is used: how long it takes, what can be run in it, and which mistakes it expects. What it
//! teaches stands in the list of points.

use serde::{Deserialize, Serialize};

/// Where the guide to all lessons (`Vec<LessonGuide>`) is served, relative to the page.
pub const TEACHERS_PATH: &str = "lessons/teachers.json";

/// One lesson's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonGuide {
    /// The lesson's id.
    pub id: String,
    /// Its title, as plain text.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// What it teaches, in a sentence or two of plain text.
    pub summary: String,
    /// What can be run in it, in order.
    pub demos: Vec<TaughtDemo>,
    /// What learners get wrong, as far as the lesson expects it.
    pub mistakes: Vec<Mistake>,
}

/// Something to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaughtDemo {
    /// Its title, as plain text.
    pub title: String,
    /// Title of the step in which it stands, as plain text.
    pub step: String,
    /// The link to that step, from `#`.
    pub link: String,
}

/// A wrong answer, and what the lesson says to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mistake {
    /// What was asked, as plain text.
    pub asked: String,
    /// The answer, as inline HTML.
    pub answer_html: String,
    /// What is said to it, as HTML.
    pub reply_html: String,
}

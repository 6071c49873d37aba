//! What a lesson asks of a learner, as far as one must know it to count what is done: the list of lessons has this of each, so that nobody has
//! to fetch them all.

use serde::{Deserialize, Serialize};

use super::Block;

/// How something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExerciseKind {
    /// Done by the right answer.
    Question,
    /// Done by a prediction, right or not; not by 'just show me'.
    Prediction,
    /// Done by a run that meets all its conditions.
    Task,
}

/// Something that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exercise {
    /// How it is asked.
    pub kind: ExerciseKind,
    /// Its id, unique in its lesson.
    pub id: String,
    /// A hash of its text: an answer to another text does not count.
    pub hash: String,
}

impl Exercise {
    /// What `block` asks, if it asks something.
    pub fn of(block: &Block) -> Option<Self> {
        let (kind, id, hash) = match block {
            Block::Question(question) => (ExerciseKind::Question, &question.id, &question.hash),
            Block::Prediction(prediction) => (ExerciseKind::Prediction, &prediction.id, &prediction.hash),
            Block::Task(task) => (ExerciseKind::Task, &task.id, &task.hash),
            Block::Prose { .. }
            | Block::Listing(_)
            | Block::Demo(_)
            | Block::Hints { .. }
            | Block::Aside { .. }
            | Block::Summary { .. } => return None,
        };
        Some(Self { kind, id: id.clone(), hash: hash.clone() })
    }
}

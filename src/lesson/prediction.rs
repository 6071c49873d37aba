//! Predictions: which engine will finish first and by how much, asked before a run.

use serde::{Deserialize, Serialize};

use crate::engine::EngineId;

/// Asked before the demo block it names may run; 'just show me' is allowed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// Its name, unique in its lesson.
    pub id: String,
    /// Hash of its text. A prediction made for another text does not count any more.
    pub hash: String,
    /// Id of the demo block, in the same step, whose run it holds back.
    pub demo: String,
    /// 'Which of these finishes first?', as HTML.
    pub first_prompt_html: String,
    /// The engines to choose from, and 'about the same'.
    pub first: Vec<FirstOption>,
    /// 'How many times as fast as the slowest is it?', as HTML. Not asked of a learner who chose 'about the same'.
    pub ratio_prompt_html: String,
    /// The ratios to choose from.
    pub ratios: Vec<RatioOption>,
}

/// A choice of which engine finishes first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirstOption {
    /// The engine; `None` for 'all take about the same time'.
    pub engine: Option<EngineId>,
    /// What the option says, as inline HTML.
    pub html: String,
    /// Whether the author expects a run to come out so.
    pub correct: bool,
    /// What is said to a learner who chose it, as HTML.
    pub reply_html: String,
}

/// A choice of how many times as fast as the slowest the first one is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatioOption {
    /// The ratio: 9 means that the slowest takes nine times as long.
    pub ratio: f64,
    /// What the option says, as inline HTML.
    pub html: String,
    /// Whether the author expects a run to come out so.
    pub correct: bool,
    /// What is said to a learner who chose it, as HTML.
    pub reply_html: String,
}

/// What a learner predicted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Predicted {
    /// All take about the same time.
    Same,
    /// `engine` finishes first.
    First {
        /// The one that finishes first.
        engine: EngineId,
        /// How many times as fast as the slowest it is.
        ratio: f64,
    },
}

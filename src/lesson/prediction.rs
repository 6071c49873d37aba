//! Predictions: what a learner is asked before a run, in one of three ways or as a myth, and what was answered. It knows no run: what a run says of an
//! answer is said in `judge`.

use serde::{Deserialize, Serialize};

use super::{Board, Pattern, Slider, Span, Truth, TruthReply, spans_of};
use crate::engine::EngineId;
use crate::trace::State;

/// Asked before the demo block it names may run; 'just show me' is allowed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// Its name, unique in its lesson.
    pub id: String,
    /// Hash of all that is asked. A prediction made for something else does not count any more.
    pub hash: String,
    /// Id of the demo block, in the same step, whose run it holds back.
    pub demo: String,
    /// The engine of that block whose run is predicted; the first for a myth, which is about all of them.
    pub engine: EngineId,
    /// What is asked, as HTML.
    pub prompt_html: String,
    /// How it is answered.
    pub asked: Asked,
}

/// The ways to predict a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// Which of these small charts will it be?
    Charts {
        /// The charts in the order they are shown; exactly one is correct.
        options: Vec<ChartOption>,
    },
    /// How long, or how many times as fast?
    Slider(Slider),
    /// When will each task start?
    Bars(Board),
    /// Is this, which is often heard, true?
    Myth {
        /// What is said to whom, in the order of [`Truth::ALL`]; exactly one is correct.
        replies: Vec<TruthReply>,
    },
}

/// A small chart to choose, simulated by the lessons' compiler.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartOption {
    /// `a`, `b`, `c` … in the order of the source.
    pub id: String,
    /// What it is called, as inline HTML.
    pub html: String,
    /// What the tasks are doing, sorted by task and start.
    pub bars: Vec<Stretch>,
    /// Whether the author expects a run to come out so.
    pub correct: bool,
    /// What is said to a learner who chose it, as HTML.
    pub reply_html: String,
}

/// A stretch of time in which a task does one thing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// Number of the task, from 0.
    pub task: u32,
    /// What it is doing.
    pub state: State,
    /// From when, ms.
    pub start_ms: f64,
    /// Until when, ms.
    pub end_ms: f64,
}

/// What a learner predicted, in the way of its prediction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Predicted {
    /// The chart with this id.
    Chart(String),
    /// Where the slider stood: ms, or how many times as fast.
    Value(f64),
    /// When each task starts, ms.
    Starts(Vec<f64>),
    /// What a myth was called.
    Truth(Truth),
}

impl Asked {
    /// The end of the axis on which all charts and bars are drawn, ms; 0 where there are none.
    pub fn end_ms(&self) -> f64 {
        match self {
            Self::Charts { options } => options.iter().map(ChartOption::end_ms).fold(0.0, f64::max),
            Self::Slider(_) | Self::Myth { .. } => 0.0,
            Self::Bars(board) => board.end_ms,
        }
    }

    /// What stands there before a learner has touched it: bars lie somewhere at any time, while a chart and a value are chosen.
    pub fn untouched(&self) -> Option<Predicted> {
        match self {
            Self::Bars(board) => Some(Predicted::Starts(vec![0.0; board.tasks.len()])),
            Self::Charts { .. } | Self::Slider(_) | Self::Myth { .. } => None,
        }
    }

    /// What is judged if nothing was predicted: of a myth, the right word, which no run says by itself.
    pub fn answer(&self) -> Option<Predicted> {
        match self {
            Self::Myth { replies } => {
                replies.iter().find(|reply| reply.correct).map(|reply| Predicted::Truth(reply.truth))
            }
            Self::Charts { .. } | Self::Slider(_) | Self::Bars(_) => None,
        }
    }

    /// The small chart of a prediction; of a value there is none.
    pub fn chart(&self, predicted: &Predicted) -> Vec<Stretch> {
        match (self, predicted) {
            (Self::Charts { options }, Predicted::Chart(id)) => {
                options.iter().find(|option| option.id == *id).map_or_else(Vec::new, |option| option.bars.clone())
            }
            (Self::Bars(board), Predicted::Starts(starts_ms)) => board.stretches(starts_ms),
            _ => Vec::new(),
        }
    }

    /// When each task is under way by a prediction; empty for a value.
    pub fn spans(&self, predicted: &Predicted) -> Vec<Span> {
        spans_of(self.chart(predicted).iter().map(|bar| (bar.task, bar.state, bar.start_ms, bar.end_ms)))
    }
}

impl ChartOption {
    /// When its last task ends, ms.
    pub fn end_ms(&self) -> f64 {
        self.bars.iter().map(|bar| bar.end_ms).fold(0.0, f64::max)
    }

    /// When each of its tasks is under way.
    pub fn spans(&self) -> Vec<Span> {
        spans_of(self.bars.iter().map(|bar| (bar.task, bar.state, bar.start_ms, bar.end_ms)))
    }
}

/// A small chart in words, for who does not see it: “9 tasks, one after another, 2.70 s in all”.
pub fn chart_words(bars: &[Stretch]) -> String {
    let spans = spans_of(bars.iter().map(|bar| (bar.task, bar.state, bar.start_ms, bar.end_ms)));
    format!("{} tasks, {}", spans.len(), Pattern::said(&spans))
}

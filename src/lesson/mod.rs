//! How a lesson is told: steps made of blocks, predictions and questions with their judging, and a learner's progress.
//!
//! A lesson is written in Markdown under `lessons/` and compiled by `cargo xtask lessons` to one JSON file, which the page
//! fetches when the lesson is opened; both sides use the types of this module. Nothing here knows a browser: it takes values
//! and gives values, and the page shows them.
//!
//! ```text
//!  Lesson ── steps ── blocks ─┬─ Prose       text
//!                             ├─ Listing     a program, the engine that runs in its place here, and where its tasks stand
//!                             ├─ Demo        a demo of the registry, with engines and parameters, and claims about its runs
//!                             ├─ Prediction  asked before a demo may run, judged by what the run measured: Charts to choose from,
//!                             │               a Slider, or Bars on a Board; or a Myth, which the run puts to the test
//!                             ├─ Task        what a demo's run is to be made to come to: claims that are its conditions
//!                             ├─ Question    asked of the learner in one of six ways; every answer has a reply
//!                             ├─ Hints       to a question or a task of the same step
//!                             └─ Aside, Summary
//! ```

mod answer;
mod block;
mod board;
mod came_to;
pub mod claim;
mod exercise;
pub mod glossary;
pub mod guide;
mod judge;
mod keys;
mod myth;
mod pattern;
mod points;
mod prediction;
pub mod progress;
pub mod question;
pub mod search;
mod slider;
mod task;
pub mod teachers;
mod text;
mod turns;
mod why;

pub use answer::Answer;
pub use block::{
    Block, DemoBlock, INDEX_PATH, IndexEntry, Lesson, Listing, Runs, Stands, Step, StepTitle, lesson_path,
};
pub use board::{Board, BoardTask, Move, PatternReply};
pub use came_to::{CameTo, Measured, lost_updates};
pub use exercise::{Exercise, ExerciseKind};
pub use judge::{Judgement, Overlay, RIGHT_WITHIN, STARTS_WITHIN, judge, overlay};
pub use myth::{Truth, TruthReply};
pub use pattern::{Pattern, SAME_WITHIN, Span, spans, spans_of};
pub use points::{POINTS_PATH, Place, PointEntry};
pub use prediction::{Asked, ChartOption, Predicted, Prediction, Stretch, chart_words};
pub use progress::Progress;
pub use question::{Answers, Choice, Given, Question};
pub use slider::{Range, Slider};
pub use task::{Condition, Task};
pub use text::plain_text;
pub use why::why;

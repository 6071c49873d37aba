//! How a lesson is told: steps made of blocks, predictions and questions with their judging, and a learner's progress.
//!
//! A lesson is written in Markdown under `lessons/` and compiled by `cargo xtask lessons` to one JSON file, which the page
//! fetches when the lesson is opened; both sides use the types of this module. Nothing here knows a browser: it takes values
//! and gives values, and the page shows them.
//!
//! ```text
//!  Lesson ── steps ── blocks ─┬─ Prose       text
//!                             ├─ Listing     a program, the engine that runs in its place here, and where its tasks stand
//!                             ├─ Demo        a demo of the registry, with engines and parameters
//!                             ├─ Prediction  asked before a demo may run, judged by what the run measured
//!                             └─ Question    asked of the learner; every option has a reply
//! ```

mod block;
mod judge;
mod keys;
mod prediction;
pub mod progress;
mod question;

pub use block::{Block, DemoBlock, INDEX_PATH, IndexEntry, Lesson, Listing, Stands, Step, StepTitle, lesson_path};
pub use judge::{Judgement, judge};
pub use prediction::{FirstOption, Predicted, Prediction, RatioOption};
pub use progress::Progress;
pub use question::{Answers, Choice, Question};

//! What a lesson's pages are made of: its blocks, the questions, the prediction that comes before a run.

mod fetch;
mod lesson_demo;
mod path;
mod prediction;
mod question;
mod step;

pub use fetch::Fetch;
pub use path::LessonPath;
pub use step::StepView;

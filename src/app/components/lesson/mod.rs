//! What a lesson's pages are made of: its blocks, the questions, the prediction or myth that comes before a run with its small charts and
//! bars, and the tasks that come after it.

mod board;
mod fetch;
mod hints;
mod lesson_demo;
mod myth;
mod path;
mod prediction;
mod presenter;
mod progress_file;
mod question;
mod small_chart;
mod step;
mod task;
mod terms;

pub use fetch::Fetch;
pub use path::LessonPath;
pub use presenter::{PRESENTED, Presenter};
pub use progress_file::ProgressFile;
pub use step::StepView;
pub use terms::Terms;

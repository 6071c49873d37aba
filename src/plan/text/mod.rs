//! A plan as text that a person writes and reads: a line for each object, each task and each step of it. What is written is
//! read back as an equal plan; what cannot be read gives the line, the column and what is allowed there, and never a panic,
//! whatever the text. It knows no field and no link.
//!
//! ```text
//! lock printer
//! task download * 3 argument=1000
//!   request 300 bytes=2000
//!   acquire printer
//!   compute 50
//!   release printer
//! ```
//!
//! Names that are more than a word stand in quotes, a number behind `*` makes so many tasks that differ in their names, `repeat`
//! and `end` stand around steps that are taken several times, and what follows a `#` is a remark. Requests are numbered in
//! the order in which they stand, unless one is given an `id` of its own.

mod check;
mod line;
mod read;
mod step;
#[cfg(test)]
mod tests;
mod work;
mod write;

pub use read::read;
pub use write::write;

/// The longest text, bytes: the longest plan of the catalogue takes about 70,000.
pub const MOST_TEXT_BYTES: usize = 100_000;
/// Most tasks of a plan.
pub const MOST_TASKS: usize = 200;
/// Most tasks of a plan whose tasks wait for one another, since each has a worker of its own then.
pub const MOST_WORKERS: usize = 16;
/// Most steps of all tasks together.
pub const MOST_STEPS: usize = 10_000;
/// Most objects.
pub const MOST_OBJECTS: usize = 100;
/// Most problems that are told at once.
const MOST_PROBLEMS: usize = 20;
/// The id of a request that is numbered by its place.
const BY_PLACE: u32 = u32::MAX;

/// What an editor begins with: tasks that wait, compute, and share a lock.
pub const EXAMPLE: &str = "\
# Three tasks download a page each; there is one printer for all of them.
lock printer

task download * 3
  request 300
  acquire printer
  compute 50
  release printer
";

/// Something that cannot be read, or cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Line {line}: {what}.")]
pub struct Problem {
    /// In which line, from 1.
    pub line: usize,
    /// At which character of it, from 1.
    pub column: usize,
    /// What is wrong and what is allowed, as a sentence without its full stop.
    pub what: String,
}

/// The words that a line begins with, by what they are for; `write` writes them and `read` knows no others.
const OBJECTS: [&str; 8] = ["lock", "reentrant-lock", "semaphore", "event", "barrier", "queue", "counter", "condition"];
const STEPS: [&str; 15] = [
    "compute",
    "request",
    "acquire",
    "release",
    "increment",
    "set",
    "await",
    "arrive",
    "put",
    "take",
    "wait",
    "notify",
    "spawn",
    "join",
    "yield",
];

/// What was given, as a message repeats it: not at any length.
fn quoted(given: &str) -> String {
    const LONGEST: usize = 30;
    match given.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("“{}…”", &given[..end]),
        None => format!("“{given}”"),
    }
}

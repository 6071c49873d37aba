//! What is wrong in a lesson, and on which line. The file's name is added by whoever read the file.

/// A mistake in a lesson's source.
#[derive(Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// A result or where the source went wrong.
pub type Checked<T> = Result<T, Mistake>;

/// A mistake on `line`.
pub fn mistake<T>(line: usize, message: impl Into<String>) -> Checked<T> {
    Err(Mistake { line, message: message.into() })
}

//! A program of which one line is wrong, to be marked.

use serde::{Deserialize, Serialize};

use super::Part;

/// A program, and what is said to who marks its lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lines {
    /// The program, highlighted as in a listing; no element goes over the end of a line.
    pub html: String,
    /// What is said to whom; exactly one is correct.
    pub replies: Vec<LineReply>,
    /// What is said to who marked a line that is not named, as HTML.
    pub other_html: String,
}

/// What is said to who marked this line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineReply {
    /// Its number, from 1.
    pub line: u32,
    /// Whether it is the wrong line, and so the right answer.
    pub correct: bool,
    /// What is said, as HTML.
    pub reply_html: String,
}

impl Lines {
    /// The lines as HTML with their numbers, from 1; without those that are empty, which cannot be marked.
    pub fn markable(&self) -> impl Iterator<Item = (u32, &str)> {
        (1..).zip(self.html.lines()).filter(|(_, html)| !html.trim().is_empty())
    }

    /// What is said to who marked a line; `None` if it cannot be marked.
    pub(super) fn judge(&self, line: u32) -> Option<Part<'_>> {
        self.markable().find(|(number, _)| *number == line)?;
        let reply = self.replies.iter().find(|reply| reply.line == line);
        Some(reply.map_or(Part { right: false, reply_html: &self.other_html }, |reply| Part {
            right: reply.correct,
            reply_html: &reply.reply_html,
        }))
    }
}

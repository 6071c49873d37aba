//! Myths: what is often heard, to be called true, false or half right before a run puts it to the test. They are asked as predictions
//! are, and the replies are held back as long; but what is right is the author's word, since no run shows it by itself.

use serde::{Deserialize, Serialize};

use super::judge::Judgement;

/// What one may say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// It is so.
    True,
    /// It is not so.
    False,
    /// It is so in one case and not in another.
    Depends,
}

/// What is said to who called it this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TruthReply {
    /// What it was called.
    pub truth: Truth,
    /// Whether that is right.
    pub correct: bool,
    /// What is said, as HTML.
    pub reply_html: String,
}

impl Truth {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::True, Self::False, Self::Depends];

    /// Its name where lessons write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Depends => "depends",
        }
    }

    /// What a learner says.
    pub fn words(self) -> &'static str {
        match self {
            Self::True => "True",
            Self::False => "False",
            Self::Depends => "It depends",
        }
    }
}

/// What is said to who called a claim `said`, once a run has put it to the test.
pub(super) fn judge(replies: &[TruthReply], said: Truth) -> Option<Judgement> {
    let reply = replies.iter().find(|reply| reply.truth == said)?;
    let right = replies.iter().find(|reply| reply.correct)?;
    let words = match reply.correct {
        true => format!("“{}” is right.", said.words()),
        false => format!("You said “{}”; “{}” would have been right.", said.words(), right.truth.words()),
    };
    Some(Judgement { right: reply.correct, words, reply_html: reply.reply_html.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_has_its_reply_and_the_right_one_is_named() {
        let reply =
            |truth: Truth| TruthReply { truth, correct: truth == Truth::Depends, reply_html: truth.key().into() };
        let judge =
            |said| judge(&Truth::ALL.map(reply), said).map(|judged| (judged.right, judged.words, judged.reply_html));
        let wrong = "You said “True”; “It depends” would have been right.";
        assert_eq!(judge(Truth::True), Some((false, wrong.into(), "true".into())));
        assert_eq!(judge(Truth::Depends), Some((true, "“It depends” is right.".into(), "depends".into())));
    }
}

//! What can be answered to a block that asks something, and what is said to each answer: for pages that show all of it at once.

use interleave::lesson::question::{Blank, BlankOption};
use interleave::lesson::{Answers, Asked, Block, Pattern, Range};

use super::plain::escaped;

/// An answer and what is said to it.
pub struct Reply {
    /// The answer, as inline HTML.
    pub answer_html: String,
    /// Whether it is right.
    pub correct: bool,
    /// What is said to it, as HTML.
    pub reply_html: String,
}

/// The answers to a block and what is said to them; none where nothing is asked.
pub fn replies(block: &Block) -> Vec<Reply> {
    let reply = |answer_html: &str, correct, reply_html: &str| Reply {
        answer_html: answer_html.trim().to_owned(),
        correct,
        reply_html: reply_html.to_owned(),
    };
    match block {
        Block::Question(question) => match &question.answers {
            Answers::Single { options } | Answers::Multiple { options } => {
                options.iter().map(|option| reply(&option.html, option.correct, &option.reply_html)).collect()
            }
            Answers::Number(number) => of_ranges(&number.ranges, |value| number.words(value)),
            Answers::Order { items } => {
                let right: String = items.iter().map(|item| format!("<li>{}</li>", item.html)).collect();
                let misplaced = items.iter().map(|item| reply(&item.html, false, &item.reply_html));
                std::iter::once(reply("in this order:", true, &format!("<ol>{right}</ol>"))).chain(misplaced).collect()
            }
            Answers::Line(lines) => {
                let named =
                    lines.replies.iter().map(|of| reply(&format!("line {}", of.line), of.correct, &of.reply_html));
                named.chain([reply("any other line", false, &lines.other_html)]).collect()
            }
            Answers::Trace(trace) => {
                let of_blank = |blank: &Blank| {
                    let option = |option: &BlankOption| {
                        let says = option.words();
                        reply(&format!("{}: {says}", blank.letter), option.correct, &option.reply_html)
                    };
                    blank.options.iter().map(option).collect::<Vec<_>>()
                };
                trace.blanks.iter().flat_map(of_blank).collect()
            }
        },
        Block::Prediction(prediction) => match &prediction.asked {
            Asked::Charts { options } => {
                options.iter().map(|option| reply(&option.html, option.correct, &option.reply_html)).collect()
            }
            Asked::Slider(slider) => of_ranges(&slider.ranges, |value| slider.words(value)),
            Asked::Bars(board) => {
                board.replies.iter().map(|of| reply(&pattern(of.pattern), of.correct, &of.reply_html)).collect()
            }
            Asked::Myth { replies } => {
                replies.iter().map(|of| reply(of.truth.words(), of.correct, &of.reply_html)).collect()
            }
        },
        Block::Task(task) => {
            let solution = format!("<p><code>{}</code></p>", escaped(&task.solution));
            let missed = task.conditions.iter().map(|condition| {
                reply(&format!("missed: {}", escaped(&condition.claim.words())), false, &condition.reply_html)
            });
            std::iter::once(reply("for example with these settings:", true, &solution)).chain(missed).collect()
        }
        Block::Prose { .. }
        | Block::Listing(_)
        | Block::Demo(_)
        | Block::Hints { .. }
        | Block::Aside { .. }
        | Block::Summary { .. } => Vec::new(),
    }
}

/// What is said of ranges of a value, each in words.
fn of_ranges(ranges: &[Range], words: impl Fn(f64) -> String) -> Vec<Reply> {
    let starts = std::iter::once(None).chain(ranges.iter().map(|range| range.below));
    let says = |(from, range): (Option<f64>, &Range)| match (from, range.below) {
        (None, Some(below)) => format!("less than {}", words(below)),
        (Some(from), Some(below)) => format!("from {} to {}", words(from), words(below)),
        (Some(from), None) => format!("{} or more", words(from)),
        (None, None) => "anything".to_owned(),
    };
    let reply = |(from, range): (Option<f64>, &Range)| Reply {
        answer_html: escaped(&says((from, range))),
        correct: range.correct,
        reply_html: range.reply_html.clone(),
    };
    starts.zip(ranges).map(reply).collect()
}

fn pattern(pattern: Pattern) -> String {
    match pattern {
        Pattern::Other => "in any other way".to_owned(),
        named => named.key().replace('-', " "),
    }
}

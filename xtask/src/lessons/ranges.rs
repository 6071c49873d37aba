//! Ranges of numbers with a reply each, as predictions on a slider and questions with a number have them.

use interleave::lesson::Range;

use super::blocks::reply;
use super::error::{Checked, mistake};
use super::markdown::OptionSource;

/// The code with which an item opens.
pub fn code<'a>(option: &'a OptionSource, what: &str) -> Checked<&'a str> {
    match &option.code {
        Some(code) => Ok(code),
        None => mistake(option.line, format!("this answer must open with {what}, as code")),
    }
}

/// The ranges that the options open with: in ascending order, without gaps, open at both ends.
pub fn ranges(options: &[OptionSource]) -> Checked<Vec<Range>> {
    let mut ranges: Vec<Range> = Vec::new();
    let mut begins: Option<f64> = None;
    for (index, option) in options.iter().enumerate() {
        let text = code(option, "a range (`..200`, `200..450`, `450..`)")?;
        let (first, last) = (index == 0, index + 1 == options.len());
        let end = |text: &str, open: bool| match text.parse::<f64>() {
            Ok(end) if !open && end > 0.0 => Some(Some(end)),
            Err(_) if open && text.is_empty() => Some(None),
            _ => None,
        };
        let ends = text.split_once("..").and_then(|(low, high)| Some((end(low, first)?, end(high, last)?)));
        let Some((_, below)) = ends.filter(|(low, below)| *low == begins && (first || last || below > low)) else {
            let wanted = "ranges follow one another without a gap, open at both ends: `..200`, `200..450`, `450..`";
            return mistake(option.line, format!("“{text}” cannot stand here: {wanted}"));
        };
        begins = below;
        ranges.push(Range { below, correct: option.correct, reply_html: reply(option)? });
    }
    Ok(ranges)
}

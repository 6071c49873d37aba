//! What stands in a question besides task lists: numbered lists, and a program.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::lessons::error::{Checked, mistake};
use crate::lessons::markdown::{end_of, items, parse, render};
use crate::lessons::source::Text;

/// An item of a numbered list.
pub struct ItemSource {
    /// Line in the file, from 1.
    pub line: usize,
    /// What it says, as inline HTML.
    pub html: String,
    /// The reply quoted below it, as HTML.
    pub reply_html: Option<String>,
}

/// The numbered list with which `text` ends, and as HTML what stands before it.
pub fn numbered(text: &Text) -> Checked<(String, Vec<ItemSource>)> {
    let events = parse(text)?;
    let Some(start) = events.iter().position(|(event, _)| matches!(event, Event::Start(Tag::List(Some(_))))) else {
        return mistake(text.line, "a numbered list `1. …` is missing");
    };
    let end = end_of(&events, start);
    if let Some((_, line)) = events.get(end + 1) {
        return mistake(*line, "nothing may follow the numbered list");
    }
    let item = |item: &[(Event, usize)]| {
        let inner = &item[1..item.len() - 1];
        let quote = inner.iter().position(|(event, _)| matches!(event, Event::Start(Tag::BlockQuote(_))));
        let (label, reply) = inner.split_at(quote.unwrap_or(inner.len()));
        if !reply.is_empty() && end_of(reply, 0) + 1 < reply.len() {
            return mistake(reply[end_of(reply, 0) + 1].1, "nothing may follow the quoted reply of an item");
        }
        let is_edge = |event: &Event| matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
        let inline: Vec<_> = label.iter().filter(|(event, _)| !is_edge(event)).cloned().collect();
        let reply_html = (!reply.is_empty()).then(|| render(&reply[1..reply.len() - 1]));
        Ok(ItemSource { line: item[0].1, html: render(&inline), reply_html })
    };
    let items = items(&events[start + 1..end]).into_iter().map(item).collect::<Checked<_>>()?;
    Ok((render(&events[..start]), items))
}

/// The program in `text`, and the text without it; all lines keep their numbers.
pub fn program(text: &Text) -> Checked<(Text, Text)> {
    let lines: Vec<&str> = text.text.lines().collect();
    let fences: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with("```")).collect();
    let [open, close] = fences[..] else {
        return mistake(text.line, "the program is missing, of which a line is wrong: one fence ```python");
    };
    if lines[open] != "```python" {
        let line = text.line + open;
        return mistake(line, "the program stands in a fence ```python, which has neither title nor attributes here");
    }
    let join = |lines: &[&str]| lines.iter().flat_map(|line| [line, "\n"]).collect::<String>();
    let rest = join(&lines[..open]) + &"\n".repeat(close + 1 - open) + &join(&lines[close + 1..]);
    let program = Text { line: text.line + open + 1, text: join(&lines[open + 1..close]) };
    Ok((program, Text { line: text.line, text: rest }))
}

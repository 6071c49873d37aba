//! Markdown to HTML, and the lists in which questions, predictions and tasks are written.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use super::error::{Checked, mistake};
use super::source::Text;

/// Events of the parser, each with its line in the file.
pub type Events<'a> = [(Event<'a>, usize)];

/// HTML of `text`. Raw HTML in it is refused: lessons must be readable in any form they are turned into.
pub fn to_html(text: &Text) -> Checked<String> {
    Ok(render(&parse(text)?))
}

/// HTML of a stretch of a line, in no paragraph of its own.
pub fn inline_html(text: &Text) -> Checked<String> {
    let html = to_html(text)?;
    let inline =
        html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).filter(|html| !html.contains("<p>"));
    match inline {
        Some(inline) => Ok(inline.to_owned()),
        None if html.is_empty() => Ok(html),
        None => mistake(text.line, "only words may stand here, no list, no heading, no second paragraph"),
    }
}

/// A prompt and the task list that answers it.
#[derive(Debug)]
pub struct ChoiceList {
    /// What stands before the list, as HTML.
    pub prompt_html: String,
    /// The items.
    pub options: Vec<OptionSource>,
}

/// An item `- [x] Label`, with the reply quoted below it.
#[derive(Debug)]
pub struct OptionSource {
    /// Line in the file, from 1.
    pub line: usize,
    /// Whether the box is ticked.
    pub correct: bool,
    /// The code that the label opens with, which names an engine or a number in predictions.
    pub code: Option<String>,
    /// The label, as inline HTML; without the code it opens with, if that is asked for.
    pub html: String,
    /// The quoted reply, as HTML.
    pub reply_html: Option<String>,
}

/// The task lists of `text`, each with the prompt before it. `with_code`: labels open with code that is no part of them.
pub fn choice_lists(text: &Text, with_code: bool) -> Checked<Vec<ChoiceList>> {
    let events = parse(text)?;
    let (mut lists, mut prompt_from, mut at) = (Vec::new(), 0, 0);
    while at < events.len() {
        let end = end_of(&events, at);
        if is_task_list(&events[at..=end]) {
            let options = items(&events[at + 1..end]).into_iter().map(|item| option(item, with_code));
            let options = options.collect::<Checked<Vec<_>>>()?;
            lists.push(ChoiceList { prompt_html: render(&events[prompt_from..at]), options });
            prompt_from = end + 1;
        }
        at = end + 1;
    }
    match events.get(prompt_from) {
        Some((_, line)) => mistake(*line, "a task list `- [ ] …` should follow this text"),
        None => Ok(lists),
    }
}

/// An item that is code, with the reply quoted below it.
pub struct CodeItem {
    /// Line in the file, from 1.
    pub line: usize,
    /// The code.
    pub code: String,
    /// The quoted reply, as HTML; empty if there is none.
    pub reply_html: String,
}

/// The list at the end of `text`, whose items are code, and the prompt before it, as HTML.
pub fn code_list(text: &Text) -> Checked<(String, Vec<CodeItem>)> {
    let events = parse(text)?;
    let mut at = 0;
    while at < events.len() && end_of(&events, at) + 1 < events.len() {
        at = end_of(&events, at) + 1;
    }
    if !matches!(events.get(at), Some((Event::Start(Tag::List(None)), _))) {
        return mistake(text.line, "a list of conditions must stand at the end: - `makespan(gather) <= 400`");
    }
    let item = |item: &Events| {
        let inner: Vec<_> = item[1..item.len() - 1].iter().filter(|(event, _)| !is_paragraph(event)).cloned().collect();
        match inner.as_slice() {
            [(Event::Code(code), line), reply @ ..]
                if reply.is_empty() || is_quote(&reply[0].0) && end_of(reply, 0) + 1 == reply.len() =>
            {
                let quoted = item.iter().position(|(event, _)| is_quote(event));
                let reply = quoted.map_or(String::new(), |from| render(&item[from + 1..end_of(item, from)]));
                Ok(CodeItem { line: *line, code: code.to_string(), reply_html: reply })
            }
            _ => mistake(item[0].1, "an item is code, as in `makespan(gather) <= 400`, with a reply quoted below it"),
        }
    };
    let items = items(&events[at + 1..events.len() - 1]).into_iter().map(item).collect::<Checked<_>>()?;
    Ok((render(&events[..at]), items))
}

fn is_paragraph(event: &Event) -> bool {
    matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
}

fn is_quote(event: &Event) -> bool {
    matches!(event, Event::Start(Tag::BlockQuote(_)))
}

/// What `text` says, event by event. Raw HTML in it is refused.
pub fn parse(text: &Text) -> Checked<Vec<(Event<'_>, usize)>> {
    let parser = Parser::new_ext(&text.text, Options::ENABLE_TASKLISTS | Options::ENABLE_TABLES);
    let line = |offset: usize| text.line + text.text[..offset].matches('\n').count();
    let events: Vec<_> = parser.into_offset_iter().map(|(event, range)| (event, line(range.start))).collect();
    match events.iter().find(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_))) {
        Some((_, line)) => mistake(*line, "raw HTML does not belong into a lesson; write Markdown"),
        None => Ok(events),
    }
}

/// Events as HTML.
pub fn render(events: &Events) -> String {
    let mut out = String::new();
    html::push_html(&mut out, events.iter().map(|(event, _)| event.clone()));
    // The corner of a table, which heads nothing.
    out.trim().replace("<th></th>", "<td></td>")
}

/// Index of the event that ends what starts at `at`.
pub fn end_of(events: &Events, at: usize) -> usize {
    let mut depth = 0;
    for (index, (event, _)) in events.iter().enumerate().skip(at) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    events.len() - 1
}

fn is_task_list(events: &Events) -> bool {
    matches!(events[0].0, Event::Start(Tag::List(_)))
        && events.iter().take(4).any(|(event, _)| matches!(event, Event::TaskListMarker(_)))
}

/// The items of a list, from whose inside the events are.
pub fn items<'e, 'a>(events: &'e Events<'a>) -> Vec<&'e Events<'a>> {
    let (mut items, mut at) = (Vec::new(), 0);
    while at < events.len() {
        let end = end_of(events, at);
        items.push(&events[at..=end]);
        at = end + 1;
    }
    items
}

fn option(item: &Events, with_code: bool) -> Checked<OptionSource> {
    let line = item[0].1;
    let inner = &item[1..item.len() - 1];
    let quote = inner.iter().position(|(event, _)| is_quote(event));
    let (label, reply) = inner.split_at(quote.unwrap_or(inner.len()));
    if !reply.is_empty() && end_of(reply, 0) + 1 < reply.len() {
        return mistake(reply[end_of(reply, 0) + 1].1, "nothing may follow the quoted reply of an answer");
    }
    let mut correct = None;
    let mut inline = Vec::new();
    for (event, line) in label {
        match event {
            Event::TaskListMarker(ticked) => correct = Some(*ticked),
            event if is_paragraph(event) => {}
            _ => inline.push((event.clone(), *line)),
        }
    }
    let Some(correct) = correct else {
        return mistake(line, "this answer has no box: write `- [ ] …` or `- [x] …`");
    };
    let code = match inline.first() {
        Some((Event::Code(code), _)) if with_code => Some(code.to_string()),
        _ => None,
    };
    let html = render(&inline[usize::from(code.is_some())..]);
    let reply_html = (!reply.is_empty()).then(|| render(&reply[1..reply.len() - 1]));
    Ok(OptionSource { line, correct, code, html, reply_html })
}

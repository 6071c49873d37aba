//! Questions of all kinds, and the hints to them. Whatever is judged has a reply; the compiler insists.

mod lists;
mod trace;

use interleave::lesson::question::{Item, LineReply, Lines, Number};
use interleave::lesson::{Answers, Block, Choice, DemoBlock, Question};

use super::blocks::{Ids, check_one_is_right, hash, reply, required_id};
use super::error::{Checked, Mistake, mistake};
use super::head::Head;
use super::highlight;
use super::markdown::{self, ChoiceList, OptionSource};
use super::prediction::required;
use super::ranges::{code, ranges};
use super::source::{Segment, Text};

/// Longer orders nobody can keep in mind.
const MOST_ITEMS: usize = 8;
/// As many lines as a listing has at most.
const MOST_LINES: usize = 20;
/// So many hints are read before the answer is.
const HINTS: usize = 3;

/// The question written in `body`; one with a chart may name any of `demos`.
pub fn question(head: &Head, body: &Text, demos: &[&DemoBlock], ids: &mut Ids) -> Checked<Question> {
    let id = required_id(head, ids)?;
    let kind = head.get("kind");
    let (prompt_html, answers) = match kind {
        None => single(head, body)?,
        Some("multiple") => multiple(head, body)?,
        Some("number") => number(head, body)?,
        Some("order") => order(head, body)?,
        Some("line") => line(head, body)?,
        Some("trace") => trace::trace(head, body, demos)?,
        Some(kind) => {
            let known = "there are multiple, number, order, line, trace; without a kind one answer is right";
            return mistake(head.line, format!("there is no question of the kind “{kind}”: {known}"));
        }
    };
    let hash = match kind {
        // What was kept of these was kept under this hash.
        None => hash(&body.text),
        Some(_) => hash(&serde_json::to_string(&(&prompt_html, &answers)).expect("a question can always be written")),
    };
    Ok(Question { id, hash, prompt_html, answers })
}

/// The hints written in `body`, to a question or task of the same step.
pub fn hints(head: &Head, body: &Text, step: &[Segment]) -> Checked<Block> {
    head.only(&[])?;
    let Some(of) = &head.id else {
        return mistake(head.line, "broken directive: hints name the question or task that they are for");
    };
    let asked = |head: &Head| matches!(head.name.as_str(), "question" | "task") && head.id.as_ref() == Some(of);
    if !step.iter().any(|segment| matches!(segment, Segment::Container(head, _) if asked(head))) {
        return mistake(head.line, format!("there is no question and no task “{of}” in this step"));
    }
    let is_same = |head: &Head| head.name == "hints" && head.id.as_ref() == Some(of);
    let same =
        step.iter().filter_map(|segment| if let Segment::Container(head, _) = segment { Some(head) } else { None });
    if let Some(first) = same.filter(|other| is_same(other)).find(|other| other.line < head.line) {
        return mistake(head.line, format!("“{of}” has its hints on line {} already", first.line));
    }
    let (before_html, items) = lists::numbered(body)?;
    if !before_html.is_empty() {
        return mistake(body.line, "hints are a numbered list and nothing else");
    }
    if items.len() != HINTS {
        return mistake(head.line, format!("there are {HINTS} hints to a question; these are {}", items.len()));
    }
    if let Some(item) = items.iter().find(|item| item.reply_html.is_some()) {
        return mistake(item.line, "a hint has no reply");
    }
    Ok(Block::Hints { of: of.clone(), hints: items.into_iter().map(|item| item.html).collect() })
}

/// The only list of answers in a body.
fn one_list(head: &Head, body: &Text, with_code: bool) -> Checked<ChoiceList> {
    let lists = markdown::choice_lists(body, with_code)?;
    match <[ChoiceList; 1]>::try_from(lists) {
        Ok([list]) => Ok(list),
        Err(lists) => mistake(head.line, format!("a question has one list of answers; this one has {}", lists.len())),
    }
}

fn choices(list: &ChoiceList) -> Checked<Vec<Choice>> {
    let choice = |(letter, option): (char, &OptionSource)| {
        let (id, html) = (letter.to_string(), option.html.clone());
        Ok(Choice { id, html, correct: option.correct, reply_html: reply(option)? })
    };
    ('a'..).zip(&list.options).map(choice).collect()
}

fn single(head: &Head, body: &Text) -> Checked<(String, Answers)> {
    head.only(&[])?;
    let list = one_list(head, body, false)?;
    check_one_is_right(&list.options, head.line)?;
    Ok((list.prompt_html.clone(), Answers::Single { options: choices(&list)? }))
}

fn multiple(head: &Head, body: &Text) -> Checked<(String, Answers)> {
    head.only(&["kind"])?;
    let list = one_list(head, body, false)?;
    match list.options.iter().filter(|option| option.correct).count() {
        _ if list.options.len() < 2 => mistake(head.line, "one answer alone is no choice"),
        0 => mistake(head.line, "no right answer: tick one or more with `- [x] …`"),
        _ => Ok((list.prompt_html.clone(), Answers::Multiple { options: choices(&list)? })),
    }
}

fn number(head: &Head, body: &Text) -> Checked<(String, Answers)> {
    head.only(&["kind", "unit", "from", "to"])?;
    let unit = required(head, "unit", "a number has a unit, perhaps an empty one,")?.to_owned();
    let end = |key: &str| match head.get(key).map(|text| (text, text.parse::<f64>())) {
        None => Ok(None),
        Some((_, Ok(end))) if end.is_finite() => Ok(Some(end)),
        Some((text, _)) => mistake(head.line, format!("`{key}` must be a number; “{text}” is not")),
    };
    let (from, to) = (end("from")?, end("to")?);
    let list = one_list(head, body, true)?;
    check_one_is_right(&list.options, head.line)?;
    let number = Number { unit, from, to, ranges: ranges(&list.options)? };
    let begins = [None].into_iter().chain(number.ranges.iter().map(|range| range.below));
    for ((option, range), begins) in list.options.iter().zip(&number.ranges).zip(begins) {
        let is_below = from.zip(range.below).is_some_and(|(from, below)| below <= from);
        if is_below || to.zip(begins).is_some_and(|(to, begins)| to < begins) {
            return mistake(option.line, "no number of this range can be typed: it lies outside of `from` and `to`");
        }
    }
    Ok((list.prompt_html, Answers::Number(number)))
}

fn order(head: &Head, body: &Text) -> Checked<(String, Answers)> {
    head.only(&["kind"])?;
    let (prompt_html, items) = lists::numbered(body)?;
    if !(2..=MOST_ITEMS).contains(&items.len()) {
        return mistake(head.line, format!("an order has 2 to {MOST_ITEMS} items; this one has {}", items.len()));
    }
    let item = |(place, item): (usize, lists::ItemSource)| match item.reply_html.filter(|reply| !reply.is_empty()) {
        Some(reply_html) => Ok(Item { html: item.html, reply_html }),
        // What stands at a wrong place with all before it at theirs is never the first.
        None if place == 0 => Ok(Item { html: item.html, reply_html: String::new() }),
        None => mistake(item.line, "this item has no reply: quote one below it with `>`"),
    };
    let items = items.into_iter().enumerate().map(item).collect::<Checked<_>>()?;
    Ok((prompt_html, Answers::Order { items }))
}

fn line(head: &Head, body: &Text) -> Checked<(String, Answers)> {
    head.only(&["kind"])?;
    let (program, rest) = lists::program(body)?;
    let lines: Vec<&str> = program.text.lines().collect();
    if lines.len() > MOST_LINES {
        let count = lines.len();
        return mistake(program.line - 1, format!("this listing has {count} lines; {MOST_LINES} may be shown at once"));
    }
    let list = one_list(head, &rest, true)?;
    check_one_is_right(&list.options, head.line)?;
    let (mut replies, mut other_html): (Vec<LineReply>, Option<String>) = (Vec::new(), None);
    for option in &list.options {
        let wrong = |message: String| Mistake { line: option.line, message };
        let name = code(option, "the number of a line, or `other`")?;
        if name == "other" {
            if option.correct {
                return mistake(option.line, "`other` cannot be right: name the line that is");
            }
            if other_html.replace(reply(option)?).is_some() {
                return mistake(option.line, "“other” stands twice");
            }
            continue;
        }
        let number = name.parse::<usize>().ok().filter(|number| (1..=lines.len()).contains(number));
        let of = number
            .ok_or_else(|| wrong(format!("“{name}” is no line of this listing: it has lines 1 to {}", lines.len())))?;
        if lines[of - 1].trim().is_empty() {
            return mistake(option.line, format!("line {of} of this listing is empty: it cannot be marked"));
        }
        if replies.iter().any(|reply| reply.line == of as u32) {
            return mistake(option.line, format!("line {of} stands twice"));
        }
        replies.push(LineReply { line: of as u32, correct: option.correct, reply_html: reply(option)? });
    }
    let Some(other_html) = other_html else {
        return mistake(head.line, "nothing is said to lines that are not named: add `other`");
    };
    let html = highlight::highlight("python", &program)?;
    Ok((list.prompt_html, Answers::Line(Lines { html, replies, other_html })))
}

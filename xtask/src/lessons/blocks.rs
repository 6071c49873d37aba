//! Segments of a lesson's source to the blocks of `interleave::lesson`, with every reference checked.

use interleave::demo::{self, DEMOS, Demo};
use interleave::engine::EngineId;
use interleave::lesson::{Answers, Block, Choice, DemoBlock, Listing, Question};

use super::error::{Checked, Mistake, mistake};
use super::head::{Head, entries};
use super::markdown::{self, OptionSource};
use super::source::{Segment, Text, is_id};
use super::{highlight, prediction};

/// More lines than this do not fit beside their explanation.
const LISTING_LINES: usize = 20;

/// The ids given so far in a lesson: each stands in links, so none may stand twice.
#[derive(Default)]
pub struct Ids(Vec<(String, usize)>);

impl Ids {
    /// Takes `id` for what stands on `line`.
    pub fn take(&mut self, id: &str, line: usize) -> Checked<()> {
        if let Some((_, first)) = self.0.iter().find(|(taken, _)| taken == id) {
            return mistake(line, format!("the id “{id}” is taken on line {first} already"));
        }
        self.0.push((id.to_owned(), line));
        Ok(())
    }
}

/// The blocks of a step. A prediction must stand in the same step as its demo, before or after it.
pub fn blocks(segments: &[Segment], ids: &mut Ids) -> Checked<Vec<Block>> {
    let demos = segments.iter().filter_map(|segment| match segment {
        Segment::Fence(head, body) if head.name == "demo" => Some(demo_block(head, body, ids)),
        _ => None,
    });
    let demos = demos.collect::<Checked<Vec<_>>>()?;
    let mut next_demo = demos.iter();
    let mut block = |segment: &Segment| match segment {
        Segment::Prose(text) => Ok(Block::Prose { html: markdown::to_html(text)? }),
        Segment::Fence(head, _) if head.name == "demo" => {
            Ok(Block::Demo(next_demo.next().expect("one was made for each of these segments").clone()))
        }
        Segment::Fence(head, body) if highlight::knows(&head.name) => Ok(Block::Listing(listing(head, body)?)),
        Segment::Container(head, body) if head.name == "prediction" => {
            Ok(Block::Prediction(prediction::prediction(head, body, &demos, ids)?))
        }
        Segment::Container(head, body) if head.name == "question" => Ok(Block::Question(question(head, body, ids)?)),
        Segment::Fence(Head { name, line, .. }, _) => mistake(
            *line,
            format!("unknown directive “{name}”: a fence is `demo`, a listing in `python` or `rust`, or plain `text`"),
        ),
        Segment::Container(Head { name, line, .. }, _) => {
            mistake(*line, format!("unknown directive “{name}”: there are `:::prediction` and `:::question`"))
        }
    };
    segments.iter().map(&mut block).collect()
}

/// The id of a directive that needs one.
pub fn required_id(head: &Head, ids: &mut Ids) -> Checked<String> {
    match &head.id {
        Some(id) if is_id(id) => ids.take(id, head.line).map(|()| id.clone()),
        Some(id) => mistake(head.line, format!("“{id}” is no id: an id is made of a–z, 0–9 and `-`")),
        None => mistake(head.line, format!("broken directive: “{}” needs an id", head.name)),
    }
}

/// The engine with this key.
pub fn engine(key: &str, line: usize) -> Checked<EngineId> {
    let unknown = || {
        let known = EngineId::ALL.map(EngineId::key).join(", ");
        Mistake { line, message: format!("unknown engine “{key}”: there are {known}") }
    };
    EngineId::from_key(key).ok_or_else(unknown)
}

/// The reply to an answer; each must have one.
pub fn reply(option: &OptionSource) -> Checked<String> {
    let which = if option.correct { "right" } else { "wrong" };
    match &option.reply_html {
        Some(reply) if !reply.is_empty() => Ok(reply.clone()),
        _ => mistake(option.line, format!("this {which} answer has no reply: quote one below it with `>`")),
    }
}

/// Whether exactly one of the options is ticked.
pub fn check_one_is_right(options: &[OptionSource], line: usize) -> Checked<()> {
    match options.iter().filter(|option| option.correct).nth(1) {
        Some(second) => mistake(second.line, "a second right answer: exactly one may be ticked"),
        None if options.iter().any(|option| option.correct) => Ok(()),
        None => mistake(line, "no right answer: tick one with `- [x] …`"),
    }
}

/// A hash of a question's text.
pub fn hash(text: &str) -> String {
    crate::hash::hash(text.trim().as_bytes())
}

fn listing(head: &Head, body: &Text) -> Checked<Listing> {
    head.only(&["title", "engine", "demo", "lines"])?;
    if let Some(id) = &head.id {
        return mistake(head.line, format!("broken directive: “{id}” is not `key=value`; a listing has no id"));
    }
    let Some(title) = head.get("title") else {
        return mistake(head.line, "broken directive: a listing needs a title: ```python title=\"…\"");
    };
    let lines = body.text.lines().count();
    if lines > LISTING_LINES {
        return mistake(head.line, format!("this listing has {lines} lines; {LISTING_LINES} may be shown at once"));
    }
    Ok(Listing {
        title: title.to_owned(),
        language: head.name.clone(),
        html: highlight::highlight(&head.name, body)?,
        source: body.text.clone(),
        engine: head.get("engine").map(|key| engine(key, head.line)).transpose()?,
        // The demo that they name may come later in the lesson.
        stands: None,
    })
}

fn demo_block(head: &Head, body: &Text, ids: &mut Ids) -> Checked<DemoBlock> {
    head.only(&[])?;
    let id = required_id(head, ids)?;
    let lines = entries(body)?;
    let Some(named) = lines.iter().find(|entry| entry.key == "demo") else {
        return mistake(head.line, "broken directive: a line `demo: …` is missing");
    };
    let Some(demo) = demo::find(named.value) else {
        let known = DEMOS.iter().map(|demo| demo.id).collect::<Vec<_>>().join(", ");
        return mistake(named.line, format!("unknown demo “{}”: there are {known}", named.value));
    };
    let engines = match lines.iter().find(|entry| entry.key == "engines") {
        Some(list) => list.value.split(',').map(|key| engine(key.trim(), list.line)).collect::<Checked<Vec<_>>>()?,
        None => demo.engines.to_vec(),
    };
    let settings = lines.iter().filter(|entry| !matches!(entry.key, "demo" | "engines"));
    let parameters = settings.map(|entry| parameter(demo, &engines, entry.key, entry.value, entry.line));
    Ok(DemoBlock { id, demo: demo.id.to_owned(), parameters: parameters.collect::<Checked<_>>()?, engines })
}

fn parameter(demo: &Demo, engines: &[EngineId], key: &str, value: &str, line: usize) -> Checked<(String, String)> {
    let Some(parameter) = demo.parameters(engines).find(|parameter| parameter.key == key) else {
        let known = demo.parameters(engines).map(|parameter| parameter.key).collect::<Vec<_>>().join(", ");
        return mistake(line, format!("“{}” has no parameter “{key}” with these engines: there are {known}", demo.id));
    };
    match parameter.parse(value) {
        Ok(number) => Ok((key.to_owned(), number.to_string())),
        Err(error) => mistake(line, error.to_string()),
    }
}

fn question(head: &Head, body: &Text, ids: &mut Ids) -> Checked<Question> {
    head.only(&[])?;
    let id = required_id(head, ids)?;
    let lists = markdown::choice_lists(body, false)?;
    let [list] = lists.as_slice() else {
        return mistake(head.line, format!("a question has one list of answers; this one has {}", lists.len()));
    };
    check_one_is_right(&list.options, head.line)?;
    let choice = |(letter, option): (char, &OptionSource)| {
        let (id, html) = (letter.to_string(), option.html.clone());
        Ok(Choice { id, html, correct: option.correct, reply_html: reply(option)? })
    };
    let options = ('a'..).zip(&list.options).map(choice).collect::<Checked<_>>()?;
    let prompt_html = list.prompt_html.clone();
    Ok(Question { id, hash: hash(&body.text), prompt_html, answers: Answers::Single { options } })
}

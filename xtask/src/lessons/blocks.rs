//! Segments of a lesson's source to the blocks of `interleave::lesson`, with every reference checked.

use interleave::engine::EngineId;
use interleave::lesson::{Block, DemoBlock, Listing, Step};

use super::error::{Checked, Mistake, mistake};
use super::head::Head;
use super::markdown::{self, OptionSource};
use super::source::{Segment, Text, is_id};
use super::{demo, highlight, myth, prediction, question, runs, task};

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

/// The blocks of a step, which comes after `earlier` ones. Predictions, myths and tasks must stand in the same step as their demo, before or
/// after it.
pub fn blocks(segments: &[Segment], ids: &mut Ids, earlier: &[Step]) -> Checked<Vec<Block>> {
    let demos = segments.iter().filter_map(|segment| match segment {
        Segment::Fence(head, body) if head.name == "demo" => Some(demo::block(head, body, ids)),
        _ => None,
    });
    let demos = demos.collect::<Checked<Vec<_>>>()?;
    let mut next_demo = demos.iter();
    let mut predicted: Vec<String> = Vec::new();
    let mut block = |segment: &Segment| match segment {
        Segment::Prose(text) => Ok(Block::Prose { html: markdown::to_html(text)? }),
        Segment::Fence(head, _) if head.name == "demo" => {
            Ok(Block::Demo(next_demo.next().expect("one was made for each of these segments").clone()))
        }
        Segment::Fence(head, body) if highlight::knows(&head.name) => Ok(Block::Listing(listing(head, body)?)),
        Segment::Container(head, body) if matches!(&*head.name, "prediction" | "myth") => {
            let read = if head.name == "myth" { myth::myth } else { prediction::prediction };
            let prediction = read(head, body, &demos, ids)?;
            if predicted.contains(&prediction.demo) {
                return mistake(head.line, format!("the demo “{}” has its prediction already", prediction.demo));
            }
            predicted.push(prediction.demo.clone());
            Ok(Block::Prediction(prediction))
        }
        Segment::Container(head, body) if head.name == "task" => Ok(Block::Task(task::task(head, body, &demos, ids)?)),
        Segment::Container(head, body) if head.name == "question" => {
            let before = earlier.iter().flat_map(|step| &step.blocks);
            let before = before.filter_map(|block| if let Block::Demo(demo) = block { Some(demo) } else { None });
            let demos: Vec<&DemoBlock> = before.chain(&demos).collect();
            Ok(Block::Question(question::question(head, body, &demos, ids)?))
        }
        Segment::Container(head, body) if head.name == "hints" => question::hints(head, body, segments),
        Segment::Container(head, body) if head.name == "aside" => aside(head, body),
        Segment::Container(head, body) if head.name == "summary" => summary(head, body),
        Segment::Fence(Head { name, line, .. }, _) => mistake(
            *line,
            format!("unknown directive “{name}”: a fence is `demo`, a listing in `python` or `rust`, or plain `text`"),
        ),
        Segment::Container(Head { name, line, .. }, _) => {
            let known = "prediction, myth, question, task, hints, aside, summary";
            mistake(*line, format!("unknown directive “{name}”: behind `:::` stands one of {known}"))
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

/// The demo of this step that a directive names; `what` it is, is said if it names none.
pub fn demo_of<'a>(head: &Head, demos: &'a [DemoBlock], what: &str) -> Checked<&'a DemoBlock> {
    let Some(named) = head.get("demo") else {
        return mistake(head.line, format!("broken directive: {what} names its demo with `demo=…`"));
    };
    let unknown = || Mistake { line: head.line, message: format!("there is no demo “{named}” in this step") };
    demos.iter().find(|demo| demo.id == named).ok_or_else(unknown)
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

fn aside(head: &Head, body: &Text) -> Checked<Block> {
    head.only(&["title"])?;
    match head.get("title") {
        Some(title) if head.id.is_none() => Ok(Block::Aside { title: title.to_owned(), html: some_html(head, body)? }),
        _ => mistake(head.line, "broken directive: an aside has a title and no id: `:::aside title=\"…\"`"),
    }
}

fn summary(head: &Head, body: &Text) -> Checked<Block> {
    head.only(&[])?;
    match head.id {
        None => Ok(Block::Summary { html: some_html(head, body)? }),
        Some(_) => mistake(head.line, "broken directive: a summary has no id"),
    }
}

/// The HTML of a body that says something.
fn some_html(head: &Head, body: &Text) -> Checked<String> {
    match body.text.trim() {
        "" => mistake(head.line, format!("`:::{}` says nothing", head.name)),
        _ => markdown::to_html(body),
    }
}

/// A hash of all that a block asks, in whatever it is written.
pub fn hash_of(block: &impl serde::Serialize) -> String {
    hash(&serde_json::to_string(block).expect("a block can always be written"))
}

fn listing(head: &Head, body: &Text) -> Checked<Listing> {
    head.only(&["title", "engine", "demo", "lines", "runs"])?;
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
        runs: head.get("runs").map(|named| runs::runs(named, head.line)).transpose()?,
    })
}

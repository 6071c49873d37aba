//! What can be searched: the lessons, their steps and the terms of the glossary, as plain text.

use interleave::lesson::glossary::{TERM_LINK, Term};
use interleave::lesson::search::Entry;
use interleave::lesson::{Answers, Block, Lesson, plain_text};

/// The index: each lesson with its steps, then the glossary.
pub fn search(lessons: &[Lesson], glossary: &[Term]) -> Vec<Entry> {
    let term = |term: &Term| Entry {
        title: term.title.clone(),
        place: "Glossary".into(),
        link: format!("{TERM_LINK}{}", term.id),
        text: [plain_text(&term.html), term.other_names().join(", ")].join(" ").trim().to_owned(),
    };
    lessons.iter().flat_map(of_lesson).chain(glossary.iter().map(term)).collect()
}

fn of_lesson(lesson: &Lesson) -> Vec<Entry> {
    let link = format!("#/lesson/{}", lesson.id);
    let whole =
        Entry { title: lesson.title.clone(), place: "Lesson".into(), link: link.clone(), text: lesson.summary.clone() };
    let step = |step: &interleave::lesson::Step| Entry {
        title: step.title.clone(),
        place: lesson.title.clone(),
        link: format!("{link}/{}", step.id),
        text: step.blocks.iter().map(text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "),
    };
    std::iter::once(whole).chain(lesson.steps.iter().map(step)).collect()
}

/// What a learner reads in a block. Replies are left out: they say which answer is right.
fn text(block: &Block) -> String {
    match block {
        Block::Prose { html } => plain_text(html),
        Block::Listing(listing) => format!("{} {}", listing.title, listing.source),
        Block::Aside { title, html } => format!("{title} {}", plain_text(html)),
        Block::Summary { html } => plain_text(html),
        Block::Demo(_) | Block::Hints { .. } => String::new(),
        Block::Prediction(prediction) => plain_text(&prediction.prompt_html),
        Block::Task(task) => plain_text(&task.prompt_html),
        Block::Question(question) => {
            let offered: Vec<&str> = match &question.answers {
                Answers::Single { options } | Answers::Multiple { options } => {
                    options.iter().map(|option| option.html.as_str()).collect()
                }
                Answers::Order { items } => items.iter().map(|item| item.html.as_str()).collect(),
                Answers::Line(lines) => vec![&lines.html],
                Answers::Trace(trace) => trace.blanks.iter().map(|blank| blank.html.as_str()).collect(),
                Answers::Number(_) => Vec::new(),
            };
            let said = std::iter::once(question.prompt_html.as_str()).chain(offered).map(plain_text);
            said.collect::<Vec<_>>().join(" ")
        }
    }
}

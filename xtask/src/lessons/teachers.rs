//! The guide for teachers: of each lesson what can be run in it, and the wrong answers that it expects.

use interleave::demo;
use interleave::lesson::teachers::{LessonGuide, Mistake, TaughtDemo};
use interleave::lesson::{Block, Lesson, plain_text};

use super::replies::replies;

/// The guide to `lesson`.
pub fn guide(lesson: &Lesson) -> LessonGuide {
    let blocks = lesson.steps.iter().flat_map(|step| step.blocks.iter().map(move |block| (step, block)));
    let demos = blocks.filter_map(|(step, block)| match block {
        Block::Demo(of) => Some(TaughtDemo {
            title: demo::find(&of.demo)?.title.to_owned(),
            step: step.title.clone(),
            link: format!("#/lesson/{}/{}", lesson.id, step.id),
        }),
        _ => None,
    });
    let mistakes = lesson.blocks().flat_map(|block| {
        let asked = asked(block).map(plain_text).unwrap_or_default();
        let wrong = replies(block).into_iter().filter(|reply| !reply.correct);
        wrong.map(move |reply| Mistake {
            asked: asked.clone(),
            answer_html: reply.answer_html,
            reply_html: reply.reply_html,
        })
    });
    LessonGuide {
        id: lesson.id.clone(),
        title: lesson.title.clone(),
        minutes: lesson.minutes,
        summary: lesson.summary.clone(),
        demos: demos.collect(),
        mistakes: mistakes.collect(),
    }
}

/// What a block asks, as HTML.
fn asked(block: &Block) -> Option<&str> {
    match block {
        Block::Question(question) => Some(&question.prompt_html),
        Block::Prediction(prediction) => Some(&prediction.prompt_html),
        Block::Task(task) => Some(&task.prompt_html),
        _ => None,
    }
}

//! Questions of every kind, answered with a pointer: what can be answered wrongly is read from the compiled lesson, and given as a learner
//! gives it.

use anyhow::{Context, Result, ensure};
use interleave::lesson::question::Number;
use interleave::lesson::{Answers, Block, Choice, Given, Lesson, Question};
use serde_json::Value;

use crate::{Page, hook};

/// A compiled lesson of the page that is tested.
///
/// # Errors
/// If there is none with this id.
pub fn lesson(id: &str) -> Result<Lesson> {
    let path = crate::dist()?.join(format!("lessons/{id}.json"));
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// The questions of a lesson, each with the number of its step, from 1.
pub fn questions_of(lesson: &Lesson) -> impl Iterator<Item = (usize, &Question)> {
    let blocks =
        (1..).zip(&lesson.steps).flat_map(|(number, step)| step.blocks.iter().map(move |block| (number, block)));
    blocks.filter_map(|(step, block)| if let Block::Question(question) = block { Some((step, question)) } else { None })
}

/// A selector for what has this hook in a question.
pub fn of(question: &Question, name: &str) -> String {
    format!("[data-question=\"{}\"] {}", question.id, hook(name))
}

/// The right answer.
pub fn right(question: &Question) -> Given {
    let correct = |options: &[Choice]| {
        options.iter().filter(|option| option.correct).map(|option| option.id.clone()).collect::<Vec<_>>()
    };
    match &question.answers {
        Answers::Single { options } => Given::Choice(correct(options).remove(0)),
        Answers::Multiple { options } => Given::Choices(correct(options)),
        Answers::Number(number) => {
            Given::Number(values(number).find(|(_, correct)| *correct).map_or(f64::NAN, |of| of.0))
        }
        Answers::Order { items } => Given::Order((0..items.len() as u32).collect()),
        Answers::Line(lines) => {
            Given::Line(lines.replies.iter().find(|reply| reply.correct).map_or(0, |reply| reply.line))
        }
        Answers::Trace(trace) => {
            let of = trace.blanks.iter().map(|blank| blank.options.iter().find(|option| option.correct));
            Given::Blanks(of.map(|option| option.map_or_else(String::new, |option| option.id.clone())).collect())
        }
    }
}

/// For each reply to something wrong an answer that it is given to.
pub fn wrong(question: &Question) -> Vec<Given> {
    let right = right(question);
    match (&question.answers, &right) {
        (Answers::Single { options }, _) => {
            options.iter().filter(|option| !option.correct).map(|option| Given::Choice(option.id.clone())).collect()
        }
        (Answers::Multiple { options }, Given::Choices(ids)) => {
            let but = |of: &Choice| {
                let chosen = options.iter().filter(|option| (option.id == of.id) != ids.contains(&option.id));
                chosen.map(|option| option.id.clone()).collect::<Vec<_>>()
            };
            let given = options.iter().map(but);
            given.filter(|ids| !ids.is_empty()).map(Given::Choices).collect()
        }
        (Answers::Number(number), _) => {
            values(number).filter(|(_, correct)| !correct).map(|(value, _)| Given::Number(value)).collect()
        }
        (Answers::Order { items }, Given::Order(order)) => {
            let first = |item: usize| {
                let mut order = order.clone();
                order.swap(0, item);
                Given::Order(order)
            };
            (1..items.len()).map(first).collect()
        }
        (Answers::Line(lines), _) => {
            let named = lines.replies.iter().filter(|reply| !reply.correct).map(|reply| reply.line);
            let is_named = |line: &u32| lines.replies.iter().any(|reply| reply.line == *line);
            let other = lines.markable().map(|(line, _)| line).find(|line| !is_named(line));
            named.chain(other).map(Given::Line).collect()
        }
        (Answers::Trace(trace), Given::Blanks(ids)) => {
            let blanks = trace.blanks.iter().enumerate();
            let wrong = blanks.flat_map(|(number, blank)| {
                blank.options.iter().filter(|option| !option.correct).map(move |option| {
                    let mut ids = ids.clone();
                    ids[number].clone_from(&option.id);
                    Given::Blanks(ids)
                })
            });
            wrong.collect()
        }
        _ => Vec::new(),
    }
}

/// A value in each range, and whether it is right.
fn values(number: &Number) -> impl Iterator<Item = (f64, bool)> {
    let mut begins = None;
    number.ranges.iter().map(move |range| {
        let from = begins.or(number.from).into_iter().chain(number.from).fold(f64::NEG_INFINITY, f64::max);
        let to = range.below.or(number.to).into_iter().chain(number.to).fold(f64::INFINITY, f64::min);
        begins = range.below;
        let value = match (from.is_finite(), to.is_finite()) {
            (true, true) => (from + to) / 2.0,
            (true, false) => from + 1.0,
            (false, _) => to - 1.0,
        };
        (value, range.correct)
    })
}

/// Gives an answer and waits until it is judged, which must be as the lesson says.
///
/// # Errors
/// If it cannot be given, or is judged otherwise.
pub async fn answer(page: &Page, question: &Question, given: &Given) -> Result<()> {
    lay(page, question, given).await?;
    page.click(&of(question, "answer")).await?;
    let judged = question.judge(given).context("this is no answer")?;
    page.find(&format!("{}[data-correct=\"{}\"]", of(question, "reply"), judged.right)).await?;
    for part in judged.parts.iter().filter(|part| !part.reply_html.is_empty()) {
        shows(page, question, part.reply_html).await?;
    }
    let buttons = page.all(&of(question, "answer")).await?.len();
    ensure!(buttons == usize::from(!judged.right), "a right answer ends the question, and nothing else does");
    Ok(())
}

/// Lays, chooses, marks or types what is to be answered.
async fn lay(page: &Page, question: &Question, given: &Given) -> Result<()> {
    match given {
        Given::Choice(id) => page.choose(&of(question, &format!("option-{id}"))).await,
        Given::Choices(ids) => {
            let Answers::Multiple { options } = &question.answers else { return Ok(()) };
            for option in options {
                let input = of(question, &format!("option-{}", option.id));
                if page.find(&input).await?.is_selected().await? != ids.contains(&option.id) {
                    page.choose(&input).await?;
                }
            }
            Ok(())
        }
        Given::Number(value) => page.type_into(&of(question, "number"), &value.to_string()).await,
        Given::Order(order) => {
            for (place, item) in order.iter().enumerate() {
                while let Some(before) = lies(page, question).await?.iter().position(|other| other == item)
                    && before > place
                {
                    page.click(&format!("{}[data-item=\"{item}\"] {}", of(question, "item"), hook("up"))).await?;
                    let moved =
                        format!("{}[data-place=\"{before}\"]:not([data-item=\"{item}\"])", of(question, "item"));
                    page.find(&moved).await?;
                }
            }
            Ok(())
        }
        Given::Line(line) => page.choose(&of(question, &format!("line-{line}"))).await,
        Given::Blanks(ids) => {
            let Answers::Trace(trace) = &question.answers else { return Ok(()) };
            for (blank, id) in trace.blanks.iter().zip(ids) {
                let input = of(question, &format!("blank-{}-{id}", blank.letter));
                if !page.find(&input).await?.is_selected().await? {
                    page.choose(&input).await?;
                }
            }
            Ok(())
        }
    }
}

/// The items of an order as they lie, by their places in the right one.
///
/// # Errors
/// If the page does not show them.
pub async fn lies(page: &Page, question: &Question) -> Result<Vec<u32>> {
    page.find(&of(question, "item")).await?;
    let items = of(question, "item");
    let script = format!("return [...document.querySelectorAll('{items}')].map((item) => Number(item.dataset.item))");
    Ok(serde_json::from_value(page.evaluate(&script).await?)?)
}

/// Waits until a question shows a reply of the lesson's.
async fn shows(page: &Page, question: &Question, reply_html: &str) -> Result<()> {
    let wanted = "const wanted = document.createElement('div'); wanted.innerHTML = arguments[1]; \
                  return document.querySelector(`[data-question='${arguments[0]}']`).textContent.includes(wanted.textContent)";
    let arguments = vec![Value::from(question.id.as_str()), Value::from(reply_html)];
    page.wait(&format!("“{reply_html}” in {}", question.id), async || {
        let shown = page.session().execute(wanted, arguments.clone()).await?;
        Ok((*shown.json() == Value::Bool(true)).then_some(()))
    })
    .await
}

/// Forgets whatever was answered, and opens a step anew.
///
/// # Errors
/// If it cannot be opened.
pub async fn open_afresh(page: &Page, site: &str, lesson: &str, step: usize) -> Result<()> {
    page.goto(&format!("{site}#/lesson/{lesson}/{step}")).await?;
    page.find(&hook("step")).await?;
    page.evaluate("localStorage.removeItem('interleave.progress')").await?;
    page.goto(&format!("{site}#/lesson/{lesson}/{step}")).await?;
    page.find(&hook("question")).await.map(drop)
}

/// Wrong answers that can be given one after another, in which every reply is seen: parts that are right stay, so all of them are wrong.
/// `None` where that cannot be.
fn rounds(question: &Question) -> Option<Vec<Given>> {
    match &question.answers {
        Answers::Single { .. } | Answers::Number(_) | Answers::Line(_) => Some(wrong(question)),
        Answers::Multiple { options } => {
            let inverse: Vec<_> =
                options.iter().filter(|option| !option.correct).map(|option| option.id.clone()).collect();
            (!inverse.is_empty()).then(|| vec![Given::Choices(inverse)])
        }
        Answers::Trace(trace) => {
            let wrong = trace.blanks.iter().map(|blank| {
                blank.options.iter().filter(|option| !option.correct).map(|option| option.id.clone()).collect()
            });
            let wrong: Vec<Vec<String>> = wrong.collect();
            let most = wrong.iter().map(Vec::len).max()?;
            let round =
                |n: usize| wrong.iter().map(move |ids| ids.get(n.min(ids.len() - 1)).cloned().unwrap_or_default());
            Some((0..most).map(|n| Given::Blanks(round(n).collect())).collect())
        }
        Answers::Order { .. } => None,
    }
}

/// Gives every wrong answer that a question has a reply to, and then the right one; `afresh` forgets what was answered, and opens the
/// question's step anew.
///
/// # Errors
/// If one is not judged as the lesson says.
pub async fn play(page: &Page, question: &Question, afresh: impl AsyncFn() -> Result<()>) -> Result<()> {
    let right = right(question);
    let Some(rounds) = rounds(question) else {
        for wrong in wrong(question) {
            afresh().await?;
            answer(page, question, &wrong).await.with_context(|| format!("{}: {wrong:?}", question.id))?;
            let after = || format!("{}: {right:?} after {wrong:?}", question.id);
            answer(page, question, &right).await.with_context(after)?;
        }
        return Ok(());
    };
    for given in rounds.iter().chain([&right]) {
        answer(page, question, given).await.with_context(|| format!("{}: {given:?}", question.id))?;
    }
    Ok(())
}

//! The blocks of a lesson as plain HTML, one function for each kind. What is asked stands there in the open; answers are folded away.

use interleave::lesson::question::{Blank, BlankOption, shuffled};
use interleave::lesson::{
    Answers, Asked, Block, BoardTask, ChartOption, Condition, DemoBlock, Listing, Prediction, Question, Stretch, Truth,
};

use super::super::replies::{Reply, replies};
use super::{PlainFile, charts, escaped};

/// A block, with the charts that it needs added to those of its page.
pub fn block(lesson: &str, block: &Block, charts: &mut Vec<PlainFile>) -> String {
    match block {
        Block::Prose { html } => format!("{html}\n"),
        Block::Listing(of) => listing(of),
        Block::Demo(of) => demo(lesson, of, charts),
        Block::Prediction(of) => prediction(block, of),
        Block::Question(of) => question(block, of),
        Block::Task(of) => asked("Task", &of.prompt_html, &list("ul", of.conditions.iter().map(condition)), block),
        Block::Hints { hints, .. } => {
            format!("<details>\n<summary>Hints</summary>\n{}</details>\n", list("ol", hints.iter().cloned()))
        }
        Block::Aside { title, html } => format!("<aside>\n<h3>{}</h3>\n{html}\n</aside>\n", escaped(title)),
        Block::Summary { html } => format!("<section class=\"asked\">\n<h3>What to keep</h3>\n{html}\n</section>\n"),
    }
}

fn condition(condition: &Condition) -> String {
    escaped(&condition.claim.words())
}

fn list(kind: &str, items: impl Iterator<Item = String>) -> String {
    format!("<{kind}>\n{}</{kind}>\n", items.map(|item| format!("<li>{item}</li>\n")).collect::<String>())
}

fn listing(listing: &Listing) -> String {
    let runs = listing.engine.map_or_else(String::new, |engine| {
        format!(
            "<p class=\"meta\">What runs in its place in the live lesson: <strong>{}</strong>. {}</p>\n",
            escaped(engine.name()),
            escaped(engine.really_does())
        )
    });
    format!(
        "<figure>\n<figcaption>{}</figcaption>\n<pre tabindex=\"0\"><code class=\"language-{}\">{}</code></pre>\n{runs}</figure>\n",
        escaped(&listing.title),
        listing.language,
        listing.html
    )
}

fn demo(lesson: &str, demo: &DemoBlock, charts: &mut Vec<PlainFile>) -> String {
    let (html, files) = charts::demo(lesson, demo);
    charts.extend(files);
    html
}

fn question(block: &Block, question: &Question) -> String {
    let choices = match &question.answers {
        Answers::Single { options } | Answers::Multiple { options } => {
            list("ul", options.iter().map(|option| option.html.clone()))
        }
        Answers::Number(number) if number.unit.is_empty() => "<p>A number.</p>\n".to_owned(),
        Answers::Number(number) => format!("<p>A number of {}.</p>\n", escaped(&number.unit)),
        // As the live page shows them at first, not in the right order.
        Answers::Order { items } => {
            let order = shuffled(items.len(), &question.hash);
            list("ul", order.into_iter().filter_map(|at| Some(items.get(at as usize)?.html.clone())))
        }
        Answers::Line(lines) => {
            format!("<pre tabindex=\"0\"><code class=\"language-python\">{}</code></pre>\n", lines.html)
        }
        Answers::Trace(trace) => {
            let blank = |blank: &Blank| {
                let says = BlankOption::words;
                let options = blank.options.iter().map(says).collect::<Vec<_>>().join(", ");
                let task = trace.tasks.get(blank.task as usize).map_or("", String::as_str);
                let at = format!("{} at {} ms of {}", blank.letter, blank.at_ms, escaped(task));
                format!("{at}{}: {options}?", blank.html)
            };
            let hidden = |bar: &&Stretch| {
                trace
                    .blanks
                    .iter()
                    .any(|it| it.task == bar.task && it.start_ms < bar.end_ms && bar.start_ms < it.end_ms)
            };
            let shown: Vec<Stretch> = trace.bars.iter().filter(|bar| !hidden(bar)).cloned().collect();
            format!(
                "<div class=\"charts\">\n{}</div>\n{}",
                charts::small(&shown, trace.end_ms),
                list("ul", trace.blanks.iter().map(blank))
            )
        }
    };
    asked("Question", &question.prompt_html, &choices, block)
}

fn prediction(block: &Block, prediction: &Prediction) -> String {
    let Prediction { prompt_html, asked: of, .. } = prediction;
    let choices = match of {
        Asked::Charts { options } => {
            let end_ms = of.end_ms();
            let option =
                |option: &ChartOption| format!("<li>{}\n{}</li>\n", option.html, charts::small(&option.bars, end_ms));
            format!("<ul class=\"charts\">\n{}</ul>\n", options.iter().map(option).collect::<String>())
        }
        Asked::Slider(of) => {
            format!("<p>Between {} and {}.</p>\n", escaped(&of.words(of.from)), escaped(&of.words(of.to)))
        }
        Asked::Bars(board) => {
            let task = |task: &BoardTask| format!("<li>{}: {} ms</li>\n", escaped(&task.name), task.length_ms);
            format!("<ul>\n{}</ul>\n", board.tasks.iter().map(task).collect::<String>())
        }
        Asked::Myth { .. } => list("ul", Truth::ALL.into_iter().map(|truth| truth.words().to_owned())),
    };
    let heading = match of {
        Asked::Myth { .. } => "Often heard".to_owned(),
        _ => format!("Predict: {}", escaped(prediction.engine.name())),
    };
    asked(&heading, prompt_html, &choices, block)
}

/// Something asked, and folded away what is said to each answer.
fn asked(heading: &str, prompt_html: &str, choices: &str, block: &Block) -> String {
    let reply = |Reply { answer_html, correct, reply_html }: Reply| {
        let (class, says) = if correct { ("right", "✓ Right:") } else { ("wrong", "✗ Not right:") };
        format!("<div class=\"{class}\">\n<p><strong>{says}</strong> {answer_html}</p>\n{reply_html}\n</div>\n")
    };
    format!(
        "<section class=\"asked\">\n<h3>{heading}</h3>\n{prompt_html}\n{choices}<details>\n<summary>Answer and replies</summary>\n{}</details>\n</section>\n",
        replies(block).into_iter().map(reply).collect::<String>()
    )
}

//! Each lesson as a plain page, `<id>.html` beside its JSON file, and `index.html` that lists them: to be printed, read without scripts, and found
//! by who searches the web. It is made of the same blocks; what a learner would run is drawn as the simulator expects it.

mod blocks;
mod charts;

use interleave::lesson::{Lesson, Step};

/// A file to be written beside the lessons.
pub struct PlainFile {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// No script, and nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/// All lessons as pages, with their charts, the list of them and their style.
pub fn files(lessons: &[Lesson]) -> Vec<PlainFile> {
    let mut files = vec![
        PlainFile { name: "plain.css".into(), text: include_str!("plain.css").into() },
        PlainFile { name: "index.html".into(), text: index(lessons) },
    ];
    for (at, lesson) in lessons.iter().enumerate() {
        let mut charts = Vec::new();
        let steps: String = lesson.steps.iter().map(|of| step(lesson, of, &mut charts)).collect();
        let beside = [at.checked_sub(1).and_then(|at| lessons.get(at)), lessons.get(at + 1)];
        files.push(PlainFile { name: page_name(&lesson.id), text: page(lesson, &steps, beside) });
        files.extend(charts);
    }
    files
}

/// The name of a lesson's page.
fn page_name(id: &str) -> String {
    format!("{id}.html")
}

fn page(lesson: &Lesson, steps: &str, [previous, next]: [Option<&Lesson>; 2]) -> String {
    let title = escaped(&lesson.title);
    let link = |rel: &str, name: &str, lesson: &Lesson| {
        let title = escaped(&lesson.title);
        format!("<a rel=\"{rel}\" href=\"{}\">{name}: {title}</a>\n", page_name(&lesson.id))
    };
    let contents =
        lesson.steps.iter().map(|step| format!("<li><a href=\"#{}\">{}</a></li>\n", step.id, escaped(&step.title)));
    let body = format!(
        "<main>\n<h1>{title}</h1>\n<p class=\"lead\">{}</p>\n\
         <p class=\"meta\">About {} minutes. This is the plain page: <a href=\"../#/lesson/{}\">open the live lesson</a> to make predictions \
         and to run its programs.</p>\n\
         <nav aria-label=\"Steps\"><ol>\n{}</ol></nav>\n{steps}</main>\n\
         <footer>\n<nav aria-label=\"Lessons\">\n{}{}<a href=\"index.html\">All lessons</a>\n</nav>\n</footer>\n",
        escaped(&lesson.summary),
        lesson.minutes,
        lesson.id,
        contents.collect::<String>(),
        previous.map(|lesson| link("prev", "Previous", lesson)).unwrap_or_default(),
        next.map(|lesson| link("next", "Next", lesson)).unwrap_or_default(),
    );
    document(&lesson.title, &lesson.summary, &page_name(&lesson.id), &body)
}

fn step(lesson: &Lesson, step: &Step, charts: &mut Vec<PlainFile>) -> String {
    let blocks: String = step.blocks.iter().map(|block| blocks::block(&lesson.id, block, charts)).collect();
    format!("<section id=\"{}\">\n<h2>{}</h2>\n{blocks}</section>\n", step.id, escaped(&step.title))
}

fn index(lessons: &[Lesson]) -> String {
    let item = |lesson: &Lesson| {
        let (title, summary) = (escaped(&lesson.title), escaped(&lesson.summary));
        let (page, minutes) = (page_name(&lesson.id), lesson.minutes);
        format!(
            "<li>\n<a href=\"{page}\">{title}</a>\n<p>{summary}</p>\n<p class=\"meta\">About {minutes} minutes</p>\n</li>\n"
        )
    };
    let body = format!(
        "<main>\n<h1>Lessons</h1>\n\
         <p class=\"lead\">The lessons of Interleave as plain pages, to be read without scripts and to be printed. \
         <a href=\"../#/lessons\">The live lessons</a> run every program in the browser.</p>\n\
         <ol class=\"lessons\">\n{}</ol>\n</main>\n",
        lessons.iter().map(item).collect::<String>()
    );
    document(
        "Lessons",
        "Lessons on concurrency and parallelism for people who write Python, as plain pages.",
        "index.html",
        &body,
    )
}

fn document(title: &str, description: &str, name: &str, body: &str) -> String {
    let (title, description) = (escaped(title), escaped(description));
    // A link to a page of the app leads up from here.
    let body = body.replace("href=\"#/", "href=\"../#/");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <title>{title} · Interleave</title>\n<meta name=\"description\" content=\"{description}\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"canonical\" href=\"{name}\">\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"plain.css\">\n</head>\n<body>\n\
         <header>\n<nav aria-label=\"Site\"><a href=\"../\">Interleave</a> <a href=\"index.html\">Lessons</a></nav>\n</header>\n\
         {body}</body>\n</html>\n"
    )
}

/// A text as it stands in HTML, in an attribute, too.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

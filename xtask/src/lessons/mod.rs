//! Compiles the lessons: each `lessons/NN-slug.md` becomes `<id>.json`, `index.json` lists them in the files' order, and `points.json`
//! says where each point of `points.md` is taught. `glossary.md` becomes `glossary.json`, and its terms links in the lessons;
//! `search.json` holds the text of both, to be searched; `guide.toml` becomes `guide.json`, the decision guide, and `teachers.json` tells
//! teachers what each lesson holds. Each lesson is also a plain page, `<id>.html`.
//! The types of all are those of `interleave::lesson`. A mistake is an error with file and line, so a lesson that compiles
//! has no unknown demo, no question without an answer and no answer without a reply.
//!
//! # How a lesson is written
//!
//! Plain Markdown that reads well in any viewer. It opens with front matter; a heading of the second level starts a step.
//!
//! ````markdown
//! ---
//! id: event-loop
//! title: Three ways to make nine requests
//! minutes: 8
//! summary: One sentence of plain text.
//! ---
//!
//! ## Predict, then run {#run}
//!
//! Text, lists, tables; no raw HTML. Fences of `text` stay as they are.
//!
//! ```python title="One after another" engine=main demo=nine lines="waiting-for-io:2"
//! for url in urls:
//!     get(url)
//! ```
//!
//! ```demo nine
//! demo: nine-requests
//! engines: main, await-each, gather
//! requests: 9
//! delay: 300
//! ```
//!
//! :::prediction at-once demo=nine engine=gather kind=makespan from=100 to=10000
//!
//! How long will all nine take?
//!
//! - [ ] `..200` Less than one of them
//!   > Reply to a learner who expected less than 200 ms.
//! - [x] `200..450` As long as one
//!   > Reply.
//! - [ ] `450..` Longer
//!   > Reply.
//!
//! :::
//!
//! :::myth at-once-is-parallel demo=nine teaches="1.7"
//!
//! Doing several things at once takes several cores.
//!
//! - [ ] `true`
//!   > Reply.
//! - [x] `false`
//!   > Reply.
//! - [ ] `depends`
//!   > Reply.
//!
//! :::
//!
//! :::task hurry demo=nine solution="engines=gather"
//!
//! Have all nine answers within half a second, on one engine.
//!
//! - `makespan(*) <= 500`
//!   > Reply to who has missed it.
//!
//! :::
//!
//! :::question why-fast
//!
//! Why?
//!
//! - [ ] A wrong answer
//!   > Its own reply.
//! - [x] The right answer
//!   > Its reply.
//!
//! :::
//! ````
//!
//! - A fence in `python` or `rust` is a listing: `title` is required, `engine` names what really runs in its place here. With `demo=ID`,
//!   or several as `demo=ID,ID`, the listing is shown under that engine's chart in these demos of the lesson, too; and `lines` says at
//!   which of its lines (from 1) a task stands by what it is doing, as `state:line` for one or more states: the words of the charts'
//!   legend, such as `running`, `ready`, `waiting-for-io`, `waiting-for-others`. A state has one line, whatever step of its task it
//!   belongs to: a trace does not tell steps apart. Computing that was interrupted is several slices of one step, and an event loop
//!   computes when it sends a request, too.
//!   With `runs="src/….rs:name"` a second tab shows that function or type of this project, which really runs in its place.
//! - A fence `demo ID` names a demo of the registry; `engines` and parameters may be left out and have the demo's defaults. Of `own-plan`
//!   all lines behind a line `plan:` are the plan. `teaches: 4.2 4.3` names points of `points.md`; every directive with an id may do so
//!   as `teaches="4.2 4.3"`.
//! - A demo's line `sweep: threads, workers, 5` opens a sweep below its charts: the engine, what is changed, how often each is run.
//! - A demo's lines `claim: …` say what its runs come to, and are simulated on 4 cores, or as many as `claim-cores: …` says. A claim is
//!   `LEFT <= RIGHT`, with `<`, `>=` or `>`, too; a side is a number, `METRIC(ENGINE)` or `NUMBER * METRIC(ENGINE)`. What is measured,
//!   [`interleave::lesson::claim::Metric`] says. With parameters (`makespan(threads?threads=4)`) it is of a run that is simulated only;
//!   `within 30%` behind it says how far a real run may miss it, which else is 25 %.
//! - `:::myth ID demo=ID` holds back the run of a demo block as a prediction does. Its replies are to `true`, `false` and `depends`.
//! - `:::task ID demo=ID solution="…"` ends with a list of conditions, which are claims. `*` in the place of an engine is whatever single
//!   engine was run, and `any` at least one of them. As the demo opens it must miss a condition; with its solution, which is written as
//!   in a link, it must meet all.
//! - `:::prediction ID demo=ID engine=KEY kind=KIND` holds back the run of a demo block of its own step, which has no other prediction.
//!   It is about that engine's run, and asks in one of three ways; under the question stands one task list, of which the item is ticked
//!   that the author expects a run to come to. Each item opens with code, and has the reply to who chose it:
//!   - `kind=charts`: the code is the engine whose chart is to be chosen, with parameters as in a link: `gather`, `limited?limit=3`. Its
//!     name stands behind it. The chart is simulated on an ideal machine.
//!   - `kind=makespan from=MS to=MS`, a slider in ms; `kind=speed-up over=KEY from=TIMES to=TIMES`, one for how many times as fast the
//!     engine is as another of the demo. The codes are ranges of what may be set: `..200`, `200..450`, `450..`. What is written behind
//!     them is for readers of the source. The reply to the ticked range is also shown to who was in it and yet too far off.
//!   - `kind=bars step=MS`: a bar for each task is to be laid, at multiples of so many ms. The codes are patterns: `one-after-another`,
//!     `3-at-a-time`, `all-at-once`, `staircase`, and `other` for whatever is not named.
//!
//!   The run is simulated, and must come out as it is ticked.
//! - `:::question ID` has one task list, of which exactly one item is ticked. Other kinds, of which what was right stays in the next try:
//!   - `kind=multiple`: one or more are ticked. A reply is given to who judged its answer wrongly; those of ticked ones also in the end.
//!   - `kind=number unit="ms"`, perhaps with `from=` and `to=`: a number is typed; the answers open with ranges, as code.
//!   - `kind=order`: a numbered list in the right order; below each item what is said if it is the first that stands at a wrong place,
//!     which the first item never is.
//!   - `kind=line`: a fence ```` ```python ````, then the answers, which open with the number of a line as code: the ticked one is wrong in
//!     the program, and `other` stands for all lines that are not named.
//!   - `kind=trace demo=ID engine=KEY`: the chart of that run, simulated, of a demo in this step or before it. Each blank opens with a line
//!     “`A` at 150 of request 2” (a letter, a time in ms, a task), and has 2 to 4 answers, each opening with a state as code, or `none`
//!     where the task has not begun or has ended. The simulated run must come out as it is ticked.
//! - `:::hints ID`: three hints to the question or task of that id in the same step, as a numbered list.
//! - `:::aside title="…"` is set apart; `:::summary` says what to keep of the lesson.
//! - `teaches="4.2 4.3"` on a directive with an id names the points that it teaches.
//! - Ids are made of a–z, 0–9 and `-`, and are unique in the lesson, those of steps included.

mod ahead;
mod blocks;
mod claims;
mod demo;
mod error;
mod folder;
mod glossary;
mod guide;
mod head;
mod highlight;
mod index;
mod markdown;
mod myth;
mod plain;
mod points;
mod prediction;
mod question;
mod ranges;
mod replies;
mod runs;
mod source;
mod stands;
mod task;
mod teachers;
mod terms;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use anyhow::Result;
use interleave::lesson::{Lesson, Step};

pub use claims::holds_on;
pub use folder::{compile, compile_unlisted};
pub use task::{is_done_on, solution};

use blocks::Ids;
use error::{Checked, mistake};

/// Names of other files beside the lessons'.
const NO_LESSONS: [&str; 6] = ["index", "points", "glossary", "teachers", "guide", "search"];

/// Compile the lessons into a folder (Trunk does it at each build)
#[derive(clap::Args)]
pub struct Arguments {
    /// The page's folder; they go to lessons/ in it
    folder: PathBuf,
}

/// Compiles the repository's lessons.
pub fn run(arguments: Arguments) -> Result<()> {
    compile(&crate::project::root().join("lessons"), &arguments.folder.join("lessons"))
}

/// The lesson written in `source`, which comes after `earlier` ones.
fn lesson(source: &str, earlier: &[Lesson]) -> Checked<Lesson> {
    let source = source::cut(source)?;
    let front = head::entries(&source.front, "")?;
    if let Some(entry) = front.iter().find(|entry| !matches!(entry.key, "id" | "title" | "minutes" | "summary")) {
        return mistake(entry.line, format!("front matter has no “{}”", entry.key));
    }
    let get = |key: &str| match front.iter().find(|entry| entry.key == key && !entry.value.is_empty()) {
        Some(entry) => Ok((entry.value.to_owned(), entry.line)),
        None => mistake(source.front.line, format!("front matter is missing `{key}: …`")),
    };
    let ((id, id_line), (minutes, minutes_line)) = (get("id")?, get("minutes")?);
    if !source::is_id(&id) || NO_LESSONS.contains(&id.as_str()) {
        let not = NO_LESSONS.join(", ");
        return mistake(
            id_line,
            format!("“{id}” cannot be a lesson’s id: an id is made of a–z, 0–9 and `-`, and is not one of {not}"),
        );
    }
    if earlier.iter().any(|lesson| lesson.id == id) {
        return mistake(id_line, format!("another lesson has the id “{id}” already"));
    }
    let Ok(minutes) = minutes.parse() else {
        return mistake(minutes_line, format!("“{minutes}” is no whole number of minutes"));
    };
    let mut ids = Ids::default();
    let mut steps: Vec<Step> = Vec::new();
    for step in &source.steps {
        ids.take(&step.id, step.line)?;
        let blocks = blocks::blocks(&step.segments, &mut ids, &steps)?;
        steps.push(Step { id: step.id.clone(), title: step.title.clone(), blocks });
    }
    stands::bind(&source.steps, &mut steps)?;
    Ok(Lesson { id, title: get("title")?.0, minutes, summary: get("summary")?.0, steps })
}

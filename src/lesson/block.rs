//! The parts of a lesson as they stand in its JSON file. All HTML in them was made by the lessons' compiler from Markdown
//! without raw HTML, so a page may insert it as it is.

use serde::{Deserialize, Serialize};

use super::claim::Claim;
use super::{Exercise, Prediction, Question, Task};
use crate::engine::EngineId;
use crate::trace::State;

/// Where the list of all lessons (`Vec<IndexEntry>`) is served, relative to the page.
pub const INDEX_PATH: &str = "lessons/index.json";

/// Where the lesson with this id (a [`Lesson`]) is served, relative to the page.
pub fn lesson_path(id: &str) -> String {
    format!("lessons/{id}.json")
}

/// What the list of lessons says of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexEntry {
    /// Its name in links.
    pub id: String,
    /// Its title, as plain text.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// What it teaches, in a sentence or two of plain text.
    pub summary: String,
    /// Its steps, in order.
    pub steps: Vec<StepTitle>,
    /// What it asks, in order.
    pub exercises: Vec<Exercise>,
}

/// A step as a table of contents names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepTitle {
    /// Its name in links, unique in its lesson.
    pub id: String,
    /// Its title, as plain text.
    pub title: String,
}

/// A lesson: a sequence of steps, none of them locked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// Its name in links.
    pub id: String,
    /// Its title, as plain text.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// What it teaches, in a sentence or two of plain text.
    pub summary: String,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

impl Lesson {
    /// What the list of lessons says of this one.
    pub fn index_entry(&self) -> IndexEntry {
        let step = |step: &Step| StepTitle { id: step.id.clone(), title: step.title.clone() };
        IndexEntry {
            id: self.id.clone(),
            title: self.title.clone(),
            minutes: self.minutes,
            summary: self.summary.clone(),
            steps: self.steps.iter().map(step).collect(),
            exercises: self.blocks().filter_map(Exercise::of).collect(),
        }
    }

    /// The number of a step, from 1, by what stands in a link: the number itself, of which the nearest one counts, or the step's id.
    pub fn number_of(&self, step: &str) -> Option<usize> {
        match step.parse::<usize>() {
            Ok(number) => Some(number.clamp(1, self.steps.len().max(1))),
            Err(_) => self.steps.iter().position(|of| of.id == step).map(|at| at + 1),
        }
    }

    /// All blocks, step after step.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.steps.iter().flat_map(|step| &step.blocks)
    }

    /// The listings in which tasks of the demo block with this id stand, wherever in the lesson they are; one per engine at most.
    pub fn programs_of(&self, demo_block: &str) -> impl Iterator<Item = &Listing> {
        self.blocks().filter_map(move |block| match block {
            Block::Listing(listing) => {
                let stands = listing.stands.as_ref()?;
                stands.demos.iter().any(|id| id == demo_block).then_some(listing)
            }
            _ => None,
        })
    }
}

/// A screen's worth of text and action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its name in links, unique in its lesson.
    pub id: String,
    /// Its title, as plain text.
    pub title: String,
    /// What stands in it, from top to bottom.
    pub blocks: Vec<Block>,
}

impl Step {
    /// The prediction that holds back the run of the demo block with this id, if there is one. The compiler puts both in one
    /// step.
    pub fn prediction_of(&self, demo_block: &str) -> Option<&Prediction> {
        self.blocks.iter().find_map(|block| match block {
            Block::Prediction(prediction) if prediction.demo == demo_block => Some(prediction),
            _ => None,
        })
    }

    /// The hints to the question or task with this id, as HTML each; the compiler puts both in one step.
    pub fn hints_of(&self, id: &str) -> &[String] {
        let hints = self.blocks.iter().find_map(|block| match block {
            Block::Hints { of, hints } if of == id => Some(hints.as_slice()),
            _ => None,
        });
        hints.unwrap_or_default()
    }

    /// The tasks that are done with the demo block with this id. The compiler puts them in one step.
    pub fn tasks_of(&self, demo_block: &str) -> impl Iterator<Item = &Task> {
        self.blocks.iter().filter_map(move |block| match block {
            Block::Task(task) if task.demo == demo_block => Some(task),
            _ => None,
        })
    }
}

/// A part of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Paragraphs, lists, tables.
    Prose {
        /// Its HTML.
        html: String,
    },
    /// A program to read.
    Listing(Listing),
    /// Something to run.
    Demo(DemoBlock),
    /// Asked before the demo it names may run.
    Prediction(Prediction),
    /// To be achieved with the demo it names.
    Task(Task),
    /// Asked of the learner.
    Question(Question),
    /// Shown one after another to who asks for them, beside what they are for.
    Hints {
        /// Id of the question or task that they are for.
        of: String,
        /// The hints, as HTML each.
        hints: Vec<String>,
    },
    /// Set apart, for who wants to know more.
    Aside {
        /// What it is about, as plain text.
        title: String,
        /// Its HTML.
        html: String,
    },
    /// What to keep of the lesson.
    Summary {
        /// Its HTML.
        html: String,
    },
}

/// A program to read, highlighted at build time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// What it shows, as plain text.
    pub title: String,
    /// Language, as a class name: `python`.
    pub language: String,
    /// Highlighted lines for the inside of `<pre><code>`; spans carry classes that start with `hl-`, never inline styles.
    pub html: String,
    /// The program as it was written, to be copied.
    pub source: String,
    /// What really runs in this browser in its place; the page says so with [`EngineId::name`] and
    /// [`EngineId::really_does`].
    pub engine: Option<EngineId>,
    /// Where the tasks stand that `engine` carries out in its place.
    pub stands: Option<Stands>,
    /// The part of this project's own source that runs in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runs: Option<Runs>,
}

/// A function or type of this project's own source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Runs {
    /// Its file, from the root of the project.
    pub file: String,
    /// Its name.
    pub name: String,
    /// Its highlighted lines, as those of a listing.
    pub html: String,
}

/// At which lines of a listing tasks stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stands {
    /// Ids of the demo blocks whose tasks they are; the blocks belong to the same lesson and run the listing's engine.
    pub demos: Vec<String>,
    /// What a task is doing, and the line (from 1) at which it does that. No state stands here twice.
    pub lines: Vec<(State, u32)>,
}

/// A demo of the registry, set up for this place in the lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DemoBlock {
    /// Name of this block, unique in its lesson; predictions refer to it.
    pub id: String,
    /// Id of the demo in the registry.
    pub demo: String,
    /// The engines chosen at the start, in the order they are shown.
    pub engines: Vec<EngineId>,
    /// Values that differ from the demo's own: key of the parameter, and its value as it is written in a link. The
    /// compiler has checked both. A plan of the lesson's own is one of them, and so is a sweep.
    pub parameters: Vec<(String, String)>,
    /// What its runs are claimed to come to.
    pub claims: Vec<Claim>,
}

impl DemoBlock {
    /// What it opens with, as in a link to its demo.
    pub fn link(&self) -> String {
        let engines: Vec<_> = self.engines.iter().map(|engine| engine.key()).collect();
        let parameters = self.parameters.iter().map(|(key, value)| format!("&{key}={value}"));
        format!("engines={}{}", engines.join(","), parameters.collect::<String>())
    }
}

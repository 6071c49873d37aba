//! The parts of a lesson as they stand in its JSON file. All HTML in them was made by the lessons' compiler from Markdown
//! without raw HTML, so a page may insert it as it is.

use serde::{Deserialize, Serialize};

use super::{Prediction, Question};
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
}

/// A part of a step. More kinds will join (task, hint, myth …).
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
    /// Asked of the learner.
    Question(Question),
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
    /// compiler has checked both.
    pub parameters: Vec<(String, String)>,
}

//! The addresses of the pages. They stand behind the `#` of the link, so that any static host and any sub-path will do.

use yew_router::prelude::*;

/// A page.
#[derive(Clone, Debug, PartialEq, Routable)]
pub enum Route {
    /// What this is, and the first demo.
    #[at("/")]
    Home,
    /// The path of lessons.
    #[at("/lessons")]
    Lessons,
    /// A lesson, at the step where the learner left it.
    #[at("/lesson/:id")]
    Lesson {
        /// The lesson's id.
        id: String,
    },
    /// A step of a lesson.
    #[at("/lesson/:id/:step")]
    Step {
        /// The lesson's id.
        id: String,
        /// The step's number, from 1, or its id, which stays the same when steps are added.
        step: String,
    },
    /// The glossary.
    #[at("/glossary")]
    Glossary,
    /// A term of the glossary.
    #[at("/glossary/:id")]
    Term {
        /// The term's id.
        id: String,
    },
    /// Search; what is asked for stands in the query, as `q`.
    #[at("/search")]
    Search,
    /// All demos.
    #[at("/demos")]
    Demos,
    /// A demo; its engines and parameters stand in the query.
    #[at("/demo/:id")]
    Demo {
        /// The demo's id.
        id: String,
    },
    /// The demos that can be put into one's own pages.
    #[at("/gallery")]
    Gallery,
    /// What puts a demo into one's own page; the tool, the engines and parameters stand in the query.
    #[at("/gallery/:id")]
    Embeddable {
        /// The demo's id.
        id: String,
    },
    /// Any plan, and one's own; what is chosen stands in the query.
    #[at("/playground")]
    Playground,
    /// Traces from files.
    #[at("/trace")]
    Trace,
    /// The decision guide; the answers stand in the query.
    #[at("/guide")]
    Guide,
    /// For teachers.
    #[at("/teachers")]
    Teachers,
    /// A demo, a step or a trace alone, in somebody else's page; what else is said stands in the query.
    #[at("/embed/:what")]
    Embed {
        /// The demo's id, `lesson` or `trace`.
        what: String,
    },
    /// How it measures.
    #[at("/about")]
    About,
    /// Anything else.
    #[not_found]
    #[at("/not-found")]
    NotFound,
}

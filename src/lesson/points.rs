//! What the lessons teach, point by point, and where: the list from which a teacher chooses. It is made by the lessons' compiler of
//! `lessons/points.md` and of what the directives say that they teach.

use serde::{Deserialize, Serialize};

/// Where the list of all points (`Vec<PointEntry>`) is served, relative to the page.
pub const POINTS_PATH: &str = "lessons/points.json";

/// A point, and all places that teach it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointEntry {
    /// Its number: the lesson's, a dot, and its place in the lesson: `4.2`.
    pub id: String,
    /// What is taught, as inline HTML.
    pub text: String,
    /// Whether it is something often heard that a run puts to the test.
    pub myth: bool,
    /// Where it is taught, in the order of the lessons.
    pub places: Vec<Place>,
}

/// A directive of a lesson that teaches a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Id of the lesson.
    pub lesson: String,
    /// Id of the step.
    pub step: String,
    /// What it is: `demo`, `myth`, `prediction`, `question`, `task` …
    pub kind: String,
    /// Its id, unique in the lesson.
    pub id: String,
    /// What its run is claimed to come to, as the lesson writes it; demos alone have claims.
    pub claims: Vec<String>,
}

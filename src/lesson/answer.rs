//! What was answered to a question, as it is kept; what an earlier page kept is read, too.

use serde::{Deserialize, Serialize};

use super::Given;

/// What was answered to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Found")]
pub struct Answer {
    pub(super) hash: String,
    /// What was answered last.
    pub given: Given,
    /// Whether it is right.
    pub correct: bool,
    /// How many answers were given until then, this one included.
    pub tries: u32,
}

/// An answer as it is found in a storage.
#[derive(Deserialize)]
struct Found {
    hash: String,
    given: Option<Given>,
    /// The id of the option chosen, from when there was but one kind of question.
    option: Option<String>,
    correct: bool,
    tries: u32,
}

impl TryFrom<Found> for Answer {
    type Error = &'static str;

    fn try_from(found: Found) -> Result<Self, Self::Error> {
        let given = found.given.or(found.option.map(Given::Choice)).ok_or("an answer says nothing")?;
        Ok(Self { hash: found.hash, given, correct: found.correct, tries: found.tries })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_all_kinds_are_kept_in_a_storage() {
        for given in [
            Given::Choice("b".into()),
            Given::Choices(vec!["a".into(), "c".into()]),
            Given::Number(0.5),
            Given::Order(vec![1, 0]),
            Given::Line(3),
            Given::Blanks(vec!["a".into(), "b".into()]),
        ] {
            let answer = Answer { hash: "1".into(), given, correct: false, tries: 1 };
            let text = serde_json::to_string(&answer).unwrap();
            assert_eq!(serde_json::from_str::<Answer>(&text).unwrap(), answer, "{text}");
        }
        assert!(serde_json::from_str::<Answer>(r#"{"hash":"1","correct":true,"tries":1}"#).is_err());
    }
}

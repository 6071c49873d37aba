//! The decision guide: a few questions, and what is recommended to who answers them so. Rules are tried in order; the first that fits the
//! answers decides. It knows no page and no link but those that its author wrote.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Where the guide is served, relative to the page.
pub const GUIDE_PATH: &str = "lessons/guide.json";

/// The guide, as its author writes it and as it is served.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// What is asked, in order.
    #[serde(rename = "question")]
    pub questions: Vec<GuideQuestion>,
    /// What may be recommended.
    #[serde(rename = "recommendation")]
    pub recommendations: Vec<Recommendation>,
    /// What is recommended to whom.
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

/// A question of the guide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideQuestion {
    /// Its name, unique in the guide.
    pub id: String,
    /// What is asked, as plain text.
    pub text: String,
    /// How one finds out, as plain text.
    pub help: String,
    /// What may be answered.
    #[serde(rename = "answer")]
    pub answers: Vec<GuideAnswer>,
}

/// An answer to a question of the guide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideAnswer {
    /// Its name, unique in its question.
    pub id: String,
    /// What it says, as plain text.
    pub text: String,
}

/// What is recommended, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// Its name, unique in the guide.
    pub id: String,
    /// In a few words, as plain text.
    pub title: String,
    /// Why, a sentence or two each, as plain text.
    pub reasons: Vec<String>,
    /// The link to the run that shows it: `#/demo/…`.
    pub demo: String,
    /// Id of the lesson that teaches it.
    pub lesson: String,
    /// How it begins in Python, as it is written.
    pub snippet: String,
    /// The same, highlighted; the compiler adds it.
    #[serde(default)]
    pub snippet_html: String,
}

/// What is recommended to who gave these answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// By question, the answer that it takes; whatever was answered to the others.
    #[serde(default)]
    when: BTreeMap<String, String>,
    /// Id of the recommendation.
    recommend: String,
}

/// What somebody answered: by question, the answer.
pub type Chosen = BTreeMap<String, String>;

impl Guide {
    /// The answers in a link’s query, `work=waiting&many=few`. What is no answer of this guide is left out.
    pub fn read(&self, query: &str) -> Chosen {
        let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        let known = pairs.filter(|(question, answer)| self.answer(question, answer).is_some());
        known.map(|(question, answer)| (question.to_owned(), answer.to_owned())).collect()
    }

    /// The same, written; in the order in which is asked.
    pub fn write(&self, chosen: &Chosen) -> String {
        let pairs = self.questions.iter().filter_map(|question| Some((&question.id, chosen.get(&question.id)?)));
        pairs.map(|(question, answer)| format!("{question}={answer}")).collect::<Vec<_>>().join("&")
    }

    /// What is recommended; `None` until every question is answered.
    pub fn recommend(&self, chosen: &Chosen) -> Option<&Recommendation> {
        if self.questions.iter().any(|question| !chosen.contains_key(&question.id)) {
            return None;
        }
        let fits = |rule: &&Rule| rule.when.iter().all(|(question, answer)| chosen.get(question) == Some(answer));
        let rule = self.rules.iter().find(fits)?;
        self.recommendations.iter().find(|recommendation| recommendation.id == rule.recommend)
    }

    /// What makes no sense in it, in words; `None` if every combination of answers comes to something, and nothing is there in vain.
    pub fn flaw(&self) -> Option<String> {
        let unknown = |rule: &Rule| {
            let of = rule.when.iter().find(|(question, answer)| self.answer(question, answer).is_none());
            of.map(|(question, answer)| {
                format!("a rule takes the answer “{answer}” to “{question}”, which there is not")
            })
        };
        if let Some(flaw) = self.rules.iter().find_map(unknown) {
            return Some(flaw);
        }
        let mut reached: Vec<&str> = Vec::new();
        for chosen in self.combinations() {
            match self.recommend(&chosen) {
                Some(recommendation) => reached.push(&recommendation.id),
                None => return Some(format!("nothing is recommended to who answers {}", self.write(&chosen))),
            }
        }
        let idle = self.recommendations.iter().find(|recommendation| !reached.contains(&recommendation.id.as_str()));
        idle.map(|idle| format!("no answers lead to the recommendation “{}”", idle.id))
    }

    /// Every way to answer all questions.
    fn combinations(&self) -> Vec<Chosen> {
        let longer = |before: Vec<Chosen>, question: &GuideQuestion| -> Vec<Chosen> {
            let with = |chosen: &Chosen, answer: &GuideAnswer| {
                let mut chosen = chosen.clone();
                chosen.insert(question.id.clone(), answer.id.clone());
                chosen
            };
            before.iter().flat_map(|chosen| question.answers.iter().map(|answer| with(chosen, answer))).collect()
        };
        self.questions.iter().fold(vec![Chosen::new()], longer)
    }

    fn answer(&self, question: &str, answer: &str) -> Option<&GuideAnswer> {
        let question = self.questions.iter().find(|it| it.id == question)?;
        question.answers.iter().find(|it| it.id == answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guide(rules: &str) -> Guide {
        let rules: Vec<Rule> = serde_json::from_str(rules).unwrap();
        let answers = |ids: [&str; 2]| ids.map(|id| GuideAnswer { id: id.into(), text: id.into() }).to_vec();
        let question = |id: &str, ids| GuideQuestion {
            id: id.into(),
            text: id.into(),
            help: String::new(),
            answers: answers(ids),
        };
        let recommendation = |id: &str| Recommendation {
            id: id.into(),
            title: id.into(),
            reasons: Vec::new(),
            demo: String::new(),
            lesson: String::new(),
            snippet: String::new(),
            snippet_html: String::new(),
        };
        Guide {
            questions: vec![question("work", ["waiting", "computing"]), question("many", ["few", "many"])],
            recommendations: ["asyncio", "threads", "processes"].map(recommendation).to_vec(),
            rules,
        }
    }

    const RULES: &str = r#"[{"when":{"work":"computing"},"recommend":"processes"},
        {"when":{"work":"waiting","many":"many"},"recommend":"asyncio"},{"recommend":"threads"}]"#;

    #[test]
    fn the_first_rule_that_fits_decides_once_all_is_answered() {
        let guide = guide(RULES);
        let said = |query: &str| guide.recommend(&guide.read(query)).map(|it| it.id.clone());
        let queries =
            ["work=computing&many=few", "?many=many&work=waiting", "work=waiting&many=few", "work=waiting", ""];
        let expected = [Some("processes"), Some("asyncio"), Some("threads"), None, None];
        assert_eq!(queries.map(said), expected.map(|id| id.map(str::to_owned)));
        assert_eq!(guide.flaw(), None);
    }

    #[test]
    fn a_link_keeps_the_answers_and_drops_what_is_none() {
        let guide = guide(RULES);
        let chosen = guide.read("?many=few&work=sleeping&x=1&&work=waiting&=");
        assert_eq!(guide.write(&chosen), "work=waiting&many=few");
        assert_eq!(guide.read(&guide.write(&chosen)), chosen);
    }

    #[test]
    fn what_leads_nowhere_is_told() {
        let flaw = |rules: &str| guide(rules).flaw().unwrap_or_default();
        assert_eq!(
            flaw(r#"[{"when":{"work":"computing"},"recommend":"processes"}]"#),
            "nothing is recommended to who answers work=waiting&many=few"
        );
        assert_eq!(flaw(r#"[{"recommend":"threads"}]"#), "no answers lead to the recommendation “asyncio”");
        assert_eq!(
            flaw(r#"[{"when":{"work":"rest"},"recommend":"threads"}]"#),
            "a rule takes the answer “rest” to “work”, which there is not"
        );
    }
}

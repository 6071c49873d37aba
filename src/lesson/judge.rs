//! Judging a prediction by what a run measured.
//!
//! What is right is decided by the measurement alone. The lesson's author says what is to be expected and writes a reply to
//! each choice; a reply is shown only if the run came out as the author expected.

use super::{Predicted, Prediction};
use crate::engine::EngineId;

/// A ratio below this is called 'about the same'.
const SAME_BELOW: f64 = 1.2;
/// Within this factor of the fastest, an engine is as good as first.
const TIE_WITHIN: f64 = 1.05;
/// Said when a run came out as the lesson did not expect.
const UNUSUAL: &str =
    " With the settings of this lesson it usually comes out otherwise: close what else is running and try again.";

/// What a run says of a prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Whether the engine predicted was the first, or as good as the first.
    pub right_first: bool,
    /// Whether the ratio predicted was the closest of those offered.
    pub right_ratio: bool,
    /// The ratio predicted; 1 for 'about the same'.
    pub expected_ratio: f64,
    /// Makespan of the slowest engine / makespan of the fastest.
    pub measured_ratio: f64,
    /// What was expected and what was measured, as a sentence or two of plain text.
    pub words: String,
    /// Why, from the lesson; empty if the run came out as the author did not expect.
    pub reply_html: String,
}

/// Judges `predicted` by the makespans (ms) that a run measured. `None` unless there is something to judge by: all engines
/// that the prediction offers have finished, which one that this browser cannot run never does.
pub fn judge(prediction: &Prediction, predicted: &Predicted, makespans: &[(EngineId, f64)]) -> Option<Judgement> {
    let offered = prediction.first.iter().filter_map(|option| option.engine);
    let makespan = |engine| makespans.iter().find(|(id, _)| *id == engine).copied();
    let makespans = offered.map(makespan).collect::<Option<Vec<_>>>()?;
    let fastest = *makespans.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let slowest = *makespans.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    if fastest.1 <= 0.0 {
        return None;
    }
    let measured = Measured { first: fastest.0, ratio: slowest.1 / fastest.1 };
    let all_same = measured.ratio < SAME_BELOW;
    match *predicted {
        Predicted::Same => {
            let option = prediction.first.iter().find(|option| option.engine.is_none());
            let reply = reply_if(all_same, option.map(|option| (option.correct, &option.reply_html)));
            Some(measured.judgement(all_same, all_same, 1.0, same_words(&measured, all_same), reply))
        }
        Predicted::First { engine, ratio } => {
            let own_ms = makespans.iter().find(|(id, _)| *id == engine)?.1;
            let right_first = !all_same && own_ms <= fastest.1 * TIE_WITHIN;
            let right_ratio = right_first && closest(prediction, measured.ratio) == Some(ratio);
            let first = prediction.first.iter().find(|option| option.engine == Some(engine));
            let times = prediction.ratios.iter().find(|option| option.ratio == ratio);
            let reply = reply_if(right_first, first.map(|option| (option.correct, &option.reply_html)));
            let (words, reply) = if right_first {
                let why = reply_if(right_ratio, times.map(|option| (option.correct, &option.reply_html)));
                let words = format!("You expected {} times; it was {} times.", number(ratio), number(measured.ratio));
                (words, reply.zip(why).map(|(reply, why)| reply + &why))
            } else {
                (first_words(engine, &measured, all_same), reply)
            };
            Some(measured.judgement(right_first, right_ratio, ratio, words, reply))
        }
    }
}

struct Measured {
    first: EngineId,
    ratio: f64,
}

impl Measured {
    /// `reply` is `None` if the lesson has nothing to say to a run that came out so.
    fn judgement(
        &self,
        right_first: bool,
        right_ratio: bool,
        expected: f64,
        words: String,
        reply: Option<String>,
    ) -> Judgement {
        let unusual = if reply.is_none() { UNUSUAL } else { "" };
        Judgement {
            right_first,
            right_ratio,
            expected_ratio: expected,
            measured_ratio: self.ratio,
            words: words + unusual,
            reply_html: reply.unwrap_or_default(),
        }
    }
}

/// The reply to a choice, if the run agrees with the lesson on whether the choice is right.
fn reply_if(right: bool, option: Option<(bool, &String)>) -> Option<String> {
    option.filter(|(correct, _)| *correct == right).map(|(_, reply)| reply.clone())
}

/// The ratio offered that is closest to the one measured; as ratios go, 3 is as far from 1 as from 9.
fn closest(prediction: &Prediction, measured: f64) -> Option<f64> {
    let distance = |ratio: f64| (ratio.ln() - measured.ln()).abs();
    prediction.ratios.iter().map(|option| option.ratio).min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
}

fn same_words(measured: &Measured, all_same: bool) -> String {
    let (name, ratio) = (measured.first.name(), number(measured.ratio));
    if all_same {
        "You expected about the same time for all, and so it was.".to_owned()
    } else {
        format!(
            "You expected about the same time for all; “{name}” finished first, {ratio} times as fast as the slowest."
        )
    }
}

fn first_words(expected: EngineId, measured: &Measured, all_same: bool) -> String {
    let (expected, name, ratio) = (expected.name(), measured.first.name(), number(measured.ratio));
    if all_same {
        format!("You expected “{expected}” to finish first; all took about the same time.")
    } else {
        format!("You expected “{expected}” to finish first; “{name}” did, {ratio} times as fast as the slowest.")
    }
}

/// A ratio as it is said: one decimal below 10, none above, and none that is zero.
fn number(ratio: f64) -> String {
    let text = if ratio < 9.95 { format!("{ratio:.1}") } else { format!("{ratio:.0}") };
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::lesson::{FirstOption, RatioOption};

    const USUAL: [(EngineId, f64); 3] =
        [(EngineId::MainThread, 2_735.0), (EngineId::AwaitEach, 2_741.0), (EngineId::Gather, 315.0)];

    fn prediction() -> Prediction {
        let first = |engine: Option<EngineId>, reply: &str| FirstOption {
            engine,
            html: String::new(),
            correct: engine == Some(EngineId::Gather),
            reply_html: reply.into(),
        };
        let ratio = |ratio, reply: &str| RatioOption {
            ratio,
            html: String::new(),
            correct: ratio == 9.0,
            reply_html: reply.into(),
        };
        Prediction {
            id: "p".into(),
            hash: "0".into(),
            demo: "nine".into(),
            first_prompt_html: String::new(),
            first: vec![
                first(Some(EngineId::MainThread), "blocks"),
                first(Some(EngineId::AwaitEach), "async is not at once"),
                first(Some(EngineId::Gather), "yes; "),
                first(None, "waits overlap"),
            ],
            ratio_prompt_html: String::new(),
            ratios: vec![
                ratio(3.0, "not three"),
                ratio(9.0, "all nine waits overlapped"),
                ratio(27.0, "no more than nine"),
            ],
        }
    }

    fn check(predicted: Predicted, makespans: &[(EngineId, f64)], expected: Expect) {
        expected.assert_eq(&match judge(&prediction(), &predicted, makespans) {
            Some(j) => format!("first {}, ratio {} | {} | {}", j.right_first, j.right_ratio, j.words, j.reply_html),
            None => "nothing to judge by".into(),
        });
    }

    fn first(engine: EngineId, ratio: f64) -> Predicted {
        Predicted::First { engine, ratio }
    }

    #[test]
    fn a_prediction_is_right_if_no_other_choice_was_closer() {
        check(
            first(EngineId::Gather, 9.0),
            &USUAL,
            expect![
                "first true, ratio true | You expected 9 times; it was 8.7 times. | yes; all nine waits overlapped"
            ],
        );
        check(
            first(EngineId::Gather, 3.0),
            &USUAL,
            expect!["first true, ratio false | You expected 3 times; it was 8.7 times. | yes; not three"],
        );
        check(
            first(EngineId::Gather, 27.0),
            &USUAL,
            expect!["first true, ratio false | You expected 27 times; it was 8.7 times. | yes; no more than nine"],
        );
    }

    #[test]
    fn each_mistake_about_the_first_has_its_reply() {
        check(
            first(EngineId::MainThread, 9.0),
            &USUAL,
            expect![
                "first false, ratio false | You expected “Main thread” to finish first; “Event loop, all at once” did, 8.7 times as fast as the slowest. | blocks"
            ],
        );
        check(
            first(EngineId::AwaitEach, 3.0),
            &USUAL,
            expect![
                "first false, ratio false | You expected “Event loop, one after another” to finish first; “Event loop, all at once” did, 8.7 times as fast as the slowest. | async is not at once"
            ],
        );
        check(
            Predicted::Same,
            &USUAL,
            expect![
                "first false, ratio false | You expected about the same time for all; “Event loop, all at once” finished first, 8.7 times as fast as the slowest. | waits overlap"
            ],
        );
    }

    #[test]
    fn the_measurement_decides_and_the_lesson_is_silent_where_it_disagrees() {
        let run = |main_ms, gather_ms| {
            [(EngineId::MainThread, main_ms), (EngineId::AwaitEach, main_ms), (EngineId::Gather, gather_ms)]
        };
        check(
            first(EngineId::Gather, 3.0),
            &run(2_700.0, 900.0),
            expect![
                "first true, ratio true | You expected 3 times; it was 3 times. With the settings of this lesson it usually comes out otherwise: close what else is running and try again. | "
            ],
        );
        check(
            first(EngineId::Gather, 9.0),
            &run(2_700.0, 900.0),
            expect![
                "first true, ratio false | You expected 9 times; it was 3 times. With the settings of this lesson it usually comes out otherwise: close what else is running and try again. | "
            ],
        );
        check(
            Predicted::Same,
            &run(300.0, 310.0),
            expect![
                "first true, ratio true | You expected about the same time for all, and so it was. With the settings of this lesson it usually comes out otherwise: close what else is running and try again. | "
            ],
        );
        check(
            first(EngineId::Gather, 9.0),
            &run(300.0, 310.0),
            expect![
                "first false, ratio false | You expected “Event loop, all at once” to finish first; all took about the same time. With the settings of this lesson it usually comes out otherwise: close what else is running and try again. | "
            ],
        );
        check(
            first(EngineId::Gather, 9.0),
            &run(100.0, 310.0),
            expect![
                "first false, ratio false | You expected “Event loop, all at once” to finish first; “Main thread” did, 3.1 times as fast as the slowest. With the settings of this lesson it usually comes out otherwise: close what else is running and try again. | "
            ],
        );
    }

    #[test]
    fn nothing_is_judged_before_all_have_finished() {
        for makespans in [&[], &USUAL[..1], &USUAL[..2], &[USUAL[0], USUAL[1], (EngineId::ThreadPool, 300.0)]] {
            check(Predicted::Same, makespans, expect!["nothing to judge by"]);
        }
        check(first(EngineId::ThreadPool, 9.0), &USUAL, expect!["nothing to judge by"]);
        check(Predicted::Same, &USUAL.map(|(engine, _)| (engine, 0.0)), expect!["nothing to judge by"]);
    }

    #[test]
    fn ratios_are_said_as_people_say_them() {
        assert_eq!([1.0, 1.04, 8.68, 9.0, 9.96, 26.7].map(number), ["1", "1", "8.7", "9", "10", "27"]);
    }
}

//! What is said to predictions of each kind, right and wrong, by runs that came out as expected and otherwise.

use std::rc::Rc;

use expect_test::{Expect, expect};

use super::*;
use crate::demo::{NINE_REQUESTS, Setup};
use crate::engine::simulated::{Machine, like, simulate};
use crate::lesson::{BoardTask, CameTo, PatternReply, Range, Stretch, Truth, TruthReply};
use crate::trace::State;

/// Nine requests as they go on an engine of an ideal machine.
fn nine(engine: EngineId, query: &str) -> Rc<Trace> {
    let (setup, problems) = Setup::parse(&NINE_REQUESTS, &format!("engines={}&{query}", engine.key()));
    assert_eq!(problems, []);
    let plan = (NINE_REQUESTS.workload.plan)(&setup.values);
    let (machine, scheduler) = like(engine, &setup.options(engine), &plan, &Machine::ideal(2).into()).unwrap();
    Rc::new(simulate(&plan, &machine, &scheduler).unwrap().trace)
}

fn prediction(engine: EngineId, asked: Asked) -> Prediction {
    let (id, hash, demo) = ("p".into(), "0".into(), "nine".into());
    Prediction { id, hash, demo, engine, prompt_html: String::new(), asked }
}

fn check(prediction: &Prediction, predicted: &Predicted, measured: &Measured, expected: Expect) {
    expected.assert_eq(&match judge(prediction, predicted, measured) {
        Some(judged) => format!("{} | {} | {}", judged.right, judged.words, judged.reply_html),
        None => "nothing to judge by".into(),
    });
}

fn charts() -> Prediction {
    let option = |(id, engine, correct): (&str, EngineId, bool)| {
        let span = |span: Span| Stretch {
            task: span.task,
            state: State::WaitingForIo,
            start_ms: span.start_ms,
            end_ms: span.end_ms,
        };
        ChartOption {
            id: id.into(),
            html: String::new(),
            bars: spans(&nine(engine, "")).into_iter().map(span).collect(),
            correct,
            reply_html: format!("to {}", engine.key()),
        }
    };
    let options = [("a", EngineId::Gather, false), ("b", EngineId::Limited, false), ("c", EngineId::AwaitEach, true)];
    prediction(EngineId::AwaitEach, Asked::Charts { options: options.map(option).to_vec() })
}

#[test]
fn a_myth_is_answered_when_anything_has_run() {
    let reply = |truth: Truth| TruthReply { truth, correct: truth == Truth::False, reply_html: truth.key().into() };
    let myth = prediction(EngineId::MainThread, Asked::Myth { replies: Truth::ALL.map(reply).to_vec() });
    let said = Predicted::Truth(Truth::True);
    let stuck = vec![CameTo { is_ended: false, ..CameTo::ended(EngineId::Gather, nine(EngineId::Gather, "")) }];
    check(&myth, &said, &Vec::new(), expect!["nothing to judge by"]);
    check(&myth, &said, &stuck, expect!["false | You said “True”; “False” would have been right. | true"]);
    assert_eq!(myth.asked.answer(), Some(Predicted::Truth(Truth::False)));
    assert_eq!(overlay(&myth, &said, &stuck), None);
}

#[test]
fn the_chart_that_is_most_like_the_measured_one_is_right() {
    let chosen = |id: &str| Predicted::Chart(id.into());
    let usual = vec![CameTo::ended(EngineId::AwaitEach, nine(EngineId::AwaitEach, "delay=307"))];
    check(
        &charts(),
        &chosen("c"),
        &usual,
        expect![
            "true | It went as you expected, one after another, 2.76 s in all: the waits came one after another. | to await-each"
        ],
    );
    check(
        &charts(),
        &chosen("a"),
        &usual,
        expect![
            "false | You expected the tasks all at once, 300 ms in all; they went one after another, 2.76 s in all: the waits came one after another. | to gather"
        ],
    );
    check(
        &charts(),
        &chosen("b"),
        &usual,
        expect![
            "false | You expected the tasks 3 at a time, 900 ms in all; they went one after another, 2.76 s in all: the waits came one after another. | to limited"
        ],
    );
    let otherwise = vec![CameTo::ended(EngineId::AwaitEach, nine(EngineId::Gather, ""))];
    check(
        &charts(),
        &chosen("c"),
        &otherwise,
        expect![
            "false | You expected the tasks one after another, 2.70 s in all; they went all at once, 300 ms in all: the waits overlapped. With the settings of this lesson it usually comes out otherwise: close what else is running and try again. | "
        ],
    );
    check(
        &charts(),
        &chosen("a"),
        &otherwise,
        expect![
            "true | It went as you expected, all at once, 300 ms in all: the waits overlapped. With the settings of this lesson it usually comes out otherwise: close what else is running and try again. | "
        ],
    );
    check(&charts(), &chosen("z"), &usual, expect!["nothing to judge by"]);
    check(&charts(), &chosen("c"), &vec![], expect!["nothing to judge by"]);
    let five = vec![CameTo::ended(EngineId::AwaitEach, nine(EngineId::AwaitEach, "requests=5"))];
    check(&charts(), &chosen("c"), &five, expect!["nothing to judge by"]);
}

fn slider(over: Option<EngineId>) -> Prediction {
    let range = |below, correct, reply: &str| Range { below, correct, reply_html: reply.into() };
    let ranges = match over {
        None => vec![range(Some(200.0), false, "less"), range(Some(450.0), true, "yes"), range(None, false, "more")],
        Some(_) => vec![range(Some(6.0), false, "less"), range(Some(12.0), true, "yes"), range(None, false, "more")],
    };
    prediction(EngineId::Gather, Asked::Slider(Slider { over, from: 1.0, to: 10_000.0, ranges }))
}

#[test]
fn a_time_is_right_within_a_quarter() {
    let usual = vec![CameTo::ended(EngineId::Gather, nine(EngineId::Gather, "delay=320"))];
    let said = |value, expected| check(&slider(None), &Predicted::Value(value), &usual, expected);
    said(300.0, expect!["true | You expected 300 ms; it took 320 ms: the waits overlapped. | yes"]);
    said(400.0, expect!["true | You expected 400 ms; it took 320 ms: the waits overlapped. | yes"]);
    said(450.0, expect!["false | You expected 450 ms; it took 320 ms: the waits overlapped. | more"]);
    said(3_000.0, expect!["false | You expected 3 s; it took 320 ms: the waits overlapped. | more"]);
    said(100.0, expect!["false | You expected 100 ms; it took 320 ms: the waits overlapped. | less"]);
    let slow = vec![CameTo::ended(EngineId::Gather, nine(EngineId::Gather, "delay=900"))];
    check(
        &slider(None),
        &Predicted::Value(900.0),
        &slow,
        expect![
            "true | You expected 900 ms; it took 900 ms: the waits overlapped. With the settings of this lesson it usually comes out otherwise: close what else is running and try again. | "
        ],
    );
    check(
        &slider(None),
        &Predicted::Value(300.0),
        &slow,
        expect![
            "false | You expected 300 ms; it took 900 ms: the waits overlapped. With the settings of this lesson it usually comes out otherwise: close what else is running and try again. | "
        ],
    );
    check(&slider(None), &Predicted::Chart("a".into()), &usual, expect!["nothing to judge by"]);
}

#[test]
fn a_speed_up_is_judged_by_both_of_its_engines() {
    let slider = slider(Some(EngineId::MainThread));
    let both = |delay| {
        vec![
            CameTo::ended(EngineId::MainThread, nine(EngineId::MainThread, delay)),
            CameTo::ended(EngineId::Gather, nine(EngineId::Gather, "delay=310")),
        ]
    };
    check(
        &slider,
        &Predicted::Value(9.0),
        &both(""),
        expect!["true | You expected 9 times as fast; it was 8.7 times as fast: the waits overlapped. | yes"],
    );
    check(
        &slider,
        &Predicted::Value(3.0),
        &both(""),
        expect!["false | You expected 3 times as fast; it was 8.7 times as fast: the waits overlapped. | less"],
    );
    check(&slider, &Predicted::Value(9.0), &both("delay=310")[1..].to_vec(), expect!["nothing to judge by"]);
    let lies = overlay(&slider, &Predicted::Value(3.0), &both("")).unwrap();
    assert_eq!((lies.engine, lies.end_ms, lies.bars.len(), lies.reach_ms()), (EngineId::Gather, Some(900.0), 0, 900.0));
    assert_eq!(lies.words(Grouping::ByWorker).unwrap(), "Dashed line: the end that you predicted, 900 ms.");
    assert_eq!(overlay(&slider, &Predicted::Value(3.0), &vec![]), None);
}

fn bars() -> Prediction {
    let task =
        |number: u32| BoardTask { name: format!("request {number}"), state: State::WaitingForIo, length_ms: 300.0 };
    let reply = |pattern, correct, text: &str| PatternReply { pattern, correct, reply_html: text.into() };
    let replies = vec![
        reply(Pattern::OneAfterAnother, false, "one"),
        reply(Pattern::AtATime(3), true, "three"),
        reply(Pattern::Other, false, "other"),
    ];
    let tasks = (1..=9).map(task).collect();
    prediction(EngineId::Limited, Asked::Bars(Board { tasks, end_ms: 2_700.0, step_ms: 50.0, replies }))
}

#[test]
fn bars_are_right_where_the_measured_ones_start() {
    let usual = vec![CameTo::ended(EngineId::Limited, nine(EngineId::Limited, "limit=3&delay=306"))];
    let starts = |start_ms: fn(u32) -> f64| Predicted::Starts((0..9).map(start_ms).collect());
    let said = |start_ms, expected| check(&bars(), &starts(start_ms), &usual, expected);
    said(
        |task| f64::from(task / 3) * 300.0,
        expect!["true | It went as you expected, 3 at a time, 918 ms in all: up to 3 waits overlapped. | three"],
    );
    said(
        |task| f64::from(task % 3) * 300.0 + 50.0,
        expect!["true | It went as you expected, 3 at a time, 918 ms in all: up to 3 waits overlapped. | three"],
    );
    said(
        |task| f64::from(task / 3) * 300.0 + 300.0,
        expect![
            "false | You expected the tasks 3 at a time, 1.20 s in all; they went 3 at a time, 918 ms in all: up to 3 waits overlapped. | three"
        ],
    );
    said(
        |task| f64::from(task) * 300.0,
        expect![
            "false | You expected the tasks one after another, 2.70 s in all; they went 3 at a time, 918 ms in all: up to 3 waits overlapped. | one"
        ],
    );
    said(
        |_| 0.0,
        expect![
            "false | You expected the tasks all at once, 300 ms in all; they went 3 at a time, 918 ms in all: up to 3 waits overlapped. | other"
        ],
    );
    let lies = overlay(&bars(), &starts(|task| f64::from(task) * 300.0), &usual).unwrap();
    assert_eq!((lies.bars.len(), lies.end_ms, lies.reach_ms()), (9, None, 2_700.0));
    assert_eq!(lies.words(Grouping::ByTask).unwrap(), "Dashed outlines: the bars that you predicted.");
    assert_eq!(lies.words(Grouping::ByWorker), None, "a task has no row there");
    assert_eq!(lies.bars[1], PredictedBar { row: RowId::Task(TaskId(1)), start_ms: 300.0, end_ms: 600.0 });
}

//! What the compiler makes of a trace with blanks, and what it says of mistakes in one.

use expect_test::expect;
use interleave::lesson::Answers;
use interleave::lesson::question::TraceWithBlanks;

use super::kinds::{asked, question, wrong};
use super::{DEMO, FRONT, check};
use crate::lessons::lesson;

const TRACE: &str = "`A` at 450 of request 1, which *ended*\n\n- [ ] `running`\n  > r1\n- [x] `none`\n  > r2\n\n\
                     `B` at 450 ms of request 2\n\n- [x] `waiting-for-io`\n  > r3\n- [ ] `ready`\n  > r4\n";

#[test]
fn a_trace_has_blanks_that_were_simulated() {
    let attributes = "kind=trace demo=nine engine=main";
    let Answers::Trace(TraceWithBlanks { tasks, bars, end_ms, blanks }) = question(attributes, TRACE).answers else {
        panic!("a trace was asked for");
    };
    assert_eq!((tasks.join(", ").as_str(), bars.len(), end_ms), ("request 1, request 2, request 3", 3, 900.0));
    expect![[r#"
        Blank { letter: 'A', task: 0, at_ms: 450.0, start_ms: 300.0, end_ms: 900.0, html: ", which <em>ended</em>", options: [BlankOption { id: "a", state: Some(Running), correct: false, reply_html: "<p>r1</p>" }, BlankOption { id: "b", state: None, correct: true, reply_html: "<p>r2</p>" }] }
        Blank { letter: 'B', task: 1, at_ms: 450.0, start_ms: 300.0, end_ms: 600.0, html: "", options: [BlankOption { id: "a", state: Some(WaitingForIo), correct: true, reply_html: "<p>r3</p>" }, BlankOption { id: "b", state: Some(Ready), correct: false, reply_html: "<p>r4</p>" }] }
    "#]].assert_eq(&blanks.iter().map(|blank| format!("{blank:?}\n")).collect::<String>());
    wrong(
        attributes,
        TRACE,
        " demo=nine",
        " demo=ten",
        expect!["tiny.md:16: there is no demo “ten” in this step or before it"],
    );
    wrong(
        attributes,
        TRACE,
        " engine=main",
        "",
        expect!["tiny.md:16: broken directive: a trace is of the run of one engine with `engine=…`"],
    );
    wrong(
        attributes,
        TRACE,
        " engine=main",
        " engine=gather",
        expect!["tiny.md:20: 450 ms is not within the run, which takes 300 ms"],
    );
    wrong(
        attributes,
        TRACE,
        "`B`",
        "`C`",
        expect!["tiny.md:27: this blank is called `B`: they are A, B, C … as they are asked"],
    );
    wrong(
        attributes,
        TRACE,
        "`B` at 450 ms",
        "`B` at noon",
        expect!["tiny.md:27: a blank opens with its letter, a time in ms and a task: “`A` at 150 of request 2”"],
    );
    wrong(
        attributes,
        TRACE,
        "450 ms",
        "950 ms",
        expect!["tiny.md:27: 950 ms is not within the run, which takes 900 ms"],
    );
    wrong(
        attributes,
        TRACE,
        "of request 2",
        "of request 4",
        expect!["tiny.md:27: no task of this run is called so: there are request 1, request 2, request 3"],
    );
    wrong(
        attributes,
        TRACE,
        "of request 2",
        "of request 1",
        expect!["tiny.md:29: simulated, the state of “request 1” at 450 ms is `none`"],
    );
    wrong(
        attributes,
        TRACE,
        "`ready`",
        "`asleep`",
        expect![
            "tiny.md:31: unknown state “asleep”: there are running, waiting-for-io, waiting-for-others, ready, starting, overhead, none"
        ],
    );
    wrong(attributes, TRACE, "`ready`", "`waiting-for-io`", expect!["tiny.md:31: “waiting-for-io” stands twice"]);
    wrong(
        attributes,
        TRACE,
        "- [ ] `ready`\n  > r4\n",
        "",
        expect!["tiny.md:27: a blank has 2 to 4 answers; this one has 1"],
    );
    let twice = TRACE.replace("of request 2", "of request 1").replace("`waiting-for-io`", "`none`");
    check(&asked(attributes, &twice), expect!["tiny.md:27: this stretch is hidden by `A` already"]);
    check(
        &asked(attributes, ""),
        expect!["tiny.md:16: nothing is hidden: a blank opens with a line “`A` at TIME of TASK”"],
    );
}

#[test]
fn a_trace_may_be_of_a_run_in_a_step_before() {
    let source =
        asked("kind=trace demo=nine engine=main", TRACE).replace(":::question", "## Two {#two}\n\n:::question");
    assert!(lesson(&format!("{FRONT}{source}"), &[]).is_ok());
    let question = format!(":::question why kind=trace demo=nine engine=main\n\nWhy?\n\n{TRACE}\n:::\n");
    check(
        &format!("{question}\n## Two {{#two}}\n\n{DEMO}"),
        expect!["tiny.md:10: there is no demo “nine” in this step or before it"],
    );
}

#[test]
fn the_hash_of_a_chart_changes_with_the_run() {
    let source = format!("{FRONT}{}", asked("kind=trace demo=nine engine=main", TRACE));
    let hash = |source: &str| match lesson(source, &[]).unwrap().steps[0].blocks.pop() {
        Some(interleave::lesson::Block::Question(question)) => question.hash,
        other => panic!("{other:?}"),
    };
    assert_eq!(hash(&source), hash(&format!("{source}\n")));
    assert_ne!(hash(&source), hash(&source.replace("requests: 3", "requests: 4")));
}

//! What the compiler makes of the kinds of question, and what it says of mistakes in them; of traces with blanks a file of their own tells.

use expect_test::{Expect, expect};
use interleave::lesson::{Answers, Block, Question};

use super::{DEMO, FRONT, check};
use crate::lessons::lesson;

const MULTIPLE: &str = "- [x] Two\n  > r1\n- [ ] Three\n  > r2\n- [x] Four\n  > r3\n";
const NUMBER: &str = "- [ ] `..290` Less\n  > r1\n- [x] `290..310`\n  > r2\n- [ ] `310..`\n  > r3\n";
pub const ORDER: &str = "1. First\n   > r1\n2. *Second*\n   > r2\n";
const LINE: &str =
    "```python\na = 1\n\nb = 2\n```\n\n- [ ] `1` Not this\n  > r1\n- [x] `3`\n  > r2\n- [ ] `other`\n  > r3\n";

/// A question with these attributes and answers, behind the demo that a trace is of.
pub fn asked(attributes: &str, answers: &str) -> String {
    let demo = DEMO.replace("gather\n", "gather\nrequests: 3\n");
    format!("{demo}\n:::question why {attributes}\n\nWhy?\n\n{answers}\n:::\n")
}

pub fn question(attributes: &str, answers: &str) -> Question {
    match lesson(&format!("{FRONT}{}", asked(attributes, answers)), &[]).unwrap().steps[0].blocks.pop() {
        Some(Block::Question(question)) => question,
        other => panic!("{other:?}"),
    }
}

/// What is wrong where `written` stands instead of what should.
pub fn wrong(attributes: &str, answers: &str, written: &str, instead: &str, expected: Expect) {
    assert!(lesson(&format!("{FRONT}{}", asked(attributes, answers)), &[]).is_ok());
    let source = asked(attributes, answers);
    assert!(source.contains(written), "{source}");
    check(&source.replacen(written, instead, 1), expected);
}

#[test]
fn a_question_may_have_several_right_answers() {
    let of = question("kind=multiple teaches=\"1.2 3.4\"", MULTIPLE);
    expect![[r#"Multiple { options: [Choice { id: "a", html: "Two", correct: true, reply_html: "<p>r1</p>" }, Choice { id: "b", html: "Three", correct: false, reply_html: "<p>r2</p>" }, Choice { id: "c", html: "Four", correct: true, reply_html: "<p>r3</p>" }] }"#]].assert_eq(&format!("{:?}", of.answers));
    wrong(
        "kind=multiple",
        &MULTIPLE.replace("[x] Two", "[ ] Two"),
        "[x]",
        "[ ]",
        expect!["tiny.md:16: no right answer: tick one or more with `- [x] …`"],
    );
    wrong(
        "kind=multiple",
        MULTIPLE,
        "  > r2\n",
        "",
        expect!["tiny.md:22: this wrong answer has no reply: quote one below it with `>`"],
    );
    wrong(
        "kind=multiple",
        MULTIPLE,
        "=multiple",
        "=several",
        expect![
            "tiny.md:16: there is no question of the kind “several”: there are multiple, number, order, line, trace; without a kind one answer is right"
        ],
    );
    check(&asked("kind=multiple", "- [x] Two\n  > r1\n"), expect!["tiny.md:16: one answer alone is no choice"]);
}

#[test]
fn a_number_lies_in_ranges() {
    let attributes = "kind=number unit=ms from=0 to=1000";
    expect![[r#"Number(Number { unit: "ms", from: Some(0.0), to: Some(1000.0), ranges: [Range { below: Some(290.0), correct: false, reply_html: "<p>r1</p>" }, Range { below: Some(310.0), correct: true, reply_html: "<p>r2</p>" }, Range { below: None, correct: false, reply_html: "<p>r3</p>" }] })"#]].assert_eq(&format!("{:?}", question(attributes, NUMBER).answers));
    let whole = question("kind=number unit=\"\"", NUMBER);
    assert!(matches!(&whole.answers, Answers::Number(number) if number.unit.is_empty()), "{whole:?}");
    wrong(
        attributes,
        NUMBER,
        " unit=ms",
        "",
        expect!["tiny.md:16: broken directive: a number has a unit, perhaps an empty one, with `unit=…`"],
    );
    wrong(attributes, NUMBER, "from=0", "from=zero", expect!["tiny.md:16: `from` must be a number; “zero” is not"]);
    wrong(
        attributes,
        NUMBER,
        "from=0",
        "from=290",
        expect!["tiny.md:20: no number of this range can be typed: it lies outside of `from` and `to`"],
    );
    wrong(
        attributes,
        NUMBER,
        "to=1000",
        "to=300",
        expect!["tiny.md:24: no number of this range can be typed: it lies outside of `from` and `to`"],
    );
    wrong(
        attributes,
        NUMBER,
        "290..310",
        "300..310",
        expect![
            "tiny.md:22: “300..310” cannot stand here: ranges follow one another without a gap, open at both ends: `..200`, `200..450`, `450..`"
        ],
    );
}

#[test]
fn an_order_is_written_in_its_right_order() {
    expect![[r#"Order { items: [Item { html: "First", reply_html: "<p>r1</p>" }, Item { html: "<em>Second</em>", reply_html: "<p>r2</p>" }] }"#]].assert_eq(&format!("{:?}", question("kind=order", ORDER).answers));
    wrong(
        "kind=order",
        ORDER,
        "   > r2\n",
        "",
        expect!["tiny.md:22: this item has no reply: quote one below it with `>`"],
    );
    wrong(
        "kind=order",
        ORDER,
        "2. *Second*\n   > r2\n",
        "",
        expect!["tiny.md:16: an order has 2 to 8 items; this one has 1"],
    );
    wrong(
        "kind=order",
        ORDER,
        "   > r2\n",
        "   > r2\n\nMore.\n",
        expect!["tiny.md:25: nothing may follow the numbered list"],
    );
    wrong(
        "kind=order",
        ORDER,
        "   > r2\n",
        "   > r2\n\n   More.\n",
        expect!["tiny.md:25: nothing may follow the quoted reply of an item"],
    );
    wrong("kind=order", ORDER, ORDER, MULTIPLE, expect!["tiny.md:17: a numbered list `1. …` is missing"]);
}

#[test]
fn a_line_of_a_program_is_marked() {
    let of = question("kind=line", LINE);
    assert_eq!(of.prompt_html, "<p>Why?</p>");
    expect![[r#"Line(Lines { html: "a <span class=\"hl-operator\">= </span><span class=\"hl-number\">1</span>\n\nb <span class=\"hl-operator\">= </span><span class=\"hl-number\">2</span>", replies: [LineReply { line: 1, correct: false, reply_html: "<p>r1</p>" }, LineReply { line: 3, correct: true, reply_html: "<p>r2</p>" }], other_html: "<p>r3</p>" })"#]].assert_eq(&format!("{:?}", of.answers));
    wrong(
        "kind=line",
        LINE,
        "```python",
        "```python title=A",
        expect!["tiny.md:20: the program stands in a fence ```python, which has neither title nor attributes here"],
    );
    wrong(
        "kind=line",
        LINE,
        "```python\na = 1\n\nb = 2\n```\n",
        "",
        expect!["tiny.md:17: the program is missing, of which a line is wrong: one fence ```python"],
    );
    wrong(
        "kind=line",
        LINE,
        "b = 2\n",
        &"b = 2\n".repeat(19),
        expect!["tiny.md:20: this listing has 21 lines; 20 may be shown at once"],
    );
    wrong("kind=line", LINE, "`1`", "`4`", expect!["tiny.md:26: “4” is no line of this listing: it has lines 1 to 3"]);
    wrong("kind=line", LINE, "`1`", "`2`", expect!["tiny.md:26: line 2 of this listing is empty: it cannot be marked"]);
    wrong("kind=line", LINE, "`1`", "`3`", expect!["tiny.md:28: line 3 stands twice"]);
    wrong(
        "kind=line",
        LINE,
        "`1` Not",
        "Not",
        expect!["tiny.md:26: this answer must open with the number of a line, or `other`, as code"],
    );
    wrong(
        "kind=line",
        LINE,
        "- [ ] `other`\n  > r3\n",
        "",
        expect!["tiny.md:16: nothing is said to lines that are not named: add `other`"],
    );
    wrong(
        "kind=line",
        LINE,
        "- [x] `3`\n  > r2\n- [ ] `other`",
        "- [x] `other`",
        expect!["tiny.md:28: `other` cannot be right: name the line that is"],
    );
}

#[test]
fn the_lesson_for_tests_asks_in_every_way() {
    let source = std::fs::read_to_string(crate::project::root().join("tests/user/lessons/90-kinds.md")).unwrap();
    let lesson = lesson(&source, &[]).unwrap();
    let kind = |block: &Block| match block {
        Block::Question(Question { answers, .. }) => Some(std::mem::discriminant(answers)),
        _ => None,
    };
    let kinds: std::collections::HashSet<_> = lesson.blocks().filter_map(kind).collect();
    assert_eq!(kinds.len(), 6);
}

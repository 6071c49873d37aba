//! What the compiler makes of hints, asides and summaries, and what it says of mistakes in them.

use expect_test::expect;

use super::kinds::{ORDER, asked};
use super::{FRONT, check};
use crate::lessons::lesson;

#[test]
fn hints_belong_to_a_question_of_their_step() {
    let hints = ":::hints why\n\n1. One\n2. *Two*\n3. Three\n\n:::\n";
    let source = format!("{hints}\n{}", asked("kind=order", ORDER));
    let compiled = lesson(&format!("{FRONT}{source}"), &[]).unwrap();
    assert_eq!(compiled.steps[0].hints_of("why"), ["One", "<em>Two</em>", "Three"]);
    assert!(compiled.steps[0].hints_of("where").is_empty());
    check(
        &source.replace(":::hints why", ":::hints where"),
        expect!["tiny.md:10: there is no question and no task “where” in this step"],
    );
    check(
        &source.replace(":::hints why", ":::hints"),
        expect!["tiny.md:10: broken directive: hints name the question or task that they are for"],
    );
    check(&source.replace("3. Three\n", ""), expect!["tiny.md:10: there are 3 hints to a question; these are 2"]);
    check(&source.replace("3. Three\n", "3. Three\n   > r\n"), expect!["tiny.md:14: a hint has no reply"]);
    check(
        &source.replace("1. One\n", "Some:\n\n1. One\n"),
        expect!["tiny.md:11: hints are a numbered list and nothing else"],
    );
    check(&format!("{source}\n{hints}"), expect!["tiny.md:35: “why” has its hints on line 10 already"]);
    check(
        &format!("{}\n## Two {{#two}}\n\n{hints}", asked("kind=order", ORDER)),
        expect!["tiny.md:29: there is no question and no task “why” in this step"],
    );
}

#[test]
fn asides_and_summaries_are_set_apart() {
    check(
        ":::aside title=\"Why so\"\n\nText.\n\n:::\n\n:::summary\n\n- One\n\n:::\n",
        expect![[r#"
        Aside { title: "Why so", html: "<p>Text.</p>" }
        Summary { html: "<ul>\n<li>One</li>\n</ul>" }
    "#]],
    );
    check(
        ":::aside\n\nText.\n\n:::\n",
        expect![[r#"tiny.md:10: broken directive: an aside has a title and no id: `:::aside title="…"`"#]],
    );
    check(
        ":::aside why title=A\n\nText.\n\n:::\n",
        expect![[r#"tiny.md:10: broken directive: an aside has a title and no id: `:::aside title="…"`"#]],
    );
    check(":::aside title=A\n\n:::\n", expect!["tiny.md:10: `:::aside` says nothing"]);
    check(":::summary\n\n:::\n", expect!["tiny.md:10: `:::summary` says nothing"]);
    check(":::summary why\n\nText.\n\n:::\n", expect!["tiny.md:10: broken directive: a summary has no id"]);
}

//! What the compiler makes of tiny lessons and of the repository's own; what it says of mistakes stands in a file of its own.

use expect_test::{Expect, expect};
use interleave::lesson::{Answers, Block, Lesson};

use super::{compile, lesson};

mod mistakes;

const FRONT: &str = "---\nid: tiny\ntitle: Tiny\nminutes: 1\nsummary: As small as can be.\n---\n\n## One {#one}\n\n";
const DEMO: &str = "```demo nine\ndemo: nine-requests\nengines: main, gather\n```\n";
const FIRST: &str = "First?\n\n- [ ] `main` loop\n  > r1\n- [x] `gather` group\n  > r2\n";
const TIMES: &str = "By how much?\n\n- [ ] `2.5` a little\n  > r3\n- [x] `9` much\n  > r4\n";

/// The step's blocks in short, or the mistake; lines of `body` count from 10.
fn check(body: &str, expected: Expect) {
    check_file(&format!("{FRONT}{body}"), expected);
}

fn check_file(source: &str, expected: Expect) {
    expected.assert_eq(&match lesson(source, &[]) {
        Ok(lesson) => lesson.blocks().map(|block| format!("{block:?}\n")).collect(),
        Err(wrong) => format!("tiny.md:{}: {}", wrong.line, wrong.message),
    });
}

fn question(answers: &str) -> String {
    format!(":::question why\n\nWhy?\n\n{answers}\n:::\n")
}

fn prediction(lists: &str) -> String {
    format!("{DEMO}\n:::prediction guess demo=nine\n\n{lists}\n:::\n")
}

#[test]
fn prose_is_html() {
    check(
        "*Hello*, `x < y`.\n\n```text\n## no step\n```\n",
        expect![[r#"
        Prose { html: "<p><em>Hello</em>, <code>x &lt; y</code>.</p>\n<pre><code class=\"language-text\">## no step\n</code></pre>" }
    "#]],
    );
}

#[test]
fn a_listing_is_highlighted_with_a_few_classes() {
    let body = "```python title=\"A \\ B\" engine=await-each\nasync def f(n: int = 1):\n    # why\n    return f\"{n} < 2\" is None\n```\n";
    check(
        body,
        expect![[r#"
        Listing(Listing { title: "A \\ B", language: "python", html: "<span class=\"hl-keyword\">async def </span><span class=\"hl-function\">f</span>(n: <span class=\"hl-type\">int </span><span class=\"hl-operator\">= </span><span class=\"hl-number\">1</span>):\n    <span class=\"hl-comment\"># why</span>\n    <span class=\"hl-keyword\">return f</span><span class=\"hl-string\">\"</span>{n}<span class=\"hl-string\"> &lt; 2\" </span><span class=\"hl-keyword\">is </span><span class=\"hl-constant\">None</span>", source: "async def f(n: int = 1):\n    # why\n    return f\"{n} < 2\" is None\n", engine: Some(AwaitEach), stands: None })
    "#]],
    );
}

#[test]
fn a_listing_says_where_tasks_of_demos_stand_also_of_later_ones() {
    let listing =
        "```python title=A engine=gather demo=\"nine, ten\" lines=\"waiting-for-io:2 running:1\"\na\nb\n```\n";
    let body = format!("{listing}\n## Two {{#two}}\n\n{DEMO}\n{}", DEMO.replace(" nine\n", " ten\n"));
    let lesson = lesson(&format!("{FRONT}{body}"), &[]).unwrap();
    let stands = |demo: &str| lesson.programs_of(demo).map(|of| format!("{:?}", of.stands)).collect::<String>();
    let lines = r#"Some(Stands { demos: ["nine", "ten"], lines: [(WaitingForIo, 2), (Running, 1)] })"#;
    assert_eq!([stands("nine"), stands("ten"), stands("eleven")], [lines, lines, ""]);
}

#[test]
fn a_demo_has_its_own_engines_and_the_values_written() {
    check(
        "```demo nine\ndemo: nine-requests\ndelay: 1_000\n```\n",
        expect![[r#"
        Demo(DemoBlock { id: "nine", demo: "nine-requests", engines: [MainThread, AwaitEach, Gather], parameters: [("delay", "1000")] })
    "#]],
    );
}

#[test]
fn a_question_has_options_with_replies() {
    check(
        &question("- [ ] *No*\n  > Because.\n- [x] Yes\n\n  > Right.\n  >\n  > Indeed.\n"),
        expect![[r#"
        Question(Question { id: "why", hash: "65a1a7e55de88cfd", prompt_html: "<p>Why?</p>", answers: Single { options: [Choice { id: "a", html: "<em>No</em>", correct: false, reply_html: "<p>Because.</p>" }, Choice { id: "b", html: "Yes", correct: true, reply_html: "<p>Right.</p>\n<p>Indeed.</p>" }] } })
    "#]],
    );
}

#[test]
fn a_prediction_has_two_lists() {
    check(
        &prediction(&format!("{FIRST}\n{TIMES}")),
        expect![[r#"
        Demo(DemoBlock { id: "nine", demo: "nine-requests", engines: [MainThread, Gather], parameters: [] })
        Prediction(Prediction { id: "guess", hash: "3e0123ddb95c0414", demo: "nine", first_prompt_html: "<p>First?</p>", first: [FirstOption { engine: Some(MainThread), html: "loop", correct: false, reply_html: "<p>r1</p>" }, FirstOption { engine: Some(Gather), html: "group", correct: true, reply_html: "<p>r2</p>" }], ratio_prompt_html: "<p>By how much?</p>", ratios: [RatioOption { ratio: 2.5, html: "a little", correct: false, reply_html: "<p>r3</p>" }, RatioOption { ratio: 9.0, html: "much", correct: true, reply_html: "<p>r4</p>" }] })
    "#]],
    );
}

#[test]
fn the_hash_changes_with_the_text_alone() {
    let hash = |answers: &str, before: &str| {
        let Block::Question(question) =
            lesson(&format!("{FRONT}{before}{}", question(answers)), &[]).unwrap().steps[0].blocks.pop().unwrap()
        else {
            panic!("a question is the last block");
        };
        question.hash
    };
    let answers = "- [ ] No\n  > Because.\n- [x] Yes\n  > Right.\n";
    assert_eq!(hash(answers, ""), hash(answers, "Text before it.\n\n"));
    assert_ne!(hash(answers, ""), hash(&answers.replace("No", "Nay"), ""));
}

#[test]
fn a_folder_of_lessons_is_compiled_and_its_mistakes_name_the_files() {
    let folder = std::env::temp_dir().join(format!("interleave-lessons-{}", std::process::id()));
    let (sources, out) = (folder.join("in"), folder.join("out"));
    std::fs::create_dir_all(&sources).unwrap();
    let write = |name: &str, text: &str| std::fs::write(sources.join(name), text).unwrap();
    write("02-b.md", &FRONT.replace("id: tiny", "id: b"));
    write("01-a.md", &FRONT.replace("id: tiny", "id: a"));
    write("README.md", "no lesson");
    compile(&sources, &out).unwrap();
    expect![[r#"[{"id":"a","title":"Tiny","minutes":1,"summary":"As small as can be.","steps":[{"id":"one","title":"One"}]},{"id":"b","title":"Tiny","minutes":1,"summary":"As small as can be.","steps":[{"id":"one","title":"One"}]}]"#]].assert_eq(&std::fs::read_to_string(out.join("index.json")).unwrap());
    let b: Lesson = serde_json::from_str(&std::fs::read_to_string(out.join("b.json")).unwrap()).unwrap();
    assert_eq!(b, lesson(&FRONT.replace("id: tiny", "id: b"), &[]).unwrap());

    write("02-b.md", &FRONT.replace("id: tiny", "id: a"));
    write("03-c.md", "no lesson");
    let error = compile(&sources, &out).unwrap_err().to_string().replace(&format!("{}/", sources.display()), "");
    expect![[r#"
        02-b.md:2: another lesson has the id “a” already
        03-c.md:1: front matter is missing: the file must open with a line `---`"#]]
    .assert_eq(&error);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_lessons_of_this_repository_compile_and_ask_something() {
    let folder = crate::project::root().join("lessons");
    let mut lessons = Vec::new();
    for file in super::files(&folder).unwrap() {
        let source = std::fs::read_to_string(&file).unwrap();
        lessons.push(lesson(&source, &lessons).unwrap_or_else(|wrong| panic!("{}: {wrong:?}", file.display())));
    }
    assert!(!lessons.is_empty());
    for lesson in &lessons {
        let count = |is: fn(&Block) -> bool| lesson.blocks().filter(|block| is(block)).count();
        assert!(count(|block| matches!(block, Block::Demo(_))) >= 2, "{}: at least two runs", lesson.id);
        assert!(count(|block| matches!(block, Block::Prediction(_))) >= 1, "{}: at least one prediction", lesson.id);
        assert!(count(|block| matches!(block, Block::Question(_))) >= 3, "{}: at least three questions", lesson.id);
        for question in lesson
            .blocks()
            .filter_map(|block| if let Block::Question(question) = block { Some(question) } else { None })
        {
            let Answers::Single { options } = &question.answers;
            assert!(options.len() >= 3, "{}: {} has too few answers", lesson.id, question.id);
        }
    }
}

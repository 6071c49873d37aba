//! What the compiler makes of tiny lessons and of the repository's own; what it says of mistakes stands in a file of its own.

use expect_test::{Expect, expect};
use interleave::engine::EngineId;
use interleave::lesson::{Answers, Asked, Block, ChartOption, Lesson, Prediction, chart_words};

use super::{compile, lesson};

mod acts;
mod apart;
mod glossary;
mod kinds;
mod mistakes;
mod plain;
mod points;
mod predictions;
mod traces;

const FRONT: &str = "---\nid: tiny\ntitle: Tiny\nminutes: 1\nsummary: As small as can be.\n---\n\n## One {#one}\n\n";
const DEMO: &str = "```demo nine\ndemo: nine-requests\nengines: main, gather\n```\n";
const CHARTS: &str = "Which?\n\n- [ ] `main` loop\n  > r1\n- [x] `gather?delay=200` group\n  > r2\n";
const RANGES: &str =
    "How long?\n\n- [ ] `..200` short\n  > r1\n- [x] `200..450` as one\n  > r2\n- [ ] `450..` long\n  > r3\n";
const TIMES: &str = "How much?\n\n- [ ] `..5` less\n  > r1\n- [x] `5..` more\n  > r2\n";
const BARS: &str = "Where?\n\n- [x] `all-at-once` all\n  > r1\n- [ ] `other` else\n  > r2\n";

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

fn prediction(attributes: &str, list: &str) -> String {
    let demo = DEMO.replace("gather\n", "gather\nrequests: 3\n");
    format!("{demo}\n:::prediction guess demo=nine engine=gather {attributes}\n\n{list}\n:::\n")
}

/// The prediction that [`prediction`] writes.
fn asked(attributes: &str, list: &str) -> Prediction {
    match lesson(&format!("{FRONT}{}", prediction(attributes, list)), &[]).unwrap().steps[0].blocks.pop() {
        Some(Block::Prediction(prediction)) => prediction,
        other => panic!("{other:?}"),
    }
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
            Listing(Listing { title: "A \\ B", language: "python", html: "<span class=\"hl-keyword\">async def </span><span class=\"hl-function\">f</span>(n: <span class=\"hl-type\">int </span><span class=\"hl-operator\">= </span><span class=\"hl-number\">1</span>):\n    <span class=\"hl-comment\"># why</span>\n    <span class=\"hl-keyword\">return f</span><span class=\"hl-string\">\"</span>{n}<span class=\"hl-string\"> &lt; 2\" </span><span class=\"hl-keyword\">is </span><span class=\"hl-constant\">None</span>", source: "async def f(n: int = 1):\n    # why\n    return f\"{n} < 2\" is None\n", engine: Some(AwaitEach), stands: None, runs: None })
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
            Demo(DemoBlock { id: "nine", demo: "nine-requests", engines: [MainThread, AwaitEach, Gather], parameters: [("delay", "1000")], claims: [] })
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
fn a_prediction_has_small_charts_that_were_simulated() {
    let prediction = asked("kind=charts", CHARTS);
    assert_eq!((prediction.demo.as_str(), prediction.engine), ("nine", EngineId::Gather));
    let Asked::Charts { options } = &prediction.asked else { panic!("{prediction:?}") };
    let told = |option: &ChartOption| {
        let ChartOption { id, html, bars, correct, reply_html } = option;
        format!("{id} {html} {correct} {reply_html} {}\n", chart_words(bars))
    };
    expect![[r#"
        a loop false <p>r1</p> 3 tasks, one after another, 900 ms in all
        b group true <p>r2</p> 3 tasks, all at once, 200 ms in all
    "#]]
    .assert_eq(&options.iter().map(told).collect::<String>());
    expect!["[Stretch { task: 0, state: WaitingForIo, start_ms: 0.0, end_ms: 300.0 }, Stretch { task: 1, state: WaitingForIo, start_ms: 300.0, end_ms: 600.0 }, Stretch { task: 2, state: WaitingForIo, start_ms: 600.0, end_ms: 900.0 }]"].assert_eq(&format!("{:?}", options[0].bars));
    assert_eq!(prediction.asked.end_ms(), 900.0);
}

#[test]
fn a_prediction_has_a_slider_with_ranges() {
    expect![[r#"Slider(Slider { over: None, from: 100.0, to: 10000.0, ranges: [Range { below: Some(200.0), correct: false, reply_html: "<p>r1</p>" }, Range { below: Some(450.0), correct: true, reply_html: "<p>r2</p>" }, Range { below: None, correct: false, reply_html: "<p>r3</p>" }] })"#]].assert_eq(&format!("{:?}", asked("kind=makespan from=100 to=10000", RANGES).asked));
    // Three requests are three times as fast at once.
    let times = TIMES.replace('5', "2.5");
    expect![[r#"Slider(Slider { over: Some(MainThread), from: 1.0, to: 10.0, ranges: [Range { below: Some(2.5), correct: false, reply_html: "<p>r1</p>" }, Range { below: None, correct: true, reply_html: "<p>r2</p>" }] })"#]].assert_eq(&format!("{:?}", asked("kind=speed-up over=main from=1 to=10", &times).asked));
}

#[test]
fn a_prediction_has_a_bar_for_each_task() {
    expect![[r#"Bars(Board { tasks: [BoardTask { name: "request 1", state: WaitingForIo, length_ms: 300.0 }, BoardTask { name: "request 2", state: WaitingForIo, length_ms: 300.0 }, BoardTask { name: "request 3", state: WaitingForIo, length_ms: 300.0 }], end_ms: 900.0, step_ms: 50.0, replies: [PatternReply { pattern: AllAtOnce, correct: true, reply_html: "<p>r1</p>" }, PatternReply { pattern: Other, correct: false, reply_html: "<p>r2</p>" }] })"#]].assert_eq(&format!("{:?}", asked("kind=bars step=50", BARS).asked));
}

#[test]
fn a_prediction_is_asked_anew_when_anything_of_it_changes() {
    let hash = |attributes: &str, list: &str| asked(attributes, list).hash;
    let before = hash("kind=makespan from=100 to=10000", RANGES);
    assert_eq!(before, hash("kind=makespan to=10000 from=100", RANGES));
    assert_ne!(before, hash("kind=makespan from=50 to=10000", RANGES));
    assert_ne!(before, hash("kind=makespan from=100 to=10000", &RANGES.replace("r3", "r4")));
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
    write("points.md", "## 1 One\n- 1.1 What a task is\n");
    write("glossary.md", "");
    write(
        "guide.toml",
        "question = []\nrecommendation = [{ id = \"x\", title = \"X\", reasons = [], demo = \"#/demo/primes\", lesson = \"a\", snippet = \"x\" }]\nrule = [{ recommend = \"x\" }]\n",
    );
    compile(&sources, &out).unwrap();
    expect![[r#"[{"id":"a","title":"Tiny","minutes":1,"summary":"As small as can be.","steps":[{"id":"one","title":"One"}],"exercises":[]},{"id":"b","title":"Tiny","minutes":1,"summary":"As small as can be.","steps":[{"id":"one","title":"One"}],"exercises":[]}]"#]].assert_eq(&std::fs::read_to_string(out.join("index.json")).unwrap());
    expect![[r#"[{"id":"1.1","text":"What a task is","myth":false,"places":[]}]"#]]
        .assert_eq(&std::fs::read_to_string(out.join("points.json")).unwrap());
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
    for file in super::folder::files(&folder).unwrap() {
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
            if let Answers::Single { options } = &question.answers {
                assert!(options.len() >= 3, "{}: {} has too few answers", lesson.id, question.id);
            }
        }
    }
}

//! What the compiler says of each mistake, and on which line; of those in predictions a file of their own tells.

use expect_test::expect;

use super::{DEMO, FRONT, check, check_file, question};

#[test]
fn broken_front_matter() {
    check_file("# Tiny\n", expect!["tiny.md:1: front matter is missing: the file must open with a line `---`"]);
    check_file("---\nid: tiny\n", expect!["tiny.md:1: front matter has no end: a second line `---` is missing"]);
    check_file(&FRONT.replace("title: Tiny\n", ""), expect!["tiny.md:2: front matter is missing `title: …`"]);
    check_file(&FRONT.replace("title", "titel"), expect!["tiny.md:3: front matter has no “titel”"]);
    check_file(&FRONT.replace("title: Tiny", "title"), expect!["tiny.md:3: “title” is not of the form `key: value`"]);
    check_file(&FRONT.replace("minutes: 1", "minutes: ten"), expect!["tiny.md:4: “ten” is no whole number of minutes"]);
    check_file(
        &FRONT.replace("id: tiny", "id: Tiny one"),
        expect![
            "tiny.md:2: “Tiny one” cannot be a lesson’s id: an id is made of a–z, 0–9 and `-`, and is not one of index, points, glossary, teachers, guide, search"
        ],
    );
}

#[test]
fn broken_steps() {
    check_file(
        &FRONT.replace("## One {#one}", ""),
        expect!["tiny.md:6: the lesson has no step: a step starts with `## Title {#id}`"],
    );
    check_file(
        &FRONT.replace("## One {#one}", "Hello."),
        expect!["tiny.md:8: text before the first step: a step starts with `## Title {#id}`"],
    );
    check(
        "## Two\n",
        expect!["tiny.md:10: a step needs a title and an id: `## Title {#id}`, the id of a–z, 0–9 and `-`"],
    );
    check("## Two {#one}\n", expect!["tiny.md:10: the id “one” is taken on line 8 already"]);
}

#[test]
fn broken_directives() {
    check(
        "```demonstration nine\n```\n",
        expect![
            "tiny.md:10: unknown directive “demonstration”: a fence is `demo`, a listing in `python` or `rust`, or plain `text`"
        ],
    );
    check(
        ":::quiz why\n:::\n",
        expect![
            "tiny.md:10: unknown directive “quiz”: behind `:::` stands one of prediction, myth, question, task, hints, aside, summary"
        ],
    );
    check(":::question why\n\nWhy?\n", expect!["tiny.md:10: `:::question` has no end: a line `:::` is missing"]);
    check(":::question why\n\nWhy?\n\n## Two {#two}\n", expect!["tiny.md:10: `:::question` has no end before line 14"]);
    check("Text.\n:::\n", expect!["tiny.md:11: `:::` closes nothing here"]);
    check("```python title=\"A\nx\n```\n", expect!["tiny.md:10: broken directive: a quote is not closed"]);
    check(
        "```python title=A B\nx\n```\n",
        expect!["tiny.md:10: broken directive: “B” is neither the id nor `key=value`"],
    );
    check("```python title=A title=B\nx\n```\n", expect!["tiny.md:10: broken directive: “title” stands twice"]);
    check("```python title=A colour=red\nx\n```\n", expect!["tiny.md:10: “python” has no attribute “colour”"]);
    check(
        "```python why title=A\nx\n```\n",
        expect!["tiny.md:10: broken directive: “why” is not `key=value`; a listing has no id"],
    );
    check(
        "```python\nx\n```\n",
        expect![[r#"tiny.md:10: broken directive: a listing needs a title: ```python title="…""#]],
    );
    check("```python title=A\nx\n", expect!["tiny.md:10: this fence has no end: a line ``` is missing"]);
    check(
        &format!("```python title=A\n{}```\n", "x\n".repeat(21)),
        expect!["tiny.md:10: this listing has 21 lines; 20 may be shown at once"],
    );
    check("Hello <b>there</b>.\n", expect!["tiny.md:10: raw HTML does not belong into a lesson; write Markdown"]);
}

#[test]
fn broken_references() {
    check(
        &DEMO.replace("nine-requests", "ten-requests"),
        expect![
            "tiny.md:11: unknown demo “ten-requests”: there are nine-requests, primes, unreliable, urls, pictures, capstone, mixed, gil, oversubscribed, process-pool, search, mandelbrot, sha256, words, hello, copies, convoy, race, reentrant, semaphore, deadlock, philosophers, producer-consumer, pipeline, publish, barrier, event"
        ],
    );
    check(
        &DEMO.replace("gather", "gathered"),
        expect![
            "tiny.md:12: unknown engine “gathered”: there are main, await-each, limited, gather, gil, threads, fresh-processes, processes, executor, simulated"
        ],
    );
    check(
        &DEMO.replace("```\n", "delay: 300\nthreads: 2\n```\n"),
        expect![
            "tiny.md:14: “nine-requests” has no parameter “threads” with these engines: there are requests, delay, bytes"
        ],
    );
    check(
        &DEMO.replace("main, gather\n", "main\ndelay: 9000\n"),
        expect!["tiny.md:13: Delay of each must be a whole number from 0 to 2000; “9000” is not"],
    );
    check(
        &DEMO.replace("main, gather\n", "main\ndelay = 300\n"),
        expect!["tiny.md:13: “delay = 300” is not of the form `key: value`"],
    );
    check(
        &DEMO.replace("```\n", "sweep: gather, workers, 3\n```\n"),
        expect![
            "tiny.md:13: “Event loop, all at once” has no workers of which there could be more or fewer; another engine was taken for the sweep."
        ],
    );
    check(
        &DEMO.replace("demo: nine-requests\n", ""),
        expect!["tiny.md:10: broken directive: a line `demo: …` is missing"],
    );
    check(&DEMO.replace(" nine\n", "\n"), expect!["tiny.md:10: broken directive: “demo” needs an id"]);
    check(&format!("{DEMO}\n{DEMO}"), expect!["tiny.md:15: the id “nine” is taken on line 10 already"]);
    check(
        "```python title=A engine=warp\nx\n```\n",
        expect![
            "tiny.md:10: unknown engine “warp”: there are main, await-each, limited, gather, gil, threads, fresh-processes, processes, executor, simulated"
        ],
    );
}

#[test]
fn broken_lines_of_tasks() {
    let with = |attributes: &str| format!("{DEMO}\n```python title=A {attributes}\na\n\nb\n```\n");
    let whole = with("engine=gather demo=nine lines=running:3");
    assert!(super::lesson(&format!("{FRONT}{whole}"), &[]).is_ok());
    check(
        &with("engine=gather lines=running:3"),
        expect!["tiny.md:15: `lines` are those of a demo’s tasks: name it with `demo=…`"],
    );
    check(
        &with("engine=gather demo=nine"),
        expect![[r#"tiny.md:15: where do the demo’s tasks stand? Say it with `lines="state:line …"`"#]],
    );
    check(
        &with("demo=nine lines=running:3"),
        expect!["tiny.md:15: whose tasks stand here? Name one of the demo’s engines with `engine=…`"],
    );
    check(
        &with("engine=gather demo=nine,ten lines=running:3"),
        expect!["tiny.md:15: there is no demo “ten” in this lesson: there are nine"],
    );
    check(
        &with("engine=threads demo=nine lines=running:3"),
        expect!["tiny.md:15: the demo “nine” does not run the engine “threads”"],
    );
    check(
        &with("engine=gather demo=nine lines=\"\""),
        expect!["tiny.md:15: `lines` names no line: write `state:line`, such as `waiting-for-io:2`"],
    );
    check(
        &with("engine=gather demo=nine lines=running"),
        expect!["tiny.md:15: “running” is not of the form `state:line`"],
    );
    check(
        &with("engine=gather demo=nine lines=sleeping:3"),
        expect![
            "tiny.md:15: unknown state “sleeping”: there are running, waiting-for-io, waiting-for-others, ready, starting, overhead"
        ],
    );
    check(
        &with("engine=gather demo=nine lines=\"running:3 running:1\""),
        expect!["tiny.md:15: “running” stands twice: a state has one line"],
    );
    check(
        &with("engine=gather demo=nine lines=running:0"),
        expect!["tiny.md:15: “0” is no line of this listing: it has lines 1 to 3"],
    );
    check(
        &with("engine=gather demo=nine lines=running:4"),
        expect!["tiny.md:15: “4” is no line of this listing: it has lines 1 to 3"],
    );
    check(
        &with("engine=gather demo=nine lines=running:2"),
        expect!["tiny.md:15: line 2 of this listing is empty: no task can stand there"],
    );
    check(
        &with("engine=gather demo=nine lines=running:b"),
        expect!["tiny.md:15: “b” is no line of this listing: it has lines 1 to 3"],
    );
    check(
        &format!("{whole}{}", whole.replace(DEMO, "")),
        expect!["tiny.md:21: the engine “gather” of the demo “nine” has its listing on line 15 already"],
    );
}

#[test]
fn broken_questions() {
    check(&question("- [ ] No\n  > Because.\n"), expect!["tiny.md:10: no right answer: tick one with `- [x] …`"]);
    check(
        &question("- [x] Yes\n  > Right.\n- [x] Yes, yes\n  > Right.\n"),
        expect!["tiny.md:16: a second right answer: exactly one may be ticked"],
    );
    check(
        &question("- [x] Yes\n  > Right.\n- [ ] No\n"),
        expect!["tiny.md:16: this wrong answer has no reply: quote one below it with `>`"],
    );
    check(
        &question("- [x] Yes\n  > Right.\n- No\n  > Because.\n"),
        expect!["tiny.md:16: this answer has no box: write `- [ ] …` or `- [x] …`"],
    );
    check(
        &question("- [x] Yes\n  > Right.\n\n  More.\n"),
        expect!["tiny.md:17: nothing may follow the quoted reply of an answer"],
    );
    check(
        &question("- [x] Yes\n  > Right.\n\nMore.\n"),
        expect!["tiny.md:17: a task list `- [ ] …` should follow this text"],
    );
    check(&question(""), expect!["tiny.md:12: a task list `- [ ] …` should follow this text"]);
    let answers = "- [x] Yes\n  > Right.\n";
    check(
        &question(answers).replace("question why", "question"),
        expect!["tiny.md:10: broken directive: “question” needs an id"],
    );
    check(
        &format!("{}\n{}", question(answers), question(answers)),
        expect!["tiny.md:19: the id “why” is taken on line 10 already"],
    );
}

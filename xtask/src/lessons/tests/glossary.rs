//! The glossary: what is made of it, what is said of mistakes in it, and where its terms are marked.

use expect_test::{Expect, expect};
use interleave::lesson::glossary::Term;
use interleave::lesson::search::Query;
use interleave::lesson::{Block, Lesson};

use super::super::folder::files;
use super::super::{glossary, index, lesson, terms};
use super::{FRONT, question};

const TERMS: &str = "# Glossary\n\nWhat it is.\n\n\
    ## Thread {#thread}\nalso: threads\nHas a [lock](#lock), *perhaps*.\n\n\
    ## Event loop {#event-loop}\nGoes round.\n\n## Event {#event}\nA flag.\n\n\
    ## Lock {#lock}\nalso: mutex, locks\nHeld by\none.\n";

fn check(source: &str, expected: Expect) {
    expected.assert_eq(&match glossary::read(source) {
        Ok(terms) => {
            terms.iter().map(|term| format!("{} | {} | {}\n", term.title, term.also.join(", "), term.html)).collect()
        }
        Err(wrong) => format!("glossary.md:{}: {}", wrong.line, wrong.message),
    });
}

#[test]
fn terms_stand_in_the_order_of_the_alphabet() {
    check(
        TERMS,
        expect![[r##"
            Event |  | <p>A flag.</p>
            Event loop |  | <p>Goes round.</p>
            Lock | mutex, locks | <p>Held by
            one.</p>
            Thread | threads | <p>Has a <a href="#/glossary/lock">lock</a>, <em>perhaps</em>.</p>
        "##]],
    );
}

#[test]
fn broken_glossaries() {
    let with = |written: &str, instead: &str, expected| check(&TERMS.replace(written, instead), expected);
    with("{#event}", "{#lock}", expect!["glossary.md:15: the id “lock” is taken on line 12 already"]);
    with("(#lock)", "(#locks)", expect!["glossary.md:5: there is no term “locks”, to which “Thread” links"]);
    with("mutex", "Threads", expect!["glossary.md:15: “Threads” stands for the term on line 5 already"]);
    with(" {#lock}", "", expect!["glossary.md:15: a term needs an id: `## Term {#id}`"]);
    with("{#lock}", "{#Lock}", expect!["glossary.md:15: “Lock” is no id: an id is made of a–z, 0–9 and `-`"]);
    with("Goes round.", "", expect!["glossary.md:9: “Event loop” needs a definition of one paragraph"]);
    with("Goes round.", "Goes\n\nround.", expect!["glossary.md:9: “Event loop” needs a definition of one paragraph"]);
    with("Goes", "<b>Goes</b>", expect!["glossary.md:10: raw HTML does not belong into a lesson; write Markdown"]);
}

/// The lesson with this body, and the glossary after its terms were marked.
fn marked(body: &str) -> (Lesson, Vec<Term>) {
    let mut lessons = [lesson(&format!("{FRONT}{body}"), &[]).unwrap()];
    let mut glossary = glossary::read(TERMS).unwrap();
    terms::mark(&mut lessons, &mut glossary);
    let [lesson] = lessons;
    (lesson, glossary)
}

fn prose(body: &str) -> String {
    let (lesson, _) = marked(body);
    let html =
        lesson.blocks().filter_map(|block| if let Block::Prose { html } = block { Some(html.as_str()) } else { None });
    html.collect::<String>()
        .replace(" href=\"#/glossary/", " [")
        .replace("\" data-term=\"", "|")
        .replace("class=\"term\"", "")
}

#[test]
fn the_first_use_of_a_term_in_a_step_is_a_link() {
    assert_eq!(
        prose("Locks and a lock.\n\n## Two {#two}\n\nA mutex.\n"),
        "<p><a  [lock|lock\">Locks</a> and a lock.</p><p>A <a  [lock|lock\">mutex</a>.</p>"
    );
}

#[test]
fn terms_are_whole_words_and_the_longest_come_first() {
    assert_eq!(
        prose("Unlock, lock-free, event\nloop’s, EVENTS, Event.\n"),
        "<p>Unlock, lock-free, <a  [event-loop|event-loop\">event\nloop</a>’s, EVENTS, <a  [event|event\">Event</a>.</p>"
    );
    assert_eq!(prose("An event loop and an event loop.\n").matches("<a").count(), 1, "no event in the second");
}

#[test]
fn code_headings_links_and_listings_stay_as_they_are() {
    let body = "`lock` [lock](#/x)\n\n### Lock\n\n```text\nlock\n```\n\n| lock |\n|---|\n| x |\n";
    assert!(!prose(body).contains("[lock|"), "{}", prose(body));
    let listing = format!("```python title=lock\nlock\n```\n\n{}", question("- [x] lock\n  > lock\n"));
    let plain = lesson(&format!("{FRONT}{listing}"), &[]).unwrap();
    assert_eq!(marked(&listing).0, plain);
}

#[test]
fn a_term_knows_the_lessons_that_use_it() {
    let (_, glossary) = marked("None.\n\n## Two {#two}\n\nA lock.\n\n## Three {#three}\n\nA lock, an event.\n");
    let uses = glossary
        .iter()
        .flat_map(|term| term.uses.iter().map(|used| format!("{} {} {}\n", term.id, used.title, used.link)));
    expect![[r##"
        event Tiny #/lesson/tiny/three
        lock Tiny #/lesson/tiny/two
    "##]]
    .assert_eq(&uses.collect::<String>());
}

#[test]
fn steps_and_terms_can_be_found_and_replies_cannot() {
    let (lesson, glossary) = marked(&format!("A *thread*.\n\n{}", question("- [x] Yes, indeed\n  > Secret.\n")));
    let index = index::search(&[lesson], &glossary);
    let found = |typed: &str| -> Vec<String> {
        Query::new(typed)
            .find(&index)
            .iter()
            .map(|found| format!("{} {}", found.entry.place, found.entry.link))
            .collect()
    };
    assert_eq!(found("thread"), ["Glossary #/glossary/thread", "Tiny #/lesson/tiny/one"]);
    assert_eq!(found("indeed why"), ["Tiny #/lesson/tiny/one"]);
    assert_eq!(found("tiny"), ["Lesson #/lesson/tiny"]);
    assert_eq!(found("mutex"), ["Glossary #/glossary/lock"]);
    assert_eq!(found("secret"), [""; 0]);
}

#[test]
fn the_glossary_of_this_repository_is_whole_and_its_lessons_use_it() {
    let folder = crate::project::root().join("lessons");
    let source = std::fs::read_to_string(folder.join("glossary.md")).unwrap();
    let mut glossary = glossary::read(&source).unwrap_or_else(|wrong| panic!("glossary.md: {wrong:?}"));
    assert!(glossary.len() >= 60, "{} terms", glossary.len());
    let mut lessons: Vec<Lesson> = Vec::new();
    for file in files(&folder).unwrap() {
        let source = std::fs::read_to_string(&file).unwrap();
        lessons.push(lesson(&source, &lessons).unwrap());
    }
    terms::mark(&mut lessons, &mut glossary);
    let unused = glossary.iter().all(|term| term.uses.is_empty());
    assert!(!unused, "no lesson uses any term");
}

//! The plain pages: each is well-formed, whole, and leads on. The check of HTML is strict, since it is our own that it checks.

use std::collections::BTreeSet;

use interleave::lesson::Lesson;
use interleave::lesson::teachers::Mistake;

use super::super::plain::files;
use super::super::{glossary, lesson, teachers, terms};
use super::{BARS, CHARTS, DEMO, FRONT, RANGES, prediction, question};

/// Elements that have no end.
const VOID: [&str; 8] = ["meta", "link", "img", "br", "hr", "input", "col", "wbr"];
/// What a paragraph may hold; anything else would end it.
const INLINE: [&str; 8] = ["a", "code", "em", "strong", "span", "br", "del", "img"];

/// What is wrong with a page: tags that do not match, attributes without quotes, ids that stand twice, blocks in a paragraph, bare signs.
fn wrong(html: &str) -> Result<(), String> {
    let (mut open, mut ids, mut rest) = (Vec::<String>::new(), BTreeSet::new(), html);
    while let Some((text, tag)) = rest.split_once('<') {
        if text.contains('>') {
            return Err(format!("a bare > in {text:?}"));
        }
        let bare = text.split('&').skip(1).find(|part| {
            !part.split(';').next().is_some_and(|name| ["amp", "lt", "gt", "quot", "#39"].contains(&name))
        });
        if let Some(bare) = bare {
            return Err(format!("a bare & before {bare:?}"));
        }
        let (tag, after) = tag.split_once('>').ok_or_else(|| format!("<{tag:.20} has no end"))?;
        rest = after;
        if tag.eq_ignore_ascii_case("!doctype html") {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let (name, attributes) = (name.trim_end_matches('/'), attributes.trim_end_matches('/'));
        if open.last().is_some_and(|last| last == "p") && !INLINE.contains(&name) {
            return Err(format!("<{name}> in a paragraph"));
        }
        if attributes.matches('"').count() % 2 == 1 {
            return Err(format!("a quote in <{tag}> has no end"));
        }
        let mut quoted = attributes.split('"');
        while let Some(key) = quoted.next() {
            match (key.trim(), quoted.next()) {
                ("", None) => break,
                (key, Some(value)) if key.ends_with('=') && !key.contains(' ') => {
                    if key == "id=" && !ids.insert(value.to_owned()) {
                        return Err(format!("the id {value} stands twice"));
                    }
                }
                (key, _) => return Err(format!("{key:?} in <{tag}> has no quoted value")),
            }
        }
        if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(name.to_owned());
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are not closed")) }
}

#[test]
fn the_check_finds_what_is_wrong() {
    for good in ["<p>a <em>b</em> &amp; c<br></p>", "<img src=\"a\" alt=\"\">", "<svg a=\"b\"><path d=\"M\"/></svg>"] {
        assert_eq!(wrong(good), Ok(()), "{good}");
    }
    for bad in [
        "<p>",
        "</p>",
        "<p><em></p></em>",
        "<p><div></div></p>",
        "<a href=x>y</a>",
        "<a href=\"x>y</a>",
        "a & b<br>",
        "<p>a > b</p>",
        "<b id=\"a\"></b><b id=\"a\"></b>",
        "<input disabled>",
        "<p",
        "&nbsp;<br>",
    ] {
        assert!(wrong(bad).is_err(), "{bad}");
    }
}

fn lessons(bodies: &[&str]) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    for (number, body) in bodies.iter().enumerate() {
        let front = FRONT
            .replace("id: tiny", &format!("id: l{number}"))
            .replace("title: Tiny", &format!("title: T & {number}"));
        lessons.push(lesson(&format!("{front}{body}"), &lessons).unwrap());
    }
    lessons
}

/// The file with this name among those of some lessons.
fn file(lessons: &[Lesson], name: &str) -> String {
    files(lessons).into_iter().find(|file| file.name == name).unwrap_or_else(|| panic!("no {name}")).text
}

#[test]
fn a_page_has_all_that_stands_in_its_lesson() {
    let listing = "```python title=\"a < b\" engine=gather\nif a < b:\n    x\n```\n";
    let predictions = [
        prediction("kind=charts", CHARTS),
        prediction("kind=makespan from=100 to=10000", RANGES)
            .replace("guess", "g2")
            .replace(" nine\n", " ten\n")
            .replace("=nine", "=ten"),
        prediction("kind=bars step=50", BARS)
            .replace("guess", "g3")
            .replace(" nine\n", " eleven\n")
            .replace("=nine", "=eleven"),
    ];
    let body = format!(
        "Some *text* & [a link](#/demos).\n\n{listing}\n{}\n{}",
        predictions.join("\n"),
        question("- [ ] No\n  > Because.\n- [x] Yes\n  > Right.\n")
    );
    let page = file(&lessons(&[&body]), "l0.html");
    for part in [
        "<title>T &amp; 0 · Interleave</title>",
        "<meta name=\"description\" content=\"As small as can be.\">",
        "<link rel=\"canonical\" href=\"l0.html\">",
        "<h1>T &amp; 0</h1>",
        "<section id=\"one\">\n<h2>One</h2>",
        "<p>Some <em>text</em> &amp; <a href=\"../#/demos\">a link</a>.</p>",
        "<figcaption>a &lt; b</figcaption>",
        "<span class=\"hl-keyword\">if </span>",
        "<img src=\"l0.nine.gather.svg\" alt=\"3 tasks",
        "<th scope=\"row\">Main thread</th><td>900 ms</td><td>1.0</td>",
        "<td>300 ms</td><td>3.0</td>",
        "aria-label=\"3 tasks, all at once, 200 ms in all\"",
        "<p><strong>✗ Not right:</strong> loop</p>\n<p>r1</p>",
        "<p>Between 100 ms and 10 s.</p>",
        "<p><strong>✓ Right:</strong> from 200 ms to 450 ms</p>",
        "<p><strong>✓ Right:</strong> all at once</p>",
        "<p><strong>✓ Right:</strong> Yes</p>\n<p>Right.</p>",
        "<a href=\"../#/lesson/l0\">open the live lesson</a>",
    ] {
        assert!(page.contains(part), "{page}\nhas no {part}");
    }
    assert!(!page.contains("<script"), "a plain page needs none");
    assert_eq!(wrong(&page), Ok(()));
    let svg = file(&lessons(&[&body]), "l0.nine.gather.svg");
    assert!(svg.starts_with("<svg xmlns") && svg.contains("request 3"), "{svg}");
}

#[test]
fn pages_lead_to_the_ones_beside_them_and_to_the_list() {
    let lessons = lessons(&["a", "b", "c"]);
    let [first, middle, last] = ["l0.html", "l1.html", "l2.html"].map(|name| file(&lessons, name));
    assert!(!first.contains("rel=\"prev\"") && first.contains("<a rel=\"next\" href=\"l1.html\">Next: T &amp; 1</a>"));
    assert!(
        middle.contains("<a rel=\"prev\" href=\"l0.html\">") && middle.contains("<a rel=\"next\" href=\"l2.html\">")
    );
    assert!(last.contains("<a rel=\"prev\" href=\"l1.html\">") && !last.contains("rel=\"next\""));
    let index = file(&lessons, "index.html");
    assert!(["l0.html", "l1.html", "l2.html"].iter().all(|name| index.contains(&format!("<a href=\"{name}\">"))));
    assert_eq!(wrong(&index), Ok(()));
}

#[test]
fn the_guide_has_demos_and_wrong_answers() {
    let body = format!(
        "{}\n{}",
        prediction("kind=makespan from=100 to=10000", RANGES),
        question("- [ ] *No*\n  > Because.\n- [x] Yes\n  > Right.\n")
    );
    let guide = teachers::guide(&lessons(&[&body])[0]);
    let demos: Vec<_> =
        guide.demos.iter().map(|demo| format!("{} | {} | {}", demo.title, demo.step, demo.link)).collect();
    assert_eq!(demos, ["Nine requests | One | #/lesson/l0/one"]);
    let mistake = |mistake: &Mistake| format!("{} | {} | {}", mistake.asked, mistake.answer_html, mistake.reply_html);
    assert_eq!(
        guide.mistakes.iter().map(mistake).collect::<Vec<_>>(),
        [
            "How long? | less than 200 ms | <p>r1</p>",
            "How long? | 450 ms or more | <p>r3</p>",
            "Why? | <em>No</em> | <p>Because.</p>",
        ]
    );
}

#[test]
fn a_run_that_cannot_be_simulated_is_said() {
    let demo = DEMO.replace("main, gather", "main, simulated");
    let page = file(&lessons(&[&demo]), "l0.html");
    assert!(page.contains("</strong> is not drawn here: “simulated” stands for no real engine"), "{page}");
    assert!(page.contains("l0.nine.main.svg"));
}

#[test]
fn every_page_of_this_repository_is_well_formed() {
    let folder = crate::project::root().join("lessons");
    let mut glossary = glossary::read(&std::fs::read_to_string(folder.join("glossary.md")).unwrap()).unwrap();
    let mut lessons: Vec<Lesson> = Vec::new();
    for file in super::super::folder::files(&folder).unwrap() {
        lessons.push(lesson(&std::fs::read_to_string(&file).unwrap(), &lessons).unwrap());
    }
    terms::mark(&mut lessons, &mut glossary);
    let files = files(&lessons);
    for file in files.iter().filter(|file| file.name.ends_with(".html")) {
        assert_eq!(wrong(&file.text), Ok(()), "{}", file.name);
        let pictures = file.text.split("<img src=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for picture in pictures {
            assert!(files.iter().any(|file| file.name == picture), "{}: {picture} is missing", file.name);
        }
    }
    assert!(files.iter().filter(|file| file.name.ends_with(".html")).count() == lessons.len() + 1);
}

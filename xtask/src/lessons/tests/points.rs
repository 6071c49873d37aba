//! Where the compiler finds that points are taught, and what it says of mistakes in them.

use expect_test::{Expect, expect};
use interleave::lesson::Place;

use super::super::points;
use super::acts::{MYTH, PLAN, TASK};
use super::{DEMO, FRONT, lesson};

const POINTS: &str = "# Points\n\nProse.\n\n## 1 One\n- 1.1 What `a` is\n- 1.2! “It is so”\n";

#[test]
fn each_point_has_its_places() {
    let source = format!("{FRONT}{PLAN}{DEMO}\n{MYTH}\n{TASK}");
    let mut found = points::read(POINTS).unwrap();
    points::find(&mut found, &lesson(&source, &[]).unwrap(), &source).unwrap();
    let told = found.iter().flat_map(|point| {
        let at = |place: &Place| format!("{} {} {} {}", place.step, place.kind, place.id, place.claims.join(", "));
        [format!("{} {} {}", point.id, point.myth, point.text)].into_iter().chain(point.places.iter().map(at))
    });
    expect![[r#"
        1.1 false What <code>a</code> is
        one demo own makespan(threads) >= 20
        one task hurry 
        1.2 true “It is so”
        one myth often "#]]
    .assert_eq(&told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_a_lesson_lacks_is_told() {
    let source = format!("{FRONT}{PLAN}{DEMO}\n{}\n{TASK}", MYTH.replace("1.2", "1.1"));
    let mut found = points::read(POINTS).unwrap();
    points::find(&mut found, &lesson(&source, &[]).unwrap(), &source).unwrap();
    expect![[r#"
        prediction: 0, and at least 1 is needed
        question: 0, and at least 3 is needed
        summary: 0, and at least 1 is needed
        no myth for point 1.2: “It is so”"#]]
    .assert_eq(&points::missing(1, &found, &source).unwrap().join("\n"));
    assert_eq!(points::missing(2, &found, &source).unwrap().len(), 3, "points of other lessons count there");
}

#[test]
fn every_lesson_teaches_its_points_and_has_enough_to_do() {
    let folder = crate::project::root().join("lessons");
    let text = |file: &std::path::Path| std::fs::read_to_string(file).unwrap();
    let mut found = points::read(&text(&folder.join("points.md"))).unwrap();
    let files = super::super::folder::files(&folder).unwrap();
    let mut lessons = Vec::new();
    for file in &files {
        lessons.push(lesson(&text(file), &lessons).unwrap());
        points::find(&mut found, lessons.last().unwrap(), &text(file)).unwrap();
    }
    let lacks = files.iter().flat_map(|file| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let number = name.split('-').next().unwrap().parse().unwrap();
        let missing = points::missing(number, &found, &text(file)).unwrap();
        missing.into_iter().map(move |lack| format!("{name}: {lack}"))
    });
    let lacks: Vec<_> = lacks.collect();
    assert!(lacks.is_empty(), "{}", lacks.join("\n"));
}

#[test]
fn broken_points() {
    let of = |source: &str, points: &str| {
        let source = format!("{FRONT}{source}");
        let lesson = lesson(&source, &[])?;
        points::find(&mut points::read(points)?, &lesson, &source)
    };
    let says = |source: &str, points: &str, expected: Expect| {
        expected.assert_eq(
            &of(source, points).map_or_else(|wrong| format!("{}: {}", wrong.line, wrong.message), |()| "fine".into()),
        );
    };
    says(PLAN, POINTS, expect!["fine"]);
    says(&PLAN.replace("1.1", "1.1 1.3"), POINTS, expect!["13: points.md has no point “1.3”"]);
    says(&PLAN.replace("1.1", "1.1 1.1"), POINTS, expect!["13: the point 1.1 stands twice"]);
    says(&format!("{DEMO}\n{}", MYTH.replace("1.2", "2")), POINTS, expect!["15: points.md has no point “2”"]);
    says("```python title=A teaches=1.1\nx\n```\n", POINTS, expect!["10: what has no id cannot say what it teaches"]);
    says(PLAN, &POINTS.replace("1.2!", "1.1"), expect!["7: the point 1.1 stands twice"]);
    says(PLAN, &POINTS.replace("1.2!", "2.2"), expect!["7: a point of this lesson is written `- 1.1 What is taught`"]);
}

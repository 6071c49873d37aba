//! The points that lessons teach: read from `lessons/points.md`, and found where directives say `teaches`.

use interleave::lesson::{Block, Lesson, Place, PointEntry};

use super::error::{Checked, mistake};
use super::head::entries;
use super::markdown;
use super::source::{self, Segment, Text};

/// The points that `text` lists, in lines `- 4.2! What is taught` under headings `## 4 Title`. Other lines are for readers.
pub fn read(text: &str) -> Checked<Vec<PointEntry>> {
    let (mut points, mut lesson) = (Vec::<PointEntry>::new(), "");
    for (line, content) in (1..).zip(text.lines()) {
        if let Some(heading) = content.strip_prefix("## ") {
            lesson = heading.split(' ').next().unwrap_or_default();
        }
        let Some(item) = content.strip_prefix("- ") else { continue };
        let (number, taught) = item.split_once(' ').unwrap_or((item, ""));
        let (id, myth) = number.strip_suffix('!').map_or((number, false), |id| (id, true));
        let place = id.strip_prefix(lesson).and_then(|rest| rest.strip_prefix('.'));
        if place.and_then(|place| place.parse::<u32>().ok()).is_none() || taught.is_empty() {
            return mistake(line, format!("a point of this lesson is written `- {lesson}.1 What is taught`"));
        }
        if points.iter().any(|point| point.id == id) {
            return mistake(line, format!("the point {id} stands twice"));
        }
        let html = markdown::to_html(&Text { line, text: taught.to_owned() })?;
        let inline = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).unwrap_or(&html).to_owned();
        points.push(PointEntry { id: id.to_owned(), text: inline, myth, places: Vec::new() });
    }
    Ok(points)
}

/// Adds to `points` where `lesson`, which was compiled from `source`, teaches them.
pub fn find(points: &mut [PointEntry], lesson: &Lesson, source: &str) -> Checked<()> {
    for step in source::cut(source)?.steps {
        for segment in &step.segments {
            let (head, line, taught) = match segment {
                Segment::Prose(_) => continue,
                Segment::Fence(head, body) if head.name == "demo" => match taught_by(body)? {
                    Some((line, taught)) => (head, line, taught),
                    None => continue,
                },
                Segment::Fence(head, _) | Segment::Container(head, _) => match &head.teaches {
                    Some(taught) => (head, head.line, taught.clone()),
                    None => continue,
                },
            };
            let id = head.id.clone().unwrap_or_default();
            let claims = claims_of(lesson, &id);
            let place = Place { lesson: lesson.id.clone(), step: step.id.clone(), kind: head.name.clone(), id, claims };
            for number in taught.split_whitespace() {
                match points.iter_mut().find(|point| point.id == number) {
                    Some(point) if point.places.contains(&place) => {
                        return mistake(line, format!("the point {number} stands twice"));
                    }
                    Some(point) => point.places.push(place.clone()),
                    None => return mistake(line, format!("points.md has no point “{number}”")),
                }
            }
        }
    }
    Ok(())
}

/// What a demo says that it teaches, and on which line.
fn taught_by(body: &Text) -> Checked<Option<(usize, String)>> {
    let before_plan = body.text.split("\nplan:").next().unwrap_or_default();
    let lines = Text { line: body.line, text: before_plan.to_owned() };
    let lines = entries(&lines, "claim")?;
    Ok(lines.iter().find(|entry| entry.key == "teaches").map(|entry| (entry.line, entry.value.to_owned())))
}

fn claims_of(lesson: &Lesson, id: &str) -> Vec<String> {
    let claims = lesson.blocks().filter_map(|block| match block {
        Block::Demo(demo) if demo.id == id => Some(&demo.claims),
        _ => None,
    });
    claims.flatten().map(|claim| claim.text.clone()).collect()
}

/// What is missing of what the lesson with this number, written in `source`, has to have: all its points, with a myth for each that is
/// one, and enough to do.
#[cfg(test)]
pub fn missing(number: u32, points: &[PointEntry], source: &str) -> Checked<Vec<String>> {
    let steps = source::cut(source)?.steps;
    let named = steps.iter().flat_map(|step| &step.segments).filter_map(|segment| match segment {
        Segment::Prose(_) => None,
        Segment::Fence(head, _) | Segment::Container(head, _) => Some(head.name.as_str()),
    });
    let named: Vec<_> = named.collect();
    let least = [("demo", 2), ("prediction", 1), ("question", 3), ("task", 1), ("summary", 1)];
    let few = least.into_iter().filter_map(|(name, least)| {
        let found = named.iter().filter(|found| **found == name).count();
        (found < least).then(|| format!("{name}: {found}, and at least {least} is needed"))
    });
    let own = points.iter().filter(|point| point.id.split('.').next() == Some(&number.to_string()));
    let untaught = own.filter_map(|point| match point.places.iter().any(|place| !point.myth || place.kind == "myth") {
        true => None,
        false if point.myth => Some(format!("no myth for point {}: {}", point.id, point.text)),
        false => Some(format!("no place for point {}: {}", point.id, point.text)),
    });
    Ok(few.chain(untaught).collect())
}

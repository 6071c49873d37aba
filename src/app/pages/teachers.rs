//! For teachers: what each lesson teaches, how long it takes, what is run in it and which mistakes it expects; and every point with the places
//! that teach it and what their runs are claimed to come to.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::components::lesson::Fetch;
use crate::app::dom;
use crate::app::hooks::use_json;
use crate::lesson::teachers::{LessonGuide, Mistake, TEACHERS_PATH, TaughtDemo};
use crate::lesson::{POINTS_PATH, Place, PointEntry};

/// The page for teachers.
#[component]
pub fn Teachers() -> Html {
    use_effect_with((), |()| dom::set_title("For teachers"));
    let (guides, retry_guides) = use_json::<Vec<LessonGuide>>(TEACHERS_PATH.into());
    let (points, retry_points) = use_json::<Vec<PointEntry>>(POINTS_PATH.into());
    let show = Callback::from(move |guides: Rc<Vec<LessonGuide>>| {
        let (lessons, retry) = (Rc::clone(&guides), retry_points.clone());
        let show = Callback::from(move |points: Rc<Vec<PointEntry>>| all(&lessons, &points));
        html! { <Fetch<Vec<PointEntry>> fetched={points.clone()} {retry} {show} what="list of points" /> }
    });
    html! {
        <div class="teachers">
            <h1>{ "For teachers" }</h1>
            <p class="lead">
                { "Each lesson stands by itself, needs a browser and no installation, and keeps what learners do in their own browsers alone." }
            </p>
            <div class="prose">
                <h2>{ "In a class" }</h2>
                <ul>
                    <li>{ "“Present” at the head of a lesson shows one step a screen in large type. Arrow keys go on and back, Escape leaves." }</li>
                    <li>{ "Have everybody predict before anybody runs: the prediction is laid over what was measured." }</li>
                    <li>{ "Machines differ, and that is a subject: compare the numbers of two laptops, and let the class say why." }</li>
                    <li>{ "A link keeps engines, numbers and, if you like, the recorded run. The " }
                        <a href="lessons/index.html">{ "plain pages" }</a>{ " can be printed." }</li>
                    <li>{ "A demo can stand in the pages of your own course, and run there: the " }
                        <a href="#/gallery">{ "gallery" }</a>{ " has the lines for it." }</li>
                </ul>
            </div>
            <Fetch<Vec<LessonGuide>> fetched={guides} retry={retry_guides} {show} what="guide" />
        </div>
    }
}

fn all(guides: &[LessonGuide], points: &[PointEntry]) -> Html {
    html! {
        <>
            <h2>{ "The lessons" }</h2>
            { for guides.iter().map(|guide| of_lesson(guide, points)) }
            <h2 id="points">{ "Where each point is taught" }</h2>
            <p>{ "The claims are checked by the project’s tests: each is what a run on simulated cores comes to." }</p>
            <div class="scroll-x" tabindex="0" role="region" aria-labelledby="points">
                <table class="points" data-test="points">
                    <thead>
                        <tr>
                            <th scope="col">{ "Point" }</th><th scope="col">{ "Lesson and step" }</th>
                            <th scope="col">{ "By" }</th><th scope="col">{ "Claimed of a run" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for points.iter().flat_map(|point| rows(point, guides)) }</tbody>
                </table>
            </div>
        </>
    }
}

fn of_lesson(guide: &LessonGuide, points: &[PointEntry]) -> Html {
    let aims = points.iter().filter(|point| point.places.iter().any(|place| place.lesson == guide.id));
    let demo = |(key, demo): (usize, &TaughtDemo)| {
        html! { <li {key}>{ &demo.title }{ ", in " }<a href={demo.link.clone()}>{ &demo.step }</a></li> }
    };
    let mistake = |(key, Mistake { asked, answer_html, reply_html }): (usize, &Mistake)| {
        html! {
            <li {key}>
                <p class="hint">{ asked }</p>
                <p><strong>{ raw(answer_html) }</strong></p>
                { raw(reply_html) }
            </li>
        }
    };
    html! {
        <section key={guide.id.clone()} class="lesson-guide" data-test="lesson-guide">
            <h3><a href={format!("#/lesson/{}", guide.id)}>{ &guide.title }</a></h3>
            <p>{ &guide.summary }</p>
            <p class="path-meta">{ format!("about {} minutes", guide.minutes) }</p>
            <details>
                <summary>{ "Aims" }</summary>
                <ul>{ for aims.map(|point| html! { <li key={point.id.clone()}>{ raw(&point.text) }{ if point.myth { " (often said, and put to the test)" } else { "" } }</li> }) }</ul>
            </details>
            <details>
                <summary>{ format!("Demos ({})", guide.demos.len()) }</summary>
                <ul>{ for guide.demos.iter().enumerate().map(demo) }</ul>
            </details>
            <details>
                <summary>{ format!("Common mistakes ({})", guide.mistakes.len()) }</summary>
                <ul class="mistakes">{ for guide.mistakes.iter().enumerate().map(mistake) }</ul>
            </details>
        </section>
    }
}

/// A row for each place that teaches a point.
fn rows<'a>(point: &'a PointEntry, guides: &'a [LessonGuide]) -> impl Iterator<Item = Html> + use<'a> {
    let many = point.places.len().max(1);
    let row = move |(at, place): (usize, Option<&'a Place>)| {
        html! {
            <tr key={format!("{}.{at}", point.id)}>
                if at == 0 {
                    <th scope="row" rowspan={many.to_string()}>{ &point.id }{ " " }{ raw(&point.text) }</th>
                }
                if let Some(place) = place {
                    <td><a href={format!("#/lesson/{}/{}", place.lesson, place.step)}>{ title(guides, &place.lesson) }{ ", " }{ &place.step }</a></td>
                    <td>{ format!("{} {}", place.kind, place.id) }</td>
                    <td>{ for place.claims.iter().map(|claim| html! { <code class="claim">{ claim }</code> }) }</td>
                } else {
                    <td colspan="3" class="hint">{ "not taught yet" }</td>
                }
            </tr>
        }
    };
    let places = point.places.iter().map(Some).chain(point.places.is_empty().then_some(None));
    places.enumerate().map(row)
}

fn title<'a>(guides: &'a [LessonGuide], id: &'a str) -> &'a str {
    guides.iter().find(|guide| guide.id == id).map_or(id, |guide| &guide.title)
}

/// What the compiler of the lessons made, which is safe.
fn raw(html: &str) -> Html {
    Html::from_html_unchecked(html.to_owned().into())
}

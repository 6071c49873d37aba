//! What a lesson's demos come to, as the simulator expects it on an ideal machine: a picture for each engine, and their numbers. And the small
//! charts of predictions.

use std::fmt::Write;
use std::rc::Rc;

use interleave::engine::EngineId;
use interleave::lesson::{DemoBlock, Stretch, chart_words};
use interleave::timeline::colour::task_colour;
use interleave::timeline::words::{duration, summary};
use interleave::timeline::{Grouping, Poster, svg};
use interleave::trace::stats::stats;
use interleave::trace::{State, TaskId, Trace};

use super::super::ahead::{CORES, simulated};
use super::{PlainFile, escaped};

/// How wide a picture is, CSS px: as wide as the text.
const WIDTH_PX: f64 = 720.0;
/// The highest plot, CSS px.
const MOST_PX: f64 = 480.0;
/// A row of a small chart, in the units of its drawing, of which it is `SMALL` wide.
const ROW: f64 = 10.0;
const SMALL: f64 = 300.0;

/// The demo's engines, each with its picture, and a table of their numbers; with the pictures' files.
pub fn demo(lesson: &str, demo: &DemoBlock) -> (String, Vec<PlainFile>) {
    let (mut figures, mut rows, mut files) = (String::new(), String::new(), Vec::new());
    let mut first_ms = None;
    for engine in &demo.engines {
        let name = escaped(engine.name());
        match simulated(demo, engine.key(), 0) {
            Ok(trace) => {
                let file = format!("{lesson}.{}.{}.svg", demo.id, engine.key());
                figures.push_str(&figure(&file, *engine, &trace));
                rows.push_str(&row(&name, &trace, &mut first_ms));
                files.push(PlainFile { name: file, text: picture(*engine, &trace) });
            }
            Err(why) => {
                let _ = writeln!(
                    figures,
                    "<p class=\"meta\"><strong>{name}</strong> is not drawn here: {}.</p>",
                    escaped(&why.message)
                );
            }
        }
    }
    let table = if rows.is_empty() { String::new() } else { table(&rows) };
    let html = format!(
        "<section class=\"demo\">\n<h3>What a run comes to</h3>\n\
         <p class=\"meta\">Simulated on an ideal machine with {CORES} cores; the <a href=\"../#/demo/{}\">live demo</a> measures.</p>\n\
         {figures}{table}</section>\n",
        demo.demo
    );
    (html, files)
}

fn figure(file: &str, engine: EngineId, trace: &Trace) -> String {
    format!(
        "<figure class=\"chart\">\n<figcaption>{}</figcaption>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Chart: {}\"><img src=\"{file}\" alt=\"{}\"></div>\n</figure>\n",
        escaped(engine.name()),
        escaped(engine.name()),
        escaped(&summary(trace))
    )
}

fn picture(engine: EngineId, trace: &Rc<Trace>) -> String {
    let poster = Poster::of_width(trace, Grouping::ByTask, WIDTH_PX, MOST_PX);
    let said = [Some(summary(trace)), poster.left_out()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    svg(&poster.picture, engine.name(), &said)
}

fn row(name: &str, trace: &Trace, first_ms: &mut Option<f64>) -> String {
    let stats = stats(trace);
    let resolution_ms = trace.provenance().clock_resolution_ms;
    let first_ms = *first_ms.get_or_insert(stats.makespan_ms);
    let times = interleave::trace::stats::speed_up(first_ms, stats.makespan_ms);
    format!(
        "<tr><th scope=\"row\">{name}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        duration(stats.makespan_ms, resolution_ms),
        times.map_or_else(|| "—".to_owned(), |times| format!("{times:.1}")),
        stats.peak_in_progress,
        stats.peak_running
    )
}

fn table(rows: &str) -> String {
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"The numbers\">\n<table>\n<caption>The numbers</caption>\n\
         <thead><tr><th scope=\"col\">Engine</th><th scope=\"col\">Took</th><th scope=\"col\">Speed-up over the first</th>\
         <th scope=\"col\">Most tasks in progress</th><th scope=\"col\">Most computing at once</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

/// A small chart of a prediction, on an axis that ends at `end_ms`; the page's style has its colours.
pub fn small(bars: &[Stretch], end_ms: f64) -> String {
    let rows = f64::from(bars.iter().map(|bar| bar.task + 1).max().unwrap_or(0));
    let mut drawn = String::new();
    for bar in bars {
        let x = |at_ms: f64| if end_ms > 0.0 { at_ms / end_ms * SMALL } else { 0.0 };
        let (from, to, top) = (x(bar.start_ms), x(bar.end_ms), f64::from(bar.task) * ROW);
        let colour = task_colour(TaskId(bar.task));
        let middle = top + ROW / 2.0;
        let _ = match bar.state {
            State::Running | State::Starting | State::Overhead => {
                write!(
                    drawn,
                    "<rect class=\"task-{colour}\" x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
                    top + 1.0,
                    to - from,
                    ROW - 2.0
                )
            }
            State::WaitingForIo | State::Ready | State::WaitingForLock => {
                let class = if bar.state == State::WaitingForIo { "waits" } else { "stands" };
                write!(drawn, "<path class=\"{class} task-{colour}\" d=\"M{from:.1} {middle:.1}H{to:.1}\"/>")
            }
        };
    }
    let words = escaped(&chart_words(bars));
    let axis =
        format!("<span aria-hidden=\"true\"><span>0</span> <span>{}</span></span>", duration(end_ms, end_ms / 20.0));
    format!("<svg viewBox=\"0 0 {SMALL} {}\" role=\"img\" aria-label=\"{words}\">{drawn}</svg>\n{axis}", rows * ROW)
}

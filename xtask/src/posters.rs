//! `cargo xtask posters DIR`, called by Trunk when a page is built: what stands in the place of an embedded demo until it is loaded. For each
//! demo one picture, `posters/<demo>.svg`, of the charts of the engines that it opens with, on one axis, as the simulator draws them on an
//! ordinary machine, on which starting and switching cost what they usually do. What cannot be simulated is said.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Context, Result};
use interleave::demo::{DEMOS, Demo, OWN_PLAN, Setup};
use interleave::engine::EngineId;
use interleave::engine::simulated::{Machine, like, simulate};
use interleave::timeline::{Poster, svg};
use interleave::trace::Trace;
use interleave::trace::stats::stats;

/// Draw the posters of embedded demos (Trunk does it at each build)
#[derive(clap::Args)]
pub struct Arguments {
    /// The page's folder; they go to posters/ in it
    folder: PathBuf,
}

/// How wide a poster is, CSS px, and how high the plot of one engine is at most.
const WIDTH_PX: f64 = 720.0;
const MOST_PX: f64 = 200.0;
/// Of the line with an engine's name.
const NAME_PX: f64 = 28.0;
/// Cores of that machine, as in the lessons.
const CORES: u32 = 4;

/// Draws all posters.
pub fn run(arguments: Arguments) -> Result<()> {
    let folder = arguments.folder.join("posters");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for demo in DEMOS.iter().chain(&[&OWN_PLAN]) {
        let file = folder.join(format!("{}.svg", demo.id));
        fs::write(&file, poster(demo)).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn poster(demo: &'static Demo) -> String {
    let setup = Setup::parse(demo, "").0;
    let runs = setup.engines.iter().filter_map(|engine| Some((*engine, simulated(demo, &setup, *engine)?)));
    let runs: Vec<(EngineId, Rc<Trace>)> = runs.collect();
    let end_ms = runs.iter().map(|(_, trace)| stats(trace).makespan_ms).fold(0.0, f64::max);
    let (mut inner, mut y_px) = (String::new(), 0.0);
    for (engine, trace) in &runs {
        let picture = Poster::on_axis(trace, demo.grouping, WIDTH_PX, MOST_PX, end_ms).picture;
        text(&mut inner, y_px + NAME_PX - 8.0, engine.name());
        y_px += NAME_PX;
        // Each has the same ids, which have to differ within one document.
        let drawn = ["title", "description", "plot"].iter().fold(svg(&picture, engine.name(), ""), |svg, id| {
            let own = format!("{id}-{}", engine.key());
            svg.replace(&format!("id=\"{id}\""), &format!("id=\"{own}\""))
                .replace(&format!("#{id})"), &format!("#{own})"))
        });
        let place = format!("<svg y=\"{y_px}\" xmlns");
        inner.push_str(&drawn.replacen("<svg xmlns", &place, 1).replace(" aria-labelledby=\"title description\"", ""));
        y_px += picture.height_px;
    }
    if runs.is_empty() {
        y_px = 2.0 * NAME_PX;
        text(&mut inner, NAME_PX, "What it comes to cannot be simulated: run it to see.");
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH_PX} {y_px}\" width=\"{WIDTH_PX}\" height=\"{y_px}\" \
         font-family=\"system-ui, sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{inner}</svg>\n"
    )
}

/// A line of text; the names of engines have nothing that would have to be escaped.
fn text(out: &mut String, y_px: f64, says: &str) {
    let _ =
        writeln!(out, "<text x=\"8\" y=\"{y_px}\" font-size=\"15\" font-weight=\"600\" fill=\"#1d1b18\">{says}</text>");
}

/// The run of `demo` on an engine, on an ordinary machine; `None` where that cannot be known.
fn simulated(demo: &'static Demo, setup: &Setup, engine: EngineId) -> Option<Rc<Trace>> {
    let (plan, options) = (demo.plan(&setup.values), setup.options(engine));
    let (machine, scheduler) = match engine.is_real() {
        true => like(engine, &options, &plan, &Machine::ordinary(CORES).into())?,
        false => (options.model.machine(None)?, options.model.scheduler(&plan)),
    };
    let trace = simulate(&plan, &machine, &scheduler).ok()?.trace;
    // Without addresses of the learner's own there is nothing to do.
    (!trace.tasks().is_empty()).then(|| Rc::new(trace))
}

#[cfg(test)]
mod tests {
    use interleave::demo::{NINE_REQUESTS, find};

    use super::*;

    #[test]
    fn every_demo_has_a_poster_of_its_engines_and_only_those_without_a_length_say_so() {
        for demo in DEMOS.iter().chain(&[&OWN_PLAN]) {
            let poster = poster(demo);
            let is_drawn = !["urls"].contains(&demo.id);
            assert_eq!(poster.contains("cannot be simulated"), !is_drawn, "{}", demo.id);
            for engine in demo.engines.iter().filter(|_| is_drawn) {
                assert!(poster.contains(&format!(">{}</text>", engine.name())), "{}: {}", demo.id, engine.key());
            }
            for id in poster.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert_eq!(poster.matches(&format!(" id=\"{id}\"")).count(), 1, "{}: {id} stands twice", demo.id);
            }
            assert!(poster.len() < 120_000, "{}: {} bytes", demo.id, poster.len());
        }
    }

    #[test]
    fn charts_lie_on_one_axis() {
        let poster = poster(&NINE_REQUESTS);
        assert_eq!(poster.matches("<svg ").count(), 1 + NINE_REQUESTS.engines.len());
        assert_eq!(poster.matches("url(#plot-").count(), NINE_REQUESTS.engines.len());
        // Of what takes 2.7 s one after another and 0.3 s at once, all three axes go on to 2.5 s.
        assert_eq!(poster.matches(">2.5 s</text>").count(), 3, "{poster}");
        assert!(super::poster(find("urls").unwrap()).contains("cannot be simulated"));
    }
}

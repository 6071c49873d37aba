//! What a run will come to, simulated on an ideal machine when the lessons are compiled: small charts to choose from, bars to lay, and
//! whatever claims and tasks are held against.

use std::rc::Rc;

use interleave::demo::{self, Demo, LinkProblem, Setup};
use interleave::engine::EngineId;
use interleave::engine::simulated::{Machine, Simulated, like, simulate};
use interleave::lesson::{BoardTask, CameTo, DemoBlock, Span, Stretch, spans};
use interleave::trace::{State, Trace};

use super::blocks::engine;
use super::error::{Checked, Mistake, mistake};

/// Cores of the ideal machine, where nothing else is said: no lesson has more threads at work.
pub const CORES: u32 = 4;
/// More rows or bars than these nobody can tell apart in a small chart, nor lay by hand.
const MOST_ROWS: usize = 16;
const MOST_BARS: usize = 160;
/// What is shorter than this share of a chart cannot be seen in it.
const SEEN: f64 = 0.004;

/// The run of `demo` on a real engine, with parameters as in a link: `gather`, `limited?limit=3`.
pub fn simulated(demo: &DemoBlock, link: &str, line: usize) -> Checked<Rc<Trace>> {
    let run = run(demo, link, CORES, line)?;
    match run.engine {
        EngineId::Simulated => {
            mistake(line, "“simulated” stands for no real engine: name the one that it would be like")
        }
        _ => Ok(run.trace),
    }
}

/// What the run of `demo` comes to on an engine with parameters as in a link, on an ideal machine with so many cores. The engine that
/// simulates has the machine that its parameters say.
pub fn run(demo: &DemoBlock, link: &str, cores: u32, line: usize) -> Checked<CameTo> {
    let wrong = |message: String| Mistake { line, message };
    let (key, own) = link.split_once('?').unwrap_or((link, ""));
    let of = engine(key, line)?;
    let setup = setup(demo, &format!("engines={key}&{own}"), line)?;
    let plan = registered(demo, line)?.plan(&setup.values);
    let (options, ideal) = (setup.options(of), Machine::ideal(cores).into());
    let modelled = || Some((options.model.machine(None)?, options.model.scheduler(&plan)));
    let Some((machine, scheduler)) = like(of, &options, &plan, &ideal).or_else(modelled) else {
        return mistake(line, "what this browser would do cannot be simulated before it was measured");
    };
    match simulate(&plan, &machine, &scheduler) {
        Ok(Simulated { trace, findings, .. }) => {
            let is_ended = findings.unfinished.is_empty();
            Ok(CameTo { is_ended, ..CameTo::ended(of, Rc::new(trace)) })
        }
        Err(error) => Err(wrong(format!("this run cannot be simulated: {error}"))),
    }
}

/// What `demo` is set up with by `link`, and where that says nothing, as the block opens.
pub fn setup(demo: &DemoBlock, link: &str, line: usize) -> Checked<Setup> {
    let is_own = |key: &str| link.split('&').any(|pair| pair.split('=').next() == Some(key));
    let block = demo.link();
    let rest = block.split('&').filter(|pair| !is_own(pair.split('=').next().unwrap_or_default()));
    let whole = rest.fold(link.to_owned(), |whole, pair| format!("{whole}&{pair}"));
    let (setup, problems) = Setup::parse(registered(demo, line)?, &whole);
    match problems.first() {
        // Here nothing is taken in its place.
        Some(LinkProblem::OutOfRange(error, _)) => mistake(line, error.to_string()),
        Some(problem) => mistake(line, problem.to_string()),
        None => Ok(setup),
    }
}

fn registered(demo: &DemoBlock, line: usize) -> Checked<&'static Demo> {
    demo::find(&demo.demo).ok_or_else(|| Mistake { line, message: format!("unknown demo “{}”", demo.demo) })
}

/// A trace as a small chart: what its tasks do, as far as that can be seen.
pub fn small_chart(trace: &Trace, line: usize) -> Checked<Vec<Stretch>> {
    let slices = trace.slices().filter_map(|(_, slice)| Some((slice.task?.0, slice)));
    let mut all: Vec<_> = slices
        .map(|(task, slice)| Stretch { task, state: slice.state, start_ms: slice.start_ms, end_ms: slice.end_ms })
        .collect();
    all.sort_by(|a, b| a.task.cmp(&b.task).then(a.start_ms.total_cmp(&b.start_ms)));
    let seen_ms = all.iter().map(|bar| bar.end_ms).fold(0.0, f64::max) * SEEN;
    let mut bars: Vec<Stretch> = Vec::new();
    for bar in all {
        match bars.last_mut() {
            Some(last) if last.task == bar.task && last.state == bar.state && bar.start_ms - last.end_ms <= seen_ms => {
                last.end_ms = bar.end_ms;
            }
            _ => bars.push(bar),
        }
    }
    bars.retain(|bar| bar.end_ms - bar.start_ms > seen_ms);
    match (trace.tasks().len(), bars.len()) {
        (rows, bars) if rows > MOST_ROWS || bars > MOST_BARS => {
            let most = format!("a small chart has {MOST_ROWS} tasks and {MOST_BARS} bars at most");
            mistake(line, format!("{most}; this one would have {rows} and {bars}"))
        }
        _ => Ok(bars),
    }
}

/// A bar for each task, as long as the task is under way.
pub fn board_tasks(trace: &Trace, step_ms: f64, line: usize) -> Checked<Vec<BoardTask>> {
    let bars = small_chart(trace, line)?;
    let spans = spans(trace);
    if let Some(short) = spans.iter().find(|span| span.end_ms - span.start_ms < step_ms) {
        let name = &trace.tasks()[short.task as usize];
        return mistake(line, format!("“{name}” is shorter than a step of {step_ms} ms"));
    }
    let task = |span: &Span| {
        let length = |bar: &&Stretch| bar.end_ms - bar.start_ms;
        let longest = bars.iter().filter(|bar| bar.task == span.task).max_by(|a, b| length(a).total_cmp(&length(b)));
        BoardTask {
            name: trace.tasks()[span.task as usize].clone(),
            state: longest.map_or(State::Running, |bar| bar.state),
            // In whole ms, as somebody would say it.
            length_ms: (span.end_ms - span.start_ms).round(),
        }
    };
    Ok(spans.iter().map(task).collect())
}

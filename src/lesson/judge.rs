//! Judging a prediction by what a run measured, and where the prediction lies over what was measured.
//!
//! What is right is decided by the measurement alone. The lesson's author says what is to be expected and writes a reply to
//! each mistake; a reply is shown only if the run came out as the author expected.

use super::{Asked, Board, ChartOption, Measured, Pattern, Predicted, Prediction, Slider, Span, myth, spans, why};
use crate::engine::EngineId;
use crate::timeline::compare::times;
use crate::timeline::words::duration;
use crate::timeline::{Grouping, PredictedBar, RowId};
use crate::trace::stats::{speed_up, stats};
use crate::trace::{TaskId, Trace};

/// Within this factor of what was measured, a value is right.
pub const RIGHT_WITHIN: f64 = 1.25;
/// Bars are right where no start is further from the measured one than this share of the makespan.
pub const STARTS_WITHIN: f64 = 0.1;
/// Said when a run came out as the lesson did not expect.
const UNUSUAL: &str =
    " With the settings of this lesson it usually comes out otherwise: close what else is running and try again.";

/// What a run says of a prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Whether it is what was measured.
    pub right: bool,
    /// What was expected, what was measured, and why that was so, as a sentence or two of plain text.
    pub words: String,
    /// What the lesson says to it; empty if the run came out as the author did not expect.
    pub reply_html: String,
}

/// A reply of the lesson's, and whether the author expects a run to come out so.
type Reply<'a> = Option<(bool, &'a str)>;

/// Judges `predicted` by what a run measured. `None` unless there is something to judge by: the engines that it is about have
/// finished, which one that this browser cannot run never does, and with as many tasks as were asked for.
pub fn judge(prediction: &Prediction, predicted: &Predicted, measured: &Measured) -> Option<Judgement> {
    if let (Asked::Myth { replies }, Predicted::Truth(said)) = (&prediction.asked, predicted) {
        // A standstill puts it to the test, too.
        return myth::judge(replies, *said).filter(|_| !measured.is_empty());
    }
    let trace = trace_of(measured, prediction.engine)?;
    let (right, words, came_out, said) = match (&prediction.asked, predicted) {
        (Asked::Charts { options }, Predicted::Chart(id)) => of_chart(options, id, trace)?,
        (Asked::Slider(slider), Predicted::Value(value)) => of_value(slider, *value, trace, measured)?,
        (Asked::Bars(board), Predicted::Starts(_)) => of_bars(board, &prediction.asked.spans(predicted), trace)?,
        _ => return None,
    };
    let why = why(trace).map(|why| format!(": {why}")).unwrap_or_default();
    let as_expected = came_out.is_some_and(|(correct, _)| correct);
    // Who is right is told why, also at the edge of what the author had in mind.
    let reply = if right { came_out } else { said }.filter(|_| as_expected);
    let unusual = if reply.is_none() { UNUSUAL } else { "" };
    Some(Judgement {
        right,
        words: format!("{words}{why}.{unusual}"),
        reply_html: reply.map(|(_, reply)| reply.to_owned()).unwrap_or_default(),
    })
}

fn trace_of(measured: &Measured, engine: EngineId) -> Option<&Trace> {
    measured.iter().find(|run| run.engine == engine && run.is_ended).map(|run| &*run.trace)
}

/// Whether it is right, what was expected and measured in words, and the replies to what was measured and to what was predicted.
type Compared<'a> = (bool, String, Reply<'a>, Reply<'a>);

fn of_chart<'a>(options: &'a [ChartOption], id: &str, trace: &Trace) -> Option<Compared<'a>> {
    let chosen = options.iter().find(|option| option.id == id)?;
    let (expected, came) = (chosen.spans(), spans(trace));
    let alike = |option: &&ChartOption| option.spans().len() == came.len();
    let distance = |option: &ChartOption| distance(&option.spans(), &came);
    let closest = options.iter().filter(alike).min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    let reply = |option: &'a ChartOption| Some((option.correct, option.reply_html.as_str()));
    let right = closest.id == chosen.id;
    Some((right, patterns(right, &expected, &came), reply(closest), reply(chosen)))
}

/// How far two charts are apart: by how much starts and ends differ, as shares of the whole, and a little by how long they are.
fn distance(a: &[Span], b: &[Span]) -> f64 {
    let end_ms = |spans: &[Span]| spans.iter().map(|span| span.end_ms).fold(f64::MIN_POSITIVE, f64::max);
    let sorted = |spans: &[Span], at: fn(&Span) -> f64| {
        let mut shares: Vec<f64> = spans.iter().map(|span| at(span) / end_ms(spans)).collect();
        shares.sort_by(f64::total_cmp);
        shares
    };
    let apart = |at: fn(&Span) -> f64| {
        let (a, b) = (sorted(a, at), sorted(b, at));
        a.iter().zip(&b).map(|(a, b)| (a - b).abs()).sum::<f64>() / a.len() as f64
    };
    apart(|span| span.start_ms) + apart(|span| span.end_ms) + (end_ms(a) / end_ms(b)).ln().abs() / 10.0
}

fn of_value<'a>(slider: &'a Slider, expected: f64, trace: &Trace, measured: &Measured) -> Option<Compared<'a>> {
    let makespan_ms = stats(trace).makespan_ms;
    let (came_to, words) = match slider.over {
        Some(over) => {
            let ratio = speed_up(stats(trace_of(measured, over)?).makespan_ms, makespan_ms)?;
            (ratio, format!("You expected {}; it was {} times as fast", slider.words(expected), times(ratio)))
        }
        None => {
            let took = duration(makespan_ms, trace.provenance().clock_resolution_ms.max(1.0));
            (makespan_ms, format!("You expected {}; it took {took}", slider.words(expected)))
        }
    };
    let reply = |value| slider.range(value).map(|range| (range.correct, range.reply_html.as_str()));
    let right = (1.0 / RIGHT_WITHIN..=RIGHT_WITHIN).contains(&(came_to / expected));
    Some((right, words, reply(came_to), reply(expected)))
}

fn of_bars<'a>(board: &'a Board, expected: &[Span], trace: &Trace) -> Option<Compared<'a>> {
    let came = spans(trace);
    if came.len() != expected.len() {
        return None;
    }
    // Which of them goes first is not asked.
    let starts = |spans: &[Span]| {
        let mut starts_ms: Vec<f64> = spans.iter().map(|span| span.start_ms).collect();
        starts_ms.sort_by(f64::total_cmp);
        starts_ms
    };
    let most_ms = stats(trace).makespan_ms * STARTS_WITHIN;
    let right = starts(expected).iter().zip(starts(&came)).all(|(expected, came)| (expected - came).abs() <= most_ms);
    let reply =
        |spans: &[Span]| board.reply(Pattern::of(spans)).map(|reply| (reply.correct, reply.reply_html.as_str()));
    Some((right, patterns(right, expected, &came), reply(&came), reply(expected)))
}

fn patterns(right: bool, expected: &[Span], came: &[Span]) -> String {
    match right {
        true => format!("It went as you expected, {}", Pattern::said(came)),
        false => format!("You expected the tasks {}; they went {}", Pattern::said(expected), Pattern::said(came)),
    }
}

/// A prediction as it lies over the chart of its engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    /// The engine.
    pub engine: EngineId,
    /// When the run ends by a prediction on a slider, ms.
    pub end_ms: Option<f64>,
    /// When each task is under way by a prediction with a chart or bars.
    pub bars: Vec<PredictedBar>,
}

impl Overlay {
    /// Until when the axis has to go for all of it to be seen, ms.
    pub fn reach_ms(&self) -> f64 {
        self.bars.iter().map(|bar| bar.end_ms).chain(self.end_ms).fold(0.0, f64::max)
    }

    /// What it looks like in a chart with these rows; `None` if it cannot be seen there.
    pub fn words(&self, grouping: Grouping) -> Option<String> {
        match self.end_ms {
            Some(end_ms) => Some(format!("Dashed line: the end that you predicted, {}.", duration(end_ms, 1.0))),
            None if grouping == Grouping::ByTask => Some("Dashed outlines: the bars that you predicted.".into()),
            None => None,
        }
    }
}

/// Where `predicted` lies over what was measured; `None` before its engines have finished, and of a myth.
pub fn overlay(prediction: &Prediction, predicted: &Predicted, measured: &Measured) -> Option<Overlay> {
    trace_of(measured, prediction.engine).filter(|_| !matches!(prediction.asked, Asked::Myth { .. }))?;
    let end_ms = match (&prediction.asked, predicted) {
        (Asked::Slider(Slider { over: None, .. }), Predicted::Value(end_ms)) => Some(*end_ms),
        (Asked::Slider(Slider { over: Some(over), .. }), Predicted::Value(times)) => {
            Some(stats(trace_of(measured, *over)?).makespan_ms / times)
        }
        _ => None,
    };
    let bar =
        |span: Span| PredictedBar { row: RowId::Task(TaskId(span.task)), start_ms: span.start_ms, end_ms: span.end_ms };
    let bars = prediction.asked.spans(predicted).into_iter().map(bar).collect();
    Some(Overlay { engine: prediction.engine, end_ms, bars })
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;

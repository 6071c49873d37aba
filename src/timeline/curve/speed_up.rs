//! The speed-up over numbers of workers as a picture: as far as was measured, in equal steps; or far beyond, in equal factors.

use super::axis::Axis;
use super::frame::Frame;
use super::place::Room;
use super::words::{interval, percent, point_words, ratio, simulated_words};
use super::{Curve, CurveLine, CurveMark, CurveRule, LineKind, MarkShape, RuleKind, SignKind};
use crate::timeline::compare::times;
use crate::timeline::{Anchor, Point, Rect};
use crate::trace::sweep::{Fit, SpeedUp, Spread, amdahl};

/// How far the axis of workers goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To the most that were measured.
    Measured,
    /// To 1,024, both axes in equal factors.
    Far,
}

/// A speed-up that was simulated, with a core for each worker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulatedPoint {
    /// How many workers, and cores; at least 1.
    pub workers: u32,
    /// How many times as fast as one, by the same simulation; above 0.
    pub speed_up: f64,
}

/// The last number of workers of an axis that goes far.
const FARTHEST: f64 = 1_024.0;
/// Places along a curved line.
const PLACES: u32 = 65;

/// Lays out a sweep with what was simulated beyond it, for a canvas of this width (CSS px). No time is said finer than `resolution_ms`.
pub fn speed_up(
    sweep: &SpeedUp,
    simulated: &[SimulatedPoint],
    reach: Reach,
    width_px: f64,
    resolution_ms: f64,
) -> Curve {
    let measured_to = sweep.points.last().map_or(1, |point| point.workers).max(2);
    let is_log = reach == Reach::Far;
    let x_to = if is_log { FARTHEST.max(f64::from(measured_to)) } else { f64::from(measured_to) };
    let is_shown = |point: &&SimulatedPoint| {
        point.workers >= 1 && f64::from(point.workers) <= x_to && (1e-9..=1e9).contains(&point.speed_up)
    };
    let simulated: Vec<_> = simulated.iter().filter(is_shown).copied().collect();
    let frame = Frame::new(width_px, &legend(sweep, &simulated, is_log));
    let (y_from, y_to) = range(sweep, &simulated, x_to, is_log);
    let y_axis = Axis { from: y_from, to: y_to, px: frame.y_px(), is_log };
    let y_ticks = y_axis.ticks(32.0, 0.01);
    let plot = frame.plot(&y_ticks);
    let x_axis = Frame::x_axis(plot, (1.0, x_to), is_log);
    let axes = Axes { x: x_axis, y: y_axis };

    let mut lines = vec![axes.ideal()];
    let on_cores_to = f64::from(sweep.on_cores().last().map_or(1, |point| point.workers));
    let mut band = Vec::new();
    if let Ok(fit) = &sweep.fit {
        let end = if is_log { x_to } else { on_cores_to };
        if end > on_cores_to {
            lines.push(axes.law(LineKind::Continued, fit.serial, on_cores_to, end));
        }
        lines.push(axes.law(LineKind::Fit, fit.serial, 1.0, on_cores_to));
        band = axes.law(LineKind::Fit, fit.low, 1.0, end).points;
        band.extend(axes.law(LineKind::Fit, fit.high, 1.0, end).points.into_iter().rev());
    }
    let rules = axes.rules(sweep, plot);
    let mut room = Room::new(plot, frame.metrics);
    lines.iter().for_each(|line| room.take_line(&line.points));
    rules.iter().for_each(|(rule, _)| room.take_line(&rule.ends));
    let mut marks = axes.marks(sweep, &simulated, resolution_ms);
    marks.iter().for_each(|mark| room.take(body(mark)));
    let label_rule = |(mut rule, text): (CurveRule, String)| {
        let [(x1, y1), (x2, y2)] = rule.ends;
        rule.label = match rule.kind {
            RuleKind::Cores => room.label(
                &text,
                &[
                    ((x1 + 6.0, y2 + 9.0), Anchor::Start),
                    ((x1 - 6.0, y2 + 9.0), Anchor::End),
                    ((x1 + 6.0, y1 - 9.0), Anchor::Start),
                ],
            ),
            RuleKind::Limit => room.label(
                &text,
                &[
                    ((x2 - 4.0, y1 - 9.0), Anchor::End),
                    ((x1 + 4.0, y1 - 9.0), Anchor::Start),
                    ((x2 - 4.0, y1 + 9.0), Anchor::End),
                ],
            ),
        };
        rule
    };
    let rules = rules.into_iter().map(label_rule).collect();
    // From the last, which says most.
    for (mark, text) in marks.iter_mut().zip(values(sweep, &simulated)).rev().filter(|(_, text)| !text.is_empty()) {
        mark.label = room.label(&text, &places(mark));
    }
    let x_ticks = x_axis.ticks(40.0, 1.0);
    let x_title = if is_log { "workers, in equal factors" } else { "workers" };
    let titles = [x_title, "times as fast as one worker"];
    Curve { band, rules, ..frame.curve(plot, [x_ticks, y_ticks], titles, lines, marks) }
}

/// Lowest and highest value of the vertical axis.
fn range(sweep: &SpeedUp, simulated: &[SimulatedPoint], x_to: f64, is_log: bool) -> (f64, f64) {
    let spreads = || sweep.points.iter().map(|point| point.speed_up);
    let shown = spreads().flat_map(|Spread { low, high, .. }| [low, high]);
    let shown = shown.chain(simulated.iter().map(|point| point.speed_up));
    let (least, most) = shown.fold((1.0_f64, 1.0_f64), |(least, most), value| (least.min(value), most.max(value)));
    if !is_log {
        // The ideal line is shown as far as it does not make all others flat.
        return (0.0, (most * 1.1).max(x_to.min(most * 1.6)));
    }
    // With the interval, unless that opens far.
    let law = |fit: &Fit| amdahl(fit.low, x_to).min(2.0 * fit.speed_up(x_to));
    (least * 0.8, most.max(sweep.fit.as_ref().map_or(1.0, law)).max(2.0) * 1.3)
}

fn legend(sweep: &SpeedUp, simulated: &[SimulatedPoint], is_log: bool) -> Vec<(SignKind, String)> {
    let mut entries = vec![(SignKind::Mark(MarkShape::Measured), "measured: median and middle half".to_owned())];
    if sweep.points.iter().any(|point| point.beyond_cores) {
        entries.push((SignKind::Mark(MarkShape::Crowded), "more workers than cores".to_owned()));
    }
    if !simulated.is_empty() {
        entries.push((SignKind::Mark(MarkShape::Simulated), "simulated".to_owned()));
    }
    entries.push((SignKind::Line(LineKind::Ideal), "ideal".to_owned()));
    if let Ok(fit) = &sweep.fit {
        let Fit { serial, low, high } = *fit;
        entries.push((SignKind::Line(LineKind::Fit), format!("Amdahl’s law, serial part {} %", percent(serial))));
        if is_log {
            entries.push((SignKind::Line(LineKind::Continued), "the same, beyond what was measured".to_owned()));
        }
        entries.push((SignKind::Band, format!("95 % interval, {} %", interval(low, high, "to"))));
    }
    entries
}

#[derive(Clone, Copy)]
struct Axes {
    x: Axis,
    y: Axis,
}

impl Axes {
    fn at(&self, workers: f64, speed_up: f64) -> Point {
        (self.x.px(workers), self.y.px(speed_up))
    }

    /// Straight on both kinds of axes, and cut where the plot ends.
    fn ideal(&self) -> CurveLine {
        let end = self.x.to.min(self.y.to);
        CurveLine { kind: LineKind::Ideal, points: vec![self.at(1.0, 1.0), self.at(end, end)] }
    }

    /// Amdahl's law for a serial share, from so many workers to so many.
    fn law(&self, kind: LineKind, serial: f64, from: f64, to: f64) -> CurveLine {
        let workers = self.x.between(from, to, PLACES);
        CurveLine { kind, points: workers.map(|workers| self.at(workers, amdahl(serial, workers))).collect() }
    }

    /// Rules within the plot, with what they say.
    fn rules(&self, sweep: &SpeedUp, plot: Rect) -> Vec<(CurveRule, String)> {
        let mut rules = Vec::new();
        let Rect { x_px, y_px, width_px, height_px } = plot;
        if sweep.points.iter().any(|point| point.beyond_cores) {
            let at_px = self.x.px(f64::from(sweep.cores));
            let ends = [(at_px, y_px + height_px), (at_px, y_px)];
            let text = if sweep.cores == 1 { "1 core".to_owned() } else { format!("{} cores", sweep.cores) };
            rules.push((CurveRule { kind: RuleKind::Cores, ends, label: None }, text));
        }
        let limit = sweep.fit.as_ref().ok().and_then(Fit::limit).filter(|limit| *limit < self.y.to);
        if let Some(limit) = limit {
            let at_px = self.y.px(limit);
            let ends = [(x_px, at_px), (x_px + width_px, at_px)];
            rules.push((CurveRule { kind: RuleKind::Limit, ends, label: None }, format!("at most {}", times(limit))));
        }
        rules
    }

    fn marks(&self, sweep: &SpeedUp, simulated: &[SimulatedPoint], resolution_ms: f64) -> Vec<CurveMark> {
        let measured = sweep.points.iter().map(|point| {
            let Spread { low, median, high } = point.speed_up;
            CurveMark {
                at: self.at(f64::from(point.workers), median),
                whisker_px: (point.runs > 1).then(|| (self.y.px(high), self.y.px(low))),
                shape: if point.beyond_cores { MarkShape::Crowded } else { MarkShape::Measured },
                setting: point.workers,
                label: None,
                words: point_words(point, resolution_ms),
            }
        });
        let simulated = simulated.iter().map(|point| CurveMark {
            at: self.at(f64::from(point.workers), point.speed_up),
            whisker_px: None,
            shape: MarkShape::Simulated,
            setting: point.workers,
            label: None,
            words: simulated_words(point),
        });
        measured.chain(simulated).collect()
    }
}

/// What is written at each mark: nothing at one worker, which is 1 by definition, nor at what was simulated beside a measurement of the
/// same.
fn values(sweep: &SpeedUp, simulated: &[SimulatedPoint]) -> Vec<String> {
    let on_cores_to = sweep.on_cores().last().map_or(1, |point| point.workers);
    let text = |is_shown: bool, speed_up: f64| if is_shown { ratio(speed_up) } else { String::new() };
    let measured = sweep.points.iter().map(|point| text(point.workers > 1, point.speed_up.median));
    let simulated = simulated.iter().map(|point| text(point.workers > on_cores_to, point.speed_up));
    measured.chain(simulated).collect()
}

/// What a mark covers.
pub(super) fn body(mark: &CurveMark) -> Rect {
    let ((x_px, y_px), (high_px, low_px)) = (mark.at, mark.whisker_px.unwrap_or((mark.at.1, mark.at.1)));
    let (top_px, bottom_px) = (high_px.min(y_px - 5.0), low_px.max(y_px + 5.0));
    Rect { x_px: x_px - 6.0, y_px: top_px, width_px: 12.0, height_px: bottom_px - top_px }
}

/// Where a mark's label may stand, the best place first: below, where no line of a speed-up runs; of what is simulated above, where it is
/// seen not to be measured.
pub(super) fn places(mark: &CurveMark) -> [(Point, Anchor); 5] {
    let ((x_px, y_px), body) = (mark.at, body(mark));
    let above = ((x_px, body.y_px - 9.0), Anchor::Middle);
    let below = ((x_px, body.y_px + body.height_px + 9.0), Anchor::Middle);
    let (first, second) = if mark.shape == MarkShape::Simulated { (above, below) } else { (below, above) };
    let beside = ((x_px + 9.0, y_px + 9.0), Anchor::Start);
    [first, beside, second, ((x_px + 9.0, y_px), Anchor::Start), ((x_px - 9.0, y_px), Anchor::End)]
}

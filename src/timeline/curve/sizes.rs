//! The makespan over sizes of chunks as a picture: sizes in equal factors, times from 0.

use super::axis::Axis;
use super::frame::Frame;
use super::place::Room;
use super::speed_up::{body, places};
use super::words::size_words;
use super::{AxisTick, Curve, CurveLine, CurveMark, LineKind, MarkShape, SignKind};
use crate::plan::catalogue::grouped;
use crate::timeline::{Metrics, Scale, ticks, words};
use crate::trace::sweep::{Size, Sizes};

/// Lays out a sweep over sizes, for a canvas of this width (CSS px). No time is said finer than `resolution_ms`.
pub fn sizes(sweep: &Sizes, width_px: f64, resolution_ms: f64) -> Curve {
    let legend = [
        (SignKind::Mark(MarkShape::Measured), "measured: median and middle half".to_owned()),
        (SignKind::Mark(MarkShape::Best), "fastest".to_owned()),
    ];
    let frame = Frame::new(width_px, &legend);
    let longest_ms = sweep.sizes.iter().map(|size| size.makespan_ms.high).fold(0.0, f64::max) * 1.1;
    let (bottom_px, top_px) = frame.y_px();
    let y_axis = Axis { from: 0.0, to: longest_ms, px: (bottom_px, top_px), is_log: false };
    let y_ticks: Vec<_> = ticks(&Scale::fit(0.0, longest_ms, 0.0, bottom_px - top_px), resolution_ms)
        .into_iter()
        .map(|tick| AxisTick { at_px: bottom_px - tick.x_px, label: tick.label })
        .collect();
    let plot = frame.plot(&y_ticks);
    let of = |index: usize| sweep.sizes.get(index).map_or(1.0, |size| f64::from(size.size));
    let (first, last) = (of(0), of(sweep.sizes.len().saturating_sub(1)));
    // A single size stands in the middle.
    let ends = if first < last { (first, last) } else { (first / 2.0, first * 2.0) };
    let x_axis = Frame::x_axis(plot, ends, true);
    let mark = |(index, size): (usize, &Size)| CurveMark {
        at: (x_axis.px(f64::from(size.size)), y_axis.px(size.makespan_ms.median)),
        whisker_px: (size.runs > 1).then(|| (y_axis.px(size.makespan_ms.high), y_axis.px(size.makespan_ms.low))),
        shape: if index == sweep.best { MarkShape::Best } else { MarkShape::Measured },
        setting: size.size,
        label: None,
        words: size_words(size, resolution_ms),
    };
    let mut marks: Vec<_> = sweep.sizes.iter().enumerate().map(mark).collect();
    let line = CurveLine { kind: LineKind::Medians, points: marks.iter().map(|mark| mark.at).collect() };
    let mut room = Room::new(plot, frame.metrics);
    room.take_line(&line.points);
    marks.iter().for_each(|mark| room.take(body(mark)));
    // The fastest first: it is what a reader looks for.
    let mut order: Vec<_> = (0..marks.len()).collect();
    order.sort_by_key(|index| *index != sweep.best);
    for index in order {
        let text = words::duration(sweep.sizes[index].makespan_ms.median, resolution_ms);
        marks[index].label = room.label(&text, &places(&marks[index]));
    }
    let x_ticks = measured_ticks(&x_axis, &marks, &frame.metrics);
    frame.curve(plot, [x_ticks, y_ticks], ["elements of a chunk", "makespan"], vec![line], marks)
}

/// A rule at each size that was measured, with a label where the one before leaves room.
fn measured_ticks(axis: &Axis, marks: &[CurveMark], metrics: &Metrics) -> Vec<AxisTick> {
    let mut free_px = f64::NEG_INFINITY;
    let tick = |mark: &CurveMark| {
        let (at_px, label) = (axis.px(f64::from(mark.setting)), grouped(u64::from(mark.setting)));
        let half_px = metrics.text_width(&label) / 2.0;
        if at_px - half_px < free_px {
            return AxisTick { at_px, label: String::new() };
        }
        free_px = at_px + half_px + 8.0;
        AxisTick { at_px, label }
    };
    marks.iter().map(tick).collect()
}

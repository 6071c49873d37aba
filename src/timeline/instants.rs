//! The rows of what has a time and no task's row: counters, and instants such as a request's leaving. It knows the layout's
//! sizes and no canvas.

use crate::plan::catalogue::grouped;
use crate::trace::Mark;

use super::layout::Place;
use super::{CounterRow, LayoutOptions, MarkSign, Rect};

/// Signs stand at least so far apart, CSS px.
const SIGN_PX: f64 = 9.0;
/// So many instants under one sign are looked at for the most important; more would cost more than they tell.
const MOST_LOOKED_AT: usize = 64;

/// The signs of the instants; those that would overlap share one, which shows trouble if there is any.
pub(super) fn marks(place: &Place) -> Vec<MarkSign> {
    let LayoutOptions { scale, until_ms, .. } = place.options;
    let Some((y_px, height_px)) = place.stack.marks() else { return Vec::new() };
    let y_px = place.y(y_px);
    if !place.shows(y_px, height_px) {
        return Vec::new();
    }
    let instants = &place.chart.instants;
    let end_ms = scale.end_ms().min(until_ms);
    let mut index = instants.partition_point(|mark| mark.at_ms < scale.start_ms);
    let mut signs = Vec::new();
    while let Some(mark) = instants.get(index).filter(|mark| mark.at_ms <= end_ms) {
        let shared_ms = mark.at_ms + scale.duration_of(SIGN_PX);
        let end = instants.partition_point(|mark| mark.at_ms < shared_ms && mark.at_ms <= end_ms).max(index + 1);
        let shared = &instants[index..end];
        let trouble = |mark: &&Mark| mark.kind.trouble().is_some();
        let kind = shared.iter().take(MOST_LOOKED_AT).find(trouble).unwrap_or(mark).kind;
        let x_px = scale.x_from_time(mark.at_ms);
        signs.push(MarkSign { x_px, y_px: y_px + height_px / 2.0, kind, is_many: shared.len() > 1 });
        index = end;
    }
    signs
}

/// The counters, each as areas below its steps.
pub(super) fn counters(place: &Place) -> Vec<CounterRow> {
    let LayoutOptions { scale, until_ms, .. } = place.options;
    let (trace, height_px) = (place.chart.trace(), place.stack.counter_px);
    let right_px = scale.x_from_time(until_ms.min(trace.end_ms())).min(scale.right_px());
    let mut rows = Vec::new();
    for (index, (counter, steps)) in trace.counters().iter().zip(&place.chart.counters).enumerate() {
        let y_px = place.y(place.stack.counter_y(index));
        if !place.shows(y_px, height_px) {
            continue;
        }
        let rect = Rect { x_px: scale.left_px, y_px, width_px: scale.width_px, height_px };
        let px_per_unit = if steps.highest > 0.0 { height_px / steps.highest } else { 0.0 };
        let columns = steps.columns(counter, &scale, until_ms);
        let mut areas = Vec::new();
        let mut add = |left_px: f64, right_px: f64, value: f64| {
            let tall_px = value.max(0.0) * px_per_unit;
            if tall_px > 0.0 && right_px > left_px {
                let y_px = y_px + height_px - tall_px;
                areas.push(Rect { x_px: left_px, y_px, width_px: right_px - left_px, height_px: tall_px });
            }
        };
        for (at, step) in columns.iter().enumerate() {
            let end_px = columns.get(at + 1).map_or(right_px, |next| next.x_px);
            let spike_px = if step.most > step.last { 1.0 } else { 0.0 };
            add(step.x_px, step.x_px + spike_px, step.most);
            add(step.x_px + spike_px, end_px, step.last);
        }
        rows.push(CounterRow { rect, areas, most: grouped(steps.highest.max(0.0).round() as u64) });
    }
    rows
}

//! The row that shows when the page drew: a stroke for each frame, and a band wherever none was drawn for too long. It knows
//! the trace's heartbeat lane and the layout's sizes, and no other row.

use crate::trace::{LaneKind, MarkKind, Trace, stats};

use super::{Freeze, Heartbeat, LayoutOptions, Rect, words};

/// A page that draws nothing for longer than this (ms) is called frozen: up to a tenth of a second a person takes what a machine does
/// for immediate (R. B. Miller, “Response time in man-computer conversational transactions”, 1968).
pub(super) const FROZEN_MS: f64 = 100.0;

/// Lays out the heartbeat of `trace` in a row whose upper edge is at `y_px`; `None` if frames were not watched.
pub(super) fn heartbeat(trace: &Trace, y_px: f64, options: &LayoutOptions) -> Option<Heartbeat> {
    let height_px = options.metrics.heartbeat_px;
    let lane = trace.lanes().iter().find(|lane| lane.kind() == LaneKind::Heartbeat)?;
    let marks = lane.marks();
    let from = marks.partition_point(|mark| mark.at_ms < options.scale.start_ms);
    let end_ms = options.scale.end_ms().min(options.until_ms);
    let drawn =
        marks[from..].iter().take_while(|mark| mark.at_ms <= end_ms).filter(|mark| mark.kind == MarkKind::Frame);
    let mut frames_px: Vec<f64> = drawn.map(|mark| options.scale.x_from_time(mark.at_ms)).collect();
    frames_px.dedup_by_key(|x_px| x_px.floor());

    let gaps = stats::frame_gaps(trace)?.map(|(from_ms, to_ms)| (from_ms, to_ms.min(options.until_ms)));
    let frozen = gaps.filter(|(from_ms, to_ms)| to_ms - from_ms > FROZEN_MS);
    let freezes = frozen.filter_map(|gap| freeze(gap, trace.provenance().clock_resolution_ms, y_px, options)).collect();
    Some(Heartbeat { y_px, height_px, frames_px, freezes })
}

fn freeze((from_ms, to_ms): (f64, f64), resolution_ms: f64, y_px: f64, options: &LayoutOptions) -> Option<Freeze> {
    let LayoutOptions { scale, metrics, .. } = options;
    let left_px = scale.x_from_time(from_ms).max(scale.left_px);
    let right_px = scale.x_from_time(to_ms).min(scale.right_px());
    if right_px <= left_px {
        return None;
    }
    let rect = Rect { x_px: left_px, y_px, width_px: right_px - left_px, height_px: metrics.heartbeat_px };
    let long = format!("frozen {}", words::freeze(to_ms - from_ms, resolution_ms));
    let short = words::freeze(to_ms - from_ms, resolution_ms);
    let label = [long, short].into_iter().find(|text| metrics.text_width(text) + 16.0 <= rect.width_px);
    Some(Freeze { rect, label })
}

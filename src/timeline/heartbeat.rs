//! The row that shows when the page drew: a stroke for each frame, and a band wherever none was drawn for too long. It knows
//! the trace's heartbeat lane and the layout's sizes, and no other row.

use crate::trace::{LaneKind, MarkKind, Trace, stats};

use super::{Heartbeat, Hold, LayoutOptions, Rect, words};

/// A page that draws nothing for longer than this (ms) is called frozen: up to a tenth of a second a person takes what a machine does
/// for immediate (R. B. Miller, “Response time in man-computer conversational transactions”, 1968).
pub(super) const FROZEN_MS: f64 = 100.0;

/// Lays out the heartbeat of `trace` in a row whose upper edge is at `y_px`; `None` if frames were not watched.
pub(super) fn heartbeat(trace: &Trace, y_px: f64, options: &LayoutOptions) -> Option<Heartbeat> {
    let height_px = options.metrics.heartbeat_px;
    let lane = trace.lanes().iter().find(|lane| lane.kind() == LaneKind::Heartbeat)?;
    let drawn = lane.marks().iter().filter(|mark| mark.kind == MarkKind::Frame && mark.at_ms <= options.until_ms);
    let in_plot = |x_px: &f64| *x_px >= options.scale.left_px && *x_px <= options.scale.right_px();
    let mut frames_px: Vec<f64> = drawn.map(|mark| options.scale.x_from_time(mark.at_ms)).filter(in_plot).collect();
    frames_px.dedup_by_key(|x_px| x_px.floor());

    let gaps = stats::frame_gaps(trace)?.map(|(from_ms, to_ms)| (from_ms, to_ms.min(options.until_ms)));
    let frozen = gaps.filter(|(from_ms, to_ms)| to_ms - from_ms > FROZEN_MS);
    let holds = frozen.filter_map(|gap| hold(gap, trace.provenance().clock_resolution_ms, y_px, options)).collect();
    Some(Heartbeat { y_px, height_px, frames_px, holds })
}

fn hold((from_ms, to_ms): (f64, f64), resolution_ms: f64, y_px: f64, options: &LayoutOptions) -> Option<Hold> {
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
    Some(Hold { rect, label })
}

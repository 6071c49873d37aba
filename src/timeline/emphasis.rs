//! What stands out from a picture because somebody asked for it: the selected slice with its arrows, a stretch of time, the
//! critical path, a prediction. It decides nothing: whoever handles a chart says what, and here it gets its place.

use crate::trace::{Flow, LaneId, SliceId};

use super::layout::Place;
use super::{Arrow, Emphasised, Point, Rect, RowId};

/// More arrows than this nobody can follow.
const MOST_ARROWS: usize = 300;
/// Stretches of a critical path that would be nearer than this (CSS px) are one.
const JOINED_PX: f64 = 1.0;

/// What is to be emphasised.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Emphasis<'a> {
    /// The selected slice; its arrows are shown.
    pub selected: Option<SliceId>,
    /// The slice under the pointer; its arrows are shown.
    pub hovered: Option<SliceId>,
    /// The selected stretch of time, ms.
    pub range_ms: Option<(f64, f64)>,
    /// Whether to show all arrows, if they are few enough to be followed.
    pub all_arrows: bool,
    /// The critical path, in order of time. See [`crate::trace::critical_path`].
    pub critical: &'a [SliceId],
    /// What a learner predicted.
    pub predicted: &'a [PredictedBar],
    /// When the learner predicted the end, ms.
    pub predicted_end_ms: Option<f64>,
}

/// A stretch of a task as somebody predicted it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredictedBar {
    /// Whose row it lies in.
    pub row: RowId,
    /// Its start, ms.
    pub start_ms: f64,
    /// Its end, ms.
    pub end_ms: f64,
}

pub(super) fn emphasis(place: &Place) -> Emphasised {
    let wanted = &place.options.emphasis;
    let scale = &place.options.scale;
    let in_plot = |x_px: f64| x_px >= scale.left_px - 0.5 && x_px <= scale.right_px() + 0.5;
    let rect = |id: Option<SliceId>| id.and_then(|id| slice_rect(place, id));
    let range_px = wanted.range_ms.map(|(from_ms, to_ms)| {
        let x_px = |at_ms: f64| scale.x_from_time(at_ms).clamp(scale.left_px, scale.right_px());
        (x_px(from_ms.min(to_ms)), x_px(from_ms.max(to_ms)))
    });
    let mut critical: Vec<Rect> = Vec::new();
    let mut critical_links: Vec<(Point, Point)> = Vec::new();
    for area in wanted.critical.iter().filter_map(|id| slice_rect(place, *id)) {
        match critical.last_mut().filter(|last| last.y_px == area.y_px && area.x_px - right(last) < JOINED_PX) {
            // Many short slices in one row are one stretch.
            Some(last) if area.width_px < 3.0 || last.width_px < 3.0 => {
                last.width_px = last.width_px.max(right(&area) - last.x_px);
            }
            _ => {
                critical_links.extend(critical.last().and_then(|last| link(last, &area)));
                critical.push(area);
            }
        }
    }
    let predicted = wanted.predicted.iter().filter_map(|bar| predicted_rect(place, bar)).collect();
    Emphasised {
        selected: rect(wanted.selected),
        hovered: rect(wanted.hovered),
        range_px: range_px.filter(|(left_px, right_px)| right_px > left_px),
        critical,
        critical_links,
        predicted,
        predicted_end_px: wanted.predicted_end_ms.map(|at_ms| scale.x_from_time(at_ms)).filter(|x_px| in_plot(*x_px)),
    }
}

fn right(rect: &Rect) -> f64 {
    rect.x_px + rect.width_px
}

fn link(from: &Rect, to: &Rect) -> Option<(Point, Point)> {
    let (from_y, to_y) = (from.y_px + from.height_px / 2.0, to.y_px + to.height_px / 2.0);
    (from_y != to_y).then_some(((right(from), from_y), (to.x_px, to_y)))
}

/// Where a stretch of a row lies, at least 1 px wide; `None` if it cannot be seen.
fn row_rect(place: &Place, row: usize, (start_ms, end_ms): (f64, f64), until_ms: f64) -> Option<Rect> {
    let scale = &place.options.scale;
    let until_ms = until_ms.min(scale.end_ms());
    let seen = place.rows().contains(&row) && start_ms <= until_ms && end_ms >= scale.start_ms;
    let left_px = scale.x_from_time(start_ms).max(scale.left_px);
    let width_px = (scale.x_from_time(end_ms.min(until_ms)) - left_px).max(1.0);
    let (y_px, height_px) = (place.y(place.stack.row_y(row)), place.stack.row_px);
    seen.then_some(Rect { x_px: left_px, y_px, width_px, height_px })
}

/// Where a slice lies; `None` if it cannot be seen.
pub(super) fn slice_rect(place: &Place, id: SliceId) -> Option<Rect> {
    let slice = place.chart.trace().slice(id)?;
    row_rect(place, place.chart.row_of(id)?, (slice.start_ms, slice.end_ms), place.options.until_ms)
}

/// All of it, wherever a replay stands: it was there before the run.
fn predicted_rect(place: &Place, bar: &PredictedBar) -> Option<Rect> {
    row_rect(place, place.chart.row_with(bar.row)?, (bar.start_ms, bar.end_ms), f64::INFINITY)
}

/// The arrows of what is selected and under the pointer; or all.
pub(super) fn arrows(place: &Place) -> Vec<Arrow> {
    let (wanted, scale) = (&place.options.emphasis, &place.options.scale);
    let (trace, index) = (place.chart.trace(), &place.chart.arrows);
    let mut flows: Vec<&Flow> = Vec::new();
    for id in [wanted.selected, wanted.hovered.filter(|id| wanted.selected != Some(*id))].into_iter().flatten() {
        let Some(slice) = trace.slice(id) else { continue };
        let (from_ms, to_ms) = (slice.start_ms, slice.end_ms);
        // Of two slices that touch, an arrow leaves the first and arrives at the second.
        let leaves = |flow: &&Flow| trace.slice_at(flow.from.0, flow.from.1, true) == Some(id);
        let arrives = |flow: &&Flow| trace.slice_at(flow.to.0, flow.to.1, false) == Some(id);
        flows.extend(index.leaving(trace.flows(), id.lane, from_ms, to_ms).filter(leaves).take(MOST_ARROWS));
        flows.extend(index.arriving(trace.flows(), id.lane, from_ms, to_ms).filter(arrives).take(MOST_ARROWS));
    }
    if wanted.all_arrows {
        let end_ms = scale.end_ms().min(place.options.until_ms);
        let lanes = || (0..=u16::MAX).map(LaneId).take(trace.lanes().len());
        let leaving = lanes().flat_map(|lane| index.leaving(trace.flows(), lane, scale.start_ms, end_ms));
        let arriving = lanes().flat_map(|lane| index.arriving(trace.flows(), lane, scale.start_ms, end_ms));
        let all: Vec<_> =
            leaving.chain(arriving.filter(|flow| flow.from.1 < scale.start_ms)).take(MOST_ARROWS + 1).collect();
        if all.len() <= MOST_ARROWS {
            flows = all;
        }
    }
    flows.into_iter().filter_map(|flow| arrow(place, flow)).collect()
}

fn arrow(place: &Place, flow: &Flow) -> Option<Arrow> {
    let scale = &place.options.scale;
    if flow.to.1 > place.options.until_ms {
        return None;
    }
    let trace = place.chart.trace();
    let y = |(lane, at_ms): (LaneId, f64), leaving: bool| {
        let id = trace.slice_at(lane, at_ms, leaving);
        let row = match id {
            Some(id) => place.chart.row_of(id),
            // Between two slices, a worker still has a row.
            None => place.chart.row_with(RowId::Lane(lane)),
        }?;
        Some(place.y(place.stack.row_y(row)) + place.stack.row_px / 2.0)
    };
    let (from_y, to_y) = (y(flow.from, true)?, y(flow.to, false)?);
    let in_plot = |x_px: f64| x_px.clamp(scale.left_px, scale.right_px());
    let (from_x, to_x) = (in_plot(scale.x_from_time(flow.from.1)), in_plot(scale.x_from_time(flow.to.1)));
    let outside = |y_px: f64| y_px < place.top_px || y_px > place.bottom_px;
    if outside(from_y) && outside(to_y) {
        return None;
    }
    let half_px = place.stack.row_px / 2.0;
    if from_y == to_y {
        // An arrow within a row bows above it.
        let (top_px, lift_px) = (from_y - half_px, from_y - half_px - place.stack.row_px);
        let bend_px = (to_x - from_x) / 4.0;
        let curve = [(from_x, from_y), (from_x + bend_px, lift_px), (to_x - bend_px, lift_px), (to_x, top_px)];
        return Some(Arrow { kind: flow.kind, curve });
    }
    // It leaves and arrives upright, so that it can be told from the rows, and ends where the other row begins.
    let down = (to_y - from_y).signum();
    let end_y = to_y - down * half_px;
    let bend_px = down * ((end_y - from_y).abs() * 0.6).max(half_px);
    let curve = [(from_x, from_y), (from_x, from_y + bend_px), (to_x, end_y - bend_px), (to_x, end_y)];
    Some(Arrow { kind: flow.kind, curve })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::timeline::{Chart, Grouping, LayoutOptions, Metrics, Picture, example, layout};
    use crate::trace::{TaskId, critical_path};

    fn laid_out(grouping: Grouping, emphasis: Emphasis) -> Picture {
        let chart = Chart::new(Rc::new(example::hand_over()), grouping);
        let metrics = Metrics::for_width(600.0);
        let scale = metrics.scale(0.0, chart.makespan_ms(), 600.0);
        layout(&chart, &LayoutOptions { emphasis, ..LayoutOptions::new(scale, metrics) })
    }

    #[test]
    fn arrows_are_shown_of_what_is_selected_or_all() {
        let selected = |lane, index| Some(SliceId { lane: LaneId(lane), index });
        for grouping in [Grouping::ByTask, Grouping::ByWorker] {
            let arrows = |emphasis| laid_out(grouping, emphasis).arrows;
            assert_eq!(arrows(Emphasis::default()), []);
            let of_first = arrows(Emphasis { selected: selected(0, 1), ..Emphasis::default() });
            assert_eq!(of_first.len(), 1, "the lock is handed to the second");
            assert!(of_first[0].curve[3].1 > of_first[0].curve[0].1, "downwards");
            assert_eq!(
                arrows(Emphasis { selected: selected(1, 2), ..Emphasis::default() }).len(),
                2,
                "from the first, to the third"
            );
            assert_eq!(arrows(Emphasis { hovered: selected(0, 0), ..Emphasis::default() }).len(), 0);
            assert_eq!(arrows(Emphasis { all_arrows: true, ..Emphasis::default() }).len(), 2);
        }
    }

    #[test]
    fn the_critical_path_and_a_prediction_lie_where_their_slices_do() {
        let path = critical_path(&example::hand_over());
        let picture = laid_out(Grouping::ByTask, Emphasis { critical: &path, ..Emphasis::default() });
        assert_eq!((picture.emphasis.critical.len(), picture.emphasis.critical_links.len()), (path.len(), 2));
        let bar = PredictedBar { row: RowId::Task(TaskId(1)), start_ms: 0.0, end_ms: 115.0 };
        let wanted = Emphasis { predicted: &[bar], predicted_end_ms: Some(115.0), ..Emphasis::default() };
        let emphasis = laid_out(Grouping::ByTask, wanted).emphasis;
        assert_eq!((emphasis.predicted[0].x_px, emphasis.predicted[0].width_px), (96.0, 240.0));
        assert_eq!(emphasis.predicted_end_px, Some(336.0));
        assert_eq!(laid_out(Grouping::ByWorker, wanted).emphasis.predicted, [], "a task has no row there");
        let replayed = |until_ms| {
            let chart = Chart::new(Rc::new(example::hand_over()), Grouping::ByTask);
            let metrics = Metrics::for_width(600.0);
            let options = LayoutOptions::new(metrics.scale(0.0, chart.makespan_ms(), 600.0), metrics);
            layout(&chart, &LayoutOptions { emphasis: wanted, until_ms, ..options }).emphasis
        };
        assert_eq!(replayed(10.0).predicted, emphasis.predicted, "a replay does not cut it");
    }
}

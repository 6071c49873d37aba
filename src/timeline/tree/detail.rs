//! Level of detail: what of a row can be seen at a scale. What is wide enough is a bar of its own; anything narrower goes into
//! the row's columns, one look per pixel, where the longest slice stands for all that share it. So a row costs its pixels and
//! not its slices. It knows spans and a scale, and no trace.

use crate::look_at::{Narrow, Seen, Window, look_at};
use crate::scale::{greater, smaller};
use crate::{Scale, Span, Tree};

/// The look of a column in which nothing is.
pub const NOTHING: u8 = 0;
/// The bit of a look that says that a column is the edge of a span.
pub const EDGE: u8 = 1;

/// What is looked through: which time, how finely.
#[derive(Clone, Copy, Debug)]
pub struct Lens {
    /// Time ↔ x.
    pub scale: Scale,
    /// Nothing after this time (ms) is seen.
    pub until_ms: f64,
    /// What is narrower than this (CSS px) goes into the columns.
    pub narrow_px: f64,
    /// Width of a column, CSS px.
    pub column_px: f64,
    /// Until when (ms) time without a span counts as idle; 0 for never.
    pub idle_until_ms: f64,
}

/// What is seen of a row. Places in CSS px from the canvas' left edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    /// Index of a span, its left and its right edge.
    pub bars: Vec<(usize, f64, f64)>,
    /// The look of each column from the plot's left edge on; empty if nothing is narrow.
    pub columns: Vec<u8>,
    /// Left and right edge of each stretch of idle time.
    pub idle: Vec<(f64, f64)>,
}

/// What can be seen through `lens` of the spans of a `tree`; `spans` gives those that it was made of, by their index.
pub fn detail(tree: &Tree, spans: &dyn Fn(usize) -> Span, lens: &Lens) -> Detail {
    let Lens { scale, until_ms, narrow_px, column_px, idle_until_ms } = *lens;
    let to_ms = scale.end_ms().min(until_ms);
    if to_ms < scale.start_ms {
        return Detail::default();
    }
    let to_px = scale.x_from_time(to_ms);
    let idle_px = narrow_px.max(IDLE_PX);
    let idle_end_px = scale.x_from_time(idle_until_ms).min(to_px);
    // Nothing is known to be idle before the run begins.
    let mut busy_px = scale.x_from_time(0.0).max(scale.left_px);
    let mut detail = Detail::default();
    let mut columns = Columns { scale, per_px: 1.0 / column_px, next: 0, from: 0, widest_px: 0.0 };
    let window = Window { scale, to_ms, wide_px: narrow_px.max(column_px), column_px };
    look_at(tree, spans, &window, |seen| {
        let (left_px, right_px) = match seen {
            Seen::Wide(_, span) => (scale.x_from_time(span.start_ms), scale.x_from_time(span.end_ms)),
            Seen::Narrow(narrow) => (narrow.left_px, narrow.busy_px),
        };
        if left_px > to_px {
            return;
        }
        let (left_px, right_px) = (greater(left_px, scale.left_px), smaller(right_px, to_px));
        if left_px - busy_px >= idle_px && busy_px < idle_end_px {
            detail.idle.push((busy_px, left_px.min(idle_end_px)));
        }
        busy_px = greater(busy_px, right_px);
        let width_px = right_px - left_px;
        let looks = &mut detail.columns;
        match seen {
            Seen::Wide(index, _) if width_px >= narrow_px => detail.bars.push((index, left_px, right_px)),
            // Cut by the plot's edge, or by the time until which is drawn.
            Seen::Wide(_, span) => {
                let column = ((left_px - scale.left_px) / column_px) as u32;
                columns.put(looks, column, right_px, width_px, span.look);
            }
            Seen::Narrow(narrow) => {
                let Narrow { column, right_px, .. } = narrow;
                columns.put(looks, column, smaller(right_px, to_px), narrow.widest_px(&scale), narrow.look());
            }
        }
    });
    if idle_end_px - busy_px >= idle_px {
        detail.idle.push((busy_px, idle_end_px));
    }
    detail
}

/// Less idle time than this (CSS px) is not worth a shade.
const IDLE_PX: f64 = 3.0;

/// Fills a row's columns from left to right.
struct Columns {
    scale: Scale,
    per_px: f64,
    /// The first that is not taken.
    next: usize,
    /// Where the columns of the span before it begin, and how wide that span is, CSS px.
    from: usize,
    widest_px: f64,
}

impl Columns {
    #[inline]
    fn put(&mut self, looks: &mut Vec<u8>, column: u32, right_px: f64, widest_px: f64, look: u8) {
        if looks.is_empty() {
            looks.resize((self.scale.width_px * self.per_px).ceil().max(1.0) as usize, NOTHING);
        }
        let first = (column as usize).min(looks.len() - 1);
        // Rounded; `round` would be a call on most machines.
        let end = (((right_px - self.scale.left_px) * self.per_px + 0.5) as usize).clamp(first + 1, looks.len());
        // Of two that share a column the wider has it, unless the other is as wide as a column and has no more than this.
        let is_its_last = first <= self.from && self.widest_px * self.per_px >= 1.0;
        let is_kept = widest_px <= self.widest_px || is_its_last;
        let from = if first < self.next && is_kept { self.next } else { first };
        if from >= end {
            return;
        }
        (self.from, self.next, self.widest_px) = (from, end, widest_px);
        if end - from == 1 {
            looks[from] = look | EDGE;
            return;
        }
        // Without room for an area between its edges, all of it is edge. A loop, since `fill` would be a call for a pixel or two.
        let inside = if end - first < 3 { look | EDGE } else { look };
        for column in &mut looks[from..end] {
            *column = inside;
        }
        (looks[from], looks[end - 1]) = (look | EDGE, look | EDGE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Builder;
    use proptest::prelude::*;

    fn tree(spans: &[Span]) -> Tree {
        let mut builder = Builder::with_capacity(spans.len());
        spans.iter().for_each(|span| builder.push(*span));
        builder.build()
    }

    /// A row with its tree.
    fn seen(spans: &[Span], scale: &Scale, until_ms: f64, narrow_px: f64) -> Detail {
        let lens = Lens { scale: *scale, until_ms, narrow_px, column_px: 1.0, idle_until_ms: f64::INFINITY };
        detail(&tree(spans), &|index| spans[index], &lens)
    }

    /// A span with one of several looks.
    fn span(start_ms: f64, end_ms: f64, number: u8) -> Span {
        Span { start_ms, end_ms, look: 2 * (number + 1) }
    }

    /// Spans one after another: gaps and lengths in ms, many of them far below a pixel, some of none.
    fn spans() -> impl Strategy<Value = Vec<Span>> {
        let length = || prop_oneof![Just(0.0), 0.0..0.01, 0.0..1.0, 0.0..100.0];
        prop::collection::vec((length(), length(), 0..8_u8), 0..300).prop_map(|stretches| {
            let mut at_ms = 0.0;
            let next = |(gap, length, number)| {
                let start_ms = at_ms + gap;
                at_ms = start_ms + length;
                span(start_ms, at_ms, number)
            };
            stretches.into_iter().map(next).collect()
        })
    }

    /// Stretches of columns in which something is seen: from, to (CSS px).
    fn columns(detail: &Detail, scale: &Scale) -> Vec<(f64, f64, u8)> {
        let taken = detail.columns.iter().enumerate().filter(|(_, look)| **look != NOTHING);
        taken.map(|(x, look)| (scale.left_px + x as f64, scale.left_px + x as f64 + 1.0, *look)).collect()
    }

    proptest! {
        #[test]
        fn nothing_outlies_its_pixels_by_more_than_one(
            spans in spans(), start in 0.0..500.0, end in 1.0..3_000.0, until in 0.0..3_000.0, narrow in 3.0..9.0
        ) {
            let scale = Scale::fit(start, start + end, 80.0, 400.0);
            let detail = seen(&spans, &scale, until, narrow);
            for (index, left, right) in &detail.bars {
                prop_assert!(right - left >= narrow);
                prop_assert!(*left >= scale.x_from_time(spans[*index].start_ms) - 1e-6);
                prop_assert!(*right <= scale.x_from_time(spans[*index].end_ms.min(until)) + 1e-6);
            }
            let places: Vec<_> =
                spans.iter().map(|s| (scale.x_from_time(s.start_ms), scale.x_from_time(s.end_ms), s.look)).collect();
            for (left, right, look) in columns(&detail, &scale) {
                let of_one = |place: &&(f64, f64, u8)| place.2 | EDGE == look | EDGE && place.0 < right + 1.0 && place.1 > left - 1.0;
                prop_assert!(places.iter().any(|place| of_one(&place)), "a column at {left} of no slice");
                prop_assert!(left <= scale.x_from_time(until) + 1.0);
            }
        }

        #[test]
        fn nothing_longer_than_a_pixel_is_lost(spans in spans(), end in 1.0..3_000.0) {
            let scale = Scale::fit(0.0, end, 80.0, 400.0);
            let detail = seen(&spans, &scale, f64::INFINITY, 3.0);
            let columns = columns(&detail, &scale);
            for (index, span) in spans.iter().enumerate().filter(|(_, s)| s.end_ms <= end) {
                let (left, right) = (scale.x_from_time(span.start_ms), scale.x_from_time(span.end_ms));
                let bar = detail.bars.iter().any(|bar| bar.0 == index);
                prop_assert!(bar || right - left < 3.001);
                if right - left >= 1.001 && !bar {
                    let own = |(from, to, look): &(f64, f64, u8)| *look == span.look | EDGE && *from < right && *to > left;
                    prop_assert!(columns.iter().any(own), "{left}…{right} is lost");
                }
            }
        }

        #[test]
        fn a_row_costs_its_pixels(spans in spans(), end in 1.0..3_000.0) {
            let scale = Scale::fit(0.0, end, 80.0, 40.0);
            let detail = seen(&spans, &scale, f64::INFINITY, 3.0);
            prop_assert!(detail.columns.len() <= 40);
            prop_assert!(detail.bars.len() <= 40 / 3 + 1, "{} bars on 40 px", detail.bars.len());
            prop_assert!(detail.idle.len() <= 40 / 3 + 1);
        }

        #[test]
        fn the_tree_and_a_look_at_every_span_agree_when_zoomed_in(spans in spans(), at in 0..300_usize) {
            let Some(middle) = spans.get(at).map(|span| span.start_ms) else { return Ok(()) };
            // At 1 µs a pixel no two of these spans share one, or hardly.
            let scale = Scale::fit(middle - 0.2, middle + 0.2, 0.0, 400.0);
            let lens = Lens { scale, until_ms: f64::INFINITY, narrow_px: 3.0, column_px: 1.0, idle_until_ms: f64::INFINITY };
            let aggregated = detail(&tree(&spans), &|index| spans[index], &lens);
            let wide = |(index, span): (usize, &Span)| {
                let left = scale.x_from_time(span.start_ms).max(scale.left_px);
                let right = scale.x_from_time(span.end_ms).min(scale.right_px());
                (right - left >= 3.0).then_some((index, left, right))
            };
            prop_assert_eq!(aggregated.bars, spans.iter().enumerate().filter_map(wide).collect::<Vec<_>>());
        }

        #[test]
        fn zoomed_in_every_slice_is_seen_where_it_is(spans in spans()) {
            for (index, exact) in spans.iter().enumerate().filter(|(_, span)| span.end_ms - span.start_ms > 1e-3) {
                let scale = Scale::fit(exact.start_ms, exact.end_ms, 0.0, 400.0);
                let detail = seen(&spans, &scale, f64::INFINITY, 3.0);
                let found = detail.bars.iter().any(|(bar, left, right)| *bar == index && *left == 0.0 && (right - 400.0).abs() < 0.1);
                prop_assert!(found);
            }
        }

        #[test]
        fn a_tree_is_small(len in 0..5_000_usize) {
            let tree = tree(&(0..len).map(|index| span(index as f64, index as f64 + 1.0, 0)).collect::<Vec<_>>());
            prop_assert!(tree.bytes() <= 14 * len + 100);
        }

        #[test]
        fn what_overlaps_is_seen_too(starts in prop::collection::vec((0.0..100.0, 0.0..50.0), 1..100)) {
            let mut spans: Vec<_> = starts.into_iter().map(|(start, length)| span(start, start + length, 0)).collect();
            spans.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
            let scale = Scale::fit(40.0, 60.0, 0.0, 1_000.0);
            let bars = seen(&spans, &scale, f64::INFINITY, 3.0).bars;
            let wide = |span: &Span| span.end_ms.min(60.0) - span.start_ms.max(40.0) >= 0.0601;
            prop_assert!(spans.iter().enumerate().filter(|(_, span)| wide(span)).all(|(index, _)| bars.iter().any(|bar| bar.0 == index)));
        }
    }

    #[test]
    fn the_longest_slice_stands_for_its_column() {
        let spans = [span(0.0, 0.1, 0), span(0.1, 0.4, 1), span(0.4, 0.6, 2), span(0.6, 5.0, 3)];
        let scale = Scale::fit(0.0, 100.0, 0.0, 100.0);
        let detail = seen(&spans, &scale, 100.0, 3.0);
        assert_eq!(detail.bars, [(3, 0.6, 5.0)]);
        assert_eq!(columns(&detail, &scale), [(0.0, 1.0, spans[1].look | EDGE)]);
        assert_eq!(detail.idle, [(5.0, 100.0)]);
    }

    #[test]
    fn a_slice_longer_than_a_pixel_keeps_its_last_column_between_two_wider_ones() {
        let spans = [span(0.0, 2.6, 0), span(2.6, 3.7, 1), span(3.7, 6.4, 2)];
        let looks = seen(&spans, &Scale::fit(0.0, 8.0, 0.0, 8.0), 8.0, 3.0).columns;
        let [a, b, c] = spans.map(|span| span.look);
        assert_eq!(looks, [a | EDGE, a, a | EDGE, b | EDGE, c | EDGE, c | EDGE, NOTHING, NOTHING]);
    }

    #[test]
    fn what_is_drawn_ends_where_the_replay_stands() {
        let scale = Scale::fit(0.0, 100.0, 0.0, 100.0);
        let detail = seen(&[span(0.0, 50.0, 0), span(60.0, 90.0, 1)], &scale, 20.0, 3.0);
        assert_eq!((detail.bars, detail.columns, detail.idle), (vec![(0, 0.0, 20.0)], vec![], vec![]));
    }

    #[test]
    fn a_narrow_slice_has_edges_once_there_is_room() {
        let scale = Scale::fit(0.0, 10.0, 0.0, 10.0);
        let spans = [span(1.0, 3.0, 0), span(4.0, 8.0, 1)];
        let looks = seen(&spans, &scale, 10.0, 9.0).columns;
        let (a, b) = (spans[0].look, spans[1].look);
        let none = NOTHING;
        assert_eq!(looks, [none, a | EDGE, a | EDGE, none, b | EDGE, b, b, b | EDGE, none, none]);
    }
}

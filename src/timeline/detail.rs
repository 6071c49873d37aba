//! Level of detail: what of a row's slices can be seen at a scale. Slices narrower than a pixel share the pixel's column, and
//! the longest of them stands for all, so that a row costs its pixels and not its slices. A simple linear pass; a tree
//! per row can take its place behind the same function.

use crate::trace::Slice;

use super::Scale;

/// Calls `see` with what can be seen of `slices` (sorted by start) between the plot's edges and before `until_ms`, in order:
/// the slice, and its left and right edge on the canvas in CSS px, at least 1 px apart.
pub(super) fn visible<'a>(slices: &'a [Slice], scale: &Scale, until_ms: f64, mut see: impl FnMut(&'a Slice, f64, f64)) {
    let from_ms = scale.start_ms;
    let mut column: Option<(f64, &Slice)> = None;
    for slice in slices.iter().take_while(|slice| slice.start_ms <= until_ms) {
        if slice.end_ms < from_ms || slice.start_ms > scale.end_ms() {
            continue;
        }
        let left_px = scale.x_from_time(slice.start_ms).max(scale.left_px);
        let right_px = scale.x_from_time(slice.end_ms.min(until_ms)).min(scale.right_px());
        if right_px - left_px >= 1.0 {
            flush(&mut column, &mut see);
            see(slice, left_px, right_px);
            continue;
        }
        let at_px = left_px.floor();
        match &mut column {
            Some((x_px, longest)) if *x_px == at_px => {
                if slice.duration_ms() > longest.duration_ms() {
                    *longest = slice;
                }
            }
            _ => {
                flush(&mut column, &mut see);
                column = Some((at_px, slice));
            }
        }
    }
    flush(&mut column, &mut see);
}

fn flush<'a>(column: &mut Option<(f64, &'a Slice)>, see: &mut impl FnMut(&'a Slice, f64, f64)) {
    if let Some((x_px, slice)) = column.take() {
        see(slice, x_px, x_px + 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{State, TaskId};
    use proptest::prelude::*;

    fn seen(slices: &[Slice], scale: &Scale, until_ms: f64) -> Vec<(Slice, f64, f64)> {
        let mut seen = Vec::new();
        visible(slices, scale, until_ms, |slice, left, right| seen.push((*slice, left, right)));
        seen
    }

    fn slice(start_ms: f64, end_ms: f64) -> Slice {
        Slice::new(Some(TaskId(0)), State::Running, start_ms, end_ms)
    }

    /// Slices one after another: gaps and lengths in ms, many of them far below a pixel.
    fn slices() -> impl Strategy<Value = Vec<Slice>> {
        let length = prop_oneof![0.0..0.01, 0.0..1.0, 0.0..100.0];
        prop::collection::vec((length.clone(), length), 0..200).prop_map(|stretches| {
            let mut at_ms = 0.0;
            let next = |(gap, length): (f64, f64)| {
                let start_ms = at_ms + gap;
                at_ms = start_ms + length;
                slice(start_ms, at_ms)
            };
            stretches.into_iter().map(next).collect()
        })
    }

    proptest! {
        #[test]
        fn nothing_outlies_its_pixels_by_more_than_one(slices in slices(), end in 1.0..3_000.0, until in 0.0..3_000.0) {
            let scale = Scale::fit(0.0, end, 80.0, 400.0);
            for (slice, left, right) in seen(&slices, &scale, until) {
                prop_assert!(right - left >= 1.0);
                prop_assert!(left >= scale.x_from_time(slice.start_ms).floor());
                prop_assert!(right <= scale.x_from_time(slice.end_ms.min(until)) + 1.0);
            }
        }

        #[test]
        fn nothing_longer_than_a_pixel_is_lost(slices in slices(), end in 1.0..3_000.0) {
            let scale = Scale::fit(0.0, end, 80.0, 400.0);
            let seen = seen(&slices, &scale, f64::INFINITY);
            for slice in slices.iter().filter(|s| s.end_ms <= end && s.duration_ms() * scale.px_per_ms >= 1.001) {
                prop_assert!(seen.iter().any(|(seen, ..)| seen == slice));
            }
        }

        #[test]
        fn a_row_costs_its_pixels(slices in slices(), end in 1.0..3_000.0) {
            let scale = Scale::fit(0.0, end, 80.0, 40.0);
            let seen = seen(&slices, &scale, f64::INFINITY);
            prop_assert!(seen.len() <= 2 * 41 + 1, "{} bars on 40 px", seen.len());
        }

        #[test]
        fn zoomed_in_every_slice_is_seen_where_it_is(slices in slices()) {
            for exact in slices.iter().filter(|slice| slice.duration_ms() > 1e-3) {
                let scale = Scale::fit(exact.start_ms, exact.end_ms, 0.0, 400.0);
                let seen = seen(&slices, &scale, f64::INFINITY);
                prop_assert!(seen.iter().any(|(seen, left, right)| seen == exact && *left == 0.0 && (right - 400.0).abs() < 0.1));
            }
        }
    }

    #[test]
    fn the_longest_slice_stands_for_its_column() {
        let slices = [slice(0.0, 0.1), slice(0.1, 0.4), slice(0.4, 0.6), slice(0.6, 5.0)];
        let scale = Scale::fit(0.0, 100.0, 0.0, 100.0);
        assert_eq!(seen(&slices, &scale, 100.0), [(slice(0.1, 0.4), 0.0, 1.0), (slice(0.6, 5.0), 0.6, 5.0)]);
    }

    #[test]
    fn what_is_drawn_ends_where_the_replay_stands() {
        let scale = Scale::fit(0.0, 100.0, 0.0, 100.0);
        assert_eq!(seen(&[slice(0.0, 50.0), slice(50.0, 90.0)], &scale, 20.0), [(slice(0.0, 50.0), 0.0, 20.0)]);
    }
}

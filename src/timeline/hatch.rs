//! Lines of a hatched area, cut to the area by arithmetic, so that whoever paints needs no clipping and can put the lines of
//! all areas into one path. The lines run on from area to area: neighbours do not look torn. All lengths in CSS px.

use super::Rect;

/// A line from one point to another, (x, y) each.
pub type Line = [(f64, f64); 2];

/// Rising lines (45°) across `area`, `spacing_px` apart along the x axis.
pub fn rising(area: Rect, spacing_px: f64) -> impl Iterator<Item = Line> {
    let Rect { x_px: left, y_px: top, width_px, height_px } = area;
    let (right, bottom) = (left + width_px, top + height_px);
    // On a rising line x + y is the same everywhere.
    numbers(left + top, right + bottom, spacing_px).map(move |sum| {
        let from = if sum - left <= bottom { (left, sum - left) } else { (sum - bottom, bottom) };
        let to = if sum - right >= top { (right, sum - right) } else { (sum - top, top) };
        [from, to]
    })
}

/// Falling lines (45°) across `area`, `spacing_px` apart along the x axis.
pub fn falling(area: Rect, spacing_px: f64) -> impl Iterator<Item = Line> {
    let Rect { x_px: left, y_px: top, width_px, height_px } = area;
    let (right, bottom) = (left + width_px, top + height_px);
    // On a falling line x − y is the same everywhere.
    numbers(left - bottom, right - top, spacing_px).map(move |difference| {
        let from = if left - difference >= top { (left, left - difference) } else { (top + difference, top) };
        let to = if right - difference <= bottom { (right, right - difference) } else { (bottom + difference, bottom) };
        [from, to]
    })
}

/// The multiples of `step` between `low` and `high`.
fn numbers(low: f64, high: f64, step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last).map(move |number| number as f64 * step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_stay_in_their_area_and_slant(x in -50.0..50.0, y in 0.0..50.0, width in 0.1..90.0, height in 0.1..30.0) {
            let area = Rect { x_px: x, y_px: y, width_px: width, height_px: height };
            for (line, slant) in rising(area, 5.0).map(|l| (l, -1.0)).chain(falling(area, 5.0).map(|l| (l, 1.0))) {
                for (at_x, at_y) in line {
                    prop_assert!(at_x >= x - 1e-9 && at_x <= x + width + 1e-9, "{line:?}");
                    prop_assert!(at_y >= y - 1e-9 && at_y <= y + height + 1e-9, "{line:?}");
                }
                let [(x1, y1), (x2, y2)] = line;
                prop_assert!(((y2 - y1) - slant * (x2 - x1)).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_square_has_its_diagonal() {
        let square = Rect { x_px: 0.0, y_px: 0.0, width_px: 8.0, height_px: 8.0 };
        let longest = rising(square, 4.0).find(|[from, to]| from.0 == 0.0 && to.1 == 0.0 && from.1 == 8.0);
        assert_eq!(longest, Some([(0.0, 8.0), (8.0, 0.0)]));
    }
}

//! The mapping between time and the canvas' x. A value made anew for each frame: zooming and panning return another one.
//! It knows neither rows nor pixels' density.

/// Time ↔ x. Times in ms from the start of the run, x in CSS px from the canvas' left edge, gutter included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Time at [`Self::left_px`], ms.
    pub start_ms: f64,
    /// How many CSS px one ms takes; above 0.
    pub px_per_ms: f64,
    /// Where the plot begins, CSS px.
    pub left_px: f64,
    /// How wide the plot is, CSS px.
    pub width_px: f64,
}

impl Scale {
    /// The scale that shows `start_ms`…`end_ms` across a plot from `left_px` on, `width_px` wide. An empty or inverted stretch
    /// of time is shown as one of 1 ms.
    pub fn fit(start_ms: f64, end_ms: f64, left_px: f64, width_px: f64) -> Self {
        let duration_ms = if end_ms > start_ms { end_ms - start_ms } else { 1.0 };
        let width_px = width_px.max(1.0);
        Self { start_ms, px_per_ms: width_px / duration_ms, left_px, width_px }
    }

    /// Where a time (ms) lies, CSS px; it may lie outside of the plot.
    pub fn x_from_time(&self, at_ms: f64) -> f64 {
        self.left_px + (at_ms - self.start_ms) * self.px_per_ms
    }

    /// The time (ms) at `x_px`.
    pub fn time_from_x(&self, x_px: f64) -> f64 {
        self.start_ms + (x_px - self.left_px) / self.px_per_ms
    }

    /// How long `width_px` CSS px are, ms.
    pub fn duration_of(&self, width_px: f64) -> f64 {
        width_px / self.px_per_ms
    }

    /// Time at the plot's right edge, ms.
    pub fn end_ms(&self) -> f64 {
        self.time_from_x(self.right_px())
    }

    /// The plot's right edge, CSS px.
    pub fn right_px(&self) -> f64 {
        self.left_px + self.width_px
    }

    /// `factor` times as large, with the time under `x_px` staying where it is.
    pub fn zoomed(&self, x_px: f64, factor: f64) -> Self {
        let px_per_ms = self.px_per_ms * factor;
        Self { start_ms: self.time_from_x(x_px) - (x_px - self.left_px) / px_per_ms, px_per_ms, ..*self }
    }

    /// Moved so that the picture goes `by_px` CSS px to the right.
    pub fn panned(&self, by_px: f64) -> Self {
        Self { start_ms: self.start_ms - self.duration_of(by_px), ..*self }
    }
}

/// The greater of two numbers. `f64::max` has to bear what is no number, which costs wasm a call.
pub(crate) fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The smaller of two numbers.
pub(crate) fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scales() -> impl Strategy<Value = Scale> {
        (0.0..1e6, 1e-3..1e7, 0.0..200.0, 1.0..4_000.0)
            .prop_map(|(start_ms, ms, left, width)| Scale::fit(start_ms, start_ms + ms, left, width))
    }

    proptest! {
        #[test]
        fn x_to_time_and_back_is_the_same_place(scale in scales(), share in -1.0..2.0) {
            let x = scale.left_px + share * scale.width_px;
            prop_assert!((scale.x_from_time(scale.time_from_x(x)) - x).abs() < 1e-2);
        }

        #[test]
        fn zooming_keeps_the_time_under_the_pointer(scale in scales(), share in 0.0..1.0, factor in 0.1..10.0) {
            let x = scale.left_px + share * scale.width_px;
            let (before, after) = (scale.time_from_x(x), scale.zoomed(x, factor).time_from_x(x));
            prop_assert!((before - after).abs() <= 1e-9 * before.abs().max(1.0));
        }

        #[test]
        fn panning_moves_the_picture_with_the_pointer(scale in scales(), by in -500.0..500.0) {
            let grabbed_ms = scale.time_from_x(scale.left_px + 7.0);
            prop_assert!((scale.panned(by).x_from_time(grabbed_ms) - (scale.left_px + 7.0 + by)).abs() < 1e-2);
        }
    }

    #[test]
    fn fitting_puts_start_and_end_on_the_edges() {
        let scale = Scale::fit(100.0, 300.0, 80.0, 400.0);
        assert_eq!((scale.x_from_time(100.0), scale.x_from_time(300.0), scale.end_ms()), (80.0, 480.0, 300.0));
    }

    #[test]
    fn a_stretch_of_no_length_still_has_a_scale() {
        assert_eq!(Scale::fit(5.0, 5.0, 0.0, 100.0).px_per_ms, 100.0);
    }
}

//! Which stretch of time charts show: zooming and panning within their limits. It knows no chart, so that all charts on one
//! axis can share one.

use super::Scale;

/// The widest that a clock's step may become on the screen, CSS px: nobody sees more by looking closer.
const STEP_PX: f64 = 200.0;

/// A stretch of time, ms; within what was watched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Its start.
    pub start_ms: f64,
    /// Its end.
    pub end_ms: f64,
}

/// What a window is held within.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// End of what can be shown, ms: of the longest run.
    pub end_ms: f64,
    /// Smallest step of the clock, ms.
    pub resolution_ms: f64,
    /// Width of the plot, CSS px.
    pub width_px: f64,
}

impl Limits {
    /// The shortest stretch that is shown, ms.
    fn shortest_ms(&self) -> f64 {
        let all_ms = Window::all(self).end_ms;
        // Beyond a trillionth of the run, numbers of ms are not exact enough for a pixel.
        let exact_ms = all_ms * 1e-12 * self.width_px;
        (self.resolution_ms.max(0.0) * self.width_px / STEP_PX).max(exact_ms).min(all_ms)
    }
}

impl Window {
    /// All of a run.
    pub fn all(limits: &Limits) -> Self {
        Self { start_ms: 0.0, end_ms: if limits.end_ms > 0.0 { limits.end_ms } else { 1.0 } }
    }

    /// How long it is, ms.
    pub fn duration_ms(&self) -> f64 {
        self.end_ms - self.start_ms
    }

    /// Whether it shows all of a run.
    pub fn is_all(&self, limits: &Limits) -> bool {
        *self == Self::all(limits)
    }

    /// The scale that shows it in a plot from `left_px` on, `width_px` wide.
    pub fn scale(&self, left_px: f64, width_px: f64) -> Scale {
        Scale::fit(self.start_ms, self.end_ms, left_px, width_px)
    }

    /// `factor` times as close, with `at_ms` staying where it is.
    #[must_use]
    pub fn zoomed(self, at_ms: f64, factor: f64, limits: &Limits) -> Self {
        if !(factor > 0.0 && factor.is_finite()) {
            return self;
        }
        let all_ms = Self::all(limits).end_ms;
        let at_ms = at_ms.clamp(self.start_ms, self.end_ms.max(self.start_ms));
        let share = if self.duration_ms() > 0.0 { (at_ms - self.start_ms) / self.duration_ms() } else { 0.5 };
        let duration_ms = (self.duration_ms() / factor).clamp(limits.shortest_ms(), all_ms);
        let start_ms = at_ms - share * duration_ms;
        Self { start_ms, end_ms: start_ms + duration_ms }.held(limits)
    }

    /// Moved by so many ms to later times.
    #[must_use]
    pub fn panned(self, by_ms: f64, limits: &Limits) -> Self {
        if !by_ms.is_finite() {
            return self;
        }
        Self { start_ms: self.start_ms + by_ms, end_ms: self.end_ms + by_ms }.held(limits)
    }

    /// The window that shows `from_ms`…`to_ms` with a little room on both sides.
    #[must_use]
    pub fn fitting(from_ms: f64, to_ms: f64, limits: &Limits) -> Self {
        let duration_ms = (to_ms - from_ms).max(0.0);
        let room_ms = (duration_ms * 0.1).max((limits.shortest_ms() - duration_ms) / 2.0);
        Self { start_ms: from_ms - room_ms, end_ms: to_ms + room_ms }.held(limits)
    }

    /// Moved as little as is needed to show `from_ms`…`to_ms`; from its start, if it is longer than the window.
    #[must_use]
    pub fn showing(self, from_ms: f64, to_ms: f64, limits: &Limits) -> Self {
        let room_ms = self.duration_ms() * 0.05;
        if from_ms >= self.start_ms && to_ms <= self.end_ms {
            self
        } else if from_ms < self.start_ms || to_ms - from_ms > self.duration_ms() - 2.0 * room_ms {
            // What lasts all through the window can be seen already.
            if from_ms < self.start_ms && to_ms > self.end_ms {
                self
            } else {
                self.panned(from_ms - room_ms - self.start_ms, limits)
            }
        } else {
            self.panned(to_ms + room_ms - self.end_ms, limits)
        }
    }

    /// The same within the run: never longer than it, never beyond its edges.
    #[must_use]
    pub fn held(self, limits: &Limits) -> Self {
        let all = Self::all(limits);
        let duration_ms = self.duration_ms().min(all.end_ms);
        let start_ms = self.start_ms.min(all.end_ms - duration_ms).max(0.0);
        // In and out again is all of it, whatever was lost in rounding.
        if duration_ms >= all.end_ms * (1.0 - 1e-9) { all } else { Self { start_ms, end_ms: start_ms + duration_ms } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: Limits = Limits { end_ms: 1_000.0, resolution_ms: 0.1, width_px: 400.0 };

    proptest! {
        #[test]
        fn whatever_is_done_the_run_stays_in_view(
            end in prop_oneof![Just(0.0), 0.001..1.0, 1.0..1e6, Just(1e12)],
            moves in prop::collection::vec((0..3_u8, -2e3..2e3, 0.01..100.0), 0..30)
        ) {
            let limits = Limits { end_ms: end, ..LIMITS };
            let all = Window::all(&limits);
            let mut window = all;
            for (what, ms, factor) in moves {
                window = match what {
                    0 => window.zoomed(ms, factor, &limits),
                    1 => window.panned(ms, &limits),
                    _ => Window::fitting(ms.abs() % all.end_ms, ms.abs() % all.end_ms, &limits),
                };
                prop_assert!(window.start_ms >= 0.0 && window.end_ms <= all.end_ms * (1.0 + 1e-9), "{window:?}");
                prop_assert!(window.duration_ms() >= limits.shortest_ms() * 0.999, "{window:?}");
            }
        }

        #[test]
        fn zooming_keeps_what_is_under_the_pointer(share in 0.0..1.0, factor in 1.0..50.0) {
            let window = Window { start_ms: 300.0, end_ms: 700.0 };
            let at_ms = 300.0 + 400.0 * share;
            let zoomed = window.zoomed(at_ms, factor, &LIMITS);
            let place = |window: Window| (at_ms - window.start_ms) / window.duration_ms();
            prop_assert!((place(window) - place(zoomed)).abs() < 1e-9);
        }
    }

    #[test]
    fn nobody_looks_closer_than_the_clock() {
        let closest = Window::all(&LIMITS).zoomed(500.0, 1e9, &LIMITS);
        // 200 px a step of 0.1 ms.
        assert!((closest.duration_ms() - 0.2).abs() < 1e-9);
        assert_eq!(closest.zoomed(500.0, 1e-9, &LIMITS), Window::all(&LIMITS));
        assert_eq!(closest.zoomed(500.0, f64::NAN, &LIMITS), closest);
    }

    #[test]
    fn a_slice_is_brought_into_view_with_as_little_movement_as_can_be() {
        let window = Window { start_ms: 100.0, end_ms: 200.0 };
        let shown = |from, to| (window.showing(from, to, &LIMITS).start_ms, window.showing(from, to, &LIMITS).end_ms);
        assert_eq!(shown(120.0, 150.0), (100.0, 200.0));
        assert_eq!(shown(220.0, 250.0), (155.0, 255.0));
        assert_eq!(shown(20.0, 50.0), (15.0, 115.0));
        assert_eq!(shown(50.0, 400.0), (100.0, 200.0));
        assert_eq!(shown(180.0, 400.0), (175.0, 275.0));
    }
}

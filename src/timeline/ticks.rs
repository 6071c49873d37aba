//! Round times along an axis, in steps of 1, 2 or 5, with one unit for the whole axis. Never finer than the clock: a rule
//! between two steps of the clock would promise what nobody measured.

use super::Scale;

/// Labels stand at least this far apart, CSS px.
const SPACING_PX: f64 = 68.0;

/// A rule of the axis with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// When, ms.
    pub at_ms: f64,
    /// Where, CSS px.
    pub x_px: f64,
    /// “0”, “500 ms”, “1.5 s”.
    pub label: String,
}

/// The ticks within the plot of `scale`, none closer than `resolution_ms`, which is the clock's.
pub fn ticks(scale: &Scale, resolution_ms: f64) -> Vec<Tick> {
    let step = Step::at_least(scale.duration_of(SPACING_PX).max(resolution_ms));
    let step_ms = step.ms();
    let (first, last) = ((scale.start_ms / step_ms).ceil().max(0.0), (scale.end_ms() / step_ms + 1e-9).floor());
    let unit = Unit::of(last * step_ms);
    let tick = |number: f64| {
        let at_ms = number * step_ms;
        Tick { at_ms, x_px: scale.x_from_time(at_ms), label: unit.label(at_ms, step) }
    };
    // At 68 px each, no screen has a thousand of them.
    std::iter::successors(Some(first), |number| Some(number + 1.0))
        .take_while(|n| *n <= last)
        .take(1_000)
        .map(tick)
        // At the end of what a number can hold, there is nothing beyond.
        .take_while(|tick| tick.x_px.is_finite())
        .collect()
}

/// The least of 1, 2 and 5 times a power of ten that is not below `least`, which is above 0.
pub(super) fn round_step(least: f64) -> f64 {
    Step::at_least(least).ms()
}

/// A round stretch of time: `digit` × 10^`decade` ms.
#[derive(Clone, Copy)]
struct Step {
    digit: f64,
    decade: i32,
}

impl Step {
    fn at_least(ms: f64) -> Self {
        let decade = ms.log10().floor() as i32;
        let share = ms / 10_f64.powi(decade);
        match [1.0, 2.0, 5.0].into_iter().find(|digit| *digit >= share - 1e-9) {
            Some(digit) => Self { digit, decade },
            None => Self { digit: 1.0, decade: decade + 1 },
        }
    }

    fn ms(self) -> f64 {
        self.digit * 10_f64.powi(self.decade)
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Microseconds,
    Milliseconds,
    Seconds,
}

impl Unit {
    /// The unit of an axis that ends with a tick at `last_ms`.
    fn of(last_ms: f64) -> Self {
        match last_ms {
            ms if ms >= 1_000.0 => Self::Seconds,
            ms if ms >= 1.0 => Self::Milliseconds,
            _ => Self::Microseconds,
        }
    }

    fn label(self, at_ms: f64, step: Step) -> String {
        let (name, decade) = match self {
            Self::Microseconds => ("µs", -3),
            Self::Milliseconds => ("ms", 0),
            Self::Seconds => ("s", 3),
        };
        if at_ms == 0.0 {
            return "0".to_owned();
        }
        let value = at_ms / 10_f64.powi(decade);
        let decimals = usize::try_from(decade - step.decade).unwrap_or(0);
        let text = format!("{value:.decimals$}");
        let short = if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        format!("{short} {name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use proptest::prelude::*;

    fn labels(start_ms: f64, end_ms: f64, width_px: f64, resolution_ms: f64) -> String {
        let ticks = ticks(&Scale::fit(start_ms, end_ms, 0.0, width_px), resolution_ms);
        ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn an_axis_has_round_steps_and_one_unit() {
        expect!["0 | 0.5 s | 1 s | 1.5 s | 2 s | 2.5 s"].assert_eq(&labels(0.0, 2_810.0, 600.0, 0.1));
        expect!["0 | 100 ms | 200 ms | 300 ms"].assert_eq(&labels(0.0, 318.0, 300.0, 0.1));
        expect!["0 | 1 s"].assert_eq(&labels(0.0, 1_400.0, 120.0, 0.1));
        expect!["0 | 20 µs | 40 µs"].assert_eq(&labels(0.0, 0.05, 200.0, 0.005));
        expect!["2.8 s | 2.801 s | 2.802 s | 2.803 s | 2.804 s"].assert_eq(&labels(2_799.9, 2_804.0, 300.0, 0.1));
    }

    #[test]
    fn an_axis_is_never_finer_than_the_clock() {
        expect!["0 | 1 ms | 2 ms"].assert_eq(&labels(0.0, 2.5, 600.0, 1.0));
        expect!["0 | 200 µs"].assert_eq(&labels(0.0, 0.25, 600.0, 0.2));
    }

    proptest! {
        #[test]
        fn ticks_lie_in_the_plot_and_apart(start in 0.0..1e5, log in -3.0..6.0_f64, width in 1.0..3_000.0, clock in 0.005..1.0) {
            let scale = Scale::fit(start, start + 10_f64.powf(log), 80.0, width);
            let ticks = ticks(&scale, clock);
            for pair in ticks.windows(2) {
                prop_assert!(pair[1].x_px - pair[0].x_px >= SPACING_PX - 1e-3);
                prop_assert!(pair[1].at_ms - pair[0].at_ms >= clock * (1.0 - 1e-6));
                prop_assert_ne!(&pair[0].label, &pair[1].label);
            }
            for tick in ticks {
                prop_assert!(tick.x_px >= scale.left_px - 0.5 && tick.x_px <= scale.right_px() + 0.5);
            }
        }
    }
}

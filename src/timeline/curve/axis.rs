//! A value ↔ its place on an axis, in equal steps or in equal factors, and where rules stand on it.

use super::AxisTick;
use crate::plan::catalogue::grouped;
use crate::timeline::ticks::round_step;

/// An axis. Values are finite, and above 0 where it goes in factors.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    /// The value at its start.
    pub from: f64,
    /// The value at its end; above `from`.
    pub to: f64,
    /// Its start and its end, CSS px; a vertical axis starts at the bottom.
    pub px: (f64, f64),
    /// Whether equal lengths are equal factors.
    pub is_log: bool,
}

impl Axis {
    /// Where a value is, CSS px; at the axis' ends for what lies beyond.
    pub fn px(&self, value: f64) -> f64 {
        let share = match self.is_log {
            true => (value.max(f64::MIN_POSITIVE) / self.from).ln() / (self.to / self.from).ln(),
            false => (value - self.from) / (self.to - self.from),
        };
        self.px.0 + share.clamp(0.0, 1.0) * (self.px.1 - self.px.0)
    }

    /// The value at a place (CSS px).
    pub fn value(&self, px: f64) -> f64 {
        let share = (px - self.px.0) / (self.px.1 - self.px.0);
        match self.is_log {
            true => self.from * (self.to / self.from).powf(share),
            false => self.from + share * (self.to - self.from),
        }
    }

    /// `count` values from one to another, in equal steps on the screen.
    pub fn between(&self, from: f64, to: f64, count: u32) -> impl Iterator<Item = f64> {
        let (axis, start_px, end_px) = (*self, self.px(from), self.px(to));
        let at = move |n: u32| match n {
            // What is at the ends is not to be a rounding beside them.
            0 => from,
            n if n + 1 == count => to,
            n => axis.value(start_px + (end_px - start_px) * f64::from(n) / f64::from(count - 1)),
        };
        (0..count).map(at)
    }

    /// Round numbers at least so far apart (CSS px), and no finer than `finest`: of an axis in factors, powers of two.
    pub fn ticks(&self, apart_px: f64, finest: f64) -> Vec<AxisTick> {
        let length_px = (self.px.1 - self.px.0).abs();
        let tick = |value: f64| AxisTick { at_px: self.px(value), label: number(value) };
        if self.is_log {
            let (first, last) = (self.from.log2().ceil() as i32, (self.to.log2() + 1e-9).floor() as i32);
            let octave_px = length_px / (self.to / self.from).log2();
            let stride = (apart_px / octave_px).ceil().clamp(1.0, 1_024.0) as i32;
            // Counted from 1, which is what everything is compared with.
            return (first..=last).filter(|power| power % stride == 0).map(|power| tick(2_f64.powi(power))).collect();
        }
        let step = round_step((apart_px / length_px * (self.to - self.from)).max(finest));
        let (first, last) = ((self.from / step - 1e-9).ceil() as i64, (self.to / step + 1e-9).floor() as i64);
        (first..=last).take(1_000).map(|number| tick(number as f64 * step)).collect()
    }
}

/// “0.5”, “4”, “1,024”: as many digits as a round number has.
fn number(value: f64) -> String {
    if value >= 1.0 && value.fract() == 0.0 {
        return grouped(value as u64);
    }
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use proptest::prelude::*;

    fn labels(from: f64, to: f64, is_log: bool, length_px: f64) -> String {
        let ticks = Axis { from, to, px: (0.0, length_px), is_log }.ticks(40.0, 0.1);
        ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn rules_stand_at_round_numbers() {
        expect!["0 | 1 | 2 | 3 | 4"].assert_eq(&labels(0.0, 4.3, false, 250.0));
        expect!["0 | 0.5 | 1 | 1.5 | 2"].assert_eq(&labels(0.0, 2.1, false, 200.0));
        expect!["1 | 2 | 4 | 8 | 16 | 32 | 64 | 128 | 256 | 512 | 1,024"].assert_eq(&labels(1.0, 1_024.0, true, 600.0));
        expect!["1 | 4 | 16 | 64 | 256 | 1,024"].assert_eq(&labels(1.0, 1_024.0, true, 300.0));
        expect!["0.25 | 0.5 | 1 | 2 | 4"].assert_eq(&labels(0.2, 5.0, true, 300.0));
    }

    proptest! {
        #[test]
        fn values_go_to_places_and_back(from in 0.01..100.0, factor in 1.01..1e6_f64, is_log: bool, share in 0.0..1.0) {
            let axis = Axis { from, to: from * factor, px: (300.0, 20.0), is_log };
            let px = 300.0 - 280.0 * share;
            prop_assert!((axis.px(axis.value(px)) - px).abs() < 1e-6);
            prop_assert_eq!((axis.px(axis.from), axis.px(axis.to)), (300.0, 20.0));
            let ticks = axis.ticks(30.0, 1e-6);
            prop_assert!(ticks.windows(2).all(|pair| pair[0].at_px - pair[1].at_px >= 30.0 - 1e-6), "{:?}", ticks);
        }
    }
}

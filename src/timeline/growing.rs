//! The axis of a chart that still grows. It knows neither rows nor pixels.

/// An end for the axis of a chart that still grows and has come to `now_ms`: the next round time (ms) that leaves some room,
/// so that the axis rests for a while and then moves by a clear step.
pub fn roomy_end(now_ms: f64) -> f64 {
    let wanted_ms = (now_ms * 1.05).max(10.0);
    let decade = 10_f64.powf(wanted_ms.log10().floor());
    let steps = [1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0];
    steps.into_iter().map(|step| step * decade).find(|end_ms| *end_ms >= wanted_ms).unwrap_or(wanted_ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_growing_axis_leaves_room_but_not_much(now_ms in 10.0..1e6) {
            prop_assert!(roomy_end(now_ms) >= now_ms && roomy_end(now_ms) <= now_ms * 1.6);
        }
    }

    #[test]
    fn a_growing_axis_moves_in_round_steps() {
        let ends: Vec<_> = [0.0, 20.0, 90.0, 318.0, 980.0, 2_000.0].map(roomy_end).into();
        assert_eq!(ends, [10.0, 30.0, 100.0, 400.0, 1_500.0, 3_000.0]);
    }
}

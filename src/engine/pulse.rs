//! Whether a worker still lives: it counts on while it works and while it waits, and whoever looks at the count sees it stand
//! still when it is gone. Pure: it is given the count and the time.

use super::patience::Patience;

/// How long the count may stand still, ms.
const SILENT_FOR_MS: f64 = 1_500.0;

/// What was seen of a worker's pulse.
#[derive(Clone, Debug)]
pub struct Pulse(Patience<u32>);

impl Pulse {
    /// A worker that was alive at `now_ms`.
    pub fn new(now_ms: f64) -> Self {
        Self(Patience::new(0, now_ms))
    }

    /// Looks at the count; whether the worker is to be given up.
    pub fn has_stopped(&mut self, count: u32, now_ms: f64) -> bool {
        self.0.look(count, now_ms) > SILENT_FOR_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_that_stands_still_is_given_up_after_a_while() {
        for every_ms in [1.0, 33.0, 100.0] {
            let mut pulse = Pulse::new(0.0);
            let looks = (1..).map(|look| f64::from(look) * every_ms);
            let given_up = looks.into_iter().find(|now_ms| pulse.has_stopped(7, *now_ms)).unwrap();
            // First seen at the first look.
            assert!((1_500.0..=1_700.0).contains(&given_up), "at {given_up} ms, looked at every {every_ms} ms");
        }
    }

    #[test]
    fn a_count_that_goes_on_is_not() {
        let mut pulse = Pulse::new(0.0);
        assert!((1..100).all(|look| !pulse.has_stopped(look / 10, f64::from(look) * 100.0)));
    }

    #[test]
    fn a_page_that_slept_looks_again_before_it_gives_up() {
        let mut pulse = Pulse::new(0.0);
        assert!((0..10).all(|look| !pulse.has_stopped(3, f64::from(look) * 20.0)));
        assert!(!pulse.has_stopped(3, 60_000.0));
        assert!(!pulse.has_stopped(4, 60_100.0));
    }
}

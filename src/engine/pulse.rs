//! Whether a worker still lives: it counts on while it works and while it waits, and whoever looks at the count sees it stand
//! still when it is gone. Pure: it is given the count and the time.

/// How long the count may stand still, ms.
const SILENT_FOR_MS: f64 = 1_500.0;
/// How often it must have been seen to stand still: a page that slept itself has not looked.
const LOOKS: u32 = 8;

/// What was seen of a worker's pulse.
#[derive(Clone, Debug)]
pub struct Pulse {
    count: u32,
    since_ms: f64,
    looks: u32,
}

impl Pulse {
    /// A worker that was alive at `now_ms`.
    pub fn new(now_ms: f64) -> Self {
        Self { count: 0, since_ms: now_ms, looks: 0 }
    }

    /// Looks at the count; whether the worker is to be given up.
    pub fn has_stopped(&mut self, count: u32, now_ms: f64) -> bool {
        if count != self.count {
            *self = Self { count, since_ms: now_ms, looks: 0 };
        }
        self.looks += 1;
        self.looks >= LOOKS && now_ms - self.since_ms > SILENT_FOR_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_that_stands_still_is_given_up_after_a_while() {
        let mut pulse = Pulse::new(0.0);
        let given_up = (1..).map(|look| f64::from(look) * 100.0).find(|now_ms| pulse.has_stopped(7, *now_ms));
        assert_eq!(given_up, Some(1_700.0), "first seen at 100");
    }

    #[test]
    fn a_count_that_goes_on_is_not() {
        let mut pulse = Pulse::new(0.0);
        assert!((1..100).all(|look| !pulse.has_stopped(look / 10, f64::from(look) * 100.0)));
    }

    #[test]
    fn a_page_that_slept_looks_again_before_it_gives_up() {
        let mut pulse = Pulse::new(0.0);
        assert!(!pulse.has_stopped(3, 0.0));
        assert!(!pulse.has_stopped(3, 60_000.0));
        assert!(!pulse.has_stopped(4, 60_100.0));
    }
}

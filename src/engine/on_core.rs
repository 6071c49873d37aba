//! Telling computing from waiting for a core. Nobody tells a thread that the system took its core away; but pieces of about equal
//! work take about equal time, so a piece that took much longer was not computing all the while. Pure: it is given the times.

use std::cell::Cell;

/// Longest stretch without a core that is overlooked, ms: the noise of a piece.
const OVERLOOKED_MS: f64 = 0.4;
/// What a piece takes before one has been seen, ms.
const FIRST_GUESS_MS: f64 = 0.3;
/// Weight of the newest piece in what pieces usually take.
const WEIGHT: f64 = 0.1;

/// What is known of a thread that computes piece by piece.
#[derive(Clone, Debug)]
pub struct OnCore {
    /// End of the piece before, ms.
    since_ms: Cell<f64>,
    /// What a piece usually takes, ms.
    usual_ms: Cell<f64>,
}

impl OnCore {
    /// A thread of which nothing is known.
    pub fn new() -> Self {
        Self { since_ms: Cell::new(0.0), usual_ms: Cell::new(FIRST_GUESS_MS) }
    }

    /// A piece begins at `now_ms`, or goes on after a pause that is known.
    pub fn begin(&self, now_ms: f64) {
        self.since_ms.set(now_ms);
    }

    /// A piece ended at `now_ms`. If the thread was without a core meanwhile: since when, ms; until now.
    pub fn piece_ended(&self, now_ms: f64) -> Option<f64> {
        let began_ms = self.since_ms.replace(now_ms);
        let (took_ms, usual_ms) = (now_ms - began_ms, self.usual_ms.get());
        if took_ms <= usual_ms * 2.0 + OVERLOOKED_MS {
            self.usual_ms.set(usual_ms + (took_ms - usual_ms) * WEIGHT);
            return None;
        }
        // Where all pieces are long, as on a slow machine, this becomes the usual after some of them.
        self.usual_ms.set(usual_ms * (1.0 + WEIGHT));
        Some(began_ms + usual_ms)
    }
}

impl Default for OnCore {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How long (ms) the stretches without a core are that are seen while pieces take `pieces_ms` one after another.
    fn seen(pieces_ms: impl IntoIterator<Item = f64>) -> Vec<f64> {
        let on_core = OnCore::new();
        let mut now_ms = 0.0;
        on_core.begin(now_ms);
        let off = |piece_ms: f64| {
            now_ms += piece_ms;
            on_core.piece_ended(now_ms).map(|since_ms| now_ms - since_ms)
        };
        pieces_ms.into_iter().filter_map(off).collect()
    }

    #[test]
    fn pieces_that_vary_are_computing() {
        assert_eq!(seen([0.1, 0.2, 0.15, 0.3, 0.1, 0.5]), [0.0; 0]);
    }

    #[test]
    fn a_gap_is_as_long_as_the_piece_was_too_long() {
        let mut pieces = vec![0.1; 100];
        pieces.push(5.1);
        pieces.extend([0.1; 3]);
        let seen = seen(pieces);
        assert_eq!(seen.len(), 1);
        assert!((seen[0] - 5.0).abs() < 0.01, "{seen:?}");
    }

    #[test]
    fn on_a_slow_machine_long_pieces_become_usual() {
        let seen = seen([1.5; 200]);
        assert!(seen.len() < 15, "{} of 200", seen.len());
    }
}

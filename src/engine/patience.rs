//! For how long what is looked at, again and again, has been the same. Pure: it is given what is seen and the time.

/// The most that lies between two looks, ms: who had no turn for longer, as when the whole machine stood still, has not seen what became of
/// others meanwhile, who had none either.
const LOOK_MS: f64 = 100.0;

/// What was seen last, and for how long.
#[derive(Clone, Debug, Default)]
pub(super) struct Patience<T> {
    seen: T,
    for_ms: f64,
    looked_ms: f64,
}

impl<T: PartialEq> Patience<T> {
    /// What is `seen` at `now_ms`.
    pub fn new(seen: T, now_ms: f64) -> Self {
        Self { seen, for_ms: 0.0, looked_ms: now_ms }
    }

    /// Looks; for how long it has been so, ms.
    pub fn look(&mut self, seen: T, now_ms: f64) -> f64 {
        if seen == self.seen {
            self.for_ms += (now_ms - self.looked_ms).min(LOOK_MS);
            self.looked_ms = now_ms;
        } else {
            *self = Self::new(seen, now_ms);
        }
        self.for_ms
    }

    /// What was seen last.
    pub fn seen(&self) -> &T {
        &self.seen
    }
}

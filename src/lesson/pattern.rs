//! How tasks lie to one another in time, by their starts and ends alone: one after another, three at a time, all at once. It knows neither
//! who ran them nor who predicted them, so that a run and a prediction are told in the same words.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::timeline::words::duration;
use crate::trace::{State, Trace};

/// From when until when a task is under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Number of the task, from 0.
    pub task: u32,
    /// When it first computes or waits for I/O, ms: before that it only waits for its turn.
    pub start_ms: f64,
    /// When it is last seen, ms.
    pub end_ms: f64,
}

/// When each task of `trace` is under way, in the tasks' order; one that never is has none.
pub fn spans(trace: &Trace) -> Vec<Span> {
    let slices = trace.slices().map(|(_, slice)| slice);
    spans_of(slices.filter_map(|slice| Some((slice.task?.0, slice.state, slice.start_ms, slice.end_ms))))
}

/// The same of stretches: number of the task, what it is doing, start and end (ms).
pub fn spans_of(stretches: impl Iterator<Item = (u32, State, f64, f64)>) -> Vec<Span> {
    let mut of_task: BTreeMap<u32, Span> = BTreeMap::new();
    let is_at_work = |state| matches!(state, State::Running | State::WaitingForIo);
    for (task, _, start_ms, end_ms) in stretches.filter(|(_, state, ..)| is_at_work(*state)) {
        let span = of_task.entry(task).or_insert(Span { task, start_ms, end_ms });
        *span = Span { task, start_ms: span.start_ms.min(start_ms), end_ms: span.end_ms.max(end_ms) };
    }
    of_task.into_values().collect()
}

/// How tasks lie to one another in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Each starts when the one before it ends.
    OneAfterAnother,
    /// So many are under way, and the next starts when one of them ends.
    AtATime(u32),
    /// All start together.
    AllAtOnce,
    /// Each starts a while after the one before it, which has not ended yet.
    Staircase,
    /// None of these.
    Other,
}

/// Starts that differ by less than this share of a mean task are the same: what is measured jitters, and fingers are not exact.
pub const SAME_WITHIN: f64 = 0.2;

impl Pattern {
    /// How `spans` lie to one another; whose they are does not matter.
    pub fn of(spans: &[Span]) -> Self {
        let mut spans: Vec<(f64, f64)> = spans.iter().map(|span| (span.start_ms, span.end_ms)).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mean_ms = spans.iter().map(|(start_ms, end_ms)| end_ms - start_ms).sum::<f64>() / spans.len() as f64;
        let same_ms = mean_ms * SAME_WITHIN;
        let all = spans.len();
        match (1..=all).find(|places| go_through(&spans, *places, same_ms)) {
            _ if all < 2 => Self::Other,
            Some(1) => Self::OneAfterAnother,
            Some(places) if places == all => Self::AllAtOnce,
            Some(places) => Self::AtATime(places as u32),
            None if spans.windows(2).all(|two| two[1].0 - two[0].0 > same_ms / 2.0 && two[1].0 < two[0].1) => {
                Self::Staircase
            }
            None => Self::Other,
        }
    }

    /// Its name in the source of a lesson and in its JSON: `one-after-another`, `3-at-a-time`.
    pub fn key(self) -> String {
        match self {
            Self::OneAfterAnother => "one-after-another".into(),
            Self::AtATime(tasks) => format!("{tasks}-at-a-time"),
            Self::AllAtOnce => "all-at-once".into(),
            Self::Staircase => "staircase".into(),
            Self::Other => "other".into(),
        }
    }

    /// The pattern of this name.
    pub fn from_key(key: &str) -> Option<Self> {
        let named = [Self::OneAfterAnother, Self::AllAtOnce, Self::Staircase, Self::Other];
        let at_a_time = || key.strip_suffix("-at-a-time")?.parse().ok().filter(|tasks| *tasks > 1).map(Self::AtATime);
        named.into_iter().find(|pattern| pattern.key() == key).or_else(at_a_time)
    }

    fn words(self) -> String {
        match self {
            Self::OneAfterAnother => "one after another".into(),
            Self::AtATime(tasks) => format!("{tasks} at a time"),
            Self::AllAtOnce => "all at once".into(),
            Self::Staircase => "each a while after the one before".into(),
            Self::Other => "in no regular order".into(),
        }
    }

    /// How `spans` lie and how long they take: “3 at a time, 900 ms in all”.
    pub fn said(spans: &[Span]) -> String {
        let end_ms = spans.iter().map(|span| span.end_ms).fold(0.0, f64::max);
        format!("{}, {} in all", Self::of(spans).words(), duration(end_ms, 1.0))
    }
}

/// Whether spans (start and end, sorted by start) go through so many places: each starts when a place is free, and no later.
fn go_through(spans: &[(f64, f64)], places: usize, same_ms: f64) -> bool {
    let Some((first_ms, _)) = spans.first() else { return false };
    let mut free_ms = vec![*first_ms; places];
    spans.iter().all(|(start_ms, end_ms)| {
        let Some(next) = free_ms.iter_mut().min_by(|a, b| a.total_cmp(b)) else { return false };
        let fits = (start_ms - *next).abs() <= same_ms;
        *next = *end_ms;
        fits
    })
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        Self::from_key(&key).ok_or_else(|| de::Error::custom(format!("no pattern is called “{key}”")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tasks of 300 ms that start at these times.
    fn pattern(starts_ms: &[f64]) -> Pattern {
        let span = |(task, start_ms): (u32, &f64)| Span { task, start_ms: *start_ms, end_ms: start_ms + 300.0 };
        Pattern::of(&(0..).zip(starts_ms).map(span).collect::<Vec<_>>())
    }

    #[test]
    fn tasks_lie_as_somebody_would_say() {
        assert_eq!(pattern(&[0.0, 300.0, 600.0, 900.0]), Pattern::OneAfterAnother);
        assert_eq!(pattern(&[0.0, 0.0, 0.0, 0.0]), Pattern::AllAtOnce);
        assert_eq!(pattern(&[0.0, 0.0, 300.0, 300.0]), Pattern::AtATime(2));
        assert_eq!(pattern(&[0.0, 0.0, 0.0, 300.0, 300.0, 300.0, 600.0]), Pattern::AtATime(3));
        assert_eq!(pattern(&[0.0, 100.0, 200.0, 300.0]), Pattern::Staircase);
        assert_eq!(pattern(&[0.0, 50.0, 100.0, 150.0]), Pattern::Staircase);
        assert_eq!(pattern(&[0.0, 0.0, 150.0, 600.0]), Pattern::Other);
        assert_eq!(pattern(&[0.0, 300.0, 900.0]), Pattern::Other, "with a gap");
        assert_eq!([pattern(&[]), pattern(&[0.0])], [Pattern::Other; 2], "one alone lies to no other");
    }

    #[test]
    fn neither_order_nor_jitter_nor_a_late_begin_matters() {
        assert_eq!(pattern(&[600.0, 900.0, 0.0, 300.0]), Pattern::OneAfterAnother);
        assert_eq!(pattern(&[0.0, 12.0, 31.0, 47.0]), Pattern::AllAtOnce);
        assert_eq!(pattern(&[3.0, 311.0, 622.0, 941.0, 1_258.0]), Pattern::OneAfterAnother);
        assert_eq!(pattern(&[500.0, 500.0, 800.0, 800.0]), Pattern::AtATime(2));
    }

    #[test]
    fn where_lengths_differ_a_place_is_taken_as_soon_as_it_is_free() {
        let spans = [(0.0, 100.0), (0.0, 300.0), (100.0, 200.0), (200.0, 400.0), (300.0, 350.0)];
        let spans = (0..).zip(spans).map(|(task, (start_ms, end_ms))| Span { task, start_ms, end_ms });
        assert_eq!(Pattern::of(&spans.collect::<Vec<_>>()), Pattern::AtATime(2));
    }

    #[test]
    fn patterns_are_found_by_their_names() {
        for pattern in
            [Pattern::OneAfterAnother, Pattern::AtATime(12), Pattern::AllAtOnce, Pattern::Staircase, Pattern::Other]
        {
            assert_eq!(Pattern::from_key(&pattern.key()), Some(pattern));
        }
        assert_eq!(["1-at-a-time", "x-at-a-time", "-at-a-time", "twice"].map(Pattern::from_key), [None; 4]);
    }
}

//! A prediction on a slider: how long a run takes, or how many times as fast it is as another. Ranges are wide, so a step is a share of
//! the value and not a length.

use serde::{Deserialize, Serialize};

use crate::engine::EngineId;

/// A number to be set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slider {
    /// `None`: how long the run takes, ms. Else how many times as fast as this engine of the same demo it is.
    pub over: Option<EngineId>,
    /// The least that can be set.
    pub from: f64,
    /// The most that can be set.
    pub to: f64,
    /// What is said to whom, in ascending order, without gaps; exactly one is correct.
    pub ranges: Vec<Range>,
}

/// The values from the end of the range before up to (not including) its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// Its end; `None` for the last.
    pub below: Option<f64>,
    /// Whether the author expects a run to come out so.
    pub correct: bool,
    /// What is said to a learner who expected it, as HTML.
    pub reply_html: String,
}

/// The values between 10 and 100, each about a tenth more than the one before: numbers that people say.
const STOPS: [u32; 24] =
    [10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 40, 45, 50, 55, 60, 65, 70, 75, 80, 90];

impl Slider {
    /// The values that can be set, in ascending order.
    pub fn stops(&self) -> Vec<f64> {
        let value = |power: i32, stop: u32| match power {
            0.. => f64::from(stop) * 10_f64.powi(power),
            // Divided, since a tenth has no exact number of its own.
            _ => f64::from(stop) / 10_f64.powi(-power),
        };
        let all = (-4..8).flat_map(|power| STOPS.map(|stop| value(power, stop)));
        all.filter(|value| (self.from..=self.to).contains(value)).collect()
    }

    /// The range in which `value` lies.
    pub fn range(&self, value: f64) -> Option<&Range> {
        self.ranges.iter().find(|range| range.below.is_none_or(|below| value < below))
    }

    /// A value that can be set, in words: “2.7 s”, “2 times as fast”.
    pub fn words(&self, value: f64) -> String {
        match self.over {
            Some(_) if value == 1.0 => "the same speed".into(),
            Some(_) => format!("{value} times as fast"),
            None if value >= 1_000.0 => format!("{} s", value / 1_000.0),
            None => format!("{value} ms"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slider(over: Option<EngineId>, from: f64, to: f64) -> Slider {
        let range = |below, correct| Range { below, correct, reply_html: String::new() };
        Slider { over, from, to, ranges: vec![range(Some(200.0), false), range(Some(450.0), true), range(None, false)] }
    }

    #[test]
    fn its_values_are_numbers_that_people_say() {
        let said = |slider: &Slider| {
            let said: Vec<_> = slider.stops().into_iter().map(|value| slider.words(value)).collect();
            (said.len(), said[0].clone(), said[said.len() / 2].clone(), said[said.len() - 1].clone())
        };
        let words = |one: &str, two: &str, three: &str| (one.to_owned(), two.to_owned(), three.to_owned());
        let (values, first, middle, last) = said(&slider(None, 100.0, 10_000.0));
        assert_eq!((values, (first, middle, last)), (49, words("100 ms", "1 s", "10 s")));
        let (values, first, middle, last) = said(&slider(Some(EngineId::Gather), 0.5, 20.0));
        assert_eq!(
            (values, (first, middle, last)),
            (40, words("0.5 times as fast", "3.3 times as fast", "20 times as fast"))
        );
        assert_eq!(slider(Some(EngineId::Gather), 0.5, 20.0).words(1.0), "the same speed");
        let stops = slider(None, 1.0, 10_000.0).stops();
        assert!([1.1, 2.7, 9.0, 300.0, 900.0, 2_700.0].iter().all(|value| stops.contains(value)), "{stops:?}");
        assert!(stops.windows(2).all(|two| (1.05..1.16).contains(&(two[1] / two[0]))), "{stops:?}");
    }

    #[test]
    fn every_value_has_its_range() {
        let slider = slider(None, 100.0, 10_000.0);
        let correct = |value| slider.range(value).map(|range| range.correct);
        assert_eq!(
            [0.0, 199.9, 200.0, 449.0, 450.0, 1e9].map(correct),
            [false, false, true, true, false, false].map(Some)
        );
    }
}

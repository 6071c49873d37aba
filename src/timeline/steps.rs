//! A counter as a chart of steps: what its value was at most and at least within each pixel, however many readings there are.
//! It knows a scale and no canvas.

use crate::trace::Counter;

use super::Scale;

/// Readings that are summed up together.
const BLOCK: usize = 64;

/// A counter with what is looked up in every frame.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    /// Least and greatest value of each block of readings.
    blocks: Vec<(f64, f64)>,
    /// Greatest value of all.
    pub highest: f64,
}

/// A pixel's column of a counter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    /// Left edge, CSS px from the canvas' left.
    pub x_px: f64,
    pub least: f64,
    pub most: f64,
    /// The value at its right edge.
    pub last: f64,
}

impl Steps {
    pub fn new(counter: &Counter) -> Self {
        let blocks: Vec<_> = counter.samples.chunks(BLOCK).map(extremes).collect();
        let highest = blocks.iter().map(|(_, most)| *most).fold(0.0, f64::max);
        Self { blocks, highest }
    }

    /// The columns in which the value of `counter` changes, and the plot's first, up to `until_ms`.
    pub fn columns(&self, counter: &Counter, scale: &Scale, until_ms: f64) -> Vec<Step> {
        let samples = &counter.samples[..];
        let to_ms = scale.end_ms().min(until_ms);
        let mut index = samples.partition_point(|(at_ms, _)| *at_ms <= scale.start_ms);
        let mut steps = Vec::new();
        if let Some((_, value)) = index.checked_sub(1).map(|before| samples[before]) {
            steps.push(Step { x_px: scale.left_px, least: value, most: value, last: value });
        }
        while let Some((at_ms, _)) = samples.get(index).filter(|(at_ms, _)| *at_ms <= to_ms) {
            let x_px = scale.x_from_time(*at_ms);
            let next_ms = scale.time_from_x(x_px.floor() + 1.0).min(to_ms);
            // At least one: rounding may put a reading before its own pixel's end.
            let end = samples.partition_point(|(at_ms, _)| *at_ms < next_ms).max(index + 1);
            let (least, most) = self.range(samples, index, end);
            steps.push(Step { x_px, least, most, last: samples[end - 1].1 });
            index = end;
        }
        steps
    }

    /// Least and greatest value of the readings `from..to`.
    fn range(&self, samples: &[(f64, f64)], from: usize, to: usize) -> (f64, f64) {
        let (first, last) = (from.div_ceil(BLOCK), to / BLOCK);
        if first >= last {
            return extremes(&samples[from..to]);
        }
        let edges = [extremes(&samples[from..first * BLOCK]), extremes(&samples[last * BLOCK..to])];
        self.blocks[first..last].iter().copied().chain(edges).fold(NOTHING, join)
    }
}

const NOTHING: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);

fn extremes(samples: &[(f64, f64)]) -> (f64, f64) {
    samples.iter().map(|(_, value)| (*value, *value)).fold(NOTHING, join)
}

fn join(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0.min(b.0), a.1.max(b.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::ObjectId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_columns_range_is_that_of_its_readings(
            values in prop::collection::vec((0.0..3.0, 0.0..50.0), 0..500), end in 1.0..900.0
        ) {
            let mut at_ms = 0.0;
            let reading = |(gap, value): (f64, f64)| { at_ms += gap; (at_ms, value) };
            let counter = Counter { object: ObjectId(0), samples: values.into_iter().map(reading).collect() };
            let scale = Scale::fit(end / 3.0, end, 10.0, 100.0);
            let steps = Steps::new(&counter).columns(&counter, &scale, end);
            prop_assert!(steps.len() <= 102);
            prop_assert!(steps.windows(2).all(|pair| pair[0].x_px <= pair[1].x_px));
            let seen = counter.samples.iter().filter(|(at_ms, _)| *at_ms > scale.start_ms && *at_ms <= end);
            let most = seen.clone().map(|(_, value)| *value).fold(0.0, f64::max);
            let own = steps.iter().skip(usize::from(counter.samples.first().is_some_and(|(at, _)| *at <= scale.start_ms)));
            prop_assert_eq!(own.map(|step| step.most).fold(0.0, f64::max), most);
            prop_assert_eq!(steps.last().map(|step| step.last), counter.samples.iter().rfind(|(at_ms, _)| *at_ms <= end).map(|(_, value)| *value));
        }
    }
}

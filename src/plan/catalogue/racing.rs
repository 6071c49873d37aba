//! Threads that increment one counter, with and without what makes that safe. Updates are lost for real, or are not; both
//! outcomes are told as they are.

use super::shared::{failures, numbered, object};
use super::{Bin, Histogram, Verdict, Workload, grouped};
use crate::plan::parameter::{HOW, INCREMENTS, RACERS, ROUNDS};
use crate::plan::{How, ObjectKind, Plan, Results, Step, Values};

/// The upper bounds of the histogram's bins, in percent of a round's increments, and what falls below them.
const BINS: [(u64, &str); 6] = [
    (0, "none lost"),
    (1, "up to 1 %"),
    (10, "up to 10 %"),
    (25, "up to 25 %"),
    (50, "up to 50 %"),
    (100, "more than 50 %"),
];

/// Several rounds; before each, all threads meet, so that they really start together.
pub static RACE_WORKLOAD: Workload = Workload::new(
    "race",
    &[&HOW, &RACERS, &INCREMENTS, &ROUNDS],
    |values| {
        let (racers, rounds, times) = (values.get(&RACERS), values.get(&ROUNDS), values.get(&INCREMENTS));
        let (lock, barrier) = (rounds, rounds + 1);
        let how = [How::Plain, How::Locked(lock), How::Atomic, How::Local][values.get(&HOW) as usize];
        let round = |counter| [Step::Arrive(barrier), Step::Increment { counter, times, how }];
        let counters = (1..=rounds).map(|round| object(format!("counter {round}"), ObjectKind::Counter));
        let others = [object("lock", ObjectKind::Lock), object("start", ObjectKind::Barrier { parties: racers })];
        Plan {
            tasks: numbered("thread", racers, &|_| (0..rounds).flat_map(round).collect()),
            objects: counters.chain(others).collect(),
        }
    },
    |values, results| {
        let failed = failures(&(RACE_WORKLOAD.plan)(values), results, "threads came to their end");
        failed.map_or_else(|| judge(values, results), |failed| Verdict::new(false, failed))
    },
);

fn judge(values: &Values, results: &Results) -> Verdict {
    let rounds = values.get(&ROUNDS) as usize;
    let each = u64::from(values.get(&RACERS)) * u64::from(values.get(&INCREMENTS));
    let total = each * rounds as u64;
    let counted = results.objects.get(..rounds).unwrap_or_default();
    // What no way of counting can give: rounds without a counter, or counters above the number of increments.
    if counted.len() < rounds || counted.iter().any(|count| *count > each || *count == 0) {
        return Verdict::new(false, "the counters show what no order of the increments could give".into());
    }
    let lost: Vec<u64> = counted.iter().map(|count| each - count).collect();
    let (all_lost, bad_rounds) = (lost.iter().sum::<u64>(), lost.iter().filter(|lost| **lost > 0).count());
    let unsafe_way = values.get(&HOW) == 0;
    let words = if all_lost > 0 {
        let (share, times) = (all_lost as f64 * 100.0 / total as f64, if rounds == 1 { "round" } else { "rounds" });
        format!(
            "{} of {} updates lost ({share:.1} %), in {bad_rounds} of {rounds} {times}",
            grouped(all_lost),
            grouped(total)
        )
    } else if unsafe_way {
        format!("none of {} updates was lost this time, which nothing guarantees", grouped(total))
    } else {
        format!("none of {} updates was lost", grouped(total))
    };
    let histogram = unsafe_way.then(|| histogram(&lost, each));
    Verdict { correct: unsafe_way || all_lost == 0, words, histogram }
}

fn histogram(lost: &[u64], each: u64) -> Histogram {
    let bin = |lost: &u64| BINS.iter().position(|(percent, _)| lost * 100 <= percent * each);
    let count = |place| lost.iter().filter(|lost| bin(lost) == Some(place)).count() as u32;
    let bins = BINS.iter().enumerate().map(|(place, (_, label))| Bin { label, count: count(place) });
    Histogram { title: "Rounds by the share of updates lost", bins: bins.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::TaskResult;

    fn verdict(how: u32, counters: &[u64]) -> Verdict {
        let values = Values::default().with(&HOW, how).with(&ROUNDS, 3).with(&INCREMENTS, 500);
        (RACE_WORKLOAD.check)(&values, &Results { tasks: vec![TaskResult::default(); 2], objects: counters.to_vec() })
    }

    #[test]
    fn lost_updates_are_wrong_only_where_something_should_have_kept_them() {
        let words = |how, counters: &[u64]| {
            let Verdict { correct, words, .. } = verdict(how, counters);
            (correct, words)
        };
        let lost = "155 of 3,000 updates lost (5.2 %), in 2 of 3 rounds";
        assert_eq!(words(0, &[1_000, 995, 850, 0, 0]), (true, lost.into()));
        assert_eq!(words(1, &[1_000, 995, 850, 0, 0]), (false, lost.into()));
        assert_eq!(words(2, &[1_000; 3]), (true, "none of 3,000 updates was lost".into()));
        assert!(words(0, &[1_000; 3]).1.ends_with("which nothing guarantees"));
        assert!(!words(0, &[1_001, 1_000, 1_000]).0 && !words(0, &[1_000, 1_000]).0);
    }

    #[test]
    fn rounds_are_sorted_by_what_they_lost() {
        let bins =
            |counters| verdict(0, counters).histogram.unwrap().bins.iter().map(|bin| bin.count).collect::<Vec<_>>();
        assert_eq!(bins(&[1_000, 999, 990]), [1, 2, 0, 0, 0, 0]);
        assert_eq!(bins(&[989, 500, 499]), [0, 0, 1, 0, 1, 1]);
        assert_eq!(verdict(1, &[1_000; 3]).histogram, None);
    }
}

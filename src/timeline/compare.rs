//! Several traces beside one another: what each took, how that compares with the first, and the difference in words. It knows
//! no engine: whoever compares says what each is called.

use crate::trace::Trace;
use crate::trace::stats::{Stats, speed_up, stats};

use super::words;

/// A trace among those that are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What it is called.
    pub name: String,
    /// From the start of the run to the end of its last slice, ms.
    pub makespan_ms: f64,
    /// How many times faster it is than the first; `None` for the first, and where nothing can be said.
    pub ratio: Option<f64>,
    /// The difference from the first, in a sentence; of the first, what it took.
    pub words: String,
}

/// A ratio below this is called 'about the same'.
const SAME_BELOW: f64 = 1.05;

/// The end of an axis on which all of them have room, ms.
pub fn axis_end_ms<'a>(traces: impl IntoIterator<Item = &'a Trace>) -> f64 {
    traces.into_iter().map(Trace::end_ms).fold(0.0, f64::max)
}

/// Compares each of the traces with the first.
pub fn compare(traces: &[(&str, &Trace)]) -> Vec<Compared> {
    let mut first: Option<(&str, Stats)> = None;
    let mut compared = Vec::new();
    for (name, trace) in traces {
        let own = stats(trace);
        let took = took(trace, own.makespan_ms);
        let ratio = first.as_ref().and_then(|(_, first)| speed_up(first.makespan_ms, own.makespan_ms));
        let words = match &first {
            Some((reference, stats)) => format!("{name} {took}{}.", difference(reference, stats, &own, ratio)),
            None => format!("{name} {took}."),
        };
        compared.push(Compared { name: (*name).to_owned(), makespan_ms: own.makespan_ms, ratio, words });
        first.get_or_insert((*name, own));
    }
    compared
}

/// What a run took; of one that was simulated, what it would take: “took 318 ms”, “would take 318 ms of virtual time”.
fn took(trace: &Trace, makespan_ms: f64) -> String {
    let time = words::duration(makespan_ms, trace.provenance().clock_resolution_ms);
    if trace.provenance().is_simulated() {
        format!("would take {time} of virtual time")
    } else {
        format!("took {time}")
    }
}

fn difference(reference: &str, first: &Stats, own: &Stats, ratio: Option<f64>) -> String {
    let Some(ratio) = ratio else { return String::new() };
    let mut text = format!(", {}", than(ratio, reference));
    let (before, now) = (first.peak_in_progress, own.peak_in_progress);
    let (ran_before, runs_now) = (first.peak_running, own.peak_running);
    if ran_before != runs_now && ran_before.min(runs_now) > 0 {
        text.push_str(&format!("; up to {runs_now} ran at once instead of {ran_before}"));
    } else if before != now {
        text.push_str(&format!("; up to {now} were in progress at once instead of {before}"));
    }
    text
}

/// “8.6 times faster than A”, “1.3 times slower than A”, “about as long as A”.
fn than(ratio: f64, reference: &str) -> String {
    match ratio {
        ratio if ratio >= SAME_BELOW => format!("{} times faster than {reference}", times(ratio)),
        ratio if ratio > 0.0 && ratio <= 1.0 / SAME_BELOW => {
            format!("{} times slower than {reference}", times(1.0 / ratio))
        }
        _ => format!("about as long as {reference}"),
    }
}

/// A ratio as people say it: “8.6”, “12”, “2”.
pub fn times(ratio: f64) -> String {
    let text = if ratio < 9.95 { format!("{ratio:.1}") } else { format!("{ratio:.0}") };
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;
    use expect_test::expect;

    #[test]
    fn the_difference_is_said_in_a_sentence_each() {
        let (sequential, overlapped) = (example::staircase(9, 300.0), example::side_by_side(9, 300.0));
        let (pool, taking_turns) = (example::pool(9, 3), example::staircase(9, 306.0));
        let all = [
            ("One after another", &sequential),
            ("All at once", &overlapped),
            ("Threads", &pool),
            ("Again", &taking_turns),
        ];
        let told: String = compare(&all).into_iter().map(|compared| format!("{}\n", compared.words)).collect();
        expect![[r#"
            One after another took 2.70 s.
            All at once took 318 ms, 8.5 times faster than One after another; up to 9 were in progress at once instead of 1.
            Threads took 398 ms, 6.8 times faster than One after another; up to 3 were in progress at once instead of 1.
            Again took 2.75 s, about as long as One after another.
        "#]].assert_eq(&told);
        let slower: Vec<_> = compare(&[all[1], all[0]]).into_iter().map(|compared| compared.words).collect();
        expect![[r#"
            All at once took 318 ms.
            One after another took 2.70 s, 8.5 times slower than All at once; up to 1 were in progress at once instead of 9."#]].assert_eq(&slower.join("\n"));
        assert_eq!(axis_end_ms(all.map(|(_, trace)| trace)), 2_754.0);
    }

    #[test]
    fn ratios_are_said_as_people_say_them() {
        assert_eq!([1.0, 1.04, 8.68, 9.0, 9.96, 26.7].map(times), ["1", "1", "8.7", "9", "10", "27"]);
    }
}

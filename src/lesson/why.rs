//! Why a run took as long as it did, where its trace tells: the half sentence behind the colon of a judgement.

use std::collections::BTreeSet;

use crate::trace::stats::stats;
use crate::trace::{Slice, State, Trace};

/// Less than this on average at once is nothing at once.
const AT_ONCE: f64 = 1.2;

/// What made the tasks of `trace` take as long as they did: “the waits overlapped”. `None` where the trace does not tell, as for a
/// single task.
pub fn why(trace: &Trace) -> Option<String> {
    let of = |state| trace.slices().map(|(_, slice)| slice).filter(move |slice| slice.state == state);
    let of_tasks = |state| of(state).filter(|slice| slice.task.is_some());
    let sum_ms = |state| of_tasks(state).map(Slice::duration_ms).sum::<f64>();
    let tasks: BTreeSet<_> = trace.slices().filter_map(|(_, slice)| slice.task).map(|task| task.0).collect();
    let (waiting_ms, running_ms) = (sum_ms(State::WaitingForIo), sum_ms(State::Running));
    let most_ms = waiting_ms.max(running_ms);
    if tasks.len() < 2 || most_ms <= 0.0 {
        return None;
    }
    let waits = waiting_ms >= running_ms;
    let state = if waits { State::WaitingForIo } else { State::Running };
    if most_ms / covered_ms(of_tasks(state)) >= AT_ONCE {
        return Some(match waits {
            true => overlapped(&of_tasks(state).collect::<Vec<_>>()),
            false => format!("up to {} tasks computed at the same time", stats(trace).peak_running),
        });
    }
    let locks: BTreeSet<_> = of_tasks(State::WaitingForLock).filter_map(|slice| Some(slice.object()?.0)).collect();
    let lock = locks.first().filter(|_| locks.len() == 1).and_then(|lock| trace.objects().get(*lock as usize));
    Some(match lock.filter(|_| sum_ms(State::WaitingForLock) >= most_ms) {
        Some(lock) => format!("one lock kept the tasks apart ({lock})"),
        None if waits => "the waits came one after another".into(),
        None => "only one task computed at a time".into(),
    })
}

/// How long at least one of the slices lasts, ms.
fn covered_ms<'a>(slices: impl Iterator<Item = &'a Slice>) -> f64 {
    let mut spans: Vec<_> = slices.map(|slice| (slice.start_ms, slice.end_ms)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut until_ms = f64::NEG_INFINITY;
    let covered = spans.into_iter().map(|(start_ms, end_ms)| {
        let new_ms = (end_ms - start_ms.max(until_ms)).max(0.0);
        until_ms = until_ms.max(end_ms);
        new_ms
    });
    covered.sum()
}

/// Most of the slices that there are at one instant.
pub(super) fn peak<'a>(slices: impl Iterator<Item = &'a Slice>) -> usize {
    let mut edges: Vec<_> = slices.flat_map(|slice| [(slice.start_ms, 1), (slice.end_ms, -1)]).collect();
    // Those that only touch do not overlap.
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let at_once = edges.iter().scan(0, |now, (_, change)| {
        *now += change;
        Some(*now)
    });
    at_once.max().unwrap_or_default() as usize
}

fn overlapped(waits: &[&Slice]) -> String {
    match peak(waits.iter().copied()) {
        peak if peak < waits.len() => format!("up to {peak} waits overlapped"),
        _ => "the waits overlapped".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{Demo, NINE_REQUESTS, PRIMES, Setup};
    use crate::engine::simulated::{Machine, like, simulate};

    fn said(demo: &'static Demo, query: &str) -> String {
        let (setup, problems) = Setup::parse(demo, query);
        assert_eq!(problems, []);
        let (engine, plan) = (setup.engines[0], (demo.workload.plan)(&setup.values));
        let (machine, scheduler) = like(engine, &setup.options(engine), &plan, &Machine::ideal(4).into()).unwrap();
        why(&simulate(&plan, &machine, &scheduler).unwrap().trace).unwrap_or_default()
    }

    #[test]
    fn waits_overlap_or_come_one_after_another() {
        assert_eq!(said(&NINE_REQUESTS, "engines=gather"), "the waits overlapped");
        assert_eq!(said(&NINE_REQUESTS, "engines=limited&limit=3"), "up to 3 waits overlapped");
        assert_eq!(said(&NINE_REQUESTS, "engines=await-each"), "the waits came one after another");
        assert_eq!(said(&NINE_REQUESTS, "engines=gather&requests=1"), "", "one alone cannot overlap");
    }

    #[test]
    fn computing_is_shared_by_cores_or_is_not() {
        assert_eq!(said(&PRIMES, "engines=threads&threads=2"), "up to 2 tasks computed at the same time");
        assert_eq!(said(&PRIMES, "engines=gather"), "only one task computed at a time");
        assert_eq!(said(&PRIMES, "engines=main"), "only one task computed at a time");
    }

    #[test]
    fn a_lock_that_all_want_is_named() {
        assert_eq!(said(&PRIMES, "engines=gil&threads=4"), "one lock kept the tasks apart (GIL)");
    }
}

//! A trace in words: plain, exact sentences, and numbers no finer than they were measured. Nothing here knows a picture.

use crate::plan::catalogue::grouped;
use crate::trace::stats::{self, Stats};
use crate::trace::{LaneKind, Slice, State, Trace};

use super::compare::times;
use super::heartbeat::FROZEN_MS;

/// A duration in three digits, no finer than `resolution_ms`: “0.4 ms”, “318 ms”, “2.81 s”.
pub fn duration(ms: f64, resolution_ms: f64) -> String {
    let steps = if resolution_ms > 0.0 { (ms / resolution_ms).round() } else { 0.0 };
    let (ms, resolution_ms) = if resolution_ms > 0.0 { (steps * resolution_ms, resolution_ms) } else { (ms, 1e-3) };
    // 999.5 ms has three digits only as 1.00 s.
    let (value, unit, finest) =
        if ms >= 999.5 { (ms / 1e3, "s", resolution_ms / 1e3) } else { (ms, "ms", resolution_ms) };
    let decimals = decimals_of(finest).min(match value {
        value if value >= 99.95 => 0,
        value if value >= 9.995 => 1,
        value if value >= 0.9995 => 2,
        _ => 3,
    });
    if value == 0.0 && unit == "ms" { "0 ms".to_owned() } else { format!("{value:.decimals$} {unit}") }
}

/// The step of a clock (ms): “0.1 ms”, “0.005 ms”; files may have finer ones: “10 ns”.
pub fn step(ms: f64) -> String {
    match ms * 1e6 {
        ns if ns >= 999.5 => duration(ms, ms),
        ns if ns >= 0.9995 => format!("{ns:.0} ns"),
        ns if ns > 0.0 => format!("{:.0} ps", ns * 1e3),
        _ => "unknown length".to_owned(),
    }
}

/// A number of ms without its unit, with the decimals of the clock: for columns of a table. “2412.3”
pub fn milliseconds(ms: f64, resolution_ms: f64) -> String {
    format!("{ms:.*}", decimals_of(resolution_ms))
}

/// How long the page was frozen, as a person would say it: “1.9 s”, “140 ms”.
pub(super) fn freeze(ms: f64, resolution_ms: f64) -> String {
    let rough_ms = if ms >= 999.5 { 100.0 } else { 1.0 };
    duration(ms, resolution_ms.max(rough_ms))
}

/// Digits behind the point that a number in steps of `step` has; three at most.
fn decimals_of(step: f64) -> usize {
    (0..3).find(|decimals| step >= 0.999 * 0.1_f64.powi(*decimals)).unwrap_or(3) as usize
}

/// What happened, in one to three sentences: how many tasks ran and how, how long it took, and how the page fared.
pub fn summary(trace: &Trace) -> String {
    let stats = stats::stats(trace);
    let resolution_ms = trace.provenance().clock_resolution_ms;
    let mut text = match tasks_that_ran(trace) {
        0 => "No task ran.".to_owned(),
        ran => {
            let tasks = count_of_tasks(ran, trace.tasks().len());
            let took = duration(stats.makespan_ms, resolution_ms);
            let of = if trace.provenance().is_simulated() { " of virtual time" } else { "" };
            format!("{tasks}{}: {took}{of}{}.", manner(trace, &stats, ran), gain(trace, &stats))
        }
    };
    for sentence in [page(trace, &stats), lost(trace)].into_iter().flatten() {
        text.push(' ');
        text.push_str(&sentence);
    }
    text
}

/// What overlapping brought, if it did: how the whole compares with its parts one after another, and the longest wait.
fn gain(trace: &Trace, stats: &Stats) -> String {
    let one_by_one_ms = stats.running_ms + stats.waiting_ms;
    let gain = stats::speed_up(one_by_one_ms, stats.makespan_ms).filter(|gain| *gain >= GAIN);
    let Some(gain) = gain else { return String::new() };
    let waits = trace.slices().map(|(_, slice)| slice).filter(|slice| slice.state == State::WaitingForIo);
    let longest_ms = waits.map(Slice::duration_ms).fold(0.0, f64::max);
    let longest = match longest_ms > 0.0 {
        true => format!("; the longest waited {}", duration(longest_ms, trace.provenance().clock_resolution_ms)),
        false => String::new(),
    };
    format!(", {} times faster than one after another{longest}", times(gain))
}

/// Whether slices lie within others, as in an imported trace of functions that call one another.
fn has_nested(trace: &Trace) -> bool {
    trace.lanes().iter().any(|lane| lane.below().is_some())
}

/// Less than this is not worth a word.
const GAIN: f64 = 1.2;

fn tasks_that_ran(trace: &Trace) -> usize {
    let mut ran = vec![false; trace.tasks().len()];
    trace.slices().filter_map(|(_, slice)| slice.task).for_each(|task| ran[task.0 as usize] = true);
    ran.into_iter().filter(|ran| *ran).count()
}

fn count_of_tasks(ran: usize, of: usize) -> String {
    match (ran, of) {
        (1, 1) => "1 task".to_owned(),
        (ran, of) if ran == of => format!("{of} tasks"),
        (ran, of) => format!("{ran} of {of} tasks"),
    }
}

/// How the tasks shared the time.
fn manner(trace: &Trace, stats: &Stats, ran: usize) -> String {
    let busy = |kind| {
        let lanes = trace.lanes().iter().filter(move |lane| lane.kind() == kind && lane.below().is_none());
        lanes.filter(|lane| lane.slices().iter().any(|slice| slice.task.is_some())).count()
    };
    let (threads, processes) = (busy(LaneKind::Thread), busy(LaneKind::Process));
    let has_loop = trace.lanes().iter().any(|lane| lane.kind() == LaneKind::EventLoop);
    let at_once = stats.peak_in_progress as usize;
    match () {
        () if threads > 1 => format!(" on {threads} threads, up to {at_once} at once"),
        () if processes > 0 && has_loop => {
            let plural = if processes == 1 { "" } else { "es" };
            format!(" on an event loop and {processes} process{plural}, up to {at_once} at once")
        }
        () if processes > 1 => format!(" on {processes} processes, up to {at_once} at once"),
        () if ran == 1 => String::new(),
        // Who calls another neither waits for its turn nor shares the time with it.
        () if at_once <= 1 && has_nested(trace) => String::new(),
        () if at_once <= 1 => ", one after another".to_owned(),
        () if stats.peak_running == 1 && stats.running_ms > stats.waiting_ms => {
            ", taking turns on one thread".to_owned()
        }
        () if at_once == ran => ", all at once".to_owned(),
        () => format!(", up to {at_once} at once"),
    }
}

/// What a slice shows: its state, and the object that it waits for: “waiting for others: lock A”.
pub fn slice(trace: &Trace, slice: &Slice) -> String {
    match slice.object().and_then(|object| trace.objects().get(object.0 as usize)) {
        Some(object) => format!("{}: {object}", slice.state.words()),
        None => slice.state.words().to_owned(),
    }
}

/// How many counters are told one by one.
const COUNTERS_TOLD: usize = 6;

/// What each counter said last, and at most if that was more: “queue: 0 at the end, 4 at most”. `None` if nothing was counted.
pub fn counters(trace: &Trace) -> Option<String> {
    let number = |value: f64| grouped(value.max(0.0) as u64);
    let told = trace.counters().iter().filter_map(|counter| {
        let (_, last) = *counter.samples.last()?;
        let highest = counter.samples.iter().map(|(_, value)| *value).fold(last, f64::max);
        let name = trace.objects().get(counter.object.0 as usize)?;
        let most = if highest > last { format!(" at the end, {} at most", number(highest)) } else { String::new() };
        Some(format!("{name}: {}{most}", number(last)))
    });
    let mut told: Vec<_> = told.collect();
    let more = told.len().saturating_sub(COUNTERS_TOLD);
    told.truncate(COUNTERS_TOLD);
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    (!told.is_empty()).then(|| told.join(" · "))
}

/// Whether the page went on drawing; `None` if that was not watched.
fn page(trace: &Trace, stats: &Stats) -> Option<String> {
    let longest_ms = stats.longest_frame_gap_ms?;
    let resolution_ms = trace.provenance().clock_resolution_ms;
    let frozen = stats::frame_gaps(trace)?.filter(|(from_ms, to_ms)| to_ms - from_ms > FROZEN_MS).count();
    Some(match frozen {
        0 => format!("The page drew frames throughout; the longest gap was {}.", freeze(longest_ms, resolution_ms)),
        1 => format!("The page froze for {}.", freeze(longest_ms, resolution_ms)),
        _ => format!("The page froze {frozen} times, the longest for {}.", freeze(longest_ms, resolution_ms)),
    })
}

/// That events are missing, if any are.
fn lost(trace: &Trace) -> Option<String> {
    match trace.provenance().dropped_events {
        0 => None,
        1 => Some("One event was lost, so something is missing here.".to_owned()),
        many => Some(format!("{many} events were lost, so something is missing here.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;
    use crate::trace::{Recorder, TaskId};
    use expect_test::expect;

    #[test]
    fn durations_have_three_digits_and_are_no_finer_than_the_clock() {
        let fine = [0.0, 0.4, 1.25, 21.34, 318.2, 999.4, 999.6, 2_811.0, 9_996.0, 61_240.0, 240_000.0];
        expect!["0 ms, 0.4 ms, 1.3 ms, 21.3 ms, 318 ms, 999 ms, 1.00 s, 2.81 s, 10.0 s, 61.2 s, 240 s"]
            .assert_eq(&fine.map(|ms| duration(ms, 0.1)).join(", "));
        expect!["0.405 ms, 0.41 ms, 0.4 ms, 0 ms"]
            .assert_eq(&[0.005, 0.01, 0.1, 1.0].map(|clock| duration(0.4051, clock)).join(", "));
        expect!["319 ms, 320 ms, 300 ms"].assert_eq(&[1.0, 20.0, 100.0].map(|clock| duration(318.7, clock)).join(", "));
        expect!["2412.3 2412 2412.345"]
            .assert_eq(&[0.1, 1.0, 0.005].map(|clock| milliseconds(2_412.345, clock)).join(" "));
    }

    #[test]
    fn steps_of_clocks_are_never_nothing() {
        let steps = [1.0, 0.1, 0.005, 0.001, 1e-4, 1e-5, 1e-6, 1e-9, 0.0].map(step).join(", ");
        expect!["1 ms, 0.1 ms, 0.005 ms, 0.001 ms, 100 ns, 10 ns, 1 ns, 1 ps, unknown length"].assert_eq(&steps);
    }

    #[test]
    fn a_run_is_told_in_plain_sentences() {
        let told = |trace: Trace| summary(&trace);
        expect!["9 tasks, one after another: 2.70 s. The page drew frames throughout; the longest gap was 17 ms."]
            .assert_eq(&told(example::staircase(9, 300.0)));
        expect!["9 tasks, all at once: 318 ms, 8.8 times faster than one after another; the longest waited 316 ms. The page drew frames throughout; the longest gap was 17 ms."]
            .assert_eq(&told(example::side_by_side(9, 300.0)));
        expect!["16 tasks on 2 threads, up to 2 at once: 1.01 s, 1.9 times faster than one after another. The page drew frames throughout; the longest gap was 17 ms."]
            .assert_eq(&told(example::pool(16, 2)));
        expect![
            "16 tasks, taking turns on one thread: 1.92 s. The page drew frames throughout; the longest gap was 17 ms."
        ]
        .assert_eq(&told(example::interleaved(16, 15)));
        expect!["16 tasks, one after another: 1.88 s. The page froze for 1.9 s."].assert_eq(&told(example::frozen(16)));
        expect!["No task ran."].assert_eq(&told(example::empty(3)));
    }

    #[test]
    fn who_waits_on_a_loop_and_computes_elsewhere_is_told_so() {
        let on = |processes: u16| {
            let mut recorder = Recorder::new(["a", "b"]);
            recorder.add_lane(LaneKind::EventLoop, "event loop").unwrap();
            for task in 0..2_u16 {
                let in_flight = recorder.add_lane(LaneKind::InFlight, "in flight").unwrap();
                let waits = Slice::new(Some(TaskId(task.into())), State::WaitingForIo, 0.0, 9.0);
                recorder.slice(in_flight, waits).unwrap();
            }
            for number in 0..processes {
                let process = recorder.add_lane(LaneKind::Process, "process").unwrap();
                let runs = Slice::new(Some(TaskId(number.into())), State::Running, 9.0, 20.0);
                recorder.slice(process, runs).unwrap();
            }
            summary(&recorder.finish(example::empty(2).provenance().clone()).unwrap())
        };
        assert!(on(1).starts_with("2 tasks on an event loop and 1 process, up to 2 at once: "), "{}", on(1));
        assert!(on(2).starts_with("2 tasks on an event loop and 2 processes, up to 2 at once: "), "{}", on(2));
    }

    #[test]
    fn calls_within_calls_are_not_told_as_concurrency() {
        let told = |events: &str| {
            let mut importer = crate::trace::exchange::Importer::new("a.json");
            importer.feed(format!("[{events}]").as_bytes()).unwrap();
            summary(&importer.finish().unwrap().trace)
        };
        let main = r#"{"ph":"X","name":"main","tid":1,"ts":0,"dur":9000}, {"ph":"X","name":"load","tid":1,"ts":100,"dur":8000}"#;
        assert_eq!(told(main), "2 tasks: 9.00 ms.");
        let other = r#"{"ph":"X","name":"main","tid":2,"ts":0,"dur":9000}"#;
        let both = "2 tasks on 2 threads, up to 2 at once: 9.00 ms, 2 times faster than one after another.";
        assert_eq!(told(&format!("{main}, {other}")), both);
    }

    #[test]
    fn counters_are_told_by_their_last_value_and_their_highest() {
        assert_eq!(counters(&example::troubles()).as_deref(), Some("queue: 3 at the end, 1,200 at most"));
        assert_eq!(counters(&example::pool(3, 2)), None);
    }
}

//! Sweeps in words: what was found, how sure that is, and, where a number would mislead, why there is none.

use super::SimulatedPoint;
use crate::plan::catalogue::grouped;
use crate::timeline::compare::times;
use crate::timeline::words::duration;
use crate::trace::sweep::{FEWEST_REPEATS, Fit, NoFit, Size, Sizes, SpeedUp, SpeedUpPoint, Spread};

/// Less than this factor is called 'about the same'.
const SAME_BELOW: f64 = 1.05;
/// A share (0…1) below this is said to be none.
const UNSEEN: f64 = 0.005;

/// A sweep over numbers of workers, in one to four sentences.
pub fn speed_up_words(sweep: &SpeedUp) -> String {
    let mut text = match &sweep.fit {
        Ok(fit) => fit_words(sweep, fit),
        Err(why) => no_fit_words(sweep, *why),
    };
    let crowded = sweep.points.last().filter(|point| point.beyond_cores && sweep.cores > 1);
    if let Some(point) = crowded {
        let cores = sweep.cores;
        text += &format!(
            " This machine has {cores} cores; more workers than that take turns on them, and {} were {}.",
            grouped(point.workers.into()),
            than_one(point.speed_up.median)
        );
    }
    if sweep.cores == 0 && sweep.points.len() > 1 {
        text += " How many cores this machine has is not known, so some of the workers may have taken turns.";
    }
    text
}

fn fit_words(sweep: &SpeedUp, fit: &Fit) -> String {
    let Fit { serial, low, high } = *fit;
    let mut text = most_words(sweep);
    match fit.limit().filter(|_| low >= UNSEEN) {
        None => {
            let (share, least) = (percent(high.max(UNSEEN)), times(1.0 / high.max(UNSEEN)));
            text += &format!(
                "; the serial part is too small to be told from nothing (at most {share} %), so the bound lies somewhere above {least} \
                 times."
            );
        }
        Some(limit) => {
            let (limit, share, interval) = (times(limit), percent(serial), interval(low, high, "and"));
            text += &format!(
                "; at this rate, no number of workers makes it more than {limit} times as fast (serial part {share} %, between \
                 {interval} %)."
            );
        }
    }
    if let [_, only] = sweep.on_cores() {
        text += &format!(" It rests on 1 and {} workers alone; nothing tests whether it goes on so.", only.workers);
    }
    text
}

fn no_fit_words(sweep: &SpeedUp, why: NoFit) -> String {
    let most = most_words(sweep);
    match why {
        NoFit::OneWorker => match sweep.points.last().filter(|point| point.workers > 1) {
            None => "Only one worker was measured, so there is nothing to compare it with.".to_owned(),
            Some(point) if sweep.cores == 1 => {
                let (workers, than_one) = (grouped(point.workers.into()), than_one(point.speed_up.median));
                format!("This machine has 1 core: workers take turns on it, and {workers} were {than_one}.")
            }
            Some(_) => "Nothing was measured with more workers than one and a core for each.".to_owned(),
        },
        NoFit::NoGain { lowest } if lowest * SAME_BELOW > 1.0 => {
            "More workers were not faster than one: the work is not shared, or what sharing costs eats up what it brings.".to_owned()
        }
        NoFit::NoGain { lowest } => {
            let factor = times(1.0 / lowest);
            format!("More workers were slower than one, up to {factor} times: to share this work costs more than it brings.")
        }
        NoFit::AboveIdeal { workers, speed_up } => format!(
            "{} workers were {} times as fast as one, which sharing the work cannot explain. Perhaps one worker was measured before its \
             code had been compiled for speed, or each one’s share fits into a faster memory. Amdahl’s law does not speak of that.",
            grouped(workers.into()),
            times(speed_up)
        ),
        NoFit::TooFewRuns { fewest } => {
            let runs = if fewest == 1 { "once".to_owned() } else { format!("{fewest} times") };
            format!(
                "{most}. How large the serial part is cannot be said from that: some number of workers was run {runs} only, and it \
                 takes {FEWEST_REPEATS} runs of each to know how sure it is."
            )
        }
        NoFit::TooNoisy { low, high } => format!(
            "{most}, but the runs differ too much to say more: the serial part may be anything between {} %. Close what else is running \
             and measure again.",
            interval(low, high, "and")
        ),
        NoFit::OtherLaw { first, last } if last > first + 0.02 => format!(
            "{most}. It does not follow Amdahl’s law: what seems to be serial grows with the workers, from {} to {} %, so it is not a \
             part of the work but what more workers cost.",
            percent(first.max(0.0)),
            percent(last)
        ),
        NoFit::OtherLaw { .. } => {
            format!("{most}. It does not follow Amdahl’s law: no one serial part explains all numbers of workers.")
        }
    }
}

/// The fastest of those that have a core each: “4 workers were 3.1 times as fast as one”.
fn most_words(sweep: &SpeedUp) -> String {
    let more = sweep.on_cores().iter().filter(|point| point.workers > 1);
    match more.max_by(|a, b| a.speed_up.median.total_cmp(&b.speed_up.median)) {
        Some(point) => format!("{} workers were {}", grouped(point.workers.into()), than_one(point.speed_up.median)),
        None => String::new(),
    }
}

/// “1.8 times as fast as one”, “1.3 times slower than one”, “about as fast as one”.
fn than_one(speed_up: f64) -> String {
    match speed_up {
        faster if faster >= SAME_BELOW => format!("{} times as fast as one", times(faster)),
        slower if slower * SAME_BELOW <= 1.0 => format!("{} times slower than one", times(1.0 / slower)),
        _ => "about as fast as one".to_owned(),
    }
}

/// What was simulated beyond a sweep over numbers of workers, in a sentence; `None` if nothing was.
pub fn beyond_words(simulated: &[SimulatedPoint]) -> Option<String> {
    let SimulatedPoint { workers, speed_up } = simulated.last()?;
    let (workers, gain) = (grouped(u64::from(*workers)), than_one(*speed_up));
    Some(format!("Simulated with a core for each, {workers} workers are {gain}."))
}

/// A sweep over sizes of chunks, in one or two sentences. No time is said finer than `resolution_ms`.
pub fn sizes_words(sweep: &Sizes, resolution_ms: f64) -> String {
    let sizes = &sweep.sizes;
    let (Some(best), Some(first), Some(last)) = (sizes.get(sweep.best), sizes.first(), sizes.last()) else {
        return String::new();
    };
    let (took, name) = (duration(best.makespan_ms.median, resolution_ms), |size: &Size| grouped(size.size.into()));
    if sizes.len() == 1 {
        return format!("Only chunks of {} were measured: {took}.", name(best));
    }
    if sizes.iter().all(|size| size.as_good) {
        return format!(
            "The size of a chunk makes no difference from {} to {}: about {took}.",
            name(first),
            name(last)
        );
    }
    // The stretch around the best in which all are as good.
    let before = sizes[..sweep.best].iter().rev().take_while(|size| size.as_good).last().unwrap_or(best);
    let after = sizes[sweep.best..].iter().take_while(|size| size.as_good).last().unwrap_or(best);
    let mut text = format!("Chunks of {} were the fastest: {took}", name(best));
    if before.size < after.size {
        text += &format!("; from {} to {} it makes no difference", name(before), name(after));
    }
    let longer = |size: &Size| format!("chunks of {} took {} times as long", name(size), times(size.ratio));
    let ends = [
        (first, before.size > first.size, "small ones cost a hand-over each"),
        (last, after.size < last.size, "large ones leave workers with nothing to do at the end"),
    ];
    let told: Vec<_> = ends.into_iter().filter(|(size, is_worse, _)| *is_worse && !size.as_good).collect();
    let (what, why): (Vec<_>, Vec<_>) = told.into_iter().map(|(size, _, why)| (longer(size), why)).unzip();
    if !what.is_empty() {
        let what = what.join(", ");
        text += &format!(". C{}: {}", what.trim_start_matches('c'), why.join(", "));
    }
    text + "."
}

/// All that is known of a point.
pub(super) fn point_words(point: &SpeedUpPoint, resolution_ms: f64) -> String {
    let took = duration(point.makespan_ms.median, resolution_ms);
    let runs = runs(point.runs);
    let Spread { low, high, .. } = point.speed_up;
    let spread = if point.runs > 1 { format!(", the middle half {low:.2} to {high:.2}") } else { String::new() };
    match point.workers {
        1 => format!("1 worker: {took}, {runs}"),
        many => {
            let many = grouped(many.into());
            let crowded = if point.beyond_cores { ", more than there are cores" } else { "" };
            format!("{many} workers{crowded}: {}{spread}; {took}, {runs}", than_one(point.speed_up.median))
        }
    }
}

/// All that is known of a point that was simulated.
pub(super) fn simulated_words(point: &SimulatedPoint) -> String {
    let workers =
        if point.workers == 1 { "1 worker".into() } else { format!("{} workers", grouped(point.workers.into())) };
    format!("{workers}, simulated, with a core for each: {}", than_one(point.speed_up))
}

/// All that is known of a size.
pub(super) fn size_words(size: &Size, resolution_ms: f64) -> String {
    let [low, median, high] =
        [size.makespan_ms.low, size.makespan_ms.median, size.makespan_ms.high].map(|ms| duration(ms, resolution_ms));
    let spread = if size.runs > 1 { format!(", the middle half {low} to {high}") } else { String::new() };
    format!("chunks of {}: {median}{spread}, {}", grouped(size.size.into()), runs(size.runs))
}

fn runs(runs: usize) -> String {
    if runs == 1 { "1 run".to_owned() } else { format!("{runs} runs") }
}

/// A speed-up as a number: “1.8”, “12”; of what is slower, “0.55”.
pub(super) fn ratio(speed_up: f64) -> String {
    if speed_up < 0.995 { format!("{speed_up:.2}") } else { times(speed_up) }
}

/// A share (0…1) in percent, without the sign: “12”, “0.4”, “0”.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        little if (0.05..0.95).contains(&little) => format!("{little:.1}"),
        percent => format!("{:.0}", percent.max(0.0)),
    }
}

/// “9 and 16”, “9 to 16”.
pub(super) fn interval(low: f64, high: f64, between: &str) -> String {
    format!("{} {between} {}", percent(low), percent(high))
}

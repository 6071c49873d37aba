//! Makes a trace of what has been gathered: lanes from threads, arrows from their ends, and the earliest time 0.

use super::super::super::{
    Counter, Lane, LaneId, LaneKind, ObjectId, Provenance, RequestsBy, SharedMemory, Slice, Source, Trace,
};
use super::Imported;
use super::arrows::{Place, join};
use super::error::ImportError;
use super::gather::{Gather, Series};
use super::lanes::spread;
use super::notes::{Note, Notes};
use super::spans::{pair, pair_by_id};
use super::threads::Thread;

/// The most lanes that a trace can number.
const MOST_LANES: usize = 1 << 16;

/// The trace that a file of that name holds.
pub(super) fn assemble(gather: Gather, file: String) -> Result<Imported, ImportError> {
    let Gather { names, mut threads, async_edges, async_groups, mut arrows, counters, own, mut notes, .. } = gather;
    let (first_ms, last_ms) = gather.span_ms.unwrap_or_default();
    let is_ours = own.is_some();
    // Our own files begin at 0.
    let shift_ms = if is_ours { 0.0 } else { first_ms };
    let prefixes = threads.prefixes(|process| {
        let mut threads = threads.all.iter().filter(|thread| !thread.is_empty());
        !is_ours && (async_groups.iter().any(|group| group.0 == process) || threads.any(|of| of.process == process))
    });

    let mut lanes = Lanes { all: Vec::new(), shift_ms, notes: &mut notes };
    let mut places: Vec<Place> = vec![None; threads.all.len()];
    for index in if is_ours { (0..threads.all.len() as u32).collect() } else { threads.order() } {
        let thread = std::mem::take(&mut threads.all[index as usize]);
        if is_ours || !thread.is_empty() {
            places[index as usize] = lanes.add_thread(&prefixes[thread.process as usize], thread, last_ms);
        }
    }
    let groups = pair_by_id(async_edges, async_groups.len(), last_ms, lanes.notes);
    for ((process, category), (slices, marks)) in async_groups.into_iter().zip(groups) {
        let category = if category.is_empty() { "asynchronous" } else { &category };
        let label = format!("{}{category}", prefixes[process as usize]);
        let first = Lane { kind: LaneKind::InFlight, label, below: None, slices: Vec::new(), marks };
        lanes.add(first, slices, |first, number| format!("{first} · {number}"));
    }
    let mut lanes = lanes.all;
    lanes.shrink_to_fit();
    arrows.each(|end| end.at_ms -= shift_ms);
    let flows = join(arrows, &lanes, &places, is_ours, &mut notes);

    let (tasks, objects, holds, provenance, end_ms) = match own {
        Some(own) => (own.tasks, own.objects, own.holds, own.provenance, own.end_ms),
        None if lanes.is_empty() && counters.is_empty() => return Err(ImportError::Empty),
        None => {
            let objects = counters.iter().map(|series| series.label.clone()).collect();
            let provenance = imported(file, gather.resolution.ms());
            (names.into_labels(), objects, Vec::new(), provenance, last_ms - first_ms)
        }
    };
    let counters = counters.into_iter().zip(0..).map(|(series, index)| counter(series, index, shift_ms)).collect();
    let trace = Trace { tasks, objects, lanes, holds, flows, counters, provenance, end_ms }.checked()?;
    let origin_us = gather.origin.unwrap_or_default() as f64 / 1e6 + shift_ms * 1e3;
    Ok(Imported { trace, notes: notes.in_words(), origin_us })
}

struct Lanes<'a> {
    all: Vec<Lane>,
    /// The time that becomes 0, ms.
    shift_ms: f64,
    notes: &'a mut Notes,
}

impl Lanes<'_> {
    fn add_thread(&mut self, prefix: &str, mut thread: Thread, last_ms: f64) -> Place {
        pair(std::mem::take(&mut thread.edges), last_ms, &mut thread.slices, self.notes);
        let label = format!("{prefix}{}", thread.label());
        let kind = thread.kind.unwrap_or(LaneKind::Thread);
        let first = Lane { kind, label, below: thread.below, slices: Vec::new(), marks: thread.marks };
        self.add(first, thread.slices.into_vec(), |first, depth| format!("{first} · depth {depth}"))
    }

    /// Adds `first` with as many of `slices` as fit on it, and lanes below it for the others.
    fn add(&mut self, mut first: Lane, mut slices: Vec<Slice>, label: impl Fn(&str, usize) -> String) -> Place {
        for slice in &mut slices {
            slice.start_ms -= self.shift_ms;
            slice.end_ms -= self.shift_ms;
        }
        first.marks.iter_mut().for_each(|mark| mark.at_ms -= self.shift_ms);
        first.marks.sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms));
        first.marks.shrink_to_fit();
        let mut spread = spread(slices, self.notes);
        let fit = MOST_LANES - self.all.len();
        let left_out = spread.drain(fit.min(spread.len())..).map(|slices| slices.len() as u64).sum();
        self.notes.add_several(Note::NoLane, left_out);
        let (id, count) = (LaneId(u16::try_from(self.all.len()).ok()?), spread.len());
        let mut spread = spread.into_iter();
        first.slices = spread.next()?;
        let (kind, name) = (first.kind, first.label.clone());
        self.all.push(first);
        for (slices, number) in spread.zip(2..) {
            let label = label(&name, number);
            self.all.push(Lane { kind, label, below: Some(id), slices, marks: Vec::new() });
        }
        Some((id, count))
    }
}

fn counter(series: Series, index: u32, shift_ms: f64) -> Counter {
    let Series { object, mut samples, .. } = series;
    samples.iter_mut().for_each(|(at_ms, _)| *at_ms -= shift_ms);
    samples.sort_by(|a, b| a.0.total_cmp(&b.0));
    samples.shrink_to_fit();
    Counter { object: object.unwrap_or(ObjectId(index)), samples }
}

/// What is known of numbers that another program measured.
fn imported(file: String, clock_resolution_ms: f64) -> Provenance {
    Provenance {
        source: Source::Imported(file),
        engine: String::new(),
        cores: 0,
        clock_resolution_ms,
        isolated: false,
        shared_memory: SharedMemory::NotNeeded,
        requests: RequestsBy::Nobody,
        dropped_events: 0,
        hidden: false,
        date: String::new(),
    }
}

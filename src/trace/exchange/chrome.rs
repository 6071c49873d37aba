//! Writes a trace as Chrome Trace Event JSON (<https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU>),
//! one event a line. What the format has no word for stands in `otherData` and `args`, or in keys that viewers pass over, so
//! that reading the file again gives the same trace.
//!
//! Viewers tell nanoseconds apart, and reckon with them in binary: a slice that ends a hair after the next begins is nested into
//! another, or left out. So times are whole ns, a slice ends a ns early where the next begins at once, and the exact times
//! stand besides.
//!
//! ```text
//!  M      process, and each lane as a thread; tasks and objects, by id
//!  X      slices: name is the task's label, category the state
//!  b, e   holds of a lock    i  marks    C  counters    s, f  flows, and X of category “flow” where no slice is at their end
//! ```

mod text;

use std::io::{self, Write};

use interleave_scan::Picoseconds;

use super::super::{Flow, Lane, LaneId, LaneKind, MarkKind, Slice, TaskId, Trace};
use super::keys;
use text::{Quoted, header};

/// Writes `trace` to `out` in many small pieces: give it a buffer.
///
/// # Errors
/// Whatever `out` refuses.
pub fn write_chrome(trace: &Trace, out: &mut impl Write) -> io::Result<()> {
    header(trace, out)?;
    metadata(trace, out)?;
    for (lane, id) in trace.lanes().iter().zip((0..).map(LaneId)) {
        let slices = lane.slices();
        for (number, slice) in slices.iter().enumerate() {
            complete(trace, id, slice, slices.get(number + 1), out)?;
        }
        for mark in lane.marks() {
            let label = label(trace, mark.task).filter(|_| mark.kind == MarkKind::Named);
            let name = Quoted(label.unwrap_or(keys::mark(mark.kind)));
            write!(out, ",\n{{\"ph\":\"i\",\"s\":\"t\",\"name\":{name},{}", Place(trace, id))?;
            time(Picoseconds::of_ms(mark.at_ms), mark.at_ms, out)?;
            write!(out, ",\"args\":{{\"mark\":{}", Quoted(keys::mark(mark.kind)))?;
            if let Some(TaskId(task)) = mark.task {
                write!(out, ",\"task\":{task}")?;
            }
            out.write_all(b"}}")?;
        }
    }
    for (id, hold) in trace.holds().iter().enumerate() {
        let name = Quoted(trace.objects().get(hold.object.0 as usize).map_or("", String::as_str));
        for (phase, at_ms) in [('b', hold.start_ms), ('e', hold.end_ms)] {
            write!(
                out,
                ",\n{{\"ph\":\"{phase}\",\"cat\":\"hold\",\"id2\":{{\"local\":\"{id}\"}},\"name\":{name},{}",
                Place(trace, hold.lane)
            )?;
            time(Picoseconds::of_ms(at_ms), at_ms, out)?;
            write!(out, ",\"args\":{{\"object\":{},\"task\":{}}}}}", hold.object.0, hold.task.0)?;
        }
    }
    for counter in trace.counters() {
        let name = Quoted(trace.objects().get(counter.object.0 as usize).map_or("", String::as_str));
        for (at_ms, value) in &counter.samples {
            write!(out, ",\n{{\"ph\":\"C\",\"name\":{name},\"pid\":1,\"object\":{}", counter.object.0)?;
            time(Picoseconds::of_ms(*at_ms), *at_ms, out)?;
            write!(out, ",\"args\":{{\"value\":{value}}}}}")?;
        }
    }
    for (id, flow) in trace.flows().iter().enumerate() {
        arrow(trace, id, flow, out)?;
    }
    out.write_all(b"\n]}\n")
}

/// Processes, threads, tasks, objects. The first event has no comma before it.
fn metadata(trace: &Trace, out: &mut impl Write) -> io::Result<()> {
    let engine = &trace.provenance().engine;
    let process = if engine.is_empty() { "Interleave".to_owned() } else { format!("Interleave: {engine}") };
    write!(out, "{{\"ph\":\"M\",\"name\":\"process_name\",\"pid\":1,\"args\":{{\"name\":{}}}}}", Quoted(&process))?;
    for (index, lane) in trace.lanes().iter().enumerate() {
        let (name, kind) = (Quoted(lane.label()), Quoted(keys::lane(lane.kind())));
        write!(
            out,
            ",\n{{\"ph\":\"M\",\"name\":\"thread_name\",{},\"args\":{{\"name\":{name},\"kind\":{kind}",
            Place(trace, LaneId(index as u16))
        )?;
        if let Some(LaneId(above)) = lane.below() {
            write!(out, ",\"below\":{above}")?;
        }
        write!(
            out,
            "}}}},\n{{\"ph\":\"M\",\"name\":\"thread_sort_index\",{},\"args\":{{\"sort_index\":{index}}}}}",
            Place(trace, LaneId(index as u16))
        )?;
    }
    for (what, labels) in [("task", trace.tasks()), ("object", trace.objects())] {
        for label in labels {
            write!(out, ",\n{{\"ph\":\"M\",\"name\":\"{what}\",\"pid\":1,\"args\":{{\"name\":{}}}}}", Quoted(label))?;
        }
    }
    Ok(())
}

fn complete(trace: &Trace, lane: LaneId, slice: &Slice, next: Option<&Slice>, out: &mut impl Write) -> io::Result<()> {
    let state = keys::state(slice.state);
    let name = label(trace, slice.task).unwrap_or(state);
    write!(out, ",\n{{\"ph\":\"X\",\"name\":{},\"cat\":\"{state}\",{}", Quoted(name), Place(trace, lane))?;
    let (start, mut end) = stretch(slice);
    if end > start && next.is_some_and(|next| stretch(next).0 <= end) {
        end.0 -= NANOSECOND;
    }
    time(start, slice.start_ms, out)?;
    write!(out, ",\"dur\":{}", Picoseconds(end.0 - start.0))?;
    if !end.is_read_as(slice.end_ms) {
        write!(out, ",\"end_ms\":{}", slice.end_ms)?;
    }
    let (task, object) = (slice.task.map(|task| task.0), slice.object());
    match (task, object.map(|object| (object.0, trace.objects().get(object.0 as usize)))) {
        (None, None) => {}
        (Some(task), None) => write!(out, ",\"args\":{{\"task\":{task}}}")?,
        (task, Some((object, label))) => {
            let label = Quoted(label.map_or("", String::as_str));
            write!(out, ",\"args\":{{\"waits for\":{label},\"object\":{object}")?;
            if let Some(task) = task {
                write!(out, ",\"task\":{task}")?;
            }
            out.write_all(b"}")?;
        }
    }
    out.write_all(b"}")
}

/// When a slice begins and ends.
fn stretch(slice: &Slice) -> (Picoseconds, Picoseconds) {
    (Picoseconds::of_ms(slice.start_ms), Picoseconds::of_ms(slice.end_ms))
}

/// In ps.
const NANOSECOND: i128 = 1_000;

fn arrow(trace: &Trace, id: usize, flow: &Flow, out: &mut impl Write) -> io::Result<()> {
    let name = keys::flow(flow.kind);
    for (phase, (lane, at_ms)) in [('s', flow.from), ('f', flow.to)] {
        let within = trace.lanes().get(usize::from(lane.0)).and_then(|lane| within(lane, at_ms));
        let at = within.unwrap_or(Picoseconds::of_ms(at_ms));
        if within.is_none() {
            // Viewers draw arrows between slices alone.
            write!(out, ",\n{{\"ph\":\"X\",\"cat\":\"flow\",\"name\":\"{name}\",{}", Place(trace, lane))?;
            write!(out, ",\"ts\":{at},\"dur\":{}}}", Picoseconds(NANOSECOND))?;
        }
        write!(out, ",\n{{\"ph\":\"{phase}\",\"cat\":\"flow\",\"name\":\"{name}\",\"id\":{id},{}", Place(trace, lane))?;
        time(at, at_ms, out)?;
        out.write_all(if phase == 'f' { b",\"bp\":\"e\"}" } else { b"}" })?;
    }
    Ok(())
}

/// When an end of an arrow has to lie so that viewers find the slice that it belongs to, if there is one. They take a slice for over
/// at its very end, and we write some that end a ns early.
fn within(lane: &Lane, at_ms: f64) -> Option<Picoseconds> {
    let over = lane.slices().partition_point(|slice| slice.end_ms <= at_ms);
    let next = lane.slices().get(over).filter(|slice| slice.start_ms <= at_ms);
    let slice = next.or_else(|| lane.slices()[..over].last().filter(|slice| slice.end_ms == at_ms))?;
    let (start, end) = stretch(slice);
    Some(Picoseconds::of_ms(at_ms).min(Picoseconds(end.0 - 2 * NANOSECOND)).max(start))
}

/// The time of an event, and besides in ms where decimal µs do not give it exactly.
fn time(at: Picoseconds, at_ms: f64, out: &mut impl Write) -> io::Result<()> {
    write!(out, ",\"ts\":{at}")?;
    if at.is_read_as(at_ms) { Ok(()) } else { write!(out, ",\"ms\":{at_ms}") }
}

fn label(trace: &Trace, task: Option<TaskId>) -> Option<&str> {
    trace.tasks().get(task?.0 as usize).map(String::as_str)
}

/// A lane as process and thread. None has the number of its process, as only a main thread has; and the page's frames come last, as
/// some viewers show the first thread alone.
struct Place<'a>(&'a Trace, LaneId);

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        let (lanes, index) = (self.0.lanes(), usize::from(self.1.0));
        let is_last = lanes.get(index).is_some_and(|lane| lane.kind() == LaneKind::Heartbeat);
        write!(out, "\"pid\":1,\"tid\":{}", index + 2 + if is_last { lanes.len() } else { 0 })
    }
}

#[cfg(test)]
mod tests;

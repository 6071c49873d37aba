//! Takes events one by one and keeps of each what the trace will need, sorted by thread. What follows from all of them together,
//! such as which slice lies within which, waits until there are no more: they may come in any order.

use interleave_scan::{Cursor, Event, Fault, Text, milliseconds, picoseconds};

use super::super::super::{Mark, MarkKind, ObjectId, Slice, State, TaskId};
use super::super::keys;
use super::arrows::ArrowEnd;
use super::chunks::Chunks;
use super::names::{Keyed, Names, key};
use super::notes::{Note, Notes};
use super::own::{Extras, Own};
use super::spans::{AsyncEdge, Edge, EdgeKind};
use super::threads::Threads;

/// What has been read of a file.
#[derive(Debug, Default)]
pub(super) struct Gather {
    pub(super) names: Names,
    pub(super) threads: Threads,
    pub(super) async_edges: Chunks<AsyncEdge>,
    /// Process and category of the lanes of asynchronous slices.
    pub(super) async_groups: Vec<(u32, String)>,
    async_group_ids: Keyed<u32>,
    pub(super) arrows: Chunks<ArrowEnd>,
    pub(super) counters: Vec<Series>,
    counter_ids: Keyed<usize>,
    /// What the file says besides if we wrote it.
    pub(super) own: Option<Own>,
    pub(super) notes: Notes,
    /// The time that is 0 meanwhile, ps.
    pub(super) origin: Option<i128>,
    /// The first and the last time, ms from the origin.
    pub(super) span_ms: Option<(f64, f64)>,
    pub(super) resolution: Resolution,
}

/// A counter, or one of the series of a counter.
#[derive(Debug)]
pub(super) struct Series {
    pub(super) label: String,
    /// Which object it is, if the file says so.
    pub(super) object: Option<ObjectId>,
    /// Time in ms from the origin, and value.
    pub(super) samples: Vec<(f64, f64)>,
}

impl Gather {
    /// Takes `otherData`, which says whether the file is ours. It counts if it comes before the events.
    pub(super) fn head(&mut self, cursor: &mut Cursor) -> Result<(), Fault> {
        let own = Own::parse(cursor)?;
        if self.origin.is_none() && self.own.is_none() {
            self.own = own;
        }
        Ok(())
    }

    /// Takes an event. Only one whose arguments are no JSON is refused.
    pub(super) fn take<'a>(&mut self, event: &Event<'a>) -> Result<(), Fault> {
        match event.phase {
            b'X' => return self.slice(event),
            b'B' => self.edge(event, true),
            b'E' => self.edge(event, false),
            // S, T, p and F are what b, n and e were called once.
            b'b' | b'S' => return self.async_edge(event, EdgeKind::Begin(state(event))),
            b'e' | b'F' => return self.async_edge(event, EdgeKind::End),
            b'n' | b'T' | b'p' => return self.async_edge(event, EdgeKind::Within),
            b's' | b't' | b'f' => self.arrow(event),
            b'i' | b'I' | b'R' => return self.mark(event),
            b'C' => return self.count(event),
            b'M' => return self.threads.metadata(event, self.own.as_mut()),
            phase => self.notes.add(Note::Phase(phase)),
        }
        Ok(())
    }

    fn slice(&mut self, event: &Event) -> Result<(), Fault> {
        // In our own files something for an arrow to end at, where there is no slice.
        if self.own.is_some() && event.category == b"flow" {
            return Ok(());
        }
        let Some((start_ms, start)) = self.start(event) else { return Ok(()) };
        let duration = event.duration_us.and_then(picoseconds);
        let exact = event.end_ms.filter(|_| self.own.is_some()).and_then(number);
        match duration {
            None if exact.is_none() => self.notes.add(Note::NoDuration),
            Some(..0) => self.notes.add(Note::NegativeDuration),
            _ => {}
        }
        let duration = duration.unwrap_or_default().max(0);
        self.resolution.refine(duration);
        let end_ms = exact.unwrap_or_else(|| milliseconds(start + duration)).max(start_ms);
        self.include(end_ms);
        let extras = Extras::of(event, self.own.is_some())?;
        let task = self.task(event, &extras);
        let slice = Slice::new(task, state(event), start_ms, end_ms).waiting_for(extras.object);
        self.threads.of(event).slices.push(slice);
        Ok(())
    }

    fn edge(&mut self, event: &Event, begins: bool) {
        let Some((at_ms, _)) = self.start(event) else { return };
        // An end may say whose it is.
        let named = begins || event.name.is_some_and(|name| !name.raw.is_empty());
        let task = named.then(|| self.named(event));
        let kind = if begins { EdgeKind::Begin(state(event)) } else { EdgeKind::End };
        self.threads.of(event).edges.push(Edge { at_ms, task, kind });
    }

    fn async_edge(&mut self, event: &Event, kind: EdgeKind) -> Result<(), Fault> {
        let Some((at_ms, _)) = self.start(event) else { return Ok(()) };
        if self.own.is_some() && event.category == b"hold" {
            let extras = Extras::of(event, true)?;
            let thread = self.threads.index(event);
            if let Some(own) = &mut self.own {
                own.hold(thread, kind == EdgeKind::End, at_ms, &extras);
            }
            return Ok(());
        }
        let process = self.threads.process(event);
        let local: &[u8] = if event.id_is_local { event.process.unwrap_or_default() } else { b"" };
        let id = key(&[event.category, event.scope, local, event.id]);
        let groups = &mut self.async_groups;
        let group = *self.async_group_ids.entry(key(&[&process.to_le_bytes(), event.category])).or_insert_with(|| {
            groups.push((process, Text { raw: event.category, escaped: true }.decode().into_owned()));
            groups.len() as u32 - 1
        });
        let task = self.named(event);
        self.async_edges.push(AsyncEdge { at_ms, id, group, task, kind });
        Ok(())
    }

    fn arrow(&mut self, event: &Event) {
        let Some((at_ms, _)) = self.start(event) else { return };
        let name = event.name.unwrap_or_default().raw;
        let id = key(&[event.category, name, event.id]);
        let thread = self.threads.index(event);
        self.arrows.push(ArrowEnd::new(event, id, at_ms, thread));
    }

    fn mark(&mut self, event: &Event) -> Result<(), Fault> {
        let Some((at_ms, _)) = self.start(event) else { return Ok(()) };
        let extras = Extras::of(event, self.own.is_some())?;
        let task = self.task(event, &extras);
        let kind = extras.mark.unwrap_or(MarkKind::Named);
        self.threads.of(event).marks.push(Mark { at_ms, task, kind });
        Ok(())
    }

    fn count(&mut self, event: &Event) -> Result<(), Fault> {
        let Some((at_ms, _)) = self.start(event) else { return Ok(()) };
        let name = event.name.unwrap_or_default();
        let process = event.process.unwrap_or_default();
        let object = event.object.filter(|_| self.own.is_some()).and_then(integer).map(ObjectId);
        let (ids, counters, notes) = (&mut self.counter_ids, &mut self.counters, &mut self.notes);
        event.each_argument(|series, value| {
            let Some(value) = number(value.content()) else { return notes.add(Note::NotAValue) };
            let id = key(&[process, name.raw, event.id, series, event.object.unwrap_or_default()]);
            let index = *ids.entry(id).or_insert_with(|| {
                let series = Text { raw: series, escaped: true }.decode();
                counters.push(Series { label: label(&name.decode(), &series), object, samples: Vec::new() });
                counters.len() - 1
            });
            counters[index].samples.push((at_ms, value));
        })
    }

    /// When an event is, in ms from the origin, and in ps from it.
    fn start(&mut self, event: &Event) -> Option<(f64, i128)> {
        let ps = event.start_us.and_then(picoseconds);
        let exact = event.start_ms.filter(|_| self.own.is_some()).and_then(number);
        if ps.is_none() && exact.is_none() {
            self.notes.add(Note::NoTime);
            return None;
        }
        let ps = ps.unwrap_or_default();
        // Our own files begin at 0, and are not moved.
        let origin = match self.origin {
            Some(origin) => origin,
            None => *self.origin.insert(if self.own.is_some() { 0 } else { ps }),
        };
        let at = ps - origin;
        self.resolution.refine(at);
        let at_ms = exact.unwrap_or_else(|| milliseconds(at));
        self.include(at_ms);
        Some((at_ms, at))
    }

    fn include(&mut self, at_ms: f64) {
        let (first, last) = self.span_ms.unwrap_or((at_ms, at_ms));
        self.span_ms = Some((first.min(at_ms), last.max(at_ms)));
    }

    /// Whose an event is: in our own files by id, otherwise by name.
    fn task(&mut self, event: &Event, extras: &Extras) -> Option<TaskId> {
        if self.own.is_some() { extras.task } else { Some(self.named(event)) }
    }

    fn named(&mut self, event: &Event) -> TaskId {
        let name = event.name.filter(|name| !name.raw.is_empty());
        TaskId(self.names.number(name.unwrap_or(Text { raw: b"(no name)", escaped: false })))
    }
}

/// A counter that has one series is called as itself.
fn label(name: &str, series: &str) -> String {
    match series {
        "" | "value" => name.to_owned(),
        series if name.is_empty() || series == name => series.to_owned(),
        series => format!("{name} · {series}"),
    }
}

/// The state that category or colour say; running if they say none.
fn state(event: &Event) -> State {
    let by_colour = || match event.colour {
        b"thread_state_runnable" => Some(State::Ready),
        b"thread_state_iowait" | b"thread_state_uninterruptible" | b"thread_state_sleeping" => {
            Some(State::WaitingForIo)
        }
        _ => None,
    };
    keys::of(&State::ALL, keys::state, event.category).or_else(by_colour).unwrap_or(State::Running)
}

/// A number that is finite.
pub(super) fn number(text: &[u8]) -> Option<f64> {
    std::str::from_utf8(text).ok()?.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// A number that counts things.
pub(super) fn integer(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The finest step in which times of the file are given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Resolution {
    /// A power of ten, ps.
    ps: i64,
}

impl Default for Resolution {
    fn default() -> Self {
        // The unit of the format is the µs.
        Self { ps: 1_000_000 }
    }
}

impl Resolution {
    /// Takes notice of a time.
    #[inline]
    fn refine(&mut self, ps: i128) {
        if let Ok(ps) = i64::try_from(ps) {
            while ps % self.ps != 0 {
                self.ps /= 10;
            }
        }
    }

    pub(super) fn ms(self) -> f64 {
        milliseconds(self.ps.into())
    }
}

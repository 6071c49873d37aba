//! What our own exports say besides: which task and object, by number, and where the numbers come from.

use interleave_scan::{Cursor, Event, Fault, Token};

use super::super::super::{Hold, LaneId, MarkKind, ObjectId, Provenance, RequestsBy, SharedMemory, Source, TaskId};
use super::super::keys;
use super::gather::{integer, number};

/// What a file that we wrote says besides.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) provenance: Provenance,
    pub(super) end_ms: f64,
    pub(super) tasks: Vec<String>,
    pub(super) objects: Vec<String>,
    pub(super) holds: Vec<Hold>,
    /// A hold of which the end has not come yet.
    open: Option<Hold>,
}

impl Own {
    /// What the object `otherData` says; `None` if another program wrote it.
    pub(super) fn parse(cursor: &mut Cursor) -> Result<Option<Self>, Fault> {
        cursor.pass(b'{', "an object")?;
        let (mut is_ours, mut source, mut file) = (false, Source::Recorded, String::new());
        let (mut requests, mut why_timer, mut end_ms) = (RequestsBy::Nobody, String::new(), 0.0);
        let mut provenance = Provenance {
            source: Source::Recorded,
            engine: String::new(),
            cores: 0,
            clock_resolution_ms: 0.0,
            isolated: false,
            shared_memory: SharedMemory::NotNeeded,
            requests: RequestsBy::Nobody,
            dropped_events: 0,
            hidden: false,
            date: String::new(),
        };
        while let Some(key) = cursor.key()? {
            let value = cursor.value()?;
            let content = value.content();
            match key {
                b"interleave" => is_ours = content == b"1",
                b"source" => {
                    source = match content {
                        b"simulated" => Source::Simulated,
                        b"imported" => Source::Imported(String::new()),
                        // Whatever was measured was measured then, and not just now.
                        _ => Source::Recorded,
                    }
                }
                b"file" => file = text(value),
                b"engine" => provenance.engine = text(value),
                b"cores" => provenance.cores = integer(content).unwrap_or_default(),
                b"clock_resolution_ms" => provenance.clock_resolution_ms = number(content).unwrap_or_default(),
                b"isolated" => provenance.isolated = content == b"true",
                b"hidden" => provenance.hidden = content == b"true",
                b"shared_memory" if content == b"used" => provenance.shared_memory = SharedMemory::Used,
                b"requests" => {
                    requests = match content {
                        b"service worker" => RequestsBy::ServiceWorker,
                        b"servers" => RequestsBy::Servers,
                        b"simulation" => RequestsBy::Simulation,
                        b"timer" => RequestsBy::Timer(String::new()),
                        _ => RequestsBy::Nobody,
                    }
                }
                b"why_timer" => why_timer = text(value),
                b"dropped_events" => {
                    let digits = std::str::from_utf8(content).unwrap_or_default();
                    provenance.dropped_events = digits.parse().unwrap_or_default();
                }
                b"date" => provenance.date = text(value),
                b"end_ms" => end_ms = number(content).unwrap_or_default(),
                _ => {}
            }
        }
        provenance.source = if let Source::Imported(_) = source { Source::Imported(file) } else { source };
        provenance.requests = if let RequestsBy::Timer(_) = requests { RequestsBy::Timer(why_timer) } else { requests };
        let (tasks, objects, holds, open) = (Vec::new(), Vec::new(), Vec::new(), None);
        Ok(is_ours.then_some(Self { provenance, end_ms, tasks, objects, holds, open }))
    }

    /// Takes one end of a hold; the two follow each other.
    pub(super) fn hold(&mut self, thread: u32, ends: bool, at_ms: f64, extras: &Extras) {
        if ends {
            self.holds.extend(self.open.take().map(|open| Hold { end_ms: at_ms, ..open }));
        } else if let (Some(object), Some(task), Ok(lane)) = (extras.object, extras.task, thread.try_into()) {
            self.open = Some(Hold { object, task, lane: LaneId(lane), start_ms: at_ms, end_ms: at_ms });
        }
    }
}

fn text(value: Token) -> String {
    value.text().unwrap_or_default().decode().into_owned()
}

/// What the arguments of an event of ours say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extras {
    pub(super) task: Option<TaskId>,
    pub(super) object: Option<ObjectId>,
    pub(super) mark: Option<MarkKind>,
}

impl Extras {
    /// The extras of an event, if the file is ours.
    pub(super) fn of(event: &Event, is_ours: bool) -> Result<Self, Fault> {
        let mut extras = Self::default();
        if is_ours {
            event.each_argument(|argument, value| match argument {
                b"task" => extras.task = integer(value.content()).map(TaskId),
                b"object" => extras.object = integer(value.content()).map(ObjectId),
                b"mark" => extras.mark = keys::of(&MarkKind::ALL, keys::mark, value.content()),
                _ => {}
            })?;
        }
        Ok(extras)
    }
}

//! Processes and threads of a file, by whatever the file calls them, with what happened on each.

use interleave_scan::{Event, Fault, Text};

use super::super::super::{LaneId, LaneKind, Mark, Slice};
use super::super::keys;
use super::chunks::Chunks;
use super::gather::integer;
use super::names::{Keyed, key};
use super::own::Own;
use super::spans::Edge;

/// A thread, and what happened on it in the order of the file; times in ms from the origin.
#[derive(Debug, Default)]
pub(super) struct Thread {
    pub(super) process: u32,
    /// Its id as the file has it.
    id: String,
    name: Option<String>,
    sort_index: i64,
    pub(super) slices: Chunks<Slice>,
    pub(super) edges: Chunks<Edge>,
    pub(super) marks: Vec<Mark>,
    /// What our own files say of a lane.
    pub(super) kind: Option<LaneKind>,
    pub(super) below: Option<LaneId>,
}

impl Thread {
    /// Its name, or at least its number.
    pub(super) fn label(&self) -> String {
        self.name.clone().unwrap_or_else(|| format!("thread {}", self.id))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slices.is_empty() && self.edges.is_empty() && self.marks.is_empty()
    }
}

#[derive(Debug, Default)]
struct Process {
    id: String,
    name: Option<String>,
    sort_index: i64,
}

/// All threads.
#[derive(Debug, Default)]
pub(super) struct Threads {
    ids: Keyed<u32>,
    pub(super) all: Vec<Thread>,
    process_ids: Keyed<u32>,
    processes: Vec<Process>,
}

impl Threads {
    /// The index of an event's thread.
    pub(super) fn index(&mut self, event: &Event) -> u32 {
        let process = event.process.unwrap_or(b"0");
        // As Perfetto has it.
        let thread = event.thread.unwrap_or(process);
        let id = key(&[process, thread]);
        if let Some(index) = self.ids.get(&id) {
            return *index;
        }
        let index = self.all.len() as u32;
        self.ids.insert(id, index);
        let process = self.process(event);
        self.all.push(Thread { process, id: decoded(thread), ..Thread::default() });
        index
    }

    /// An event's thread.
    pub(super) fn of(&mut self, event: &Event) -> &mut Thread {
        let index = self.index(event);
        &mut self.all[index as usize]
    }

    /// The index of an event's process.
    pub(super) fn process(&mut self, event: &Event) -> u32 {
        let id = event.process.unwrap_or(b"0");
        let processes = &mut self.processes;
        *self.process_ids.entry(key(&[id])).or_insert_with(|| {
            processes.push(Process { id: decoded(id), ..Process::default() });
            processes.len() as u32 - 1
        })
    }

    /// Takes a name or another fact about a process or a thread; of our own files, also the label of a task or an object.
    pub(super) fn metadata(&mut self, event: &Event, own: Option<&mut Own>) -> Result<(), Fault> {
        let what = event.name.unwrap_or_default().raw;
        let (mut name, mut sort_index, mut kind, mut below) = (None, None, None, None);
        event.each_argument(|argument, value| match argument {
            b"name" => name = value.text(),
            b"sort_index" => sort_index = std::str::from_utf8(value.content()).ok().and_then(|text| text.parse().ok()),
            b"kind" => kind = keys::of(&LaneKind::ALL, keys::lane, value.content()),
            b"below" => below = integer(value.content()).and_then(|above| above.try_into().ok()).map(LaneId),
            _ => {}
        })?;
        let name = name.map(|name: Text| name.decode().into_owned());
        match (what, own) {
            (b"process_name", _) => {
                let process = self.process(event);
                self.processes[process as usize].name = name.filter(|name| !name.is_empty());
            }
            (b"process_sort_index", _) => {
                let process = self.process(event);
                self.processes[process as usize].sort_index = sort_index.unwrap_or_default();
            }
            (b"thread_sort_index", _) => self.of(event).sort_index = sort_index.unwrap_or_default(),
            (b"thread_name", own) => {
                let thread = self.of(event);
                // A label of ours may be empty.
                thread.name = name.filter(|name| own.is_some() || !name.is_empty());
                (thread.kind, thread.below) = (kind, below.filter(|_| own.is_some()));
            }
            (b"task", Some(own)) => own.tasks.extend(name),
            (b"object", Some(own)) => own.objects.extend(name),
            _ => {}
        }
        Ok(())
    }

    /// The threads in the order in which the file wants them shown.
    pub(super) fn order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.all.len() as u32).collect();
        order.sort_by_key(|index| {
            let thread = &self.all[*index as usize];
            (self.processes[thread.process as usize].sort_index, thread.process, thread.sort_index)
        });
        order
    }

    /// What a process puts before the labels of its lanes, for each: nothing if there is one only.
    pub(super) fn prefixes(&self, in_use: impl Fn(u32) -> bool) -> Vec<String> {
        let several = (0..self.processes.len() as u32).filter(|process| in_use(*process)).nth(1).is_some();
        let prefix = |process: &Process| match &process.name {
            _ if !several => String::new(),
            Some(name) => format!("{name} · "),
            None => format!("process {} · ", process.id),
        };
        self.processes.iter().map(prefix).collect()
    }
}

fn decoded(id: &[u8]) -> String {
    Text { raw: id, escaped: true }.decode().into_owned()
}

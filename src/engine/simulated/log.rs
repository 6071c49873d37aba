//! What of a simulation goes into the trace: the lanes, and a recorder that is given virtual time. What the recorder refuses would be a
//! defect; it is kept until somebody asks.

use super::program::{Ns, Program};
use super::{Machine, Scheduler, Workers};
use crate::plan::Plan;
use crate::trace::{
    Flow, FlowKind, LaneId, LaneKind, Mark, MarkKind, ObjectId, Provenance, Reading, Recorder, RequestsBy,
    SharedMemory, Slice, Source, TaskId, Trace, TraceError,
};

/// Virtual time in ms.
pub(super) fn ms(at: Ns) -> f64 {
    at as f64 / 1e6
}

/// The step of virtual time, ms.
const STEP_MS: f64 = 1e-6;

/// A trace that is being made.
#[derive(Clone, Debug)]
pub(super) struct Log {
    pub recorder: Recorder,
    defect: Option<TraceError>,
    pub slices: usize,
    cores: Vec<LaneId>,
    /// The event loops' lanes, where there are any.
    pub loops: Vec<LaneId>,
    /// The GIL, if there is one.
    pub gil: Option<ObjectId>,
    /// By task: what stands for its end, where somebody waits for that.
    pub ends: Vec<Option<ObjectId>>,
}

impl Log {
    /// A log with a lane for each core and each event loop, and the objects that can be waited for. `strands` are lanes of their own.
    pub fn new(plan: &Plan, program: &Program, machine: &Machine, scheduler: &Scheduler) -> Result<Self, TraceError> {
        let mut recorder = Recorder::new(plan.tasks.iter().map(|task| task.label.as_str()));
        for object in &plan.objects {
            recorder.add_object(object.label.as_str());
        }
        let gil = scheduler.gil.then(|| recorder.add_object("GIL"));
        let mut end_of = |(task, script): (&crate::plan::Task, &super::program::Script)| {
            script.is_joined.then(|| recorder.add_object(format!("the end of {}", task.label)))
        };
        let ends = plan.tasks.iter().zip(&program.scripts).map(&mut end_of).collect();
        let named = |count: u32, one: &'static str| {
            (1..=count).map(move |number| if count == 1 { one.to_owned() } else { format!("{one} {number}") })
        };
        let cores = (1..=machine.cores).map(|core| recorder.add_lane(LaneKind::Core, format!("core {core}")));
        let cores = cores.collect::<Result<_, _>>()?;
        let loops = match scheduler.workers {
            Workers::EventLoops(count) => named(count.min(machine.cores), "event loop"),
            _ => named(0, ""),
        };
        let loops = loops.map(|label| recorder.add_lane(LaneKind::EventLoop, label)).collect::<Result<_, _>>()?;
        Ok(Self { recorder, defect: None, slices: 0, cores, loops, gil, ends })
    }

    /// What the recorder refused first, if anything.
    pub fn no_defect(&self) -> Result<(), TraceError> {
        self.defect.clone().map_or(Ok(()), Err)
    }

    fn note(&mut self, result: Result<(), TraceError>) {
        if let Err(error) = result {
            self.defect.get_or_insert(error);
        }
    }

    /// A slice, on the core's lane too if it was on one.
    pub fn slice(&mut self, lane: LaneId, core: Option<u32>, slice: Slice) {
        self.slices += 1 + usize::from(core.is_some());
        let result = self.recorder.slice(lane, slice);
        self.note(result);
        if let Some(core) = core {
            let result = self.recorder.slice(self.cores[core as usize], slice);
            self.note(result);
        }
    }

    pub fn mark(&mut self, lane: LaneId, task: u32, at: Ns, kind: MarkKind) {
        let result = self.recorder.mark(lane, Mark { at_ms: ms(at), task: Some(TaskId(task)), kind });
        self.note(result);
    }

    pub fn flow(&mut self, kind: FlowKind, from: (LaneId, Ns), to: (LaneId, Ns)) {
        let result = self.recorder.flow(Flow { kind, from: (from.0, ms(from.1)), to: (to.0, ms(to.1)) });
        self.note(result);
    }

    pub fn hold(&mut self, lane: LaneId, task: u32, object: ObjectId, at: Ns) {
        let result = self.recorder.hold(lane, TaskId(task), object, ms(at));
        self.note(result);
    }

    pub fn let_go(&mut self, task: u32, object: ObjectId, at: Ns) {
        let result = self.recorder.let_go(TaskId(task), object, ms(at));
        self.note(result);
    }

    /// What a counter or a queue says.
    pub fn count(&mut self, object: u32, value: u64, at: Ns) {
        let reading = Reading::Is(u32::try_from(value).unwrap_or(u32::MAX));
        let result = self.recorder.count(ObjectId(object), ms(at), reading);
        self.note(result);
    }

    pub fn task_ended(&mut self, task: u32) {
        let result = self.recorder.task_ended(TaskId(task));
        self.note(result);
    }

    /// The finished trace; what is held still is held until `end`.
    pub fn finish(mut self, end: Ns, provenance: Provenance) -> Result<Trace, TraceError> {
        self.no_defect()?;
        self.recorder.close_all(ms(end))?;
        self.recorder.finish(provenance)
    }
}

pub(super) fn provenance(plan: &Plan, machine: &Machine, scheduler: &Scheduler) -> Provenance {
    let threads = matches!(scheduler.workers, Workers::ThreadEach | Workers::Threads(_));
    Provenance {
        source: Source::Simulated,
        engine: format!("{} on {}", scheduler.words(), machine.name),
        cores: machine.cores,
        clock_resolution_ms: STEP_MS,
        isolated: false,
        shared_memory: if threads { SharedMemory::Used } else { SharedMemory::NotNeeded },
        requests: if plan.makes_requests() { RequestsBy::Simulation } else { RequestsBy::Nobody },
        dropped_events: 0,
        hidden: false,
        date: String::new(),
    }
}

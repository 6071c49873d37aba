//! The state of a simulation, and what changes it: events in virtual time. A *strand* is what cores are given to: a thread or a process
//! that carries out tasks, or on an event loop the task itself. What strands do on a core stands in `run`, what they do to one another
//! in `share`.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::events::{Event, What};
use super::gil::Gil;
use super::log::Log;
use super::program::{Ns, Program, ns};
use super::ready::{Cores, Ready};
use super::strand::Strand;
use super::things::Thing;
use super::{Machine, Policy, Scheduler, SimulationError, Starved, Workers};
use crate::plan::Plan;
use crate::trace::LaneId;

/// A task while it is carried out.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    /// The operation that it is at.
    pub at: usize,
    /// What is left of an operation that needs a core, ns; 0 before it has begun.
    pub left: Ns,
    /// What is left of all its computing and copying, ns.
    pub remaining: Ns,
    /// Who carries it out.
    pub strand: Option<u32>,
    /// Which attempt at a request it is at.
    pub attempt: u32,
    pub has_failed: bool,
    /// What a plain increment loaded before its task lost the core in the middle of it.
    pub loaded: Option<u64>,
    /// Where and when it was spawned.
    pub spawned: Option<(LaneId, Ns)>,
    pub joiners: Vec<u32>,
    pub arrived: Option<Ns>,
    pub first_ran: Option<Ns>,
    pub ended: Option<Ns>,
    /// Time that it was ready, in a pool's queue too, ns.
    pub ready: Ns,
    pub ran: Ns,
}

/// A core.
#[derive(Clone, Debug, Default)]
pub(super) struct Core {
    pub strand: Option<u32>,
    /// Who was on it last.
    pub last: Option<u32>,
    /// Number of the stretch that it is in; an event of another is out of date.
    pub stretch: u32,
    /// Whether it switches; else it runs.
    pub switches: bool,
    /// Since when what it has done is not yet accounted for.
    pub since: Ns,
    /// What is left of the time slice, where there are any.
    pub slice: Ns,
    /// Whether an event says when the stretch ends.
    pub is_busy: bool,
}

/// A simulation.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub now: Ns,
    pub program: Program,
    pub policy: Policy,
    pub workers: Workers,
    pub runs: Vec<Run>,
    pub strands: Vec<Strand>,
    pub cores: Vec<Core>,
    pub idle: Cores,
    pub ready: Ready,
    /// Whether something has become ready that may take a core from others.
    pub is_unsettled: bool,
    /// Cores that were kept while their strand waited, and can go on.
    pub resumed: VecDeque<u32>,
    pub events: BinaryHeap<Reverse<Event>>,
    /// How many were foreseen, and how many tasks came to a pool's queue: so equals have an order.
    pub foreseen: u64,
    pub came: u64,
    pub things: Vec<Thing>,
    pub gil: Option<Gil>,
    /// Tasks that no worker has taken, by key and in order.
    pub pending: BinaryHeap<Reverse<(u64, u64, u32)>>,
    pub free_workers: BinaryHeap<Reverse<u32>>,
    pub free_connections: u32,
    pub waiting_for_connection: VecDeque<u32>,
    pub switch: Ns,
    pub starts: Ns,
    /// By level, or one for all; none without time slices.
    pub slices: Vec<Ns>,
    /// When all come back to the first level next, and how long it is from one time to the next.
    pub boost: Option<(Ns, Ns)>,
    pub starved_after: Ns,
    pub tasks_left: usize,
    pub starved: Vec<Starved>,
    /// Notifications that nobody was waiting for: condition, task, time.
    pub unheard: Vec<(u32, u32, Ns)>,
    pub log: Log,
}

impl World {
    pub fn new(plan: &Plan, machine: &Machine, scheduler: &Scheduler) -> Result<Self, SimulationError> {
        machine.check()?;
        scheduler.check()?;
        let program = Program::new(plan, machine, scheduler)?;
        let log = Log::new(plan, &program, machine, scheduler)?;
        let cores = if scheduler.is_cooperative() { log.loops.len() as u32 } else { machine.cores };
        let slices = match &scheduler.policy {
            Policy::RoundRobin { slice_ms } => vec![ns(*slice_ms)],
            Policy::Feedback { slices_ms, .. } => slices_ms.iter().map(|ms| ns(*ms)).collect(),
            _ => Vec::new(),
        };
        let boost = match scheduler.policy {
            Policy::Feedback { boost_ms: Some(ms), .. } => Some((ns(ms), ns(ms))),
            _ => None,
        };
        let starts = match scheduler.workers {
            Workers::ThreadEach | Workers::Threads(_) => ns(machine.thread_start_ms),
            Workers::ProcessEach | Workers::Processes(_) | Workers::FreshProcesses(_) => ns(machine.process_start_ms),
            Workers::MainThread | Workers::EventLoops(_) => 0,
        };
        let runs = program.scripts.iter().map(|script| Run { remaining: script.total, ..Run::default() });
        let mut world = Self {
            now: 0,
            policy: scheduler.policy.clone(),
            workers: scheduler.workers,
            runs: runs.collect(),
            strands: Vec::new(),
            cores: vec![Core::default(); cores as usize],
            idle: Cores::all(cores),
            ready: Ready::new(&scheduler.policy, cores),
            is_unsettled: false,
            resumed: VecDeque::new(),
            events: BinaryHeap::new(),
            foreseen: 0,
            came: 0,
            things: plan.objects.iter().map(|object| Thing::new(object.kind)).collect(),
            gil: scheduler.gil.then(|| Gil::new(ns(machine.switch_interval_ms))),
            pending: BinaryHeap::new(),
            free_workers: BinaryHeap::new(),
            free_connections: machine.network.connections.unwrap_or(u32::MAX),
            waiting_for_connection: VecDeque::new(),
            switch: ns(machine.switch_ms),
            starts,
            slices,
            boost,
            starved_after: ns(scheduler.starved_after_ms),
            tasks_left: program.scripts.len(),
            starved: Vec::new(),
            unheard: Vec::new(),
            program,
            log,
        };
        world.add_strands(plan)?;
        let first = (0..).zip(&world.program.scripts).filter(|(_, script)| !script.is_spawned);
        let first: Vec<(u32, Ns)> = first.map(|(task, script)| (task, script.arrival)).collect();
        first.into_iter().for_each(|(task, arrival)| world.foresee(arrival, What::Arrives(task)));
        Ok(world)
    }
}

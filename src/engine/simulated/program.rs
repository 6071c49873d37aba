//! A plan made ready to be simulated: every step as one or a few operations whose length in virtual time is known, checked once so
//! that nothing can go wrong later. It knows machine and workers, but nothing of time that passes.

use super::check::check_steps;
use super::{Machine, Scheduler, SimulationError};
use crate::plan::{How, Plan, Request, Step, Target, Work};

/// Virtual time, ns from the start of the run: whole numbers, so that sums are exact.
pub(super) type Ns = u64;

/// All that a plan's tasks do and wait for, added up, takes less than this: 104 days, beyond which ms would not be exact.
const MOST_NS: f64 = (1_u64 << 53) as f64;
/// A task that increments under a lock takes it so often at most: for several increments at a time where they are many.
const MOST_BATCHES: u32 = 256;

/// What a task does next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Op {
    /// Computes.
    Run(Ns),
    /// Copies: needs a core, and is no work.
    Copy(Ns),
    /// Increments a counter so often, in so long; whether others' increments are lost between a load and a store.
    Count {
        counter: u32,
        times: u32,
        ns: Ns,
        is_plain: bool,
    },
    /// Makes a request, by its number in [`Program::requests`].
    Request(u32),
    Acquire(u32),
    Release(u32),
    Set(u32),
    Await(u32),
    Arrive(u32),
    Put(u32),
    Take(u32),
    Wait {
        condition: u32,
        lock: u32,
    },
    Notify {
        condition: u32,
        all: bool,
    },
    Spawn(u32),
    Join(u32),
    Yield,
}

/// The attempts at a request: where their lengths lie in [`Program::lengths`], and whether the last one succeeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Attempts {
    first: u32,
    count: u32,
    pub succeeds: bool,
}

/// What is known of a task beforehand.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub ops: Vec<Op>,
    /// All of its computing and copying, ns.
    pub total: Ns,
    pub priority: u32,
    pub arrival: Ns,
    /// Whether another task starts it.
    pub is_spawned: bool,
    /// Whether another task waits for its end.
    pub is_joined: bool,
}

/// A plan made ready.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub scripts: Vec<Script>,
    pub requests: Vec<Attempts>,
    /// Of each attempt at a request, ns.
    lengths: Vec<Ns>,
}

/// ms as virtual time.
pub(super) fn ns(ms: f64) -> Ns {
    (ms * 1e6).round() as Ns
}

impl Program {
    /// `plan` made ready for `machine` and `scheduler`, both of which have been checked.
    ///
    /// # Errors
    /// [`SimulationError::Step`], [`SimulationError::Plan`].
    pub fn new(plan: &Plan, machine: &Machine, scheduler: &Scheduler) -> Result<Self, SimulationError> {
        check_steps(plan, scheduler)?;
        let mut program = Self { scripts: Vec::new(), requests: Vec::new(), lengths: Vec::new() };
        let copied =
            |bytes: u32| if scheduler.has_processes() { ns(machine.copy_ms_per_byte * f64::from(bytes)) } else { 0 };
        let mut total_ns = 0.0;
        for task in &plan.tasks {
            let mut ops = vec![Op::Copy(copied(task.argument_bytes))];
            let mut answer_bytes = 0;
            for (index, step) in task.steps.iter().enumerate() {
                let error = |why: String| SimulationError::Step { task: task.label.clone(), step: index + 1, why };
                match *step {
                    Step::Compute(work) => {
                        let ms = length_ms(work, answer_bytes, machine)
                            .ok_or_else(|| error("this work has no length that can be known".into()))?;
                        answer_bytes = 0;
                        ops.push(Op::Run(ns(ms)));
                    }
                    Step::Io(ref request) => {
                        ops.push(Op::Request(program.requests.len() as u32));
                        total_ns += program.add_request(request, machine);
                        answer_bytes = match request.target {
                            Target::Slow { bytes, .. } => bytes,
                            Target::Picture { .. } | Target::Url(_) => 0,
                        };
                    }
                    Step::Increment { counter, times, how } => increments(counter, times, how, machine, &mut ops),
                    Step::Put { queue, bytes, .. } => ops.extend([Op::Copy(copied(bytes)), Op::Put(queue)]),
                    Step::Acquire(object) => ops.push(Op::Acquire(object)),
                    Step::Release(object) => ops.push(Op::Release(object)),
                    Step::Set(object) => ops.push(Op::Set(object)),
                    Step::Await(object) => ops.push(Op::Await(object)),
                    Step::Arrive(object) => ops.push(Op::Arrive(object)),
                    Step::Take(object) => ops.push(Op::Take(object)),
                    Step::Wait { condition, lock } => ops.push(Op::Wait { condition, lock }),
                    Step::Notify { condition, all } => ops.push(Op::Notify { condition, all }),
                    Step::Spawn(task) => ops.push(Op::Spawn(task)),
                    Step::Join(task) => ops.push(Op::Join(task)),
                    Step::Yield => ops.push(Op::Yield),
                }
            }
            ops.push(Op::Copy(copied(task.result_bytes)));
            ops.retain(|op| !matches!(op, Op::Run(0) | Op::Copy(0)));
            let total = ops.iter().map(|op| op.on_core()).fold(0, Ns::saturating_add);
            total_ns += total as f64 + f64::from(task.arrival_ms) * 1e6;
            program.scripts.push(Script {
                ops,
                total,
                priority: task.priority,
                arrival: u64::from(task.arrival_ms) * 1_000_000,
                is_spawned: false,
                is_joined: false,
            });
        }
        for step in plan.steps() {
            match *step {
                Step::Spawn(task) => program.scripts[task as usize].is_spawned = true,
                Step::Join(task) => program.scripts[task as usize].is_joined = true,
                _ => {}
            }
        }
        if total_ns < MOST_NS {
            Ok(program)
        } else {
            Err(SimulationError::Plan("the plan takes more than 104 days in all, the most that is simulated".into()))
        }
    }
}

impl Op {
    /// How long it needs a core, ns.
    pub fn on_core(self) -> Ns {
        match self {
            Self::Run(ns) | Self::Copy(ns) | Self::Count { ns, .. } => ns,
            _ => 0,
        }
    }
}

fn length_ms(work: Work, answer_bytes: u32, machine: &Machine) -> Option<f64> {
    Some(machine.speed.of(work.amount(answer_bytes)?))
}

impl Program {
    /// How long an attempt at a request takes, ns, and whether it is the last.
    pub fn attempt(&self, request: u32, attempt: u32) -> (Ns, bool) {
        let Attempts { first, count, .. } = self.requests[request as usize];
        (self.lengths[(first + attempt) as usize], attempt + 1 == count)
    }

    /// Adds a request; how long all its attempts take, ns. The first of them fail, as often as the target says, or all if the answer
    /// takes longer than may be waited for it.
    fn add_request(&mut self, request: &Request, machine: &Machine) -> f64 {
        let first = self.lengths.len();
        let succeeds = self.add_attempts(request, machine);
        let count = (self.lengths.len() - first) as u32;
        self.requests.push(Attempts { first: first as u32, count, succeeds });
        self.lengths[first..].iter().map(|ns| *ns as f64).sum()
    }

    fn add_attempts(&mut self, request: &Request, machine: &Machine) -> bool {
        let failures = match request.target {
            Target::Slow { failures, .. } => failures,
            Target::Picture { .. } | Target::Url(_) => 0,
        };
        for attempt in 0..=request.retries {
            let ms = f64::from(request.target.delay_ms()) + machine.network.delay_ms(request.id, attempt);
            let timeout_ms = if request.timeout_ms > 0 { f64::from(request.timeout_ms) } else { f64::INFINITY };
            self.lengths.push(ns(ms.min(timeout_ms)));
            if attempt >= failures && ms <= timeout_ms {
                return true;
            }
        }
        false
    }
}

fn increments(counter: u32, times: u32, how: How, machine: &Machine, ops: &mut Vec<Op>) {
    let unit_ms = machine.speed.of_increment(how);
    let count =
        |times: u32| Op::Count { counter, times, ns: ns(unit_ms * f64::from(times)), is_plain: how == How::Plain };
    let How::Locked(lock) = how else { return ops.push(count(times)) };
    let batch = times.div_ceil(MOST_BATCHES).max(1);
    let mut left = times;
    while left > 0 {
        ops.extend([Op::Acquire(lock), count(left.min(batch)), Op::Release(lock)]);
        left -= left.min(batch);
    }
}

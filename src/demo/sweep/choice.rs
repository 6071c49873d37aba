//! What a sweep is of: on which engine, what is changed from run to run, how often each is run; and how that stands in a link, as
//! `threads,workers,5`, of which every part may be left out.

use crate::demo::Demo;
use crate::engine::EngineId;
use crate::plan::parameter::{BLOCKS, BOUND, ELEMENTS, HEIGHT, REPEATS, SENTENCES, TASKS, TILES, WIDTH};
use crate::plan::{OutOfRange, Parameter, Plan, Step, Values};

/// What says into how many tasks the same work is cut.
static CUTS: [&Parameter; 2] = [&TASKS, &TILES];
/// What says how much is cut; of what has two sides, both.
static ELEMENTS_OF_WORK: [&Parameter; 6] = [&BOUND, &ELEMENTS, &BLOCKS, &SENTENCES, &WIDTH, &HEIGHT];

/// What is changed from run to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// How many workers there are.
    Workers,
    /// How large the pieces are into which the work is cut.
    Chunks,
}

impl Over {
    /// Both, in the order that the screen lists them.
    pub const ALL: [Self; 2] = [Self::Workers, Self::Chunks];

    /// Name in links and attributes.
    pub fn key(self) -> &'static str {
        match self {
            Self::Workers => "workers",
            Self::Chunks => "chunks",
        }
    }

    /// Name on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Workers => "how many workers",
            Self::Chunks => "the size of a chunk",
        }
    }
}

/// A sweep as it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SweepChoice {
    /// Who carries the runs out; one of [`Demo::swept_on`].
    pub engine: EngineId,
    /// What is changed.
    pub over: Over,
    /// How often each is run; a value of [`REPEATS`].
    pub repeats: u32,
}

/// What was wrong with a sweep in a link.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SweepProblem {
    /// Nothing of this demo can be swept.
    #[error("This demo has nothing that could be swept; the sweep was left out.")]
    Nothing,
    /// An engine that has no number of workers, or cannot run the demo.
    #[error("“{}” has no workers of which there could be more or fewer; another engine was taken for the sweep.", .0.name())]
    NoWorkers(EngineId),
    /// The work is not cut into pieces.
    #[error("The work of this demo is not cut into chunks; the sweep is one over workers.")]
    NoChunks,
    /// A part that means nothing.
    #[error("A sweep has no “{0}”; that was left out.")]
    Unknown(String),
    /// A number of repeats that is not allowed.
    #[error("{0}; {1} was taken.")]
    Repeats(OutOfRange, u32),
}

impl Demo {
    /// The engines on which a sweep of this demo makes sense: those whose number of workers can be chosen. None if its tasks wait for one
    /// another, since such a plan decides itself how many workers it has; if it has nothing to compute or to wait for; or if nobody knows
    /// how long it takes, as with other people's servers, which are not to be asked a hundred times.
    pub fn swept_on(&self) -> Vec<EngineId> {
        let (plan, pools) =
            (self.plan(&Values::default()), [EngineId::GilThreads, EngineId::ThreadPool, EngineId::Processes]);
        let is_swept = !plan.interacts() && EngineId::Simulated.can_run(&plan) && takes_time(&plan);
        pools.into_iter().filter(|engine| is_swept && engine.can_run(&plan)).collect()
    }

    /// What can be changed from run to run.
    pub fn swept_over(&self) -> Vec<Over> {
        Over::ALL.into_iter().filter(|over| *over == Over::Workers || self.cut().is_some()).collect()
    }

    /// What says into how many tasks its work is cut.
    pub(super) fn cut(&self) -> Option<&'static Parameter> {
        self.workload.parameters.iter().copied().find(|parameter| CUTS.contains(parameter))
    }

    /// How many elements its work has.
    pub(super) fn elements(&self, values: &Values) -> u32 {
        let of_work = self.workload.parameters.iter().filter(|parameter| ELEMENTS_OF_WORK.contains(parameter));
        of_work.map(|parameter| values.get(parameter)).fold(1, u32::saturating_mul)
    }
}

fn takes_time(plan: &Plan) -> bool {
    plan.steps().any(|step| match step {
        Step::Compute(work) => work.amount(1).is_some_and(|amount| amount.count > 0.0),
        step => matches!(step, Step::Io(_)),
    })
}

impl SweepChoice {
    /// The sweep that `demo` begins with; `None` if it has none.
    pub fn new(demo: &Demo) -> Option<Self> {
        let engines = demo.swept_on();
        let engine = engines.iter().find(|engine| **engine == EngineId::ThreadPool).or(engines.first())?;
        Some(Self { engine: *engine, over: Over::Workers, repeats: REPEATS.default })
    }

    /// Reads what [`Self::write`] writes, and as leniently as the rest of a link.
    pub fn parse(demo: &Demo, text: &str) -> (Option<Self>, Vec<SweepProblem>) {
        let Some(mut choice) = Self::new(demo) else { return (None, vec![SweepProblem::Nothing]) };
        let mut problems = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let over = Over::ALL.into_iter().find(|over| over.key() == part);
            match (EngineId::from_key(part), over) {
                (Some(engine), _) if demo.swept_on().contains(&engine) => choice.engine = engine,
                (Some(engine), _) => problems.push(SweepProblem::NoWorkers(engine)),
                (_, Some(over)) if demo.swept_over().contains(&over) => choice.over = over,
                (_, Some(_)) => problems.push(SweepProblem::NoChunks),
                _ if part.starts_with(|c: char| c.is_ascii_digit() || c == '-') => match REPEATS.parse(part) {
                    Ok(repeats) => choice.repeats = repeats,
                    Err(error) => problems.push(SweepProblem::Repeats(error, REPEATS.default)),
                },
                _ => problems.push(SweepProblem::Unknown(part.to_owned())),
            }
        }
        (Some(choice), problems)
    }

    /// As it stands in a link.
    pub fn write(&self) -> String {
        format!("{},{},{}", self.engine.key(), self.over.key(), self.repeats)
    }
}

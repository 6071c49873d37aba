//! Carries out a sweep: its runs one after another, each alone on the machine and with its workers up, then the simulation of what lies
//! beyond. What each came to is the pure [`Sweep`]'s business.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use yew::prelude::*;

use super::use_attempt;
use crate::app::workbench::{Busy, next_number, use_workbench};
use crate::demo::{Phase, Sweep, SweepAction, SweepJob, Swept, continuation};
use crate::engine::browser::{Engines, now_ms};
use crate::engine::simulated::{Machine, Scheduler};
use crate::plan::Plan;
use crate::trace::stats::stats;

/// A sweep as a property: the same only if nothing has happened to it.
#[derive(Clone)]
pub struct SweepRef(pub Rc<Sweep>);

impl PartialEq for SweepRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The sweep that was begun last, as Yew keeps it.
#[derive(Default)]
struct Newest(Option<SweepRef>);

enum Happened {
    Begun(SweepJob),
    Then(SweepAction),
}

impl Reducible for Newest {
    type Action = Happened;

    fn reduce(self: Rc<Self>, happened: Happened) -> Rc<Self> {
        let next = match (happened, &self.0) {
            (Happened::Begun(job), _) => Sweep::new(job),
            (Happened::Then(action), Some(sweep)) => sweep.0.after(action),
            (Happened::Then(_), None) => return self,
        };
        Rc::new(Self(Some(SweepRef(Rc::new(next)))))
    }
}

/// The sweep with the means to make one.
pub struct Sweeper {
    /// The one that was begun last.
    pub sweep: Option<SweepRef>,
    /// The engines; `None` while the page finds out what this browser can do.
    pub engines: Option<Rc<Engines>>,
    /// Whether something else on the page runs.
    pub others_run: bool,
    /// Begins one.
    pub start: Callback<SweepJob>,
    /// Cancels it.
    pub cancel: Callback<()>,
}

/// A sweep at a time. Leaving the page gives it up.
#[hook]
pub fn use_sweep() -> Sweeper {
    let newest = use_reducer(Newest::default);
    let bench = use_workbench();
    let number = *use_memo((), |()| next_number());
    let attempt = use_attempt();
    let start = {
        let (bench, attempt, newest) = (bench.clone(), attempt.clone(), newest.dispatcher());
        Callback::from(move |job: SweepJob| {
            let (Some(engines), None) = (bench.engines.clone(), bench.busy) else { return };
            let (busy, newest) = (Busy::new(&bench, number), newest.clone());
            newest.dispatch(Happened::Begun(job.clone()));
            attempt.begin(async move {
                let _busy = busy;
                carry_out(&engines, job, |action| newest.dispatch(Happened::Then(action))).await;
            });
        })
    };
    let cancel = {
        let newest = newest.dispatcher();
        Callback::from(move |()| {
            // Drops the run that goes on, and with it what its workers do.
            attempt.give_up();
            newest.dispatch(Happened::Then(SweepAction::Cancel));
        })
    };
    let others_run = bench.busy.is_some_and(|running| running != number);
    Sweeper { sweep: newest.0.clone(), engines: bench.engines, others_run, start, cancel }
}

async fn carry_out(engines: &Engines, job: SweepJob, tell: impl Fn(SweepAction)) {
    let (mut sweep, began_ms) = (Sweep::new(job), now_ms());
    while let Some(setting) = sweep.next_run().filter(|_| sweep.is_running()) {
        let job = sweep.job();
        let (engine, options, plan) = (job.choice.engine, job.options(setting), job.plan(setting));
        // The work is measured, and not the start of who does it.
        engines.warm_up(engine, options.workers, &plan).await;
        // The browser draws what the last run came to, and answers its user.
        TimeoutFuture::new(0).await;
        let action = match engines.run(engine, &options, &plan, &engines.prepare(engine, &plan)).await {
            Ok(outcome) => SweepAction::Ran {
                makespan_ms: stats(&outcome.trace).makespan_ms,
                elapsed_ms: now_ms() - began_ms,
                hidden: outcome.trace.provenance().hidden,
            },
            Err(error) => SweepAction::Failed(error.to_string()),
        };
        tell(action.clone());
        sweep = sweep.after(action);
    }
    if let (Phase::Simulating, Ok(Swept::Workers(swept))) = (sweep.phase(), sweep.result()) {
        let simulate = async |plan: &Plan, machine: &Machine, scheduler: &Scheduler| {
            engines.simulated_ms(plan, machine, scheduler).await
        };
        let points = continuation(sweep.job(), &Machine::ordinary(1), swept.one_ms, simulate).await;
        tell(SweepAction::Continued(points.map_err(|error| error.to_string())));
    }
}

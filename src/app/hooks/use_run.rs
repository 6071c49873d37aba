//! Carries out a session's run: the chosen engines one after another, each alone on the machine, reporting to the session what
//! becomes of each.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::app::workbench::{Workbench, next_number, use_workbench};
use crate::demo::{Action, Demo, Recording, Session, Setup};
use crate::engine::browser::{Engines, now_ms, whole};
use crate::engine::{EngineId, Live, Options, RunError};
use crate::plan::Plan;
use crate::trace::Trace;

/// A run that goes on, as a property: the same only if it is the same run.
#[derive(Clone)]
pub struct LiveRef(pub Rc<Live>);

impl PartialEq for LiveRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl LiveRef {
    /// How long it has been running, ms, and what was recorded until now.
    pub fn snapshot(&self) -> Option<(f64, Trace)> {
        let now_ms = self.0.since_start(now_ms());
        self.0.snapshot(now_ms).ok().map(|trace| (now_ms, trace))
    }
}

/// A session as Yew keeps it, and as a property.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionRef(pub Rc<Session>);

impl Reducible for SessionRef {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let next = self.0.after(action);
        if next == *self.0 { self } else { Rc::new(Self(Rc::new(next))) }
    }
}

/// A session with the means to run it.
#[derive(Clone)]
pub struct Runner {
    /// The session as it stands.
    pub session: SessionRef,
    /// Changes the session.
    pub change: Callback<Action>,
    /// The engine that runs now, with what it has recorded.
    pub live: Option<(EngineId, LiveRef)>,
    /// Starts a run, by the action that begins one.
    pub start: Callback<Action>,
    /// Cancels the run.
    pub cancel: Callback<()>,
    /// The demo's number, which no other on the page has.
    pub number: u32,
    /// What all demos share.
    pub bench: Workbench,
    /// Whether another demo of the page runs.
    pub others_run: bool,
}

/// The run that goes on, for whoever wants to stop it.
#[derive(Default)]
struct Ongoing {
    live: RefCell<Option<Rc<Live>>>,
    stopped: Cell<bool>,
}

impl Ongoing {
    fn stop(&self) {
        self.stopped.set(true);
        if let Some(live) = &*self.live.borrow() {
            live.cancel();
        }
    }
}

/// A session of `demo` that opens with `setup`, and with what was recorded elsewhere. Leaving the page cancels its run.
#[hook]
pub fn use_run(demo: &'static Demo, setup: &Setup, recording: Option<&Recording>) -> Runner {
    let session = use_reducer_eq(|| {
        let session = Session::new(demo, setup);
        SessionRef(Rc::new(recording.map_or(session.clone(), |recording| session.replaying(recording))))
    });
    let bench = use_workbench();
    let number = *use_memo((), |()| next_number());
    let live = use_state(|| None::<(EngineId, LiveRef)>);
    let ongoing = use_memo((), |()| Ongoing::default());
    {
        // Workers come up while the learner reads, so that a run measures the work and not their start.
        let now = Rc::clone(&session.0);
        use_effect_with((wanted_workers(&now), bench.clone()), move |(wanted, bench)| {
            if let (Some(engines), Some(plan), false) = (bench.engines.clone(), now.plan(), bench.busy.is_some()) {
                wanted.iter().for_each(|(engine, _)| engines.choose(*engine));
                if bench.is_keen {
                    let wanted = wanted.clone();
                    spawn_local(async move { warm_up(&engines, wanted, &plan).await });
                }
            }
        });
    }
    {
        let ongoing = Rc::clone(&ongoing);
        use_effect_with((), move |()| move || ongoing.stop());
    }
    let start = {
        let (session, bench, live, ongoing) = (session.clone(), bench.clone(), live.clone(), Rc::clone(&ongoing));
        Callback::from(move |action: Action| {
            if bench.busy.is_some() || session.0.is_running() {
                return;
            }
            let (Some(engines), Some(setup)) = (bench.engines.clone(), session.0.after(action.clone()).started())
            else {
                return;
            };
            ongoing.stopped.set(false);
            bench.set_busy.emit(Some(number));
            session.dispatch(action);
            let (session, live, ongoing) = (session.clone(), live.clone(), Rc::clone(&ongoing));
            let set_busy = bench.set_busy.clone();
            let is_keen = bench.is_keen;
            spawn_local(async move {
                breath().await;
                let plan = demo.plan(&setup.values);
                if !is_keen {
                    warm_up(&engines, workers_of(&setup, &plan), &plan).await;
                    if ongoing.stopped.get() {
                        session.dispatch(Action::Failed(RunError::Cancelled, None));
                    }
                }
                for engine in setup.engines.iter().copied().take_while(|_| !ongoing.stopped.get()) {
                    let now = engines.prepare(engine, &plan);
                    ongoing.live.replace(Some(Rc::clone(&now)));
                    live.set(Some((engine, LiveRef(Rc::clone(&now)))));
                    breath().await;
                    session.dispatch(carry_out(&engines, engine, &setup.options(engine), &plan, &now).await);
                }
                ongoing.live.replace(None);
                live.set(None);
                set_busy.emit(None);
            });
        })
    };
    let cancel = {
        let session = session.dispatcher();
        Callback::from(move |()| {
            session.dispatch(Action::Cancel);
            ongoing.stop();
        })
    };
    Runner {
        session: (*session).clone(),
        change: session.dispatcher().to_callback(),
        live: (*live).clone(),
        start,
        cancel,
        number,
        others_run: bench.busy.is_some_and(|running| running != number),
        bench,
    }
}

/// Lets the browser draw what has changed, and answer its user: in a page that has just come up, no piece of code has run before,
/// and drawing all charts and starting the first of them in one go took up to 80 ms.
async fn breath() {
    TimeoutFuture::new(0).await;
}

/// Brings up workers, as [`workers_of`] lists them.
async fn warm_up(engines: &Engines, wanted: Vec<(EngineId, u32)>, plan: &Plan) {
    if !wanted.is_empty() {
        // What brings them up is not in the part of the program that a first visit begins with.
        whole().await;
    }
    for (engine, workers) in wanted {
        engines.warm_up(engine, workers, plan).await;
    }
}

/// The chosen engines that have workers, each with the number that it wants.
fn wanted_workers(session: &Session) -> Vec<(EngineId, u32)> {
    let (Ok(setup), Some(plan)) = (session.setup(), session.plan()) else { return Vec::new() };
    workers_of(&setup, &plan)
}

/// The engines of `setup` that have workers, each with the number that it wants for `plan`.
fn workers_of(setup: &Setup, plan: &Plan) -> Vec<(EngineId, u32)> {
    let with_workers = setup.engines.iter().copied().filter(|engine| engine.has_workers());
    with_workers.map(|engine| (engine, setup.options(engine).workers_for(plan))).collect()
}

async fn carry_out(engines: &Engines, engine: EngineId, options: &Options, plan: &Plan, live: &Rc<Live>) -> Action {
    match engines.run(engine, options, plan, live).await {
        Ok(outcome) => Action::Finished(outcome),
        Err(error @ RunError::Unavailable { .. }) => Action::Failed(error, None),
        Err(error) => {
            let recorded = || LiveRef(Rc::clone(live)).snapshot().map(|(_, trace)| Rc::new(trace));
            let trace = live.kept_trace().or_else(recorded);
            Action::Failed(error, trace.filter(|trace| trace.slices().next().is_some()))
        }
    }
}

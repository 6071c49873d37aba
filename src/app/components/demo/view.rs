//! A demo on a page, put together from its parts.

use std::rc::Rc;

use yew::prelude::*;

use super::came_to::came_to;
use super::chart_panel::ChartPanel;
use super::copy_link::{CopyLink, LinkTo};
use super::engine_choice::engine_choice;
use super::events_table::{EventsTable, Named};
use super::numbers::numbers;
use super::parameter_field::ParameterField;
use super::plan_editor::PlanEditor;
use super::recording::{finished_recording, recording_notice};
use super::replay_bar::ReplayBar;
use super::run_bar::RunBar;
use super::sweep_panel::SweepPanel;
use super::urls_field::urls_field;
use crate::app::components::REST_MS;
use crate::app::components::chart::{ChartsHead, Traces};
use crate::app::dom::reduced_motion;
use crate::app::hooks::{Runner, SessionRef, use_frame, use_refocus, use_resize, use_run};
use crate::app::preferences::use_preferences;
use crate::app::stage::{Stage, StageRef};
use crate::demo::{Action, Demo, Field, Recording, Session, Setup, summary};
use crate::embed::Doing;
use crate::engine::EngineId;
use crate::lesson::{Listing, Measured, Overlay};

/// Which demo, and how it is built into its page.
#[derive(Properties, PartialEq)]
pub struct DemoViewProps {
    /// The demo.
    pub demo: &'static Demo,
    /// What it opens with.
    pub setup: Setup,
    /// Why it may not run yet.
    #[prop_or_default]
    pub lock: Option<AttrValue>,
    /// What the learner predicted, to lie over the chart of its engine once that has run.
    #[prop_or_default]
    pub predicted: Option<Rc<Overlay>>,
    /// The programs that engines stand for, to be shown under their charts.
    #[prop_or_default]
    pub programs: Vec<Rc<Listing>>,
    /// Whether what is seldom changed here, the plan and the engines, is folded away.
    #[prop_or_default]
    pub folded: bool,
    /// Whether it can be swept here.
    #[prop_or_default]
    pub sweeps: bool,
    /// What was recorded elsewhere, to be shown before anything runs here.
    #[prop_or_default]
    pub recording: Option<Recording>,
    /// Changes when `setup` has changed from outside and is to be adopted.
    #[prop_or_default]
    pub revision: u32,
    /// The page that links lead to.
    #[prop_or_default]
    pub page: LinkTo,
    /// Whether a link leads to what puts it into somebody's page.
    #[prop_or_default]
    pub embeds: bool,
    /// Called when something else is chosen, be it that a text has mistakes; or when a recording is gone.
    #[prop_or_default]
    pub on_setup: Callback<Setup>,
    /// What is to be done, with a number that is another one for each order; for who has no hands in this page.
    #[prop_or_default]
    pub order: Option<(u32, Doing)>,
    /// Called with the session as it stands after each change.
    #[prop_or_default]
    pub on_session: Callback<SessionRef>,
    /// Called when a run has ended.
    #[prop_or_default]
    pub on_measured: Callback<Measured>,
}

/// A demo: choose, run, look, replay, compare.
#[component]
pub fn DemoView(props: &DemoViewProps) -> Html {
    let runner = use_run(props.demo, &props.setup, props.recording.as_ref());
    let session = &runner.session.0;
    let reach_ms = predicted(props, session).map_or(0.0, |predicted| predicted.reach_ms());
    let stage = use_stage(session, reach_ms, rest_ms(&runner));
    let grouping = use_state(|| props.demo.grouping);
    use_reports(props, &runner.session);
    use_adoption(props, &runner);
    use_orders(props, &runner);
    // The button that takes the next rung goes away with its engine.
    let (place, refocus) = use_refocus();
    let instead = {
        let start = runner.start.clone();
        Callback::from(move |action| {
            refocus.emit(());
            start.emit(action);
        })
    };
    let rested = !session.is_running() && session.axis_end_ms().is_some();
    let traces = Traces(session.engines().iter().filter_map(|engine| session.trace(*engine).cloned()).collect());
    let dark = use_preferences().dark;
    // A step of a lesson can have the same demo twice: a group, since landmarks of one name could not be told apart.
    let engines = props.setup.engines.iter().map(|engine| engine.name()).collect::<Vec<_>>().join("; ");
    html! {
        <div class="demo" role="group" data-test="demo" data-demo={props.demo.id} aria-label={format!("{} ({engines})", props.demo.title)}>
            { controls(props, &runner) }
            { recording_notice(session, &runner.change) }
            // Each chart has a heading of the third level, also where no other of the second stands before it.
            <h2 class="visually-hidden">{ "Charts" }</h2>
            <div ref={place} class="charts" data-test="charts" tabindex="-1">
                <ChartsHead traces={traces.clone()} {rested} grouping={*grouping} on_group={let grouping = grouping.clone(); move |chosen| grouping.set(chosen)}
                    stage={stage.clone()} {dark} />
                for engine in session.engines().iter().copied() {
                    <ChartPanel
                        key={engine.key()}
                        {engine}
                        session={runner.session.clone()}
                        live={runner.live.clone().filter(|(running, _)| *running == engine).map(|(_, live)| live)}
                        missing={missing(&runner, engine)}
                        grouping={*grouping}
                        stage={stage.clone()}
                        predicted={predicted(props, session).filter(|predicted| predicted.engine == engine).cloned()}
                        program={props.programs.iter().find(|program| program.engine == Some(engine)).cloned()}
                        start={can_start(props, &runner).then(|| instead.clone())}
                    />
                }
                if rested {
                    <ReplayBar stage={stage.clone()} {traces} />
                }
            </div>
            if session.reference().is_some() {
                { numbers(session) }
            }
            if rested {
                <EventsTable traces={Named::of(session)} />
            }
            if props.sweeps {
                <SweepPanel session={runner.session.clone()} change={runner.change.clone()} />
            }
            <p class="visually-hidden" role="status" data-test="announce">{ summary(session).unwrap_or_default() }</p>
        </div>
    }
}

fn controls(props: &DemoViewProps, runner: &Runner) -> Html {
    let (session, change) = (&runner.session.0, &runner.change);
    let running = session.is_running();
    let field = |field: &Field| html! { <ParameterField key={field.parameter().key} field={field.clone()} disabled={running} change={change.clone()} /> };
    let chosen = html! {
        <>
            if let Some((text, problems)) = session.own_plan() {
                <PlanEditor number={runner.number} text={text.to_owned()} problems={problems.to_vec()} disabled={running}
                    change={change.clone()} />
            }
            { engine_choice(session.choices(), session.engines(), running, change) }
        </>
    };
    let folded = || {
        let says = if session.own_plan().is_some() { "The plan, and other engines" } else { "Other engines" };
        html! { <details class="folded" data-test="folded"><summary>{ says }</summary>{ chosen.clone() }</details> }
    };
    html! {
        <div class="controls">
            { if props.folded { folded() } else { chosen.clone() } }
            <fieldset class="fields">
                <legend>{ "With" }</legend>
                { for session.fields().map(field) }
                if let Some(urls) = session.urls() {
                    { urls_field(runner.number, urls, running, change) }
                }
            </fieldset>
            <RunBar session={runner.session.clone()} ready={runner.bench.engines.is_some()} others_run={runner.others_run}
                live={runner.live.as_ref().map(|(_, live)| live.clone())}
                lock={props.lock.clone()} start={runner.start.clone()} cancel={runner.cancel.clone()}>
                <CopyLink demo={props.demo} page={props.page} embeds={props.embeds} setup={session.setup().ok()}
                    recording={finished_recording(session)} />
            </RunBar>
        </div>
    }
}

/// What the learner predicted, while its engine's run can be seen whole.
fn predicted<'a>(props: &'a DemoViewProps, session: &Session) -> Option<&'a Rc<Overlay>> {
    props.predicted.as_ref().filter(|of| session.finished(of.engine).is_some() && !session.is_running())
}

/// Whether an engine could be started now.
fn can_start(props: &DemoViewProps, runner: &Runner) -> bool {
    let ready = runner.bench.engines.is_some() && !runner.others_run;
    ready && props.lock.is_none() && !runner.session.0.is_running()
}

/// Why `engine` cannot run here, and what would bring it.
fn missing(runner: &Runner, engine: EngineId) -> Option<AttrValue> {
    let engines = runner.bench.engines.as_ref()?;
    engines.available(engine).err().map(|error| AttrValue::from(error.to_string()))
}

/// From so many tasks on drawing them takes longer than a frame should.
const MANY_TASKS: usize = 32;

/// How long the charts rest between two drawings, ms. Workers that leave no core free are given what drawing would take: at
/// every frame that was a quarter of one of two cores, and a speed-up of 1.55 instead of 1.75. So are the tasks of the page's own
/// thread where there are so many that drawing them would hold up their answers.
fn rest_ms(runner: &Runner) -> u32 {
    let session = &runner.session.0;
    let running = runner.live.as_ref().map(|(engine, _)| *engine);
    let (Some(engine), Ok(setup), Some(plan)) = (running, session.setup(), session.plan()) else { return 0 };
    let cores = runner.bench.engines.as_ref().map_or(0, |engines| engines.machine().cores);
    let is_full = match engine.has_workers() {
        true => setup.options(engine).workers_for(&plan) >= cores,
        false => plan.tasks.len() > MANY_TASKS,
    };
    if is_full { REST_MS } else { 0 }
}

/// The stage that this demo's charts share; it draws while a run goes on, and comes to rest after it. What was predicted until `reach_ms`
/// has room on its axis.
#[hook]
fn use_stage(session: &Session, reach_ms: f64, rest_ms: u32) -> StageRef {
    let stage = use_memo((), |()| Rc::new(Stage::new()));
    let stage = StageRef(Rc::clone(&stage));
    let running = session.is_running();
    {
        let stage = stage.clone();
        use_effect_with((running, session.axis_end_ms(), reach_ms), move |(running, end_ms, reach_ms)| {
            if !running {
                stage.0.settle(end_ms.unwrap_or(0.0));
                stage.0.reach(*reach_ms);
            } else if let Some(end_ms) = end_ms {
                // Where nothing moves during a run, what has ended is shown whole all the same.
                stage.0.grow(*end_ms);
                stage.0.draw();
            } else {
                stage.0.begin();
            }
        });
    }
    {
        let stage = Rc::clone(&stage.0);
        use_frame(running && !reduced_motion(), rest_ms, move |_| stage.draw());
    }
    use_resize(&stage);
    stage
}

/// Adopts what the page around the demo has chosen, once no run goes on.
#[hook]
fn use_adoption(props: &DemoViewProps, runner: &Runner) {
    let adopted = use_mut_ref(|| props.revision);
    let (setup, change) = (props.setup.clone(), runner.change.clone());
    use_effect_with((props.revision, runner.session.0.is_running()), move |(revision, running)| {
        if !running && adopted.replace(*revision) != *revision {
            change.emit(Action::Adopt(setup));
        }
    });
}

/// Does what is ordered, once.
#[hook]
fn use_orders(props: &DemoViewProps, runner: &Runner) {
    let (start, cancel) = (runner.start.clone(), runner.cancel.clone());
    use_effect_with(props.order, move |order| match order {
        Some((_, Doing::Start)) => start.emit(Action::Start),
        Some((_, Doing::Cancel)) => cancel.emit(()),
        _ => {}
    });
}

/// Tells the page around the demo what is chosen and what was measured.
#[hook]
fn use_reports(props: &DemoViewProps, session: &SessionRef) {
    {
        let on_session = props.on_session.clone();
        use_effect_with(session.clone(), move |session| on_session.emit(session.clone()));
    }
    let session = Rc::clone(&session.0);
    {
        let on_setup = props.on_setup.clone();
        let first = use_mut_ref(|| true);
        use_effect_with((session.draft().ok(), session.recorded().is_some()), move |(setup, _)| {
            if let Some(setup) = setup.clone().filter(|_| !first.replace(false)) {
                on_setup.emit(setup);
            }
        });
    }
    let on_measured = props.on_measured.clone();
    use_effect_with((session.completed(), session.is_running()), move |(completed, running)| {
        if *completed > 0 && !running {
            on_measured.emit(came_to(&session));
        }
    });
}

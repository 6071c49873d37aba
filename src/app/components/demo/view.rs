//! A demo on a page, put together from its parts.

use std::rc::Rc;

use yew::prelude::*;

use super::chart_panel::ChartPanel;
use super::copy_link::CopyLink;
use super::engine_choice::engine_choice;
use super::events_table::{EventsTable, Named};
use super::numbers::numbers;
use super::parameter_field::ParameterField;
use super::replay_bar::ReplayBar;
use super::run_bar::RunBar;
use super::urls_field::urls_field;
use crate::app::components::chart::{ChartsHead, Traces};
use crate::app::dom::reduced_motion;
use crate::app::hooks::{Runner, use_frame, use_refocus, use_resize, use_run};
use crate::app::preferences::use_preferences;
use crate::app::stage::{Stage, StageRef};
use crate::demo::{Demo, Field, Session, Setup, summary};
use crate::engine::EngineId;
use crate::lesson::Listing;

/// What each engine of a run that has ended took, ms.
pub type Measured = Vec<(EngineId, f64)>;

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
    /// The engine that the learner predicted to be the first, and how many times as fast as the slowest.
    #[prop_or_default]
    pub predicted: Option<(EngineId, f64)>,
    /// The programs that engines stand for, to be shown under their charts.
    #[prop_or_default]
    pub programs: Vec<Rc<Listing>>,
    /// Called when something else is chosen.
    #[prop_or_default]
    pub on_setup: Callback<Setup>,
    /// Called when a run has ended.
    #[prop_or_default]
    pub on_measured: Callback<Measured>,
}

/// A demo: choose, run, look, replay, compare.
#[component]
pub fn DemoView(props: &DemoViewProps) -> Html {
    let runner = use_run(props.demo, &props.setup);
    let session = &runner.session.0;
    let stage = use_stage(session, rest_ms(&runner));
    let grouping = use_state(|| props.demo.grouping);
    use_reports(props, session);
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
    html! {
        <section class="demo" data-test="demo" data-demo={props.demo.id} aria-label={props.demo.title}>
            { controls(props, &runner) }
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
                        predicted_end_ms={predicted_end_ms(props, session, engine)}
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
            <p class="visually-hidden" role="status" data-test="announce">{ summary(session).unwrap_or_default() }</p>
        </section>
    }
}

fn controls(props: &DemoViewProps, runner: &Runner) -> Html {
    let (session, change) = (&runner.session.0, &runner.change);
    let running = session.is_running();
    let field = |field: &Field| html! { <ParameterField key={field.parameter().key} field={field.clone()} disabled={running} change={change.clone()} /> };
    html! {
        <div class="controls">
            { engine_choice(props.demo.offered(), session.engines(), running, change) }
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
                <CopyLink demo={props.demo} setup={session.setup().ok()} />
            </RunBar>
        </div>
    }
}

/// When `engine` ends by the learner's prediction, ms: the slowest engine's time as it was measured, shared by the predicted ratio.
fn predicted_end_ms(props: &DemoViewProps, session: &Session, engine: EngineId) -> Option<f64> {
    let (_, ratio) =
        props.predicted.filter(|(predicted, _)| *predicted == engine && session.finished(engine).is_some())?;
    let slowest_ms = session.axis_end_ms().filter(|_| !session.is_running())?;
    Some(slowest_ms / ratio)
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
    if is_full { 80 } else { 0 }
}

/// The stage that this demo's charts share; it draws while a run goes on, and comes to rest after it.
#[hook]
fn use_stage(session: &Session, rest_ms: u32) -> StageRef {
    let stage = use_memo((), |()| Rc::new(Stage::new()));
    let stage = StageRef(Rc::clone(&stage));
    let running = session.is_running();
    {
        let stage = stage.clone();
        use_effect_with((running, session.axis_end_ms()), move |(running, end_ms)| {
            if !running {
                stage.0.settle(end_ms.unwrap_or(0.0));
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

/// Tells the page around the demo what is chosen and what was measured.
#[hook]
fn use_reports(props: &DemoViewProps, session: &Session) {
    {
        let on_setup = props.on_setup.clone();
        let first = use_mut_ref(|| true);
        use_effect_with(session.setup().ok(), move |setup| {
            if let Some(setup) = setup.clone().filter(|_| !first.replace(false)) {
                on_setup.emit(setup);
            }
        });
    }
    let on_measured = props.on_measured.clone();
    let makespans =
        session.engines().iter().filter_map(|engine| Some((*engine, session.finished(*engine)?.stats.makespan_ms)));
    let makespans: Measured = makespans.collect();
    use_effect_with((session.completed(), session.is_running()), move |(completed, running)| {
        if *completed > 0 && !running {
            on_measured.emit(makespans);
        }
    });
}

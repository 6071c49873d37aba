//! A measured run beside its simulation: the same plan, on this browser as a machine and under the scheduler that stands for the engine.
//! What is left between the two is said in percent, with the reasons that their traces show.

use std::rc::Rc;

use yew::prelude::*;

use super::provenance::provenance_badge;
use crate::app::components::chart::{ChartCanvas, Source};
use crate::app::components::{Tone, measuring, notice};
use crate::app::hooks::use_attempt;
use crate::app::preferences::use_preferences;
use crate::app::stage::StageRef;
use crate::app::workbench::{Busy, next_number, use_workbench};
use crate::demo::{Demo, Finished, Setup};
use crate::engine::EngineId;
use crate::engine::browser::Measuring;
use crate::engine::simulated::calibration::{Prediction, Residuals, reasons};
use crate::timeline::{Grouping, words};
use crate::trace::Trace;
use crate::trace::stats::stats;

/// Which run. Give each a key of its own.
#[derive(Properties, PartialEq)]
pub struct BesideProps {
    /// The demo.
    pub demo: &'static Demo,
    /// What it was run with.
    pub setup: Setup,
    /// Where it was run.
    pub engine: EngineId,
    /// What it came to.
    pub measured: Rc<Finished>,
    /// What a row stands for.
    pub grouping: Grouping,
    /// Axis and replay.
    pub stage: StageRef,
}

/// Where the simulation stands.
enum Standing {
    Offered,
    Measuring(Measuring),
    Simulating,
    There {
        simulated: Rc<Trace>,
        /// What is to be known of the machine.
        of_machine: Vec<String>,
    },
    /// Why there is none, with what was simulated until then.
    Failed(String, Option<Rc<Trace>>),
}

/// The simulation of a run, once it is asked for.
#[component]
pub fn Beside(props: &BesideProps) -> Html {
    let BesideProps { demo, setup, engine, measured, grouping, stage } = props;
    let (standing, attempt, bench, dark) =
        (use_state(|| Standing::Offered), use_attempt(), use_workbench(), use_preferences().dark);
    let start = {
        let (standing, attempt, bench, stage) = (standing.setter(), attempt.clone(), bench.clone(), stage.clone());
        let (demo, setup, engine) = (*demo, setup.clone(), *engine);
        move |_: MouseEvent| {
            let Some(engines) = bench.engines.clone().filter(|_| bench.busy.is_none()) else { return };
            let (standing, busy, stage) = (standing.clone(), Busy::new(&bench, next_number()), stage.clone());
            let (plan, options) = (demo.plan(&setup.values), setup.options(engine));
            attempt.begin(async move {
                let _busy = busy;
                standing.set(Standing::Simulating);
                let live = engines.prepare(EngineId::Simulated, &plan);
                let tell = |measuring| standing.set(Standing::Measuring(measuring));
                let came_to = engines.simulate_like(engine, &options, &plan, &live, tell).await;
                if let Some(trace) = live.kept_trace() {
                    stage.0.settle(stage.0.end_ms().max(trace.end_ms()));
                }
                let of_machine = engines.calibration().map_or_else(Vec::new, |calibration| calibration.words());
                standing.set(match came_to {
                    Ok(outcome) => Standing::There { simulated: outcome.trace, of_machine },
                    Err(error) => Standing::Failed(error.to_string(), live.kept_trace()),
                });
            });
        }
    };
    let cancel = {
        let (standing, attempt) = (standing.setter(), attempt.clone());
        move |_: MouseEvent| {
            attempt.give_up();
            standing.set(Standing::Offered);
        }
    };
    let chart = |simulated: &Rc<Trace>| {
        let label = format!("Simulated: {}. {}", engine.name(), words::summary(simulated));
        html! {
            <>
                <ChartCanvas source={Source::Recorded(Rc::clone(simulated))} grouping={*grouping} stage={stage.clone()} {dark} {label} />
                <footer class="chart-foot">{ provenance_badge(simulated.provenance()) }</footer>
            </>
        }
    };
    let cancel = html! { <button type="button" data-test="beside-cancel" onclick={cancel}>{ "Cancel" }</button> };
    html! {
        <section class="beside" data-test="beside" aria-label={format!("{}, simulated", engine.name())}>
            { match &*standing {
                Standing::Offered => html! {
                    <button type="button" class="secondary" data-test="simulate" disabled={bench.engines.is_none() || bench.busy.is_some()} onclick={start}>
                        { "Hold it against its simulation" }</button>
                },
                Standing::Measuring(now) => measuring(now, "beside-going", cancel),
                Standing::Simulating => html! {
                    <p class="beside-going"><span role="status" data-test="beside-going">{ "Simulating…" }</span>{ " " }{ cancel }</p>
                },
                Standing::There { simulated, of_machine } => html! {
                    <>
                        <h4>{ "The same, simulated" }</h4>
                        { residual(demo.title, measured, simulated) }
                        { chart(simulated) }
                        for words in of_machine {
                            <p class="hint" data-test="beside-machine">{ words }</p>
                        }
                    </>
                },
                Standing::Failed(why, simulated) => html! {
                    <>
                        <h4>{ "The same, simulated" }</h4>
                        { notice(Tone::Warning, "beside-failed", html! { <>{ why }</> }) }
                        { simulated.as_ref().map(chart).unwrap_or_default() }
                    </>
                },
            } }
        </section>
    }
}

/// How far the simulation was off, and why as far as that is known.
fn residual(title: &str, measured: &Finished, simulated: &Trace) -> Html {
    let (predicted_ms, measured_ms) = (stats(simulated).makespan_ms, measured.stats.makespan_ms);
    let residuals = Residuals::new(&[Prediction { name: title.to_owned(), predicted_ms, measured_ms }]);
    let Some(residuals) = residuals else {
        let says = format!(
            "Nothing to compare in percent: {measured_ms:.1} ms were measured, and {predicted_ms:.1} ms predicted."
        );
        return html! { <p role="status" data-test="beside-nothing">{ says }</p> };
    };
    let percent = residuals.each.first().map(|residual| residual.percent.to_string());
    let reasons = reasons(&measured.trace, simulated);
    html! {
        <div role="status">
            <p data-test="residual" data-percent={percent}>{ residuals.words() }</p>
            if !reasons.is_empty() {
                <ul data-test="reasons">
                    for reason in reasons {
                        <li key={reason.clone()}>{ reason }</li>
                    }
                </ul>
            }
        </div>
    }
}

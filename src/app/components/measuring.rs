//! What is measured of this browser, as it is measured. The chart is more than a pastime: drawing takes a share of the cores, so a browser
//! that is to be simulated as it runs demos has to be measured while it draws.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::components::chart::{ChartCanvas, Source};
use crate::app::dom::reduced_motion;
use crate::app::hooks::{LiveRef, use_frame, use_resize};
use crate::app::preferences::use_preferences;
use crate::app::stage::{Stage, StageRef};
use crate::engine::browser::Measuring;
use crate::timeline::Grouping;

/// How long the chart of a run that fills the cores rests between two drawings, ms: as in a demo.
pub const REST_MS: u32 = 80;

/// Which run.
#[derive(Properties, PartialEq)]
pub struct MeasuringChartProps {
    /// The run.
    pub live: LiveRef,
    /// Whether it leaves no core free.
    pub fills_cores: bool,
}

/// The chart of a run that is measured.
#[component]
pub fn MeasuringChart(props: &MeasuringChartProps) -> Html {
    let stage = StageRef(Rc::clone(&*use_memo((), |()| Rc::new(Stage::new()))));
    let dark = use_preferences().dark;
    {
        let stage = stage.clone();
        use_effect_with(props.live.clone(), move |_| stage.0.begin());
    }
    {
        let (stage, rest_ms) = (stage.clone(), if props.fills_cores { REST_MS } else { 0 });
        use_frame(!reduced_motion(), rest_ms, move |_| stage.0.draw());
    }
    use_resize(&stage);
    let source = Source::Live(props.live.clone());
    html! { <ChartCanvas {source} grouping={Grouping::ByWorker} {stage} {dark} label="What is being measured" /> }
}

/// What is being measured, in words and as a chart; `cancel` is the button that ends it.
pub fn measuring(now: &Measuring, name: &'static str, cancel: Html) -> Html {
    let says = format!("Measuring this browser, once: {} ({} of {}).", now.what, now.done + 1, now.of);
    html! {
        <div class="measuring">
            <p class="beside-going"><span role="status" data-test={name}>{ says }</span>{ " " }{ cancel }</p>
            <MeasuringChart live={LiveRef(Rc::clone(&now.live))} fills_cores={now.fills_cores} />
        </div>
    }
}

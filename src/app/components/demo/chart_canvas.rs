//! The canvas of one chart. It draws outside the virtual DOM, whenever its stage moves: a snapshot of a run that goes on, or
//! as much of a finished trace as the replay has reached.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

use crate::app::dom::window;
use crate::app::hooks::LiveRef;
use crate::app::stage::StageRef;
use crate::timeline::painter::{self, Theme};
use crate::timeline::{Chart, Grouping, LayoutOptions, Metrics, layout};
use crate::trace::Trace;

/// What a chart shows.
#[derive(Clone)]
pub enum Source {
    /// A run that goes on.
    Live(LiveRef),
    /// What was recorded.
    Recorded(Rc<Trace>),
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Live(a), Self::Live(b)) => a == b,
            (Self::Recorded(a), Self::Recorded(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// What is drawn, and how.
#[derive(Properties, PartialEq)]
pub struct ChartCanvasProps {
    /// What is shown.
    pub source: Source,
    /// What a row stands for.
    pub grouping: Grouping,
    /// Axis and replay.
    pub stage: StageRef,
    /// Whether the page is dark: the colours are read anew when that changes.
    pub dark: bool,
    /// The chart in words.
    pub label: AttrValue,
}

/// The canvas of one chart.
#[component]
pub fn ChartCanvas(props: &ChartCanvasProps) -> Html {
    let node = use_node_ref();
    {
        let (node, source, stage) = (node.clone(), props.source.clone(), props.stage.clone());
        let grouping = props.grouping;
        use_effect_with((props.source.clone(), grouping, props.stage.clone(), props.dark), move |_| {
            let chart = match &source {
                Source::Recorded(trace) => Some(Chart::new(Rc::clone(trace), grouping)),
                Source::Live(_) => None,
            };
            let brush = node.cast::<HtmlCanvasElement>().and_then(|canvas| Brush::new(canvas, chart));
            let draw = {
                let stage = Rc::clone(&stage.0);
                move || {
                    if let Some(brush) = &brush {
                        brush.draw(&source, grouping, &stage);
                    }
                }
            };
            draw();
            let listener = stage.0.listen(draw);
            move || drop(listener)
        });
    }
    let seek = {
        let stage = props.stage.clone();
        let metrics_of = |canvas: &HtmlCanvasElement| Metrics::for_width(f64::from(canvas.client_width()));
        Callback::from(move |event: PointerEvent| {
            let canvas: HtmlCanvasElement = event.target_unchecked_into();
            let pressed = event.buttons() & 1 == 1;
            if !pressed || stage.0.end_ms() <= 0.0 {
                return;
            }
            let width_px = f64::from(canvas.client_width());
            let scale = metrics_of(&canvas).scale(0.0, stage.0.axis_end_ms(), width_px);
            let at_ms = scale.time_from_x(f64::from(event.offset_x()));
            stage.0.set_playback(stage.0.playback().seek(at_ms, stage.0.end_ms()));
        })
    };
    html! {
        <canvas ref={node} role="img" aria-label={props.label.clone()} onpointerdown={seek.clone()} onpointermove={seek} />
    }
}

/// A canvas with what is needed to draw on it.
struct Brush {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    theme: Theme,
    /// What the picture of a finished trace depends on, as it was drawn last: end of the axis and of what is shown (ms),
    /// width (px), density. A run beside it leaves it alone, and the processor to the work.
    drawn: Cell<Option<[f64; 4]>>,
    /// The finished trace, made ready once.
    chart: Option<Chart>,
}

impl Brush {
    fn new(canvas: HtmlCanvasElement, chart: Option<Chart>) -> Option<Self> {
        let context = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        let theme = Theme::from_css(&canvas);
        Some(Self { canvas, context, theme, drawn: Cell::new(None), chart })
    }

    fn draw(&self, source: &Source, grouping: Grouping, stage: &crate::app::stage::Stage) {
        let width_px = f64::from(self.canvas.client_width());
        let snapshot = match source {
            Source::Live(live) => live.snapshot().map(|(now_ms, trace)| (now_ms, Chart::new(Rc::new(trace), grouping))),
            Source::Recorded(_) => None,
        };
        let (chart, until_ms) = match (&self.chart, &snapshot) {
            (Some(chart), _) => (chart, stage.until_ms()),
            (None, Some((now_ms, chart))) => (chart, *now_ms),
            // A run that cannot be read just now is drawn at the next frame.
            (None, None) => return,
        };
        let ratio = window().device_pixel_ratio();
        if snapshot.is_some() {
            stage.grow(until_ms);
        } else {
            let now = Some([stage.axis_end_ms(), until_ms, width_px, ratio]);
            if self.drawn.replace(now) == now {
                return;
            }
        }
        let metrics = Metrics::for_width(width_px);
        let scale = metrics.scale(0.0, stage.axis_end_ms(), width_px);
        let picture = layout(chart, &LayoutOptions { until_ms, ..LayoutOptions::new(scale, metrics) });
        self.fit(width_px, picture.height_px, ratio);
        let playhead_ms = until_ms.is_finite().then_some(until_ms);
        painter::paint(&self.context, &picture, &self.theme, ratio, playhead_ms);
    }

    /// Gives the canvas its size, if that has changed: setting it clears the canvas.
    fn fit(&self, width_px: f64, height_px: f64, ratio: f64) {
        let (width, height) = ((width_px * ratio).round() as u32, (height_px * ratio).round() as u32);
        if self.canvas.width() != width {
            self.canvas.set_width(width);
        }
        if self.canvas.height() != height {
            self.canvas.set_height(height);
            let _ = self.canvas.style().set_property("height", &format!("{height_px}px"));
        }
    }
}

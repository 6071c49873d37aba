//! The overview above the charts: all of the longest run, with the window that the charts show, to be dragged. Keys and buttons do
//! the same, so that it is a picture for whoever does not see it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

use super::Traces;
use crate::app::dom::window;
use crate::app::stage::{Stage, StageRef};
use crate::timeline::overview::{Grip, Overview};
use crate::timeline::painter::{self, Theme};
use crate::timeline::view::{Input, Shared};
use crate::timeline::{Metrics, Rect, Scale, Window};
use crate::trace::Trace;

/// Its height, CSS px.
const HEIGHT_PX: f64 = 28.0;

/// Whose overview.
#[derive(Properties, PartialEq)]
pub struct OverviewStripProps {
    /// The finished traces.
    pub traces: Traces,
    /// Axis and window.
    pub stage: StageRef,
    /// Whether the page is dark.
    pub dark: bool,
}

/// The overview.
#[component]
pub fn OverviewStrip(props: &OverviewStripProps) -> Html {
    let node = use_node_ref();
    let strip = use_mut_ref(|| None::<Rc<Strip>>);
    {
        let (node, strip) = (node.clone(), Rc::clone(&strip));
        use_effect_with((props.traces.clone(), props.stage.clone(), props.dark), move |(traces, stage, _)| {
            let longest = traces.0.iter().max_by(|a, b| a.end_ms().total_cmp(&b.end_ms()));
            let made = node.cast().zip(longest).and_then(|(canvas, trace)| Strip::new(canvas, trace, &stage.0));
            let made = made.map(Rc::new);
            let listener = made.clone().map(|strip| {
                strip.draw();
                stage.0.listen(move || strip.draw())
            });
            strip.replace(made);
            move || drop(listener)
        });
    }
    let on = |act: fn(&Strip, &PointerEvent)| {
        let strip = Rc::clone(&strip);
        Callback::from(move |event: PointerEvent| strip.borrow().iter().for_each(|strip| act(strip, &event)))
    };
    html! {
        <canvas ref={node} class="overview" data-test="overview" aria-hidden="true"
            onpointerdown={on(Strip::down)} onpointermove={on(Strip::moved)} onpointerup={on(Strip::up)} onpointercancel={on(Strip::up)} />
    }
}

/// The strip on its canvas.
struct Strip {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    theme: Theme,
    trace: Rc<Trace>,
    /// Made for an axis that ends then, ms: charts are there before their axis has settled.
    overview: RefCell<Option<(f64, Overview)>>,
    stage: Rc<Stage>,
    /// What is dragged, and where the pointer was last, CSS px.
    dragged: Cell<Option<(Grip, f64)>>,
    /// What it depends on, as it was drawn last: the window, the axis' end (ms), width (px), density.
    drawn: Cell<Option<(Shared, [f64; 3])>>,
}

impl Strip {
    fn new(canvas: HtmlCanvasElement, trace: &Rc<Trace>, stage: &Rc<Stage>) -> Option<Self> {
        let context = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        let theme = Theme::from_css(&canvas);
        let (trace, stage, overview) = (Rc::clone(trace), Rc::clone(stage), RefCell::default());
        Some(Self { canvas, context, theme, trace, overview, stage, dragged: Cell::default(), drawn: Cell::default() })
    }

    /// As wide as the charts' plots, so that times lie above one another.
    fn area(&self) -> Rect {
        let width_px = f64::from(self.canvas.client_width());
        let metrics = Metrics::for_width(width_px);
        let plot = metrics.scale(0.0, 1.0, width_px);
        Rect { x_px: plot.left_px, y_px: 0.0, width_px: plot.width_px, height_px: HEIGHT_PX }
    }

    fn window(&self) -> Window {
        self.stage.shared().window.unwrap_or(Window { start_ms: 0.0, end_ms: self.stage.end_ms() })
    }

    fn scale(&self) -> Scale {
        Window { start_ms: 0.0, end_ms: self.stage.end_ms() }.scale(self.area().x_px, self.area().width_px)
    }

    fn draw(&self) {
        let (width_px, ratio) = (f64::from(self.canvas.client_width()), window().device_pixel_ratio());
        let end_ms = self.stage.end_ms();
        let now = Some((self.stage.shared(), [end_ms, width_px, ratio]));
        if end_ms <= 0.0 || self.drawn.replace(now) == now {
            return;
        }
        let mut overview = self.overview.borrow_mut();
        if overview.as_ref().is_none_or(|(until_ms, _)| *until_ms != end_ms) {
            *overview = Some((end_ms, Overview::new(&self.trace, end_ms)));
        }
        let Some((_, overview)) = &*overview else { return };
        self.canvas.set_width((width_px * ratio).round() as u32);
        self.canvas.set_height((HEIGHT_PX * ratio).round() as u32);
        let strip = overview.layout(self.area(), self.window());
        painter::overview(&self.context, &strip, self.area(), &self.theme, ratio);
    }

    fn down(&self, event: &PointerEvent) {
        let _ = self.canvas.set_pointer_capture(event.pointer_id());
        let (x_px, scale, shown) = (f64::from(event.offset_x()), self.scale(), self.window());
        let grip = Grip::at(x_px, shown, &scale);
        if grip.is_none() {
            // Outside of the window: it comes to the pointer.
            self.drag(Grip::Whole, scale.time_from_x(x_px) - f64::midpoint(shown.start_ms, shown.end_ms));
        }
        self.dragged.set(Some((grip.unwrap_or(Grip::Whole), x_px)));
    }

    fn moved(&self, event: &PointerEvent) {
        let x_px = f64::from(event.offset_x());
        if let Some((grip, last_px)) = self.dragged.get() {
            self.dragged.set(Some((grip, x_px)));
            self.drag(grip, self.scale().duration_of(x_px - last_px));
        }
    }

    fn up(&self, _: &PointerEvent) {
        self.dragged.set(None);
    }

    fn drag(&self, grip: Grip, by_ms: f64) {
        self.stage.current().iter().for_each(|chart| chart.handle(Input::Overview(grip, by_ms)));
    }
}

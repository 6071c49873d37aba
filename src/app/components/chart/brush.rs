//! Draws one chart on its canvas: a snapshot of a run that goes on, or as much of a finished trace as the replay has reached. It
//! draws past the virtual DOM, and nothing where nothing has changed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::Source;
use crate::app::dom::{reduced_motion, window};
use crate::app::stage::Stage;
use crate::engine::browser::now_ms;
use crate::lesson::Overlay;
use crate::timeline::painter::{self, Theme};
use crate::timeline::view::{Scene, View};
use crate::timeline::{COLUMNS_IN_MOTION, Chart, Grouping, LayoutOptions, Metrics, Picture, between, layout};
use crate::trace::{SliceId, critical_path};

/// How long slices are on their way from one grouping to another, ms.
const ON_THEIR_WAY_MS: f64 = 320.0;
/// Pixels for each CSS px on paper: what a printer of 300 dots an inch can show.
const PRINTED: f64 = 4.0;
/// More slices than this nobody follows with the eyes: they change over at once.
const MOST_FOLLOWED: usize = 600;

/// A canvas with what is needed to draw on it.
pub struct Brush {
    pub canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    theme: RefCell<Theme>,
    /// Whether it draws for paper.
    printing: Cell<bool>,
    /// What a learner predicted.
    predicted: Option<Rc<Overlay>>,
    source: Source,
    grouping: Grouping,
    /// The finished trace, made ready once.
    pub chart: Option<Chart>,
    critical: RefCell<Option<Vec<SliceId>>>,
    /// What the picture of a finished trace depends on, as it was drawn last. A run beside it leaves it alone, and the processor
    /// to the work.
    drawn: Cell<Option<Drawn>>,
    /// Whether that was drawn roughly, being in motion.
    is_rough: Cell<bool>,
    /// What is on the canvas.
    picture: RefCell<Option<Rc<Picture>>>,
    /// Where slices come from, and since when (ms) they have been on their way.
    on_their_way: RefCell<Option<(Rc<Picture>, f64)>>,
}

#[derive(Clone, Copy, PartialEq)]
struct Drawn {
    view: View,
    axis_end_ms: f64,
    until_ms: f64,
    width_px: f64,
    ratio: f64,
}

impl Drawn {
    /// Whether what was drawn before was elsewhere, so that the eye is on the motion.
    fn moves(&self, before: &Self) -> bool {
        let place = |of: &Self| (of.view.window, of.view.offset_px, of.until_ms);
        place(self) != place(before)
    }
}

impl Brush {
    /// `None` for a browser that draws nothing.
    pub fn new(
        canvas: HtmlCanvasElement,
        source: Source,
        grouping: Grouping,
        before: Option<Rc<Picture>>,
        predicted: Option<Rc<Overlay>>,
    ) -> Option<Self> {
        let context = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        let theme = RefCell::new(Theme::from_css(&canvas));
        let chart = match &source {
            Source::Recorded(trace) => Some(Chart::new(Rc::clone(trace), grouping)),
            Source::Live(_) => None,
        };
        let followed = |picture: &Rc<Picture>| picture.bars.len() <= MOST_FOLLOWED && !reduced_motion();
        let on_their_way = before.filter(followed).map(|picture| (picture, now_ms()));
        Some(Self {
            canvas,
            context,
            theme,
            printing: Cell::new(false),
            predicted,
            source,
            grouping,
            chart,
            critical: RefCell::default(),
            drawn: Cell::default(),
            is_rough: Cell::default(),
            picture: RefCell::default(),
            on_their_way: RefCell::new(on_their_way),
        })
    }

    /// What is on the canvas.
    pub fn picture(&self) -> Option<Rc<Picture>> {
        self.picture.borrow().clone()
    }

    /// The finished chart as it is handled.
    pub fn scene<'a>(&self, chart: &'a Chart, stage: &Stage) -> Scene<'a> {
        let width_px = f64::from(self.canvas.client_width());
        let (end_ms, until_ms) = (stage.axis_end_ms(), stage.until_ms());
        Scene { chart, metrics: Metrics::for_width(width_px), width_px, end_ms, until_ms }
    }

    /// Draws what has changed. Whether there is more to come in the next frame.
    pub fn draw(&self, view: View, stage: &Stage) -> bool {
        match &self.chart {
            Some(chart) => self.draw_finished(chart, view, stage),
            None => {
                self.draw_live(stage);
                false
            }
        }
    }

    fn draw_live(&self, stage: &Stage) {
        // A run that cannot be read just now is drawn at the next frame.
        let Source::Live(live) = &self.source else { return };
        let Some((until_ms, trace)) = live.snapshot() else { return };
        stage.grow(until_ms);
        let chart = Chart::new(Rc::new(trace), self.grouping);
        let width_px = f64::from(self.canvas.client_width());
        let metrics = Metrics::for_width(width_px);
        let scale = metrics.scale(0.0, stage.axis_end_ms(), width_px);
        let picture = layout(&chart, &LayoutOptions { until_ms, ..LayoutOptions::new(scale, metrics) });
        self.paint(&picture, width_px, self.ratio(), until_ms);
    }

    fn draw_finished(&self, chart: &Chart, view: View, stage: &Stage) -> bool {
        let scene = self.scene(chart, stage);
        let Scene { width_px, end_ms: axis_end_ms, until_ms, .. } = scene;
        let ratio = self.ratio();
        let now = Drawn { view, axis_end_ms, until_ms, width_px, ratio };
        let before = self.drawn.replace(Some(now));
        let is_on_its_way = self.on_their_way.borrow().is_some();
        if before == Some(now) && !is_on_its_way && !self.is_rough.get() {
            return false;
        }
        if view.critical && self.critical.borrow().is_none() {
            self.critical.replace(Some(critical_path(chart.trace())));
        }
        let critical = self.critical.borrow();
        let mut options = view.options(&scene, critical.as_deref().unwrap_or_default());
        if let Some(predicted) = &self.predicted {
            options.emphasis.predicted_end_ms = predicted.end_ms;
            options.emphasis.predicted = &predicted.bars;
        }
        if before.is_some_and(|before| now.moves(&before)) {
            options.most_columns = COLUMNS_IN_MOTION;
        }
        let picture = Rc::new(layout(chart, &options));
        if self.predicted.is_some() {
            // How many outlines and lines of it are drawn, for whoever looks at the document and not at the canvas: tests do.
            let lines = picture.emphasis.predicted.len() + usize::from(picture.emphasis.predicted_end_px.is_some());
            let _ = self.canvas.set_attribute("data-predicted", &lines.to_string());
        }
        // Drawn again, as soon as it rests.
        self.is_rough.set(picture.is_rough);
        let share = self.on_their_way.borrow().as_ref().map(|(_, since_ms)| (now_ms() - since_ms) / ON_THEIR_WAY_MS);
        match (share, &*self.on_their_way.borrow()) {
            (Some(share), Some((from, _))) if share < 1.0 => {
                self.paint(&between(from, &picture, share), width_px, ratio, until_ms);
            }
            _ => self.paint(&picture, width_px, ratio, until_ms),
        }
        if share.is_some_and(|share| share >= 1.0) {
            self.on_their_way.replace(None);
        }
        self.picture.replace(Some(picture));
        self.on_their_way.borrow().is_some() || self.is_rough.get()
    }

    fn paint(&self, picture: &Picture, width_px: f64, ratio: f64, until_ms: f64) {
        self.fit(width_px, picture.height_px, ratio);
        painter::paint(&self.context, picture, &self.theme.borrow(), ratio, until_ms.is_finite().then_some(until_ms));
    }

    /// The canvas' pixels for each CSS px.
    fn ratio(&self) -> f64 {
        let ratio = window().device_pixel_ratio();
        if self.printing.get() { ratio.max(PRINTED) } else { ratio }
    }

    /// From now on it draws for paper, or for the screen again, in the colours that the page has now.
    pub fn set_printing(&self, printing: bool) {
        self.printing.set(printing);
        self.theme.replace(Theme::from_css(&self.canvas));
        self.drawn.set(None);
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

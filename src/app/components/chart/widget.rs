//! A chart that can be handled: keeps its view, passes what is done to it through the view's pure function, and sees to it that
//! what comes of that is drawn, announced and shown. It decides nothing of it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use web_sys::{Element, HtmlElement, MouseEvent};
use yew::Callback;

use super::brush::Brush;
use super::listen::{listen, listen_to_printer};
use crate::app::stage::{Ask, Handled, Listener, Stage};
use crate::timeline::view::keys::Command;
use crate::timeline::view::{Act, Gesture, Ground, Input, Reply, View};
use crate::timeline::{Grouping, Limits, Picture, Window};
use crate::trace::SliceId;

/// What is selected, for whoever shows its facts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Selection {
    /// A slice.
    pub slice: Option<SliceId>,
    /// A stretch of time, ms.
    pub range_ms: Option<(f64, f64)>,
}

/// What outlasts a change of the chart's rows.
pub type Kept = (View, Option<Rc<Picture>>);

/// A chart on the page.
pub struct Widget {
    root: HtmlElement,
    /// What is written here is announced.
    status: Element,
    brush: Brush,
    stage: Rc<Stage>,
    view: Cell<View>,
    shown: Cell<Option<Window>>,
    gesture: RefCell<Gesture>,
    on_select: Callback<Selection>,
    this: Weak<dyn Handled>,
    listeners: RefCell<Vec<EventListener>>,
    printing: RefCell<Vec<EventListener>>,
    drawing: RefCell<Option<Listener>>,
}

impl Widget {
    /// Brings a chart to life in `root`, until it is dropped.
    pub fn start(
        root: HtmlElement,
        status: Element,
        brush: Brush,
        stage: &Rc<Stage>,
        before: Option<View>,
        on_select: Callback<Selection>,
    ) -> Rc<Self> {
        let view = Self::first_view(&brush, stage, before);
        let widget = Rc::new_cyclic(|this: &Weak<Self>| Self {
            root,
            status,
            brush,
            stage: Rc::clone(stage),
            view: Cell::new(view),
            shown: Cell::default(),
            gesture: RefCell::default(),
            on_select,
            this: this.clone(),
            listeners: RefCell::default(),
            printing: RefCell::default(),
            drawing: RefCell::default(),
        });
        if widget.brush.chart.is_some() {
            stage.add_chart(widget.this.clone());
            widget.listeners.replace(listen(&widget.root, &widget));
        }
        widget.printing.replace(listen_to_printer(&widget));
        let weak = Rc::downgrade(&widget);
        widget.drawing.replace(Some(stage.listen(move || {
            if let Some(widget) = weak.upgrade() {
                widget.draw();
            }
        })));
        widget.draw();
        widget
    }

    /// The view that was before, of the same trace, with its selection still in sight.
    fn first_view(brush: &Brush, stage: &Stage, before: Option<View>) -> View {
        let Some(chart) = &brush.chart else {
            // Of a run that goes on nothing can be selected.
            let limits = Limits { end_ms: stage.axis_end_ms(), resolution_ms: 0.0, width_px: 1.0 };
            return View::new(Grouping::ByTask, &limits);
        };
        let scene = brush.scene(chart, stage);
        match before {
            Some(view) => view.grouped(chart.grouping()).showing(&scene),
            None => View::new(chart.grouping(), &scene.limits()),
        }
    }

    /// What the next chart of the same trace goes on with.
    pub fn kept(&self) -> Kept {
        (self.view.get(), self.brush.picture())
    }

    /// The view as it is now, with what the charts on this axis share.
    fn view(&self) -> View {
        let Some(chart) = &self.brush.chart else { return self.view.get() };
        self.view.get().sharing(self.stage.shared(), &self.brush.scene(chart, &self.stage).limits())
    }

    fn draw(&self) {
        let view = self.view();
        self.tell_selection(view);
        // Which stretch is shown, for whoever looks at the document and not at the canvas: tests do.
        if self.shown.replace(Some(view.window)) != Some(view.window) {
            let (from, to) = (view.window.start_ms.to_string(), view.window.end_ms.to_string());
            let _ = self.root.set_attribute("data-from-ms", &from).and(self.root.set_attribute("data-to-ms", &to));
        }
        if self.brush.draw(view, &self.stage) {
            self.stage.draw_soon();
        }
    }

    /// The page is about to be printed, or has been.
    pub fn print(&self, printing: bool) {
        self.brush.set_printing(printing);
        self.draw();
    }

    fn tell_selection(&self, view: View) {
        self.on_select.emit(Selection { slice: view.selected, range_ms: view.range_ms });
    }

    /// Where a pointer is on the canvas, CSS px from its left upper corner.
    pub fn place(&self, event: &MouseEvent) -> (f64, f64) {
        let corner = self.brush.canvas.get_bounding_client_rect();
        (f64::from(event.client_x()) - corner.left(), f64::from(event.client_y()) - corner.top())
    }

    /// Whether there is a finished trace at rest, which can be handled.
    pub fn is_ready(&self) -> bool {
        self.brush.chart.is_some() && self.stage.end_ms() > 0.0
    }

    /// What lies at a height of the canvas.
    fn ground(&self, y_px: f64, shift: bool) -> Ground {
        match self.brush.picture() {
            Some(picture) if y_px < picture.top_px || y_px > picture.bottom_px => Ground::Axis,
            _ if shift || self.stage.is_ranging() => Ground::Range,
            _ => Ground::Plot,
        }
    }

    /// A pointer goes down.
    pub fn down(&self, id: i32, at: (f64, f64), shift: bool) {
        self.stage.make_current(&self.this);
        let act = self.gesture.borrow_mut().down(id, at, self.ground(at.1, shift));
        act.into_iter().for_each(|act| self.act(act));
    }

    /// A pointer moves; `hovers` if it is one that does so without being down.
    pub fn moved(&self, id: i32, at: (f64, f64), hovers: bool) {
        if self.gesture.borrow().is_on() {
            let acts = self.gesture.borrow_mut().moved(id, at);
            acts.for_each(|act| self.act(act));
        } else if hovers {
            self.handle(Input::Hover(Some(at)));
        }
    }

    /// A pointer goes up.
    pub fn up(&self, id: i32) {
        let act = self.gesture.borrow_mut().up(id);
        act.into_iter().for_each(|act| self.act(act));
    }

    /// The browser has taken a pointer for itself.
    pub fn lost(&self, id: i32) {
        self.gesture.borrow_mut().lost(id);
    }

    fn act(&self, act: Act) {
        match act {
            Act::Input(input) => self.handle(input),
            Act::Scrub(x_px) => self.scrub(x_px),
        }
    }

    /// Moves the playhead.
    fn scrub(&self, x_px: f64) {
        let Some(picture) = self.brush.picture().filter(|_| self.is_ready()) else { return };
        let at_ms = picture.scale.time_from_x(x_px);
        self.stage.set_playback(self.stage.playback().seek(at_ms, self.stage.end_ms()));
    }

    /// Whether the chart has the focus, so that a wheel over it is meant for it.
    pub fn has_focus(&self) -> bool {
        self.root.matches(":focus-within").unwrap_or(false)
    }

    /// A command of the keyboard.
    pub fn command(&self, command: Command) {
        self.stage.make_current(&self.this);
        match command {
            Command::Search => self.stage.ask(Ask::Search),
            Command::Help => self.stage.ask(Ask::Help),
            _ => self.handle(Input::Command(command)),
        }
    }
}

impl Handled for Widget {
    fn handle(&self, input: Input) {
        let Some(chart) = self.brush.chart.as_ref().filter(|_| self.is_ready()) else { return };
        let scene = self.brush.scene(chart, &self.stage);
        let before = self.view();
        let Reply { view, say } = before.on(input, &scene);
        if view == before && say.is_none() {
            return;
        }
        if let Some(say) = say {
            self.status.set_text_content(Some(&say));
        }
        self.view.set(view.grouped(before.grouping));
        self.stage.share(view.shared(&scene.limits()));
        if view.grouping != before.grouping {
            self.stage.ask(Ask::Group(view.grouping));
        }
    }

    fn focus(&self) {
        let _ = self.root.focus();
    }
}

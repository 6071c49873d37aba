//! What the charts of one demo share while they move: the end of their common time axis, which stretch of it they show and where
//! a replay stands. It changes at every frame and is therefore no Yew state: whoever draws listens, and is called outside the
//! virtual DOM.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::render::{AnimationFrame, request_animation_frame};
use yew::Callback;

use crate::timeline::view::{Input, Shared};
use crate::timeline::{Grouping, Playback, roomy_end};

/// The axis of a run that has just begun, ms: short runs need no more, and longer ones rescale less often.
const BEGINNING_MS: f64 = 200.0;

type Draw = Rc<dyn Fn()>;

/// A chart that inputs can be sent to.
pub trait Handled {
    /// Something is done to it.
    fn handle(&self, input: Input);
    /// Keys are its own from now on.
    fn focus(&self);
}

/// What a chart asks of whatever stands around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The field that searches tasks.
    Search,
    /// The table of keys, or that it goes.
    Help,
    /// Rows that stand for something else.
    Group(Grouping),
}

/// The shared clock and axis of a demo's charts.
pub struct Stage {
    playback: Cell<Playback>,
    /// End of what is replayed, ms; 0 before any run.
    end_ms: Cell<f64>,
    /// End of the axis, ms.
    axis_end_ms: Cell<f64>,
    shared: Cell<Shared>,
    /// Whether a drag selects a stretch of time.
    ranging: Cell<bool>,
    listeners: RefCell<Vec<(u32, Draw)>>,
    next_listener: Cell<u32>,
    charts: RefCell<Vec<Weak<dyn Handled>>>,
    ask: RefCell<Callback<Ask>>,
    frame: RefCell<Option<AnimationFrame>>,
}

impl Stage {
    /// An empty stage.
    pub fn new() -> Self {
        Self {
            playback: Cell::new(Playback::at_end(0.0)),
            end_ms: Cell::new(0.0),
            axis_end_ms: Cell::new(0.0),
            shared: Cell::default(),
            ranging: Cell::new(false),
            listeners: RefCell::default(),
            next_listener: Cell::new(0),
            charts: RefCell::default(),
            ask: RefCell::new(Callback::noop()),
            frame: RefCell::default(),
        }
    }

    /// End of the axis that all charts share, ms.
    pub fn axis_end_ms(&self) -> f64 {
        self.axis_end_ms.get()
    }

    /// End of what is replayed, ms.
    pub fn end_ms(&self) -> f64 {
        self.end_ms.get()
    }

    /// Where the replay stands.
    pub fn playback(&self) -> Playback {
        self.playback.get()
    }

    /// Moves the replay, and draws.
    pub fn set_playback(&self, playback: Playback) {
        self.playback.set(playback);
        self.draw();
    }

    /// What all charts have in common of their views.
    pub fn shared(&self) -> Shared {
        self.shared.get()
    }

    /// Changes that, and draws at the next frame.
    pub fn share(self: &Rc<Self>, shared: Shared) {
        self.shared.set(shared);
        self.draw_soon();
    }

    /// Whether a drag selects a stretch of time, and moves nothing.
    pub fn is_ranging(&self) -> bool {
        self.ranging.get()
    }

    /// Changes that, and tells whoever shows it.
    pub fn set_ranging(self: &Rc<Self>, ranging: bool) {
        self.ranging.set(ranging);
        self.draw_soon();
    }

    /// `chart` takes inputs from now on, after all others. One that is gone is forgotten.
    pub fn add_chart(&self, chart: Weak<dyn Handled>) {
        let mut charts = self.charts.borrow_mut();
        charts.retain(|chart| chart.strong_count() > 0);
        charts.push(chart);
    }

    /// `chart` is the one that buttons and the search mean.
    pub fn make_current(&self, chart: &Weak<dyn Handled>) {
        let mut charts = self.charts.borrow_mut();
        if let Some(place) = charts.iter().position(|other| other.ptr_eq(chart)) {
            charts[..=place].rotate_right(1);
        }
    }

    /// The chart that was used last, or the first.
    pub fn current(&self) -> Option<Rc<dyn Handled>> {
        self.charts.borrow().iter().find_map(Weak::upgrade)
    }

    /// Whom charts ask for what is not in them.
    pub fn set_ask(&self, ask: Callback<Ask>) {
        *self.ask.borrow_mut() = ask;
    }

    /// Asks for something.
    pub fn ask(&self, what: Ask) {
        let ask = self.ask.borrow().clone();
        ask.emit(what);
    }

    /// A run begins: the axis starts anew.
    pub fn begin(&self) {
        self.shared.set(Shared::default());
        self.end_ms.set(0.0);
        self.axis_end_ms.set(BEGINNING_MS);
        self.draw();
    }

    /// A run has come to `now_ms`: the axis grows with it. Whoever draws comes to the new axis in the same frame.
    pub fn grow(&self, now_ms: f64) {
        if now_ms > self.axis_end_ms.get() {
            self.axis_end_ms.set(roomy_end(now_ms));
        }
    }

    /// All runs have ended, the longest at `end_ms`: the axis settles, the replay rests at the end.
    pub fn settle(&self, end_ms: f64) {
        self.end_ms.set(end_ms);
        self.axis_end_ms.set(end_ms);
        let Playback { speed, looping, .. } = self.playback.get();
        self.playback.set(Playback { speed, looping, ..Playback::at_end(end_ms) });
        self.draw();
    }

    /// What a learner predicted ends at `at_ms`: the axis goes on until then, and the replay does not.
    pub fn reach(&self, at_ms: f64) {
        if at_ms > self.axis_end_ms.get() {
            self.axis_end_ms.set(at_ms);
            self.draw();
        }
    }

    /// Until when charts are drawn, ms: all of them while the replay rests at the end.
    pub fn until_ms(&self) -> f64 {
        let Playback { position_ms, .. } = self.playback.get();
        if position_ms >= self.end_ms.get() { f64::INFINITY } else { position_ms }
    }

    /// Calls `draw` whenever something has moved, until the listener is dropped.
    pub fn listen(self: &Rc<Self>, draw: impl Fn() + 'static) -> Listener {
        let id = self.next_listener.get();
        self.next_listener.set(id + 1);
        self.listeners.borrow_mut().push((id, Rc::new(draw)));
        Listener { stage: Rc::downgrade(self), id }
    }

    /// Draws everything at the next frame, once.
    pub fn draw_soon(self: &Rc<Self>) {
        if self.frame.borrow().is_none() {
            let stage = Rc::downgrade(self);
            let frame = request_animation_frame(move |_| {
                if let Some(stage) = stage.upgrade() {
                    stage.frame.replace(None);
                    stage.draw();
                }
            });
            self.frame.replace(Some(frame));
        }
    }

    /// Draws everything.
    pub fn draw(&self) {
        // Copied first: a listener may cause another to come or go.
        let listeners: Vec<Draw> = self.listeners.borrow().iter().map(|(_, draw)| Rc::clone(draw)).collect();
        listeners.iter().for_each(|draw| draw());
    }
}

/// Listens to a stage until dropped.
pub struct Listener {
    stage: Weak<Stage>,
    id: u32,
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(stage) = self.stage.upgrade() {
            stage.listeners.borrow_mut().retain(|(id, _)| *id != self.id);
        }
    }
}

/// A stage as a property: the same only if it is the same one.
#[derive(Clone)]
pub struct StageRef(pub Rc<Stage>);

impl PartialEq for StageRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

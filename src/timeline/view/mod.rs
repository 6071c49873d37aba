//! How a chart is handled: a value that says what is shown, selected and switched on, and a pure function from it and an input
//! to the next value and to what is announced. It knows no event of a browser and no clock.

mod commands;
mod gesture;
pub mod keys;
mod walk;

use crate::trace::{SliceId, TaskId, within};

use super::layout::Place;
use super::overview::Grip;
use super::window::{Limits, Window};
use super::{Chart, Emphasis, Grouping, LayoutOptions, Metrics, facts};
pub use gesture::{Act, Gesture, Ground};
use keys::Command;

/// A pointer this near (CSS px) meets a slice.
const REACH_PX: f64 = 3.0;

/// What a chart shows and what is selected in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The stretch of time that is shown; all charts on one axis share it.
    pub window: Window,
    /// How far the rows are scrolled, CSS px.
    pub offset_px: f64,
    /// What a row stands for.
    pub grouping: Grouping,
    /// The selected slice.
    pub selected: Option<SliceId>,
    /// Where a range began that keys extend.
    anchor: Option<SliceId>,
    /// The slice under the pointer.
    pub hovered: Option<SliceId>,
    /// The selected stretch of time, ms, in order.
    pub range_ms: Option<(f64, f64)>,
    /// Whether all arrows are shown.
    pub arrows: bool,
    /// Whether the critical path is shown.
    pub critical: bool,
}

/// What all charts on one axis have in common of their views.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shared {
    /// The stretch of time that is shown; `None` for all of the axis.
    pub window: Option<Window>,
    /// The selected stretch of time, ms, in order.
    pub range_ms: Option<(f64, f64)>,
    /// Whether all arrows are shown.
    pub arrows: bool,
    /// Whether the critical path is shown.
    pub critical: bool,
}

/// What is handled.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The chart, grouped as the view says.
    pub chart: &'a Chart,
    /// Its sizes.
    pub metrics: Metrics,
    /// Width of the canvas, CSS px.
    pub width_px: f64,
    /// End of the axis that all charts share, ms.
    pub end_ms: f64,
    /// Nothing after this time (ms) is shown.
    pub until_ms: f64,
}

/// What a user does. Places in CSS px from the canvas' left upper corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// A key, or a button that does the same.
    Command(Command),
    /// A wheel with Ctrl or over a focused chart, or two fingers: so many times as close, at `x_px`.
    Zoom {
        /// Where the pointer is, or the middle of the fingers.
        x_px: f64,
        /// Above 1 to look closer.
        factor: f64,
    },
    /// Drag, two fingers or a wheel: the picture moves with the hand.
    Pan {
        /// To the right.
        dx_px: f64,
        /// Downwards.
        dy_px: f64,
    },
    /// The pointer is there, or has left.
    Hover(Option<(f64, f64)>),
    /// A click or a tap.
    Tap(f64, f64),
    /// A stretch is dragged over, from one x to the other.
    Range(f64, f64),
    /// A click or a tap that is to select a stretch of time: to here, or that of the slice that is met.
    Extend(f64, f64),
    /// A task is chosen among those found.
    Found(TaskId),
    /// The overview's window is dragged by so many ms.
    Overview(Grip, f64),
}

/// What came of an input.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Reply {
    /// The view from now on.
    pub view: View,
    /// What is announced to those who do not see it.
    pub say: Option<String>,
}

impl<'a> Scene<'a> {
    /// What the window is held within.
    pub fn limits(&self) -> Limits {
        let scale = self.metrics.scale(0.0, 1.0, self.width_px);
        let resolution_ms = self.chart.trace().provenance().clock_resolution_ms;
        Limits { end_ms: self.end_ms, resolution_ms, width_px: scale.width_px }
    }

    fn place(&self, view: &View) -> Place<'a> {
        Place::new(self.chart, &view.options(self, &[]))
    }
}

impl View {
    /// All of a run.
    pub fn new(grouping: Grouping, limits: &Limits) -> Self {
        Self {
            window: Window::all(limits),
            offset_px: 0.0,
            grouping,
            selected: None,
            anchor: None,
            hovered: None,
            range_ms: None,
            arrows: false,
            critical: false,
        }
    }

    /// The same of a chart with other rows.
    #[must_use]
    pub fn grouped(self, grouping: Grouping) -> Self {
        Self { grouping, ..self }
    }

    /// What charts on the same axis have in common with it.
    pub fn shared(&self, limits: &Limits) -> Shared {
        let Self { window, range_ms, arrows, critical, .. } = *self;
        Shared { window: Some(window).filter(|window| !window.is_all(limits)), range_ms, arrows, critical }
    }

    /// The same, as another chart on its axis has it.
    #[must_use]
    pub fn sharing(self, shared: Shared, limits: &Limits) -> Self {
        let Shared { window, range_ms, arrows, critical } = shared;
        Self { window: window.unwrap_or(Window::all(limits)), range_ms, arrows, critical, ..self }
    }

    /// How the scene is to be laid out. `critical` is the critical path, which is drawn if it is switched on.
    pub fn options<'a>(&self, scene: &Scene, critical: &'a [SliceId]) -> LayoutOptions<'a> {
        let Self { window, selected, hovered, range_ms, arrows, .. } = *self;
        let critical = if self.critical { critical } else { &[] };
        LayoutOptions {
            until_ms: scene.until_ms,
            offset_px: self.offset_px,
            emphasis: Emphasis { selected, hovered, range_ms, all_arrows: arrows, critical, ..Emphasis::default() },
            ..LayoutOptions::new(scene.metrics.scale(window.start_ms, window.end_ms, scene.width_px), scene.metrics)
        }
    }

    /// The view after an input.
    pub fn on(self, input: Input, scene: &Scene) -> Reply {
        let limits = scene.limits();
        let scale = self.options(scene, &[]).scale;
        let silent = |view: Self| Reply { view, say: None };
        match input {
            Input::Command(command) => self.command(command, scene),
            Input::Zoom { x_px, factor } => {
                silent(Self { window: self.window.zoomed(scale.time_from_x(x_px), factor, &limits), ..self })
            }
            Input::Pan { dx_px, dy_px } => {
                let window = self.window.panned(-scale.duration_of(dx_px), &limits);
                silent(Self { window, ..self }.scrolled(-dy_px, scene))
            }
            Input::Hover(at) => {
                silent(Self { hovered: at.and_then(|(x_px, y_px)| self.hit(x_px, y_px, scene)), ..self })
            }
            Input::Tap(x_px, y_px) => match self.hit(x_px, y_px, scene) {
                Some(id) => self.selecting(id, scene),
                None => self.command(Command::Clear, scene),
            },
            Input::Range(a_px, b_px) => {
                let time = |x_px: f64| scale.time_from_x(x_px.clamp(scale.left_px, scale.right_px()));
                self.ranging(Some((time(a_px), time(b_px))), scene)
            }
            Input::Extend(x_px, y_px) => match (self.range_ms, self.hit(x_px, y_px, scene)) {
                (Some((from_ms, to_ms)), _) => {
                    let at_ms = scale.time_from_x(x_px.clamp(scale.left_px, scale.right_px()));
                    self.ranging(Some((from_ms.min(at_ms), if at_ms < from_ms { to_ms } else { at_ms })), scene)
                }
                (None, Some(id)) => {
                    self.ranging(scene.chart.trace().slice(id).map(|slice| (slice.start_ms, slice.end_ms)), scene)
                }
                (None, None) => silent(self),
            },
            Input::Found(task) => match walk::first_of_task(scene.chart, task) {
                Some(id) => self.selecting(id, scene),
                None => Reply { view: self, say: Some("This task has no slice.".to_owned()) },
            },
            Input::Overview(grip, by_ms) => silent(Self { window: grip.dragged(self.window, by_ms, &limits), ..self }),
        }
    }

    /// Start and end of the selected slice, ms.
    fn selected_ms(&self, scene: &Scene) -> Option<(f64, f64)> {
        scene.chart.trace().slice(self.selected?).map(|slice| (slice.start_ms, slice.end_ms))
    }

    fn scrolled(self, by_px: f64, scene: &Scene) -> Self {
        let place = scene.place(&self);
        let most_px = place.stack.content_px() - (place.bottom_px - place.top_px);
        // A device may say anything.
        let by_px = if by_px.is_nan() { 0.0 } else { by_px };
        Self { offset_px: (place.offset_px + by_px).clamp(0.0, most_px.max(0.0)), ..self }
    }

    fn hit(&self, x_px: f64, y_px: f64, scene: &Scene) -> Option<SliceId> {
        let place = scene.place(self);
        let scale = &place.options.scale;
        if x_px < scale.left_px - REACH_PX
            || x_px > scale.right_px() + REACH_PX
            || y_px < place.top_px
            || y_px > place.bottom_px
        {
            return None;
        }
        let row = place.stack.row_at(y_px - place.top_px + place.offset_px)?;
        walk::at(scene.chart, row, scale.time_from_x(x_px).min(scene.until_ms), scale.duration_of(REACH_PX))
    }

    /// `id` selected and in view.
    fn selecting(self, id: SliceId, scene: &Scene) -> Reply {
        let view = Self { selected: Some(id), anchor: None, range_ms: None, ..self }.showing(scene);
        Reply { view, say: facts::sentence(scene.chart.trace(), id) }
    }

    fn ranging(self, range_ms: Option<(f64, f64)>, scene: &Scene) -> Reply {
        let range_ms = range_ms.map(|(a_ms, b_ms)| (a_ms.min(b_ms).max(0.0), a_ms.max(b_ms).min(scene.end_ms)));
        let range_ms = range_ms.filter(|(from_ms, to_ms)| to_ms > from_ms);
        let trace = scene.chart.trace();
        let say = range_ms.map(|(from_ms, to_ms)| facts::range(trace, &within(trace, from_ms, to_ms)));
        Reply { view: Self { range_ms, anchor: None, ..self }, say }
    }

    /// With the selected slice in view: after another grouping, another width.
    #[must_use]
    pub fn showing(self, scene: &Scene) -> Self {
        let Some((start_ms, end_ms)) = self.selected_ms(scene) else { return self };
        let view = Self { window: self.window.showing(start_ms, end_ms, &scene.limits()), ..self };
        let Some(row) = self.selected.and_then(|id| scene.chart.row_of(id)) else { return view };
        let place = scene.place(&view);
        let (row_y, view_px) = (place.stack.row_y(row), place.bottom_px - place.top_px);
        let lowest_px = row_y + 2.0 * place.stack.row_px - view_px;
        let offset_px = place.offset_px.min((row_y - place.stack.row_px).max(0.0)).max(lowest_px.max(0.0));
        view.scrolled(offset_px - place.offset_px, scene)
    }
}

#[cfg(test)]
mod tests;

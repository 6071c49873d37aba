//! What each command does to a view.

use crate::trace::SliceId;

use super::keys::Command;
use super::walk::{self, Along};
use super::{Reply, Scene, View};
use crate::timeline::{Grouping, Window, words};

/// One press of a key zooms by this factor.
const ZOOM: f64 = 1.5;
/// One press of a key moves by this share of what is shown.
const STEP: f64 = 0.2;

impl View {
    pub(super) fn command(self, command: Command, scene: &Scene) -> Reply {
        let limits = scene.limits();
        let (chart, window) = (scene.chart, self.window);
        let middle_ms = f64::midpoint(window.start_ms, window.end_ms);
        let to = |window: Window| Self { window, ..self }.telling_window(scene);
        let said = |view: Self, say: &str| Reply { view, say: Some(say.to_owned()) };
        let from = self.selected;
        match command {
            Command::ZoomIn => to(window.zoomed(self.focus_ms(scene).unwrap_or(middle_ms), ZOOM, &limits)),
            Command::ZoomOut => to(window.zoomed(middle_ms, 1.0 / ZOOM, &limits)),
            Command::Earlier => to(window.panned(-STEP * window.duration_ms(), &limits)),
            Command::Later => to(window.panned(STEP * window.duration_ms(), &limits)),
            Command::FitAll => to(Window::all(&limits)),
            Command::FitSelection => match self.range_ms.or_else(|| self.selected_ms(scene)) {
                Some((from_ms, to_ms)) => to(Window::fitting(from_ms, to_ms, &limits)),
                None => to(Window::all(&limits)),
            },
            Command::Left | Command::Right if from.is_none() => {
                self.command(if command == Command::Left { Command::Earlier } else { Command::Later }, scene)
            }
            Command::Up | Command::Down if from.is_none() => {
                let row_px = scene.metrics.row_px;
                Reply { view: self.scrolled(if command == Command::Up { -row_px } else { row_px }, scene), say: None }
            }
            Command::Left => {
                self.walking(walk_along(from, scene, Along::Before), "This is the first slice of its row.", scene)
            }
            Command::Right => {
                self.walking(walk_along(from, scene, Along::After), "This is the last slice of its row.", scene)
            }
            Command::First => self.walking(walk_along(from, scene, Along::First), "Select a slice first.", scene),
            Command::Last => self.walking(walk_along(from, scene, Along::Last), "Select a slice first.", scene),
            Command::Up => {
                self.walking(from.and_then(|id| walk::across(chart, id, false)), "This is the first row.", scene)
            }
            Command::Down => {
                self.walking(from.and_then(|id| walk::across(chart, id, true)), "This is the last row.", scene)
            }
            Command::NextOfTask => {
                self.walking(from.and_then(|id| walk::of_task(chart, id, true)), "The task has no later slice.", scene)
            }
            Command::PreviousOfTask => self.walking(
                from.and_then(|id| walk::of_task(chart, id, false)),
                "The task has no earlier slice.",
                scene,
            ),
            Command::ExtendLeft | Command::ExtendRight => self.extending(command == Command::ExtendRight, scene),
            Command::PageUp | Command::PageDown => {
                let place = scene.place(&self);
                let page_px = (place.bottom_px - place.top_px) * 0.9;
                Reply {
                    view: self.scrolled(if command == Command::PageUp { -page_px } else { page_px }, scene),
                    say: None,
                }
            }
            Command::Select => match from.or(self.hovered).or_else(|| self.any_in_view(scene)) {
                Some(id) => self.selecting(id, scene),
                None => said(self, "No slice is in view."),
            },
            Command::Clear => {
                let had_any = self.selected.is_some() || self.range_ms.is_some();
                let view = Self { selected: None, anchor: None, range_ms: None, ..self };
                Reply { view, say: had_any.then(|| "Nothing is selected.".to_owned()) }
            }
            Command::Arrows => said(
                Self { arrows: !self.arrows, ..self },
                if self.arrows { "Arrows are hidden." } else { "All arrows are shown." },
            ),
            Command::CriticalPath => {
                let say = if self.critical { "The critical path is hidden." } else { "The critical path is shown." };
                said(Self { critical: !self.critical, ..self }, say)
            }
            Command::Regroup => {
                let grouping = self.grouping.next(scene.chart.trace());
                let say = match grouping {
                    Grouping::ByTask => "A row for each task.",
                    Grouping::ByWorker => "A row for each worker.",
                    Grouping::ByCore => "A row for each core.",
                };
                said(Self { grouping, offset_px: 0.0, hovered: None, ..self }, say)
            }
            // Whoever shows the view opens these beside it.
            Command::Search | Command::Help => Reply { view: self, say: None },
        }
    }

    fn telling_window(self, scene: &Scene) -> Reply {
        let resolution_ms = scene.chart.trace().provenance().clock_resolution_ms;
        let time = |ms: f64| words::duration(ms, resolution_ms);
        let say = format!("From {} to {}.", time(self.window.start_ms), time(self.window.end_ms));
        Reply { view: self, say: Some(say) }
    }

    /// Where keys zoom: the middle of what is seen of the selected slice.
    fn focus_ms(&self, scene: &Scene) -> Option<f64> {
        let (start_ms, end_ms) = self.selected_ms(scene)?;
        let seen = start_ms <= self.window.end_ms && end_ms >= self.window.start_ms;
        seen.then(|| f64::midpoint(start_ms.max(self.window.start_ms), end_ms.min(self.window.end_ms)))
    }

    /// A slice to begin with: in the rows that are seen, the nearest to the middle of what is shown.
    fn any_in_view(&self, scene: &Scene) -> Option<SliceId> {
        let middle_ms = f64::midpoint(self.window.start_ms, self.window.end_ms.min(scene.until_ms));
        scene.place(self).rows().find_map(|row| walk::nearest_in_row(scene.chart, row, middle_ms))
    }

    fn walking(self, to: Option<SliceId>, otherwise: &str, scene: &Scene) -> Reply {
        match to {
            Some(id) => self.selecting(id, scene),
            None => {
                let say = if self.selected.is_some() { otherwise } else { "Select a slice first." };
                Reply { view: self, say: Some(say.to_owned()) }
            }
        }
    }

    fn extending(self, forwards: bool, scene: &Scene) -> Reply {
        let along = if forwards { Along::After } else { Along::Before };
        let Some(to) = walk_along(self.selected, scene, along) else {
            return self.walking(None, "The range cannot be longer.", scene);
        };
        let anchor = self.anchor.or(self.selected);
        let ends = |id: SliceId| scene.chart.trace().slice(id).map(|slice| (slice.start_ms, slice.end_ms));
        let (a, b) = (anchor.and_then(ends), ends(to));
        let range_ms = a.zip(b).map(|(a, b)| (a.0.min(b.0), a.1.max(b.1)));
        let reply = Self { selected: Some(to), ..self }.showing(scene).ranging(range_ms, scene);
        Reply { view: Self { anchor, ..reply.view }, ..reply }
    }
}

fn walk_along(from: Option<SliceId>, scene: &Scene, to: Along) -> Option<SliceId> {
    walk::along(scene.chart, from?, to)
}

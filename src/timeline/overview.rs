//! The overview: a whole run in a strip, how much was done at each time, with the window that the charts below show. Made once
//! for a trace. It knows no canvas.

use crate::trace::{LaneKind, State, Trace};

use super::window::{Limits, Window};
use super::{Rect, Scale};

/// So many stretches of a run are told apart.
const PARTS: usize = 720;
/// Each edge of the window can be taken this far (CSS px) from it, in either direction.
const GRIP_PX: f64 = 12.0;

/// How much was done at each time of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    end_ms: f64,
    /// How many lanes were running, and how many did anything, on average over each of the parts.
    parts: Vec<(f64, f64)>,
    most: f64,
}

/// The overview laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Areas of all that was done, then of what was running, which lie before them.
    pub active: Vec<Rect>,
    /// Areas of what was running.
    pub running: Vec<Rect>,
    /// The window of the charts.
    pub window: Rect,
}

impl Overview {
    /// The overview of a trace on an axis that ends at `end_ms`.
    pub fn new(trace: &Trace, end_ms: f64) -> Self {
        let mut parts = vec![(0.0, 0.0); PARTS];
        let part_ms = end_ms / PARTS as f64;
        let counts = |kind: LaneKind| kind != LaneKind::Heartbeat && !kind.repeats_others();
        let lanes = trace.lanes().iter().filter(|lane| counts(lane.kind()) && lane.below().is_none());
        for slice in lanes.flat_map(|lane| lane.slices()).filter(|slice| slice.end_ms > slice.start_ms && part_ms > 0.0)
        {
            let part = |ms: f64| ((ms / part_ms) as usize).min(PARTS - 1);
            let touched = part(slice.start_ms)..=part(slice.end_ms);
            for (index, (running, active)) in touched.clone().zip(&mut parts[touched]) {
                let (from_ms, to_ms) = (index as f64 * part_ms, (index + 1) as f64 * part_ms);
                let share = ((slice.end_ms.min(to_ms) - slice.start_ms.max(from_ms)) / part_ms).max(0.0);
                *active += share;
                *running += if slice.state == State::Running { share } else { 0.0 };
            }
        }
        let most = parts.iter().map(|(_, active)| *active).fold(0.0, f64::max);
        Self { end_ms, parts, most }
    }

    /// Time ↔ x of the strip.
    fn scale(&self, area: Rect) -> Scale {
        Scale::fit(0.0, self.end_ms, area.x_px, area.width_px)
    }

    /// Lays the overview out in `area`.
    pub fn layout(&self, area: Rect, window: Window) -> Strip {
        let scale = self.scale(area);
        let px_per_lane = if self.most > 0.0 { area.height_px / self.most } else { 0.0 };
        let width_px = area.width_px / PARTS as f64;
        let bar = |(index, lanes): (usize, f64)| {
            let height_px = lanes * px_per_lane;
            let (x_px, y_px) = (area.x_px + index as f64 * width_px, area.y_px + area.height_px - height_px);
            (height_px > 0.0).then_some(Rect { x_px, y_px, width_px, height_px })
        };
        let left_px = scale.x_from_time(window.start_ms);
        let window_px = (scale.x_from_time(window.end_ms) - left_px).max(2.0);
        Strip {
            active: self.parts.iter().map(|(_, active)| *active).enumerate().filter_map(bar).collect(),
            running: self.parts.iter().map(|(running, _)| *running).enumerate().filter_map(bar).collect(),
            window: Rect { x_px: left_px, width_px: window_px, ..area },
        }
    }
}

/// What of the overview's window a hand has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// Its left edge.
    Start,
    /// Its right edge.
    End,
    /// All of it.
    Whole,
}

impl Grip {
    /// What is taken at `x_px`; `None` outside of the window, where a tap moves it. Edges keep their room on a narrow window by
    /// reaching outwards.
    pub fn at(x_px: f64, window: Window, scale: &Scale) -> Option<Self> {
        let (left_px, right_px) = (scale.x_from_time(window.start_ms), scale.x_from_time(window.end_ms));
        let inward_px = GRIP_PX.min((right_px - left_px) / 4.0);
        match x_px {
            x if x >= left_px - GRIP_PX && x <= left_px + inward_px => Some(Self::Start),
            x if x <= right_px + GRIP_PX && x >= right_px - inward_px => Some(Self::End),
            x if x > left_px && x < right_px => Some(Self::Whole),
            _ => None,
        }
    }

    /// The window after so many ms of dragging to the right.
    pub fn dragged(self, window: Window, by_ms: f64, limits: &Limits) -> Window {
        let Window { start_ms, end_ms } = window;
        match self {
            Self::Whole => window.panned(by_ms, limits),
            // The other edge stays where it is.
            Self::Start => {
                window.zoomed(end_ms, stretched(end_ms - start_ms, end_ms - (start_ms + by_ms).max(0.0)), limits)
            }
            Self::End => {
                let wanted_ms = (end_ms + by_ms).min(limits.end_ms) - start_ms;
                window.zoomed(start_ms, stretched(end_ms - start_ms, wanted_ms), limits)
            }
        }
    }
}

/// The factor by which a window of `from_ms` is closer than one of `to_ms`.
fn stretched(from_ms: f64, to_ms: f64) -> f64 {
    if to_ms > 0.0 { from_ms / to_ms } else { f64::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;

    const AREA: Rect = Rect { x_px: 10.0, y_px: 0.0, width_px: 720.0, height_px: 20.0 };

    #[test]
    fn as_high_as_lanes_are_busy() {
        let overview = Overview::new(&example::pool(4, 2), 300.0);
        let strip = overview.layout(AREA, Window { start_ms: 0.0, end_ms: 150.0 });
        assert!((strip.active.iter().map(|bar| bar.height_px).fold(0.0, f64::max) - 20.0).abs() < 1e-9);
        // 30 ms of starting, in which nothing runs.
        assert_eq!(strip.running.first().map(|bar| bar.x_px), Some(10.0 + 72.0));
        assert_eq!((strip.window.x_px, strip.window.width_px), (10.0, 360.0));
        assert_eq!(
            Overview::new(&example::empty(3), 0.0).layout(AREA, Window { start_ms: 0.0, end_ms: 1.0 }).active,
            []
        );
    }

    #[test]
    fn each_edge_moves_alone() {
        let limits = Limits { end_ms: 1_000.0, resolution_ms: 0.1, width_px: 720.0 };
        let window = Window { start_ms: 200.0, end_ms: 400.0 };
        let dragged = |grip: Grip, by_ms| {
            let Window { start_ms, end_ms } = grip.dragged(window, by_ms, &limits);
            (start_ms.round(), end_ms.round())
        };
        assert_eq!(dragged(Grip::Start, 50.0), (250.0, 400.0));
        assert_eq!(dragged(Grip::Start, -900.0), (0.0, 400.0));
        assert_eq!(dragged(Grip::End, 100.0), (200.0, 500.0));
        assert_eq!(dragged(Grip::End, 9_000.0), (200.0, 1_000.0));
        assert_eq!(dragged(Grip::Whole, 700.0), (800.0, 1_000.0));
        let scale = Scale::fit(0.0, 1_000.0, 0.0, 1_000.0);
        let at = |x| Grip::at(x, window, &scale);
        assert_eq!(
            [150.0, 195.0, 300.0, 409.0, 450.0].map(at),
            [None, Some(Grip::Start), Some(Grip::Whole), Some(Grip::End), None]
        );
    }
}
